/** A worker that settles seasons in tiny steps, as a process that a trial kills. Its clock begins with the trial's. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../app/config.server.ts';
import { WORKER_POOL } from '../../app/db.server.ts';
import { runSeasons } from '../../app/jobs/run-seasons.ts';
import { makeWorld } from '../../app/world.ts';

const [start, began] = [Number(process.env['TRIAL_NOW']), performance.now()];
const world = makeWorld(readConfig(process.env), WORKER_POOL);
const trialWorld = { ...world, now: () => start + Math.round(performance.now() - began) };
for (;;) {
  if (!(await runSeasons(trialWorld, { ranked: 2, given: 1 }))) await sleep(5);
}

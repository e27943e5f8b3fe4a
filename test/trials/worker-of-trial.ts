/** The real worker as a process that a trial kills: only its clock is the trial's. */
import { readConfig } from '../../app/config.server.ts';
import { WORKER_POOL } from '../../app/db.server.ts';
import { startWorker } from '../../app/worker.server.ts';
import { makeWorld } from '../../app/world.ts';

const now = Number(process.env['TRIAL_NOW']);
const world = makeWorld(readConfig(process.env), WORKER_POOL);
startWorker({ ...world, now: () => now });

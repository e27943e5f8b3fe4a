/** A worker that only drains: the real drain on the worker's real pool, until the inbox is empty. */
import { answerMessages } from './bench-child.ts';
import { readConfig } from '../../app/config.server.ts';
import { WORKER_POOL } from '../../app/db.server.ts';
import { makeDrain } from '../../app/jobs/drain-deliveries.ts';
import { makeWorld } from '../../app/world.ts';

export interface DrainWish {
  readonly lanesAtOnce: number;
}

export interface DrainAnswer {
  readonly finished: number;
  readonly perSecond: number;
}

const world = makeWorld(readConfig(process.env), WORKER_POOL);

answerMessages<DrainWish>(async ({ lanesAtOnce }): Promise<DrainAnswer> => {
  const drain = makeDrain(world, lanesAtOnce);
  const started = performance.now();
  let finished = 0;
  for (let idle = 0; idle < 2;) {
    const taken = await drain.once();
    finished += taken;
    idle = taken === 0 ? idle + 1 : 0;
  }
  return { finished, perSecond: finished / ((performance.now() - started) / 1000) };
});

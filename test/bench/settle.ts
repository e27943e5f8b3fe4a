/** A worker that only settles seasons, on a clock that goes ahead, until nothing is due. */
import { answerMessages } from './bench-child.ts';
import { readConfig } from '../../app/config.server.ts';
import { WORKER_POOL } from '../../app/db.server.ts';
import { runSeasons } from '../../app/jobs/run-seasons.ts';
import { makeWorld } from '../../app/world.ts';

export interface SettleWish {
  readonly aheadMs: number;
}

export interface SettleAnswer {
  readonly steps: number;
  readonly minutes: number;
}

const world = makeWorld(readConfig(process.env), WORKER_POOL);

answerMessages<SettleWish>(async ({ aheadMs }): Promise<SettleAnswer> => {
  const started = performance.now();
  // The clock stands still, so that no season comes to its end but those that are due.
  const now = Date.now() + aheadMs;
  let steps = 0;
  for (; await runSeasons({ ...world, now: () => now }); steps += 1);
  return { steps, minutes: (performance.now() - started) / 60_000 };
});

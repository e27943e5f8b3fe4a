/** A worker that only lets time pass, on a clock that goes ahead, until nobody is due. */
import { answerMessages } from './bench-child.ts';
import { readConfig } from '../../app/config.server.ts';
import { WORKER_POOL } from '../../app/db.server.ts';
import { passTime } from '../../app/jobs/pass-time.ts';
import { makeWorld } from '../../app/world.ts';

export interface PassWish {
  readonly aheadMs: number;
}

export interface PassAnswer {
  readonly passed: number;
  readonly minutes: number;
}

const world = makeWorld(readConfig(process.env), WORKER_POOL);

answerMessages<PassWish>(async ({ aheadMs }): Promise<PassAnswer> => {
  const started = performance.now();
  const passed = await passTime({ ...world, now: () => Date.now() + aheadMs });
  return { passed, minutes: (performance.now() - started) / 60_000 };
});

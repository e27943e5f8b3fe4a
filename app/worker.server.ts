/**
 * The worker process: drains the inbox, performs the outbox, reads histories, passes time. Any number
 * of them may run. SIGTERM lets what is under way end; kill -9 loses nothing, because everything it
 * does is one transaction or can be done again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ConfigFault, readConfig } from './config.server.ts';
import { WORKER_POOL } from './db.server.ts';
import { makeAdminAccess } from './jobs/admin-access.ts';
import { countFiguresDue } from './jobs/count-figures.ts';
import { makeDrain } from './jobs/drain-deliveries.ts';
import { passNight } from './jobs/pass-nights.ts';
import { eraseOldAnswers } from './jobs/erase-old-answers.ts';
import { passTime } from './jobs/pass-time.ts';
import { makeOutbox } from './jobs/perform-effects.ts';
import { makeHistory } from './jobs/read-history.ts';
import { makeBackTests } from './jobs/run-back-tests.ts';
import { runGames } from './jobs/run-games.ts';
import { forgetOldGiftLines, runGifts } from './jobs/run-gifts.ts';
import { foldBoards } from './jobs/fold-boards.ts';
import { runSeasons } from './jobs/run-seasons.ts';
import { makeSweeps } from './jobs/run-sweeps.ts';
import { offlineTokens } from './offline-tokens.server.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

const IDLE_MS = 100;
const OUTBOX_IDLE_MS = 200;
const HISTORY_IDLE_MS = 1_000;
const SWEEP_IDLE_MS = 1_000;
const TIME_IDLE_MS = 10_000;
const NIGHT_IDLE_MS = 30_000;
const BOARDS_IDLE_MS = 2_000;
const AFTER_OUTAGE_MS = 2_000;

export interface Worker {
  readonly stop: () => Promise<void>;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();

function main(): void {
  try {
    const world = makeWorld(readConfig(process.env), WORKER_POOL);
    const worker = startWorker(world);
    world.log.info('worker is running');
    const end = (): void => {
      void worker.stop().then(() => world.close());
    };
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault;
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = 1;
  }
}

export function startWorker(world: World): Worker {
  const stopping = new AbortController();
  const access = makeAdminAccess(world, offlineTokens(world));
  const drain = makeDrain(world);
  const outbox = makeOutbox(world, access);
  const history = makeHistory(world, access);
  const backTests = makeBackTests(world);
  const sweeps = makeSweeps(world, access);
  const loops = [
    loop(world, 'inbox', stopping.signal, IDLE_MS, async () => (await drain.once()) > 0),
    loop(world, 'outbox', stopping.signal, OUTBOX_IDLE_MS, async () => (await outbox.once()) > 0),
    loop(world, 'history', stopping.signal, HISTORY_IDLE_MS, () => history.once()),
    loop(world, 'sweeps', stopping.signal, SWEEP_IDLE_MS, () => sweeps.once()),
    loop(world, 'nights', stopping.signal, NIGHT_IDLE_MS, () => passNight(world, stopping.signal)),
    loop(world, 'back-tests', stopping.signal, HISTORY_IDLE_MS, () => backTests.once()),
    loop(world, 'games', stopping.signal, HISTORY_IDLE_MS, () => runGames(world)),
    loop(world, 'figures', stopping.signal, HISTORY_IDLE_MS, () => countFiguresDue(world)),
    loop(world, 'gifts', stopping.signal, HISTORY_IDLE_MS, () => runGifts(world)),
    loop(world, 'seasons', stopping.signal, HISTORY_IDLE_MS, () => runSeasons(world)),
    loop(world, 'boards', stopping.signal, BOARDS_IDLE_MS, async () => {
      await foldBoards(world);
      return false;
    }),
    loop(world, 'time', stopping.signal, TIME_IDLE_MS, async () => {
      await passTime(world);
      await eraseOldAnswers(world);
      await forgetOldGiftLines(world);
      return false;
    }),
  ];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

/** Works on while there is work; a failure, such as a database that is down, is waited out. */
async function loop(
  world: World,
  name: string,
  stopping: AbortSignal,
  idleMs: number,
  turn: () => Promise<boolean>,
): Promise<void> {
  while (!stopping.aborted) {
    let waitMs = 0;
    try {
      if (!(await turn())) waitMs = idleMs;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      world.log.error({ loop: name, reason }, 'a turn of the worker failed; it goes on');
      waitMs = AFTER_OUTAGE_MS;
    }
    if (waitMs > 0) await sleep(waitMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

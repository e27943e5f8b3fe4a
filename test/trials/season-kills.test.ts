/**
 * The end of a season, by workers that are killed with SIGKILL at any moment of it. Everybody has the rank, and
 * the prize, of a season that one worker settled in peace: once each.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import {
  killWorker,
  startWorker,
  untilWorkerIsUp,
  untilWorkersAreGone,
} from './killable-worker.ts';
import { trialEnvironment } from './trial-world.ts';
import { chanceOf, SEED, size, trial } from './trial.ts';
import { openBoards, player, worksOff } from '../support/board-players.ts';
import { DAY, road } from '../support/friends.ts';
import { proof } from '../support/road.ts';

const PLAYERS = size(5, 40);
const KILLS = size(6, 80);
/** Longer than a season is leased to one worker, and than any lives on a busy machine. */
const LEASE_MS = 15 * 60_000;

afterEach(() => road.close());

/** Scores of 1 to 4 orders, so that many are tied. */
async function season(): Promise<void> {
  await openBoards();
  const chance = chanceOf(SEED);
  for (let index = 0; index < PLAYERS; index += 1) {
    await player(`Player ${index}`, 1 + chance.below(4));
  }
  // The season ends with November, and its refunds count three days more.
  road.clock.advance(25 * DAY);
}

interface Settled extends Record<string, unknown> {
  readonly nickname: string;
  readonly board: string;
  readonly rank: number;
  readonly points: string | null;
  readonly entries: number;
}

function settled(): Promise<readonly Settled[]> {
  return road.query<Settled>(
    `SELECT n.nickname, s.board, s.final_rank AS rank, a.posted AS points,
        (SELECT count(*)::int FROM entries e WHERE e.member_id = s.member_id AND e.source_kind = 'leaderboard'
          AND e.source_id = s.board || '@' || s.season AND e.kind = 'earn') AS entries
      FROM leaderboard_scores s JOIN leaderboard_names n ON n.member_id = s.member_id
      LEFT JOIN awards a ON a.member_id = s.member_id AND a.source_kind = 'leaderboard'
        AND a.source_id = s.board || '@' || s.season
      WHERE s.season = '2026-11' ORDER BY n.nickname, s.board`,
  );
}

/** How far the seasons of November are; it changes with every step. */
async function steps(): Promise<{ readonly so: string; readonly done: boolean }> {
  const rows = await road.query<{ state: string; at: string }>(
    `SELECT state, concat_ws(' ', board, state, done, mark, due_at) AS at FROM leaderboard_seasons
      WHERE season = '2026-11' ORDER BY board`,
  );
  return {
    so: rows.map(({ at }) => at).join(),
    done: rows.length > 0 && rows.every(({ state }) => state === 'settled'),
  };
}

function worker(): ChildProcess {
  const env = trialEnvironment(road.world.config.databaseUrl);
  return startWorker(env, road.clock.now().getTime(), 'season-of-trial.ts');
}

it(
  'a season that killed workers settle ranks and rewards everybody as one that is settled in peace, once each',
  { timeout: size(300_000, 1_800_000) },
  () =>
    trial('seasons settled by killed workers', async () => {
      await season();
      await worksOff();
      await road.settle();
      const calm = await settled();
      expect(calm).toHaveLength(2 * PLAYERS);
      await road.close();

      await season();
      const chance = chanceOf(SEED);
      let [kills, atWork] = [0, 0];
      while (kills < KILLS && !(await steps()).done) {
        const before = (await steps()).so;
        const child = worker();
        await untilWorkerIsUp(road.query, child);
        for (let waits = 0; (await steps()).so === before && waits < 600; waits += 1) {
          await sleep(5);
        }
        await sleep(chance.below(20));
        await killWorker(child);
        await untilWorkersAreGone(road.query);
        kills += 1;
        if ((await steps()).so !== before) atWork += 1;
        road.clock.advance(LEASE_MS);
      }
      await worksOff();
      await road.settle();

      expect(await settled()).toEqual(calm);
      const prizes = calm.filter(({ points }) => points !== null);
      expect(prizes.length).toBeGreaterThan(0);
      expect(prizes.filter(({ entries }) => entries !== 1)).toEqual([]);
      expect(await proof(road)).toEqual([]);
      expect(atWork).toBeGreaterThan(1);
      return { players: PLAYERS, prizes: prizes.length, kills, at_work: atWork, doubled: 0 };
    }),
);

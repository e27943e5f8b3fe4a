/**
 * A board of a million members: how long its first hundred and one's own rank take, while its counts are
 * being folded and after that; and how long its season takes to be settled, in how much memory. Ranks are
 * compared with what the database says of all scores at once.
 */
import { withClient } from './bench-place.ts';
import type { BenchPlace } from './bench-place.ts';
import { makeShop } from './bench-shops.ts';
import type { Row } from './bench-table.ts';
import { peakMegabytes } from './proc.ts';
import type { SettleAnswer, SettleWish } from './settle.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import { foldBoards } from '../../app/jobs/fold-boards.ts';
import { planBoards } from '../../app/operations/plan-seasons.ts';
import { shownBoard } from '../../app/queries/boards.ts';

const AIMS = { p99Ms: 10, minutes: 10, megabytes: 300 };
const DAY = 86_400_000;
const WARM = 50;
/** Questions in a row that a look at a board takes. */
const TRIPS = 5;

export interface BoardsSize {
  readonly members: number;
  /** How many looks at the board are measured. */
  readonly looks: number;
  /** Scores that change one by one before anything is folded. */
  readonly changes: number;
}

export const BOARDS: Readonly<Record<'full' | 'quick', BoardsSize>> = {
  full: { members: 1_000_000, looks: 2_000, changes: 20_000 },
  quick: { members: 50_000, looks: 500, changes: 2_000 },
};

export interface BoardsFigures {
  readonly members: number;
  readonly unfolded: Times;
  readonly folded: Times;
  /** A question that asks nothing, as often in a row as a look takes: what of the time is the machine's. */
  readonly empty: Times;
  readonly settledMinutes: number;
  readonly megabytes: number;
  readonly prizes: number;
}

interface Times {
  readonly p50: number;
  readonly p99: number;
  /** Processor time of each, ours and PostgreSQL's, which other processes do not lengthen. */
  readonly processorMs: number;
}

const prize = { points: 100, reward: null, badge: null };
const LEADERBOARDS: ProgrammeDocument['leaderboards'] = [
  {
    ...{ key: 'top', kind: 'spend', name: 'Top', enabled: true, settings: { least: '' } },
    ...{ description: '', season: 'month', startsAt: null, endsAt: null, settleDays: 3 },
    ...{ audience: { tiers: [], tags: [], withoutTags: [] }, leastScore: 1, mostPerDay: null },
    // One in a hundred gets something.
    prizes: [
      { ...prize, from: 1, to: 10, percent: null },
      { ...prize, from: null, to: null, percent: 1 },
    ],
  },
];

export async function measureBoards(place: BenchPlace, size: BoardsSize): Promise<BoardsFigures> {
  const { world } = place;
  const shop = await makeShop(world, { leaderboards: LEADERBOARDS });
  await planBoards(world, shop.id);
  const season = await fill(place, shop.id, size.members);
  await changeSome(place, shop.id, season, size.changes);
  const unfolded = await look(place, shop.id, size);
  await foldBoards(world);
  const folded = await look(place, shop.id, size);
  const empty = await timesOf(place, size.looks, async () => {
    for (let turn = 0; turn < TRIPS; turn += 1) await world.db(shop.id).query('SELECT 1');
  });
  const worker = place.start('test/bench/settle.ts', { as: 'worker' });
  const { minutes } = await worker.ask<SettleAnswer>({ aheadMs: 40 * DAY } satisfies SettleWish);
  const megabytes = peakMegabytes(worker.pid);
  await worker.stop();
  const prizes = await proveRanks(place, shop.id, season, size.members);
  const { members } = size;
  return { members, unfolded, folded, empty, settledMinutes: minutes, megabytes, prizes };
}

/** Members with nicknames and scores as shops have them: many small ones, and few that are large. */
async function fill(place: BenchPlace, shopId: string, members: number): Promise<string> {
  return withClient(place.world.config.databaseUrl, async (client) => {
    const { rows } = await client.query<{ season: string }>(
      `SELECT season FROM leaderboard_seasons WHERE shop_id = $1 AND state = 'open'`,
      [shopId],
    );
    const season = rows[0]?.season ?? '';
    await client.query(
      `INSERT INTO members (shop_id, id, customer_id, enrolled_at, decided_at, customer_created_at)
        SELECT $1, gen_random_uuid(), 700000000000 + n, now() - interval '1 day', now(), now() - interval '90 days'
        FROM generate_series(1, $2::int) n`,
      [shopId, members],
    );
    // Foreign keys are checked by plans that are made on an empty table otherwise.
    await client.query('ANALYZE members');
    await client.query(
      `INSERT INTO leaderboard_names (shop_id, member_id, nickname, skeleton, joined_at)
        SELECT shop_id, id, 'Player ' || customer_id, 'player' || customer_id, now() FROM members WHERE shop_id = $1`,
      [shopId],
    );
    await client.query(
      `INSERT INTO leaderboard_scores (shop_id, board, season, member_id, score, reached_at, listed)
        SELECT shop_id, 'top', $2, id, greatest(1, exp(9 + 1.6 * (random() + random() + random() - 1.5) * 2))::bigint,
          now(), true FROM members WHERE shop_id = $1`,
      [shopId, season],
    );
    await client.query(
      'VACUUM (ANALYZE) leaderboard_names, leaderboard_scores, leaderboard_counts',
    );
    return season;
  });
}

/** One by one, as decisions change them. */
async function changeSome(
  place: BenchPlace,
  shopId: string,
  season: string,
  changes: number,
): Promise<void> {
  const db = place.world.db(shopId);
  const { rows } = await db.query<{ member_id: string }>(
    `SELECT member_id FROM leaderboard_scores WHERE shop_id = $1 ORDER BY member_id LIMIT $2`,
    [shopId, changes],
  );
  for (const { member_id: memberId } of rows) {
    await db.query({
      name: 'bench-change',
      text: `UPDATE leaderboard_scores SET score = score + 100 + score / 2
        WHERE shop_id = $1 AND board = 'top' AND season = $2 AND member_id = $3`,
      values: [shopId, season, memberId],
    });
  }
}

async function look(place: BenchPlace, shopId: string, size: BoardsSize): Promise<Times> {
  return timesOf(place, size.looks, async (turn) => {
    const customerId = String(700_000_000_001 + ((turn * 7_919) % size.members));
    const shown = await shownBoard(place.world, shopId, customerId, { board: 'top', season: null });
    if (shown?.top.length !== 100 || !shown.own?.rank) throw new Error('They stand nowhere.');
  });
}

/** Each after the other, once the first fifty have warmed everything up. */
async function timesOf(
  place: BenchPlace,
  turns: number,
  work: (turn: number) => Promise<void>,
): Promise<Times> {
  const taken: number[] = [];
  for (let turn = 0; turn < WARM; turn += 1) await work(turn);
  const before = process.cpuUsage();
  const { processorMs } = await place.counted([], async () => {
    for (let turn = 0; turn < turns; turn += 1) {
      const started = performance.now();
      await work(WARM + turn);
      taken.push(performance.now() - started);
    }
    return {};
  });
  const { user, system } = process.cpuUsage(before);
  taken.sort((a, b) => a - b);
  const at = (share: number): number => taken[Math.floor(taken.length * share)] ?? 0;
  const each = (processorMs + (user + system) / 1_000) / turns;
  return { p50: at(0.5), p99: at(0.99), processorMs: each };
}

/** @returns how many members were given a prize */
async function proveRanks(
  place: BenchPlace,
  shopId: string,
  season: string,
  members: number,
): Promise<number> {
  const { rows } = await withClient(place.world.config.databaseUrl, (client) =>
    client.query<Record<string, number>>(
      `SELECT (SELECT count(*)::int FROM (SELECT final_rank, rank() OVER (ORDER BY score DESC) AS rank
          FROM leaderboard_scores WHERE shop_id = $1 AND season = $2) r WHERE final_rank IS DISTINCT FROM rank) AS wrong,
        (SELECT count(*)::int FROM activities WHERE shop_id = $1 AND kind = 'rank') AS told,
        (SELECT count(*)::int FROM awards WHERE shop_id = $1 AND source_kind = 'leaderboard' AND posted = 100) AS given,
        (SELECT count(*)::int FROM leaderboard_seasons WHERE shop_id = $1 AND season = $2 AND state = 'settled') AS settled,
        (SELECT coalesce(sum(members), 0)::int FROM leaderboard_counts WHERE shop_id = $1 AND season = $2) AS open`,
      [shopId, season],
    ),
  );
  const { wrong, told, given, settled, open } = rows[0] ?? {};
  const least = Math.floor(members / 100);
  if (wrong !== 0 || settled !== 1 || open !== 0 || told !== given || (given ?? 0) < least) {
    throw new Error(`The ranks are not right: ${JSON.stringify(rows[0])}`);
  }
  return given ?? 0;
}

export function boardsRows({ members, ...figures }: BoardsFigures): Row[] {
  const { unfolded, folded, empty, settledMinutes, megabytes, prizes } = figures;
  const many = members.toLocaleString('en');
  const ms = (time: number): string => `${time.toFixed(1)} ms`;
  const row = (name: string, { p50, p99, processorMs }: Times): Row => [
    ...[name, ms(p50), ms(p99), '', ms(processorMs)],
  ];
  return [
    [`board of ${many}: first 100 and own rank`, 'p50', 'p99', `≤ ${AIMS.p99Ms} ms`, 'processor'],
    row('   while many changes are not folded yet', unfolded),
    row('   counts folded', folded),
    row(`   ${TRIPS} empty questions in a row`, empty),
    [
      `   its season settled, ${prizes.toLocaleString('en')} prizes`,
      `${settledMinutes.toFixed(1)} min`,
      `${megabytes} MB`,
      `${AIMS.minutes} min, ${AIMS.megabytes} MB`,
      '',
    ],
  ];
}

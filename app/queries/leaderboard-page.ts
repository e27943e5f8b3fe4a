/** Leaderboards as staff see them: who stands where in a season, what it gave, and names to look at. */
import { namesToLookAt } from './board-names.ts';
import type { NameLine } from './board-names.ts';
import { ranksFrom } from '../domain/leaderboards/buckets.ts';
import { heldBoards } from '../domain/leaderboards/held-boards.ts';
import { skeletonOf } from '../domain/leaderboards/nickname.ts';
import { parseMoney } from '../domain/money/money.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import type { SeasonState } from '../storage/leaderboards/seasons.ts';
import { ranksOf } from '../storage/leaderboards/standings.ts';
import { makeTermsMemory, readShopTerms } from '../storage/programme/shop-terms.ts';
import type { World } from '../world.ts';

export interface StandingLine {
  readonly memberId: string;
  readonly rank: number;
  readonly nickname: string | null;
  /** Name or e-mail in Shopify. */
  readonly person: string | null;
  readonly score: number;
  readonly reachedAt: number;
  /** Points given for the rank; null where none was. */
  readonly given: number | null;
}

export interface SeasonLine {
  readonly season: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly settlesAt: number;
  readonly state: SeasonState;
  /** Why it cannot go on. */
  readonly problem: string | null;
}

export interface LeaderboardPage {
  readonly boards: readonly { readonly key: string; readonly name: string }[];
  readonly board: string | null;
  readonly unit: string;
  readonly seasons: readonly SeasonLine[];
  readonly season: SeasonLine | null;
  readonly query: string;
  readonly figures: SeasonFigures;
  readonly lines: readonly StandingLine[];
  /** Where the next page begins. */
  readonly next: string | null;
  readonly names: readonly NameLine[];
  readonly reported: number;
}

export interface SeasonFigures {
  readonly ranked: number;
  readonly best: number;
  readonly prizes: number;
  readonly points: number;
  /** What the points are worth, in minor units. */
  readonly costMinor: number;
  readonly rewards: number;
}

const PAGE = 25;
const MOST_SEASONS = 60;
const AFTER = /^(\d{1,16})~([0-9a-f-]{36})~(\d{1,9})$/;
const memory = makeTermsMemory();

export async function leaderboardPage(
  world: World,
  shopId: string,
  asked: {
    readonly board: string | null;
    readonly season: string | null;
    readonly query: string | null;
    readonly after: string | null;
  },
): Promise<LeaderboardPage> {
  const pool = world.db(shopId);
  const shop = await readShopTerms(pool, shopId, memory);
  const boards = heldBoards(shop, world.now());
  const found = boards.find(({ key }) => key === asked.board) ?? boards[0] ?? null;
  const seasons = found ? await seasonsOf(world, shopId, found.key) : [];
  const season = seasons.find((one) => one.season === asked.season) ?? seasons[0] ?? null;
  const query = (asked.query ?? '').trim().slice(0, 40);
  const names = await namesToLookAt(world, shopId);
  const at = found && season ? { board: found.key, season: season.season } : null;
  const { lines, next } = at
    ? query === ''
      ? await standing(world, shopId, at, asked.after)
      : { lines: await searched(world, shopId, at, query), next: null }
    : { lines: [], next: null };
  return {
    boards: boards.map(({ key, name }) => ({ key, name })),
    board: found?.key ?? null,
    unit: found?.unit ?? 'points',
    ...{ seasons, season, query, lines, next, names },
    figures: at ? await figuresOf(world, shopId, at, shop) : NOTHING,
    reported: names.filter(({ state }) => state === 'reported').length,
  };
}

const NOTHING: SeasonFigures = {
  ...{ ranked: 0, best: 0, prizes: 0, points: 0, costMinor: 0, rewards: 0 },
};

async function seasonsOf(
  world: World,
  shopId: string,
  board: string,
): Promise<readonly SeasonLine[]> {
  const { rows } = await world.db(shopId).query<{
    season: string;
    starts_at: Date;
    ends_at: Date;
    settles_at: Date;
    state: SeasonState;
    problem: string | null;
  }>(
    `SELECT season, starts_at, ends_at, settles_at, state, problem FROM leaderboard_seasons
      WHERE shop_id = $1 AND board = $2 AND state <> 'dropped' ORDER BY starts_at DESC LIMIT $3`,
    [shopId, board, MOST_SEASONS],
  );
  return rows.map((row) => ({
    ...{ season: row.season, state: row.state, problem: row.problem },
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
    settlesAt: row.settles_at.getTime(),
  }));
}

interface At {
  readonly board: string;
  readonly season: string;
}

interface LineRow {
  readonly member_id: string;
  readonly score: string;
  readonly reached_at: Date;
  readonly final_rank: number | null;
  readonly nickname: string | null;
  readonly person: string | null;
  readonly given: string | null;
}

const LINES = `SELECT s.member_id, s.score, s.reached_at, s.final_rank, n.nickname, coalesce(m.name, m.email) AS person,
    a.posted AS given
  FROM leaderboard_scores s
  JOIN members m ON m.shop_id = $1 AND m.id = s.member_id
  LEFT JOIN leaderboard_names n ON n.shop_id = $1 AND n.member_id = s.member_id
  LEFT JOIN awards a ON a.shop_id = $1 AND a.member_id = s.member_id AND a.source_kind = 'leaderboard'
    AND a.source_id = s.board || '@' || s.season AND a.rule_key = 'rank'
  WHERE s.shop_id = $1 AND s.board = $2 AND s.season = $3 AND s.listed`;

async function standing(
  world: World,
  shopId: string,
  { board, season }: At,
  after: string | null,
): Promise<Pick<LeaderboardPage, 'lines' | 'next'>> {
  const [, score = '9223372036854775807', memberId = LAST_ID, before = '0'] =
    AFTER.exec(after ?? '') ?? [];
  const { rows } = await world.db(shopId).query<LineRow>({
    name: 'leaderboard-lines',
    text: `${LINES} AND (s.score, s.member_id) < ($4::bigint, $5::uuid)
      ORDER BY s.score DESC, s.member_id DESC LIMIT $6`,
    values: [shopId, board, season, score, memberId, PAGE + 1],
  });
  const shown = rows.slice(0, PAGE).map((row) => ({ ...row, score: Number(row.score) }));
  const first = shown[0];
  const ranks = first
    ? await ranksOf(world.db(shopId), shopId, { board, season }, [first.score])
    : null;
  // Who has as much as the last of the page before has the same rank.
  const from = first?.final_rank ?? ranks?.of.get(first?.score ?? 0) ?? 1;
  const place = Number(before);
  const tied = shown.findIndex((row) => row.score !== first?.score);
  const same = tied === -1 ? shown : shown.slice(0, tied);
  const rest = tied === -1 ? [] : ranksFrom(place + tied + 1, shown.slice(tied));
  const ranked = [...same.map((row) => ({ ...row, rank: from })), ...rest];
  const last = shown.at(-1);
  return {
    lines: ranked.map((row) => readLine(row, row.final_rank ?? row.rank)),
    next: rows.length > PAGE && last ? `${last.score}~${last.member_id}~${place + PAGE}` : null,
  };
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** By nickname, name or e-mail. */
async function searched(
  world: World,
  shopId: string,
  at: At,
  query: string,
): Promise<readonly StandingLine[]> {
  const literal = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const { rows } = await world.db(shopId).query<LineRow>(
    `${LINES} AND (n.skeleton LIKE $4 OR m.name ILIKE $5 OR m.email ILIKE $5)
      ORDER BY s.score DESC, s.member_id DESC LIMIT $6`,
    [shopId, at.board, at.season, literal(skeletonOf(query)), literal(query), PAGE],
  );
  const ranks = new Map<number, number>();
  const scores = [...new Set(rows.map(({ score }) => Number(score)))];
  for (let first = 0; first < scores.length; first += 5) {
    const some = scores.slice(first, first + 5);
    const { of } = await ranksOf(world.db(shopId), shopId, at, some);
    for (const [score, rank] of of) ranks.set(score, rank);
  }
  return rows.map((row) =>
    readLine(
      { ...row, score: Number(row.score) },
      row.final_rank ?? ranks.get(Number(row.score)) ?? 0,
    ),
  );
}

function readLine(
  row: Omit<LineRow, 'score'> & { readonly score: number },
  rank: number,
): StandingLine {
  return {
    ...{ memberId: row.member_id, rank, nickname: row.nickname, person: row.person },
    ...{ score: row.score, reachedAt: row.reached_at.getTime() },
    given: row.given === null ? null : Number(row.given),
  };
}

async function figuresOf(
  world: World,
  shopId: string,
  { board, season }: At,
  shop: ShopTerms,
): Promise<SeasonFigures> {
  const { rows } = await world.db(shopId).query<{
    ranked: string;
    total: number | null;
    best: string | null;
    prizes: string;
    points: string;
    rewards: string;
  }>(
    // Prizes are looked for among those who were given any: best first, down to the last of them.
    `WITH season AS (SELECT total, done, last_score, state FROM leaderboard_seasons
        WHERE shop_id = $1 AND board = $2 AND season = $3),
      given AS (SELECT s.member_id FROM leaderboard_scores s, season n
        WHERE s.shop_id = $1 AND s.board = $2 AND s.season = $3 AND s.listed AND s.score >= n.last_score
          AND n.state IN ('giving', 'settled'))
      SELECT (SELECT coalesce(sum(members), 0) FROM leaderboard_counts
          WHERE shop_id = $1 AND board = $2 AND season = $3) AS ranked,
        (SELECT total FROM season) AS total,
        (SELECT max(score) FROM leaderboard_scores WHERE shop_id = $1 AND board = $2 AND season = $3 AND listed) AS best,
        (SELECT CASE WHEN state IN ('giving', 'settled') THEN done ELSE 0 END FROM season) AS prizes,
        (SELECT coalesce(sum(a.posted), 0) FROM given g JOIN awards a ON a.shop_id = $1 AND a.member_id = g.member_id
          AND a.source_kind = 'leaderboard' AND a.source_id = $4) AS points,
        (SELECT count(*) FROM given g JOIN redemptions r ON r.shop_id = $1 AND r.member_id = g.member_id
          WHERE split_part(r.request_key, '~', 1) = 'prize:leaderboard:' || $4 || ':rank' AND r.released_at IS NULL) AS rewards`,
    [shopId, board, season, `${board}@${season}`],
  );
  const [row] = rows;
  const points = Number(row?.points ?? 0);
  const worth = inForce(shop, world.now())?.version.document.worthOf100 ?? '0';
  return {
    ranked: row?.total ?? Number(row?.ranked ?? 0),
    best: Number(row?.best ?? 0),
    ...{ prizes: Number(row?.prizes ?? 0), points, rewards: Number(row?.rewards ?? 0) },
    costMinor: Number((BigInt(points) * BigInt(parseMoney(worth, shop.currency))) / 100n),
  };
}

/** What was played and given of each game, counted. */
import type pg from 'pg';
import type { Route } from '../../domain/games/plays.ts';

export interface TallyRow {
  readonly game: string;
  readonly version: number;
  readonly oddsHash: string;
  readonly route: Route;
  readonly drawn: string | null;
  readonly given: string | null;
  readonly draws: number;
  readonly points: number;
}

/** Draws of every game, put together as far as they are alike. */
async function tallyDraws(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
): Promise<readonly TallyRow[]> {
  const { rows } = await pool.query<{
    game_key: string;
    version: number;
    odds_hash: string;
    route: Route;
    drawn: string | null;
    given: string | null;
    draws: string;
    points: string;
  }>(
    `SELECT game_key, version, odds_hash, route, drawn, given, count(*) AS draws, sum(points) AS points
      FROM draws WHERE shop_id = $1 GROUP BY 1, 2, 3, 4, 5, 6`,
    [shopId],
  );
  return rows.map((row) => ({
    ...{ game: row.game_key, version: row.version, oddsHash: row.odds_hash, route: row.route },
    ...{ drawn: row.drawn, given: row.given, draws: Number(row.draws), points: Number(row.points) },
  }));
}

export interface GamesTally {
  readonly draws: readonly TallyRow[];
  readonly tickets: readonly TicketTally[];
  /** Plays whose order was given back, by the name of the game that the flag tells. */
  readonly flagged: Readonly<Record<string, number>>;
}

export async function countGames(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
): Promise<GamesTally> {
  const [draws, tickets, flagged] = await Promise.all([
    tallyDraws(pool, shopId),
    tallyTickets(pool, shopId),
    flaggedPlays(pool, shopId),
  ]);
  return { draws, tickets, flagged };
}

export interface TicketTally {
  readonly game: string;
  readonly version: number;
  readonly route: Route;
  readonly tickets: number;
}

/** Tickets of giveaways that members took; those of orders are counted when it ends. */
async function tallyTickets(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
): Promise<readonly TicketTally[]> {
  const { rows } = await pool.query<{
    game: string;
    version: string;
    route: Route;
    tickets: string;
  }>(
    `SELECT content ->> 'game' AS game, content ->> 'version' AS version, content ->> 'route' AS route, count(*) AS tickets
      FROM activities WHERE shop_id = $1 AND kind = 'draw' AND content ->> 'as' = 'ticket' GROUP BY 1, 2, 3`,
    [shopId],
  );
  return rows.map((row) => ({
    ...{ game: row.game, version: Number(row.version), route: row.route },
    tickets: Number(row.tickets),
  }));
}

export async function readOdds(
  pool: pg.Pool,
  shopId: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ hash: string; odds: string }>(
    `SELECT hash, odds FROM game_odds WHERE shop_id = $1 AND hash = ANY($2::text[])`,
    [shopId, hashes],
  );
  return new Map(rows.map((row) => [row.hash, row.odds]));
}

async function flaggedPlays(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
): Promise<Readonly<Record<string, number>>> {
  const { rows } = await pool.query<{ of: string; plays: string }>(
    `SELECT figures ->> 'of' AS of, sum((figures ->> 'told')::int) AS plays FROM order_flags
      WHERE shop_id = $1 AND kind = 'game-played' GROUP BY 1`,
    [shopId],
  );
  return Object.fromEntries(rows.map((row) => [row.of, Number(row.plays)]));
}

export interface SeedLine {
  readonly game: string;
  readonly epoch: string;
  readonly commit: string;
  readonly draws: number;
  readonly state: 'open' | 'listing' | 'drawing' | 'revealed';
}

/** The newest seeds of each game. */
export async function newestSeeds(
  pool: pg.Pool,
  shopId: string,
  most: number,
): Promise<readonly SeedLine[]> {
  const { rows } = await pool.query<{
    game_key: string;
    epoch: string;
    commit: string;
    draws: number;
    state: SeedLine['state'];
  }>(
    `SELECT game_key, epoch, commit, draws, state FROM (
        SELECT *, row_number() OVER (PARTITION BY game_key ORDER BY ends_at DESC) AS nth FROM game_epochs WHERE shop_id = $1
      ) AS e WHERE nth <= $2 ORDER BY ends_at DESC`,
    [shopId, most],
  );
  return rows.map(({ game_key: game, ...seed }) => ({ game, ...seed }));
}

const PAGE = 2_000;

export interface LogLine {
  readonly epoch: string;
  readonly serial: number;
  readonly id: string;
  readonly at: Date;
  readonly route: string;
  readonly chosen: string;
  readonly number: string;
  readonly numberOf: string;
  readonly drawn: string | null;
  readonly given: string | null;
  readonly because: string | null;
  readonly points: string;
  readonly version: number;
  readonly oddsHash: string;
  readonly commit: string;
  readonly seed: string | null;
}

/** Every draw of a game in its order, some at a time: a log can be longer than memory. */
export async function* drawLog(
  pool: pg.Pool,
  shopId: string,
  game: string,
): AsyncGenerator<readonly LogLine[]> {
  for (let after: readonly [string, number] = ['', 0]; ;) {
    const { rows } = await pool.query<LogLine>(
      `SELECT d.epoch, d.serial, d.id, d.drawn_at AS at, d.route, d.chosen, d.number, d.number_of AS "numberOf", d.drawn,
          d.given, d.because, d.points, d.version, d.odds_hash AS "oddsHash", e.commit, e.seed
        FROM draws d JOIN game_epochs e ON e.shop_id = $1 AND e.game_key = d.game_key AND e.epoch = d.epoch
        WHERE d.shop_id = $1 AND d.game_key = $2 AND (d.epoch, d.serial) > ($3, $4)
        ORDER BY d.epoch, d.serial LIMIT ${PAGE}`,
      [shopId, game, ...after],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = [last.epoch, last.serial];
  }
}

/** Draws as they are proved, the odds by which they were made, and what a game has given of its stock. */
import type pg from 'pg';
import { hashing } from './hashing.ts';
import type { Route } from '../../domain/games/plays.ts';

export interface DrawRow {
  readonly id: string;
  readonly game: string;
  readonly epoch: string;
  readonly serial: number;
  readonly at: number;
  readonly version: number;
  readonly oddsHash: string;
  readonly chosen: string;
  readonly numberOf: number;
  readonly number: number;
  readonly place: number | null;
  readonly route: Route;
  readonly drawn: string | null;
  readonly given: string | null;
  readonly because: string | null;
  readonly points: number;
}

/** @returns the hash of the odds */
export async function publishOdds(
  client: pg.PoolClient,
  shopId: string,
  odds: string,
): Promise<string> {
  const hash = hashing.sha256OfText(odds);
  await client.query({
    name: 'publish-odds',
    text: `INSERT INTO game_odds (shop_id, hash, odds) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    values: [shopId, hash, odds],
  });
  return hash;
}

export async function insertDraw(
  client: pg.PoolClient,
  shopId: string,
  draw: DrawRow,
): Promise<void> {
  await client.query({
    name: 'insert-draw',
    text: `INSERT INTO draws (shop_id, id, game_key, epoch, serial, drawn_at, version, odds_hash, chosen, number_of, number,
        place, route, drawn, given, because, points)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    values: [
      ...[shopId, draw.id, draw.game, draw.epoch, draw.serial, new Date(draw.at), draw.version],
      ...[draw.oddsHash, draw.chosen, draw.numberOf, draw.number, draw.place, draw.route],
      ...[draw.drawn, draw.given, draw.because, draw.points],
    ],
  });
}

export interface Pot {
  readonly points: number;
  readonly prizes: Readonly<Record<string, number>>;
}

/** Under lock until the transaction ends: draws of a game come one after the other. After the members. */
export async function lockPot(client: pg.PoolClient, shopId: string, game: string): Promise<Pot> {
  await client.query({
    name: 'open-pot',
    text: `INSERT INTO game_pots (shop_id, game_key) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    values: [shopId, game],
  });
  const { rows } = await client.query<PotRow>({
    name: 'lock-pot',
    text: `SELECT points, prizes FROM game_pots WHERE shop_id = $1 AND game_key = $2 FOR UPDATE`,
    values: [shopId, game],
  });
  return potOf(rows[0]);
}

interface PotRow {
  readonly points: string;
  readonly prizes: Record<string, number>;
}

function potOf(row: PotRow | undefined): Pot {
  return { points: Number(row?.points ?? 0), prizes: row?.prizes ?? {} };
}

export async function readPot(pool: pg.Pool, shopId: string, game: string): Promise<Pot> {
  const { rows } = await pool.query<PotRow>({
    name: 'read-pot',
    text: `SELECT points, prizes FROM game_pots WHERE shop_id = $1 AND game_key = $2`,
    values: [shopId, game],
  });
  return potOf(rows[0]);
}

export async function writePot(
  client: pg.PoolClient,
  shopId: string,
  game: string,
  { points, prizes }: Pot,
): Promise<void> {
  await client.query({
    name: 'write-pot',
    text: `UPDATE game_pots SET points = $3, prizes = $4 WHERE shop_id = $1 AND game_key = $2`,
    values: [shopId, game, points, JSON.stringify(prizes)],
  });
}

/** Whether a prize's reward could not be given after all, because there is none left of it. */
export async function prizeWasRefused(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  requestKey: string,
): Promise<boolean> {
  const { rows } = await client.query<{ ending: string | null }>({
    name: 'prize-refused',
    text: `SELECT ending FROM redemptions WHERE shop_id = $1 AND member_id = $2 AND request_key = $3`,
    values: [shopId, memberId, requestKey],
  });
  return rows[0]?.ending === 'refused';
}

/** The country of the member's last order, as far as it is known. */
export async function lastCountry(
  db: pg.Pool | pg.PoolClient,
  shopId: string,
  memberId: string,
): Promise<string | null> {
  const { rows } = await db.query<{ country: string | null }>({
    name: 'last-country',
    text: `SELECT facts -> 'snapshot' ->> 'countryCode' AS country FROM orders
      WHERE shop_id = $1 AND member_id = $2 AND placed_at IS NOT NULL ORDER BY placed_at DESC, order_id DESC LIMIT 1`,
    values: [shopId, memberId],
  });
  return rows[0]?.country ?? null;
}

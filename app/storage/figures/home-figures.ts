/** What stands in members' rows, and what moved in the last sixty of the shop's days. */
import type pg from 'pg';
import { addDays, startOfDay } from '../../domain/time/shop-time.ts';

export interface HomeFigures extends StandingFigures {
  /** Members by tier; null is below the first one. */
  readonly byTier: readonly { readonly tierKey: string | null; readonly members: number }[];
  /** By the shop's day, "2026-11-20"; days on which nothing moved are left out. */
  readonly moved: Readonly<Record<string, Movements>>;
}

interface StandingFigures {
  readonly members: number;
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
}

export interface Movements {
  readonly earned: number;
  readonly takenBack: number;
}

export const SHOWN_DAYS = 30;

export async function homeFigures(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
  timeZone: string,
  now: number,
): Promise<HomeFigures> {
  const since = addDays(startOfDay(now, timeZone), 1 - 2 * SHOWN_DAYS, timeZone);
  const [standing, byTier, moved] = await Promise.all([
    standingFigures(pool, shopId),
    membersByTier(pool, shopId),
    movementsByDay(pool, shopId, timeZone, new Date(since)),
  ]);
  return { ...standing, byTier, moved };
}

async function standingFigures(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
): Promise<StandingFigures> {
  const { rows } = await pool.query<{
    members: string;
    available: string;
    pending: string;
    debt: string;
  }>(
    `SELECT count(*) AS members, coalesce(sum(available), 0) AS available,
        coalesce(sum(pending), 0) AS pending, coalesce(sum(debt), 0) AS debt
      FROM members WHERE shop_id = $1 AND state = 'active'`,
    [shopId],
  );
  const [row] = rows;
  return {
    members: Number(row?.members ?? 0),
    available: Number(row?.available ?? 0),
    pending: Number(row?.pending ?? 0),
    debt: Number(row?.debt ?? 0),
  };
}

async function membersByTier(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
): Promise<{ tierKey: string | null; members: number }[]> {
  const { rows } = await pool.query<{ tier_key: string | null; members: string }>(
    `SELECT tier_key, count(*) AS members FROM members
      WHERE shop_id = $1 AND state = 'active' GROUP BY tier_key`,
    [shopId],
  );
  return rows.map((row) => ({ tierKey: row.tier_key, members: Number(row.members) }));
}

async function movementsByDay(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
  timeZone: string,
  since: Date,
): Promise<Readonly<Record<string, Movements>>> {
  const { rows } = await pool.query<{
    day: string;
    earned: string;
    taken_back: string;
  }>(
    `SELECT to_char(occurred_at AT TIME ZONE $2, 'YYYY-MM-DD') AS day,
        coalesce(sum(points) FILTER (WHERE kind = 'earn'), 0) AS earned,
        coalesce(sum(points) FILTER (WHERE kind = 'reverse'), 0) AS taken_back
      FROM entries WHERE shop_id = $1 AND occurred_at >= $3 AND kind IN ('earn', 'reverse')
      GROUP BY 1`,
    [shopId, timeZone, since],
  );
  return Object.fromEntries(
    rows.map((row) => [row.day, { earned: Number(row.earned), takenBack: Number(row.taken_back) }]),
  );
}

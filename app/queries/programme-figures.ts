/**
 * Real figures from the ledger for the home page. Movements count on the day they happened, also
 * those of history that was imported later; the index on (shop_id, occurred_at) bounds them to sixty
 * days. Standing figures are kept in the members' rows.
 */
import { addDays, shopDay, startOfDay } from '../domain/time/shop-time.ts';
import type { World } from '../world.ts';

export interface ProgrammeFigures {
  readonly members: number;
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  /** Members by tier; null is below the first one. */
  readonly byTier: readonly { readonly tierKey: string | null; readonly members: number }[];
  readonly last30: Movements;
  readonly before30: Movements;
  /** The last thirty days of the shop, oldest first, quiet days included. */
  readonly days: readonly (Movements & { readonly day: string })[];
}

export interface Movements {
  readonly earned: number;
  readonly takenBack: number;
}

const DAYS = 30;

export async function programmeFigures(
  world: World,
  shopId: string,
  timeZone: string,
): Promise<ProgrammeFigures> {
  const now = world.now();
  const today = startOfDay(now, timeZone);
  const since = addDays(today, 1 - DAYS, timeZone);
  const sinceBefore = addDays(since, -DAYS, timeZone);
  const [standing, byTier, moved] = await Promise.all([
    standingFigures(world, shopId),
    membersByTier(world, shopId),
    movementsByDay(world, shopId, timeZone, new Date(sinceBefore)),
  ]);
  const days = Array.from({ length: DAYS }, (_, index) => {
    const day = shopDay(addDays(since, index, timeZone), timeZone);
    return { day, ...(moved.get(day) ?? { earned: 0, takenBack: 0 }) };
  });
  const firstDay = shopDay(since, timeZone);
  return {
    ...standing,
    byTier,
    days,
    last30: sum(days),
    before30: sum([...moved].filter(([day]) => day < firstDay).map(([, movements]) => movements)),
  };
}

async function standingFigures(
  world: World,
  shopId: string,
): Promise<Pick<ProgrammeFigures, 'members' | 'available' | 'pending' | 'debt'>> {
  const { rows } = await world.db(shopId).query<{
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
  world: World,
  shopId: string,
): Promise<{ tierKey: string | null; members: number }[]> {
  const { rows } = await world.db(shopId).query<{ tier_key: string | null; members: string }>(
    `SELECT tier_key, count(*) AS members FROM members
      WHERE shop_id = $1 AND state = 'active' GROUP BY tier_key`,
    [shopId],
  );
  return rows.map((row) => ({ tierKey: row.tier_key, members: Number(row.members) }));
}

async function movementsByDay(
  world: World,
  shopId: string,
  timeZone: string,
  since: Date,
): Promise<Map<string, Movements>> {
  const { rows } = await world.db(shopId).query<{
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
  return new Map(
    rows.map((row) => [row.day, { earned: Number(row.earned), takenBack: Number(row.taken_back) }]),
  );
}

function sum(movements: readonly Movements[]): Movements {
  return {
    earned: movements.reduce((total, { earned }) => total + earned, 0),
    takenBack: movements.reduce((total, { takenBack }) => total + takenBack, 0),
  };
}

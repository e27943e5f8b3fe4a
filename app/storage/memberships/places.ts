/**
 * Places of memberships with a limit. Whoever may give one holds the membership's advisory lock, taken
 * last and sorted by key, only where an order is concerned of which nothing was decided yet.
 */
import type pg from 'pg';
import { noPlaces, placeKey } from '../../domain/memberships/places.ts';
import type { Places } from '../../domain/memberships/places.ts';
import { purchasesOf } from '../../domain/memberships/purchases.ts';
import type { OrderFacts } from '../../domain/orders/order-facts.ts';
import { standingOf } from '../../domain/orders/standing.ts';
import type { Standing } from '../../domain/orders/standing.ts';
import type { ShopTerms } from '../../domain/programme/terms.ts';
import { raiseFlags } from '../orders/order-flags.ts';

export type OpenPlaces = (
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  looked: Looked,
) => Promise<Places>;

interface Looked {
  /** What is kept of orders, and those that are decided now, by member and by id. */
  readonly concerned: readonly Standing[];
  readonly toDecide: ReadonlyMap<string, ReadonlyMap<string, OrderFacts>>;
  readonly now: number;
}

export interface PlacesInHand {
  readonly open: OpenPlaces;
  /** In the transaction that opened them. @returns whether somebody got a place, or was refused one */
  readonly write: (client: pg.PoolClient, shopId: string, at: Date) => Promise<boolean>;
}

export function placesInHand(): PlacesInHand {
  let places = noPlaces();
  let before: ReadonlyMap<string, boolean> = new Map();
  return {
    open: async (client, shopId, shop, looked) => {
      places = await openPlaces(client, shopId, shop, looked, true);
      before = new Map(places.decided);
      return places;
    },
    write: async (client, shopId, at) => {
      const rows = [...places.decided]
        .filter(([key]) => !before.has(key))
        .map(([key, granted]) => ({ ...partsOf(key), granted }));
      await writePlaces(client, shopId, rows, at);
      await flagRefused(client, shopId, places, at);
      return rows.length > 0;
    },
  };
}

/** As they are, and nobody waits: whoever only looks gives none away. */
export const readPlaces: OpenPlaces = (client, shopId, shop, looked) =>
  openPlaces(client, shopId, shop, looked, false);

async function openPlaces(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  { concerned, toDecide, now }: Looked,
  locking: boolean,
): Promise<Places> {
  if (!sellsLimited(shop)) return noPlaces();
  const orders = [...toDecide.values()].flatMap((byId) => [...byId.values()]);
  const fresh = orders.flatMap((facts) => standingOf(facts, shop.currency) ?? []);
  const standings = [...concerned, ...fresh];
  const limited = purchasesOf(standings, shop).filter(
    ({ membership }) => membership.limit !== null,
  );
  if (limited.length === 0) return noPlaces();
  const orderIds = [...new Set(limited.map(({ orderId }) => orderId))];
  let decided = await readDecided(client, shopId, orderIds);
  const open = limited.filter(
    ({ membership, orderId }) => !decided.has(placeKey(membership.key, orderId)),
  );
  const keys = [...new Set(open.map(({ membership }) => membership.key))].sort();
  if (locking && keys.length > 0) {
    for (const key of keys) {
      await client.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
        `membership ${shopId} ${key}`,
      ]);
    }
    decided = await readDecided(client, shopId, orderIds);
  }
  const taken = await countRunning(client, shopId, keys, new Date(now));
  return { decided, taken, refused: new Map() };
}

function sellsLimited(shop: ShopTerms): boolean {
  return shop.versions.some(({ memberships }) => memberships.some(({ limit }) => limit !== null));
}

async function readDecided(
  client: pg.PoolClient,
  shopId: string,
  orderIds: readonly string[],
): Promise<Map<string, boolean>> {
  const { rows } = await client.query<{
    membership_key: string;
    order_id: string;
    granted: boolean;
  }>({
    name: 'read-membership-places',
    text: `SELECT membership_key, order_id, granted FROM membership_places
      WHERE shop_id = $1 AND order_id = ANY($2::bigint[])`,
    values: [shopId, orderIds],
  });
  return new Map(rows.map((row) => [placeKey(row.membership_key, row.order_id), row.granted]));
}

/** How many members have each of these memberships then, by its key. */
export async function countRunning(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  keys: readonly string[],
  at: Date,
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const { rows } = await client.query<{ key: string; members: string }>({
    name: 'count-running-memberships',
    text: `SELECT key, count(*) AS members FROM progress
      WHERE shop_id = $1 AND key = ANY($2::text[]) AND (until IS NULL OR until > $3) GROUP BY key`,
    values: [shopId, keys.map((key) => `membership:${key}`), at],
  });
  return new Map(rows.map((row) => [row.key.slice('membership:'.length), Number(row.members)]));
}

interface PlaceRow {
  readonly membershipKey: string;
  readonly orderId: string;
  readonly granted: boolean;
}

async function writePlaces(
  client: pg.PoolClient,
  shopId: string,
  rows: readonly PlaceRow[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO membership_places (shop_id, membership_key, order_id, granted, decided_at)
      SELECT $1, w."membershipKey", w."orderId", w.granted, $3
      FROM jsonb_to_recordset($2::jsonb) AS w ("membershipKey" text, "orderId" bigint, granted boolean)
      ORDER BY 2, 3 ON CONFLICT (shop_id, membership_key, order_id) DO NOTHING`,
    [shopId, JSON.stringify(rows), at],
  );
}

/** Shown until the piece is given back, or a person puts it away. */
async function flagRefused(
  client: pg.PoolClient,
  shopId: string,
  { decided, refused }: Places,
  at: Date,
): Promise<void> {
  const asked = [...decided].filter(([, granted]) => !granted);
  if (asked.length === 0) return;
  await raiseFlags(
    client,
    shopId,
    {
      kind: 'membership-full',
      lookedAt: asked.map(([key]) => partsOf(key).orderId),
      raised: [...refused].map(([key, { membership }]) => ({
        orderId: partsOf(key).orderId,
        figures: { told: '', limit: String(membership.limit), currency: null, of: membership.name },
      })),
    },
    at,
  );
}

function partsOf(key: string): { readonly membershipKey: string; readonly orderId: string } {
  const [membershipKey = '', orderId = ''] = key.split(' ');
  return { membershipKey, orderId };
}

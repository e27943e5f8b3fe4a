/**
 * Order facts under lock. An order that nobody told of yet has no row to lock: of two who hear of it
 * first at the same time, the one that comes second to write it starts anew.
 */
import type pg from 'pg';
import { standingOf } from '../../domain/orders/standing.ts';
import type { Standing } from '../../domain/orders/standing.ts';
import { codeKey } from '../../domain/referrals/codes.ts';
import { cutFrom, inOneRun } from '../one-run.ts';
import { MetOthers } from '../transaction.ts';
import { unknownOrder } from '../../domain/orders/order-facts.ts';
import type { OrderFacts } from '../../domain/orders/order-facts.ts';

export interface StoredOrder {
  readonly facts: OrderFacts;
  readonly memberId: string | null;
  /** Nobody told of it yet: it is to be written for the first time. */
  readonly fresh: boolean;
  /** An agent said whose it is, so nobody else does. */
  readonly pinned: boolean;
}

/** Every order that is asked for is in the answer. */
export async function lockOrders(
  client: pg.PoolClient,
  shopId: string,
  orderIds: readonly string[],
): Promise<Map<string, StoredOrder>> {
  const sorted = sortIds(orderIds);
  if (sorted.length === 0) return new Map();
  const { rows } = await client.query<OrderRow>({
    name: 'lock-orders',
    text: `SELECT order_id, member_id, facts, pinned FROM orders WHERE shop_id = $1 AND order_id = ANY($2::bigint[])
      ORDER BY order_id FOR UPDATE`,
    values: [shopId, sorted],
  });
  const known = new Map(rows.map((row) => [row.order_id, readOrder(row)]));
  return new Map(
    sorted.map((id) => [
      id,
      known.get(id) ?? { facts: unknownOrder(id), memberId: null, fresh: true, pinned: false },
    ]),
  );
}

/** Facts of orders whose member is locked: what the engine looks at again. */
export async function readOrders(
  client: pg.PoolClient,
  shopId: string,
  orderIds: readonly string[],
): Promise<Map<string, StoredOrder>> {
  if (orderIds.length === 0) return new Map();
  const { rows } = await client.query<OrderRow>({
    name: 'read-orders',
    text: `SELECT order_id, member_id, facts, pinned FROM orders WHERE shop_id = $1 AND order_id = ANY($2::bigint[])`,
    values: [shopId, orderIds],
  });
  return new Map(rows.map((row) => [row.order_id, readOrder(row)]));
}

/** An order by its name ("#1001", "1001") or its id. The newest where names repeat. */
export async function findOrder(
  client: pg.PoolClient,
  shopId: string,
  text: string,
): Promise<StoredOrder | null> {
  const name = text.trim();
  const { rows } = await client.query<OrderRow>(
    `SELECT order_id, member_id, facts FROM orders
      WHERE shop_id = $1 AND (name = $2 OR name = '#' || $2 OR order_id = $3)
      ORDER BY placed_at DESC NULLS LAST LIMIT 1`,
    [shopId, name.slice(0, 100), /^\d{1,18}$/.test(name) ? name : null],
  );
  return rows[0] ? readOrder(rows[0]) : null;
}

export interface OrderRow {
  readonly order_id: string;
  readonly member_id: string | null;
  readonly facts: Partial<OrderFacts>;
  readonly pinned?: boolean;
}

export function readOrder(row: OrderRow): StoredOrder {
  return {
    facts: { ...unknownOrder(row.order_id), ...row.facts, id: row.order_id },
    memberId: row.member_id,
    fresh: false,
    pinned: row.pinned ?? false,
  };
}

export interface ChangedOrder {
  readonly facts: OrderFacts;
  readonly memberId: string | null;
}

/** @throws MetOthers when somebody else wrote a fresh order first */
export async function writeOrders(
  client: pg.PoolClient,
  shopId: string,
  currency: string,
  changed: readonly (ChangedOrder & { readonly fresh: boolean })[],
): Promise<void> {
  const [fresh, known] = [true, false].map((is) => changed.filter((order) => order.fresh === is));
  if (fresh && fresh.length > 0) {
    const { rowCount } = await client.query({
      name: 'make-orders',
      text: `INSERT INTO orders (shop_id, ${NAMES.join(', ')}, facts, standing) SELECT $1, w.* FROM (${TOLD}) w
        ON CONFLICT (shop_id, order_id) DO NOTHING`,
      values: [shopId, ...told(fresh, currency)],
    });
    if (rowCount !== fresh.length) throw new MetOthers('an order was told by two at once');
  }
  if (!known || known.length === 0) return;
  await client.query({
    name: 'write-orders',
    text: `UPDATE orders o SET ${[...NAMES, 'facts', 'standing'].map((name) => `${name} = w.${name}`).join(', ')}
      FROM (${TOLD}) w WHERE o.shop_id = $1 AND o.order_id = w.order_id`,
    values: [shopId, ...told(known, currency)],
  });
}

/** Columns beside the facts and the standing, each with its type and what it says. */
const COLUMNS: Readonly<
  Record<string, readonly [string, (order: ChangedOrder) => string | number | null]>
> = {
  order_id: ['bigint', ({ facts }) => facts.id],
  member_id: ['uuid', ({ memberId }) => memberId],
  customer_id: ['bigint', ({ facts }) => facts.snapshot?.customerId ?? null],
  guest_key: [
    'text',
    ({ facts: { snapshot } }) =>
      snapshot?.customerId === null ? (snapshot.guestKey ?? null) : null,
  ],
  name: ['text', ({ facts }) => facts.snapshot?.name ?? null],
  placed_at: ['timestamptz', ({ facts }) => isoOrNull(facts.snapshot?.placedAt)],
  facts_at: ['timestamptz', ({ facts }) => isoOrNull(facts.snapshot?.updatedAt)],
  total_minor: ['bigint', ({ facts }) => facts.snapshot?.totalMinor ?? null],
  currency: ['text', ({ facts }) => facts.snapshot?.currency ?? null],
  state: ['text', ({ facts }) => stateOf(facts)],
  referral_code: ['text', ({ facts }) => (facts.referral ? codeKey(facts.referral.code) : null)],
};
const NAMES = Object.keys(COLUMNS);
/** Those that follow from the facts alone, each with its type. */
export const FACT_COLUMNS: readonly (readonly [name: string, type: string])[] = Object.entries(
  COLUMNS,
).flatMap(([name, [type]]) => (['order_id', 'member_id'].includes(name) ? [] : [[name, type]]));

/** What these columns say of an order. */
export function factColumns(facts: OrderFacts): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    FACT_COLUMNS.map(([name]) => {
      const said = COLUMNS[name]?.[1]({ facts, memberId: null }) ?? null;
      return [name, said === null ? null : String(said)];
    }),
  );
}

/** Most of what a batch writes. */
const TOLD = `SELECT ${NAMES.map((name) => `t.${name}`).join(', ')},
    ${cutFrom('$2', 't.facts_start', 't.facts_length')}::json AS facts,
    ${cutFrom('$5', 't.standing_start', 't.standing_length')}::json AS standing
  FROM unnest($3::int[], $4::int[], $6::int[], $7::int[],
    ${Object.values(COLUMNS)
      .map(([type], index) => `$${index + 8}::${type}[]`)
      .join(', ')})
    AS t (facts_start, facts_length, standing_start, standing_length, ${NAMES.join(', ')})`;

function told(orders: readonly ChangedOrder[], currency: string): unknown[] {
  return [
    ...inOneRun(orders.map(({ facts }) => JSON.stringify(facts))),
    ...inOneRun(orders.map(({ facts }) => JSON.stringify(standingOf(facts, currency) ?? {}))),
    ...Object.values(COLUMNS).map(([, said]) => orders.map(said)),
  ];
}

export async function readStandings(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<Map<string, Standing[]>> {
  const { rows } = await client.query<{ member_id: string; standing: Standing }>({
    name: 'read-standings',
    text: `SELECT member_id, standing FROM orders
      WHERE shop_id = $1 AND member_id = ANY($2::uuid[]) AND placed_at IS NOT NULL`,
    values: [shopId, memberIds],
  });
  const found = new Map<string, Standing[]>();
  for (const row of rows) {
    const list = found.get(row.member_id);
    if (list) list.push(row.standing);
    else found.set(row.member_id, [row.standing]);
  }
  return found;
}

function stateOf({ snapshot, deletedAt }: OrderFacts): string {
  if (!snapshot) return 'unknown';
  if (deletedAt !== null) return 'deleted';
  return snapshot.cancelledAt === null ? snapshot.payment : 'cancelled';
}

export function isoOrNull(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}

export function sortIds(ids: Iterable<string>): string[] {
  return [...new Set(ids)].sort((a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0));
}

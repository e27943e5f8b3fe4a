/**
 * Big books, quickly: one member's orders go the real road, and every row that came of them is copied
 * for as many members as wanted, with ids of their own and with their entries chained. So the copies
 * are what the road would have written, whatever columns there are.
 */
import type pg from 'pg';
import { withClient } from './bench-place.ts';
import type { BenchPlace } from './bench-place.ts';
import type { BenchShop } from './bench-shops.ts';
import { fillInbox } from './bench-shops.ts';
import { customerId } from './busy-shop.ts';
import type { DrainAnswer, DrainWish } from './drain.ts';

const BATCH = 20_000;
const FIRST_COPIED_ORDER = 6_000_000_000_000;
export const MOST_ORDERS_EACH = 100;

/** @returns how many entries there are; members are customers 0, 1, 2 … */
export async function growBooks(
  place: BenchPlace,
  worker: { readonly ask: <Answer>(wish: object) => Promise<Answer> },
  shop: BenchShop,
  { members, ordersEach }: { readonly members: number; readonly ordersEach: number },
): Promise<number> {
  const { world } = place;
  await fillInbox(world, [shop], { orders: ordersEach, duplicates: 0, members: 1 });
  const wish: DrainWish = { lanesAtOnce: 1 };
  await worker.ask<DrainAnswer>(wish);
  return withClient(world.config.databaseUrl, async (client) => {
    // Copies of what refers to what exists refer to what exists.
    await client.query(`SET session_replication_role = replica`);
    const copies = await copiesOf(client);
    for (let first = 1; first < members; first += BATCH) {
      const last = Math.min(first + BATCH, members) - 1;
      for (const copy of copies) await client.query(copy, [shop.id, customerId(0), first, last]);
    }
    await client.query(`VACUUM (ANALYZE) members, orders, awards, lots, entries, progress`);
    const { rows } = await client.query<{ entries: number }>(
      `SELECT count(*)::int AS entries FROM entries WHERE shop_id = $1`,
      [shop.id],
    );
    return rows[0]?.entries ?? 0;
  });
}

const MEMBER = `('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
/** The order's place among the member's, from 0. */
const copiedOrder = (id: string): string =>
  `(${FIRST_COPIED_ORDER} + n * ${MOST_ORDERS_EACH} + ${id}::bigint % ${MOST_ORDERS_EACH})`;
const SOURCE = `CASE WHEN t.source_kind = 'order' THEN ${copiedOrder('t.source_id')}::text ELSE t.source_id END`;
const CUSTOMER = `($2::bigint + n)`;

/** What a copy's row says otherwise than the row it is a copy of. */
const OTHERWISE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  members: { id: MEMBER, customer_id: CUSTOMER, email: `n || '@example.com'` },
  orders: {
    member_id: MEMBER,
    customer_id: CUSTOMER,
    order_id: copiedOrder('t.order_id'),
    facts: `replace(t.facts::text, t.order_id::text, ${copiedOrder('t.order_id')}::text)::json`,
    standing: `replace(t.standing::text, t.order_id::text, ${copiedOrder('t.order_id')}::text)::json`,
  },
  awards: { member_id: MEMBER, source_id: SOURCE },
  lots: { member_id: MEMBER, source_id: SOURCE },
  entries: {
    member_id: MEMBER,
    source_id: SOURCE,
    key: `replace(t.key, t.source_id, ${SOURCE})`,
    hash: `chain_hash('\\x', entry_content(t.shop_id, ${MEMBER}, t.seq, replace(t.key, t.source_id, ${SOURCE}), t.kind,
      t.from_account, t.to_account, t.points, t.lot, t.source_kind, ${SOURCE}, t.rule_key, t.programme_version,
      t.explanation, t.occurred_at, t.recorded_at)) OVER (PARTITION BY n ORDER BY t.seq)`,
  },
  progress: { member_id: MEMBER },
};

async function copiesOf(client: pg.Client): Promise<string[]> {
  const copies: string[] = [];
  for (const [table, otherwise] of Object.entries(OTHERWISE)) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute
        WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
      [table],
    );
    const names = rows.map(({ name }) => name);
    const values = names.map((name) => otherwise[name] ?? `t.${name}`);
    const ours = table === 'members' ? 't.id' : 't.member_id';
    copies.push(
      `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')}
        FROM ${table} t CROSS JOIN generate_series($3::bigint, $4::bigint) n
        WHERE t.shop_id = $1 AND ${ours} = (SELECT m.id FROM members m WHERE m.shop_id = $1 AND m.customer_id = $2)`,
    );
  }
  // The heads of the chains, once the entries are there.
  copies.push(
    `UPDATE members m SET chain_head = e.hash FROM entries e
      WHERE m.shop_id = $1 AND m.customer_id BETWEEN $2::bigint + $3::bigint AND $2::bigint + $4::bigint
        AND e.shop_id = $1 AND e.member_id = m.id AND e.seq = m.last_seq`,
  );
  return copies;
}

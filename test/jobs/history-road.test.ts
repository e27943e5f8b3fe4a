import { afterEach, expect, it } from 'vitest';
import { booksOf, memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
afterEach(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

it(
  'reads eighteen months of history, twice without a difference',
  { timeout: 600_000 },
  async () => {
    road = await openRoad({
      seed: { kind: 'demo', installed: true, wholeHistory: true },
      // A shop with points to spare: waiting as Shopify asks has a test of its own.
      elapsedMs: () => performance.now() * 1000,
    });
    await road.publish({ pastOrdersEarn: true });
    await road.readHistory();

    const imports = await road.query(
      `SELECT subject, state, found, taken_in FROM imports ORDER BY subject`,
    );
    expect(imports).toMatchObject([
      { subject: 'customers', state: 'finished' },
      { subject: 'orders', state: 'finished' },
      { subject: 'products', state: 'finished' },
    ]);
    const orders = [...road.store.orders.values()];
    const [known] = await road.query<{ orders: string; answered: string }>(
      `SELECT count(*) AS orders, count(*) FILTER (WHERE o.member_id IS NULL OR EXISTS (SELECT 1 FROM awards a
        WHERE a.source_kind = 'order' AND a.source_id = o.order_id::text)) AS answered FROM orders o`,
    );
    expect(Number(known?.orders)).toBe(orders.length);
    // Every order of a customer has an answer: earned N because, or earned 0 because.
    expect(Number(known?.answered)).toBe(orders.length);
    const [unfinished] = await road.query(
      `SELECT count(*)::int AS n FROM deliveries WHERE state <> 'done'`,
    );
    expect(unfinished).toEqual({ n: 0 });
    const [given] = await road.query<{ up: number }>(
      `SELECT count(*)::int AS up FROM effects WHERE state <> 'done'`,
    );
    expect(given).toEqual({ up: 0 });

    // What the orders tell one by one, as webhooks, is what was read in bulk.
    const before = await booksOf(road);
    await road.query(
      `UPDATE imports SET state = 'wanted', bulk_operation_gid = NULL, started_at = now()`,
    );
    await road.readHistory();
    expect(await booksOf(road)).toEqual(before);

    const mia = [...road.store.customers.values()].find(({ email }) => email === 'mia@example.com');
    const member = await memberOf(road, mia?.id ?? '');
    expect(member.available).toBeGreaterThan(0);
    expect(member.tier).not.toBeNull();
  },
);

/**
 * Comparing with Shopify. Webhooks are lost by the local Shopify's own knob; what a sweep then finds
 * must leave the books of a shop to which every webhook came.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { makeSweeps } from '../../app/jobs/run-sweeps.ts';
import { startSweep } from '../../app/operations/start-sweep.ts';
import { claimSweep } from '../../app/storage/sweeps/sweeps.ts';
import { Chance } from '../../devstore/seed/chance.ts';
import { cancelOrder, deleteOrder } from '../../devstore/state/orders/cancel-order.ts';
import { payOrder } from '../../devstore/state/orders/pay-order.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import { redactCustomer } from '../../devstore/state/customers/privacy.ts';
import type { Store } from '../../devstore/state/store.ts';
import { booksOf, memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

const roads: Road[] = [];
afterEach(async () => {
  for (const road of roads.splice(0)) await road.close();
});

async function open(chance: Chance): Promise<Road> {
  const road = await openRoad({
    webhooks: { timeScale: 0, chance: () => chance.next() },
    // A shop with points to spare: waiting as Shopify asks has a test of its own.
    elapsedMs: () => performance.now() * 1000,
  });
  roads.push(road);
  await road.publish();
  await road.settle();
  return road;
}

const SHELF = 3;
const POINTS_OF_ORDERS = `SELECT sum(posted)::int AS points FROM awards WHERE source_kind = 'order'`;

/** A busy half-hour of a shop: orders that are paid at once or later, refunds, cancellations. The same for one seed. */
function bustle(road: Road, orders: number, seed: number): void {
  const chance = new Chance(seed);
  const { store, clock } = road;
  const variants = [...store.products.values()]
    .filter(({ giftCard }) => !giftCard)
    .slice(0, SHELF)
    .flatMap(({ variants: [first] }) => first?.id ?? []);
  const open: string[] = [];
  const paid: string[] = [];
  for (let placed = 0; placed < orders; placed += 1) {
    clock.advance(chance.between(1, 10) * 1_000);
    const buyer = chance.between(1, Math.ceil(orders / 4));
    const later = chance.happens(0.2);
    const order = store.placeOrder({
      buyer: { email: `w${buyer}@example.com`, firstName: 'W', lastName: String(buyer) },
      lines: [{ variantId: chance.pick(variants), quantity: chance.between(1, 4) }],
      payment: later ? 'pending' : 'paid',
    });
    (later ? open : paid).push(order.id);
    clock.advance(chance.between(1, 10) * 1_000);
    if (chance.happens(0.5)) happen(store, chance, open, paid);
  }
}

function happen(store: Store, chance: Chance, open: string[], paid: string[]): void {
  const pay = open.shift();
  if (pay !== undefined) {
    payOrder(store, { orderId: pay });
    paid.push(pay);
    return;
  }
  const [orderId] = paid.splice(chance.between(0, paid.length - 1), 1);
  const line = store.orders.get(orderId ?? '')?.lines[0];
  if (orderId === undefined || !line) return;
  if (chance.happens(0.3)) cancelOrder(store, { orderId, refund: true });
  else refundOrder(store, { orderId, lines: [{ lineId: line.id, quantity: 1 }] });
}

interface Report {
  readonly [column: string]: unknown;
  readonly state: string;
  readonly looked_at: number;
  readonly already_right: number;
  readonly repaired: number;
  readonly missed: number;
  readonly failures: number;
}

/** Runs a sweep to its end, as the worker does. */
async function sweep(road: Road): Promise<Report> {
  const started = await startSweep(road.world, {
    shopId: road.shopId,
    actor: 'staff:1',
    daysBack: null,
  });
  if (!started.ok) throw new Error(`not started: ${started.refusal.kind}`);
  const sweeps = makeSweeps(road.world, road.access);
  while (await sweeps.once());
  await road.settle();
  return reportOf(road, started.id);
}

async function reportOf(road: Road, id: string): Promise<Report> {
  const [report] = await road.query<Report & Record<string, unknown>>(
    `SELECT state, looked_at, already_right, repaired, missed, failures, points_given::int, points_taken::int, detail
      FROM sweeps WHERE id = $1`,
    [id],
  );
  if (!report) throw new Error('the sweep left no report');
  return report;
}

describe('a sweep after webhooks were lost', () => {
  it.each([
    ['one in a hundred', 0.01, 100],
    ['three in ten', 0.3, 50],
  ])(
    'finds all of what %s told, gives nothing twice, and finds nothing the second time (R11)',
    { timeout: 300_000 },
    async (_share, drop, orders) => {
      const [calm, rough] = [await open(new Chance(1)), await open(new Chance(11))];
      rough.devstore.courier.knobs.set({ drop });
      for (const road of [calm, rough]) {
        bustle(road, orders, 5);
        await road.settle();
      }
      const truth = await booksOf(calm);
      // Control: webhooks were lost, and what is lost of many shows.
      const lost = rough.devstore.courier.log().filter(({ state }) => state === 'dropped');
      expect(lost.length).toBeGreaterThan(0);
      if (drop > 0.1) expect(await booksOf(rough)).not.toEqual(truth);

      rough.devstore.courier.knobs.set({ drop: 0 });
      const first = await sweep(rough);
      const { customers, orders: sold } = rough.store;
      expect(first).toMatchObject({
        state: 'finished',
        looked_at: customers.size + sold.size,
        failures: 0,
      });
      if (drop > 0.1) expect(first.repaired + first.missed).toBeGreaterThan(5);
      expect(await booksOf(rough)).toEqual(truth);
      expect(await proof(rough)).toEqual([]);

      expect(await sweep(rough)).toMatchObject({
        already_right: customers.size + sold.size,
        ...{ repaired: 0, missed: 0, points_given: 0, points_taken: 0 },
      });
      expect(await booksOf(rough)).toEqual(truth);
    },
  );
});

describe('a sweep of an order nobody told of', () => {
  it('counts it as missed, with the points that it gave (law 2.2)', async () => {
    const road = await open(new Chance(1));
    const buyer = { email: 'lost@example.com', firstName: 'L', lastName: 'Ost' };
    const [variant] = [...road.store.products.values()].flatMap(({ variants: [one] }) => one ?? []);
    road.devstore.courier.knobs.set({ drop: 1 });
    road.clock.advance(60_000);
    const order = road.store.placeOrder({
      buyer,
      lines: [{ variantId: variant?.id ?? '', quantity: 1 }],
    });
    road.clock.advance(60_000);
    const report = await sweep(road);
    // The customer and the order; the customer is told of first, with the welcome.
    expect(report).toMatchObject({ looked_at: 2, missed: 2, repaired: 0 });
    const member = await memberOf(road, order.customerId ?? '');
    expect(report['points_given']).toBe(member.available);
    expect(member.available).toBeGreaterThan(100);
  });

  it('takes an order that Shopify deleted as deleted, though no webhook told it (law 2.4)', async () => {
    const road = await open(new Chance(1));
    bustle(road, 6, 3);
    await road.settle();
    const [before] = await road.query<{ points: number }>(POINTS_OF_ORDERS);
    const [given] = await road.query<{ id: string; posted: number }>(
      `SELECT source_id AS id, posted::int FROM awards WHERE source_kind = 'order' AND posted > 0 LIMIT 1`,
    );
    road.devstore.courier.knobs.set({ drop: 1 });
    road.clock.advance(60_000);
    deleteOrder(road.store, given?.id ?? '');
    road.clock.advance(60_000);
    const report = await sweep(road);
    expect(report).toMatchObject({ state: 'finished', repaired: 1, missed: 0, failures: 0 });
    expect(report['points_taken']).toBe(given?.posted);
    const [after] = await road.query<{ points: number }>(POINTS_OF_ORDERS);
    expect(after?.points).toBe((before?.points ?? 0) - (given?.posted ?? 0));
    expect(await proof(road)).toEqual([]);
    // Once: it is known as deleted by then.
    road.clock.advance(60_000);
    expect(await sweep(road)).toMatchObject({ repaired: 0, points_taken: 0 });
  });

  it('does not bring back a person whom Shopify asked to forget', async () => {
    const road = await open(new Chance(1));
    bustle(road, 3, 3);
    await road.settle();
    const [customer] = [...road.store.customers.values()];
    road.clock.advance(60_000);
    redactCustomer(road.store, customer?.id ?? '');
    await road.settle();
    const before = await booksOf(road);
    road.clock.advance(60_000);
    expect(await sweep(road)).toMatchObject({ repaired: 0, missed: 0, failures: 0 });
    expect(await booksOf(road)).toEqual(before);
    const members = await road.query(`SELECT 1 FROM members WHERE state = 'redacted'`);
    expect(members).toHaveLength(1);
  });
});

describe('a sweep that is broken off', () => {
  it('runs once at a time, is taken up where it stopped, and counts nothing twice', async () => {
    const road = await open(new Chance(1));
    bustle(road, 110, 3);
    await road.settle();
    const wish = { shopId: road.shopId, actor: 'staff:1', daysBack: null };
    const begun = await Promise.all([1, 2, 3].map(() => startSweep(road.world, wish)));
    const [started, ...refused] = [...begun].sort((a, b) => Number(b.ok) - Number(a.ok));
    expect(refused).toEqual(
      Array.from({ length: 2 }, () => ({ ok: false, refusal: { kind: 'already-checking' } })),
    );
    const sweeps = makeSweeps(road.world, road.access);
    const turns = await Promise.all([1, 2, 3, 4].map(() => sweeps.once()));
    expect(turns.filter(Boolean).length).toBeGreaterThan(0);

    // A worker takes the next page and is never heard of again.
    const dead = { now: road.clock.now(), leaseUntil: new Date(road.world.now() + 300_000) };
    const claimed = await claimSweep(road.world.db('0'), dead);
    expect(claimed?.subject).toBe('orders');
    expect(await sweeps.once()).toBe(false);
    road.clock.advance(300_000);
    while (await sweeps.once());
    const all = road.store.customers.size + road.store.orders.size;
    expect(started?.ok && (await reportOf(road, started.id))).toMatchObject({
      ...{ state: 'finished', looked_at: all, already_right: all },
    });
  });

  it('puts what cannot be taken in into the inbox, and goes on with the rest', async () => {
    const road = await open(new Chance(1));
    road.devstore.courier.knobs.set({ drop: 1 });
    bustle(road, 4, 3);
    const [poison, ...others] = [...road.store.orders.keys()];
    await road.query(
      `CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF NEW.order_id = ${poison} THEN RAISE EXCEPTION 'no room for this one'; END IF; RETURN NEW; END $$`,
    );
    await road.query(
      `CREATE TRIGGER refuse_one BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION refuse_one()`,
    );
    road.clock.advance(60_000);
    const report = await sweep(road);
    expect(report).toMatchObject({ state: 'finished', failures: 1 });
    expect(report['detail']).toContain('no room for this one');
    const known = await road.query(`SELECT order_id FROM orders ORDER BY order_id`);
    expect(known.map((row) => row['order_id'])).toEqual([...others].sort());

    await road.query(`DROP TRIGGER refuse_one ON orders`);
    road.clock.advance(60_000);
    await road.settle();
    expect(await road.query(`SELECT 1 FROM orders`)).toHaveLength(others.length + 1);
    expect(await proof(road)).toEqual([]);
  });

  it('waits when Shopify does not answer, and gives up when the shop has left', async () => {
    const road = await open(new Chance(1));
    const wish = { shopId: road.shopId, actor: 'staff:1', daysBack: null };
    const started = await startSweep(road.world, wish);
    const id = started.ok ? started.id : '';
    const sweeps = makeSweeps(road.world, road.access);
    road.devstore.faults.order('error', 1, null);
    expect(await sweeps.once()).toBe(true);
    expect(await reportOf(road, id)).toMatchObject({
      ...{ state: 'running', detail: 'Shopify answered 500', looked_at: 0 },
    });
    expect(await sweeps.once()).toBe(false);
    // 5 s after the first failure.
    road.clock.advance(5_000);
    road.devstore.faults.order('unauthorized', 1, null);
    expect(await sweeps.once()).toBe(true);
    expect(await reportOf(road, id)).toMatchObject({ state: 'failed', looked_at: 0 });
    // Where nothing was compared, the next one does not go on from.
    const [next] = await road.query<{ since: Date }>(
      `SELECT since_at AS since FROM sweeps WHERE id = $1`,
      [(await startSweep(road.world, wish)).ok ? await newest(road) : ''],
    );
    const [shop] = await road.query<{ at: Date }>(
      `SELECT installed_at AS at FROM shops WHERE id <> 0`,
    );
    expect(next?.since.getTime()).toBe((shop?.at.getTime() ?? 0) - 6 * 3_600_000);
  });
});

async function newest(road: Road): Promise<string> {
  const [row] = await road.query<{ id: string }>(
    `SELECT id FROM sweeps ORDER BY started_at DESC, id DESC LIMIT 1`,
  );
  return row?.id ?? '';
}

/**
 * Trials R10 and R17 in one simulation: thirty days of a shop (ten in the small size) on a virtual clock,
 * over the change to summer time. Webhooks are dropped (5 %), doubled (20 %) and shuffled by the local Shopify, its API
 * fails at random, performers die in the middle, and each night the books are proved. In the end every
 * order is known and every customer's metafields say what the ledger says.
 */
import { afterEach, expect, it } from 'vitest';
import { chanceOf, SEED, size, trial } from './trial.ts';
import type { Chance } from './trial.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { makeOutbox } from '../../app/jobs/perform-effects.ts';
import { makeSweeps } from '../../app/jobs/run-sweeps.ts';
import { startSweep } from '../../app/operations/start-sweep.ts';
import { cancelOrder } from '../../devstore/state/orders/cancel-order.ts';
import { payOrder } from '../../devstore/state/orders/pay-order.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

const DAYS = size(10, 30);
const SEEDS = size(1, 12);
const HOUR = 3_600_000;

const roads: Road[] = [];
afterEach(async () => {
  for (const road of roads.splice(0)) await road.close();
});

async function open(chance: Chance): Promise<Road> {
  const road = await openRoad({
    webhooks: { timeScale: 0, chance: chance.next },
    elapsedMs: () => performance.now() * 1000,
  });
  roads.push(road);
  // Berlin's clocks go forward on 28 March.
  road.clock.set('2027-03-22T12:00:00Z');
  await road.installAgain();
  const { tiers } = firstDraft('Road');
  await road.publish({
    maturityDays: 2,
    expiry: { kind: 'lot', length: 12, unit: 'days', reminderDays: [3], noticeDays: 0 },
    tiers: { ...tiers, window: { kind: 'rolling', days: 14 }, graceDays: 2 },
  });
  await road.settle();
  return road;
}

/** What shoppers and staff do in one day. */
function live({ store, clock }: Road, chance: Chance, open: string[], paid: string[]): void {
  const variants = [...store.products.values()].flatMap(({ giftCard, variants: [first] }) =>
    giftCard || !first ? [] : [first.id],
  );
  for (let turn = 2 + chance.below(4); turn > 0; turn -= 1) {
    clock.advance(chance.below(2 * HOUR) + 1_000);
    const later = chance.happens(0.25);
    const buyer = `day${chance.below(8)}@example.com`;
    const order = store.placeOrder({
      buyer: { email: buyer, firstName: 'Day', lastName: buyer.slice(3, 4) },
      lines: [
        { variantId: variants[chance.below(variants.length)] ?? '', quantity: 1 + chance.below(3) },
      ],
      payment: later ? 'pending' : 'paid',
    });
    (later ? open : paid).push(order.id);
    clock.advance(60_000);
    const unpaid = chance.happens(0.5) ? open.shift() : undefined;
    if (unpaid !== undefined) {
      payOrder(store, { orderId: unpaid });
      paid.push(unpaid);
    }
    if (chance.happens(0.3)) giveBack(store, chance, paid);
  }
}

function giveBack(store: Road['store'], chance: Chance, paid: string[]): void {
  const [orderId] = paid.splice(chance.below(paid.length), 1);
  const line = store.orders.get(orderId ?? '')?.lines[0];
  if (orderId === undefined || !line) return;
  if (chance.happens(0.3)) cancelOrder(store, { orderId, refund: true });
  else refundOrder(store, { orderId, lines: [{ lineId: line.id, quantity: 1 }] });
}

/** A performer that leases its effects and is never heard of again. */
async function dieAtWork(road: Road): Promise<void> {
  const dead = new Error('the performer was killed');
  const killed = {
    ...road.world,
    // It has the lease, and dies before it can say anything of what it did.
    db: (shopId: string) => {
      const pool = road.world.db(shopId);
      return new Proxy(pool, {
        get: (of, name) =>
          name === 'query'
            ? (...parts: unknown[]) => {
                const { name: statement } = (parts[0] ?? {}) as { name?: string };
                if (statement === 'effects-done' || statement === 'effect-failed') throw dead;
                return (of.query as (...all: unknown[]) => unknown)(...parts);
              }
            : (Reflect.get(of, name) as unknown),
      });
    },
  };
  await makeOutbox(killed, road.access)
    .once()
    .catch((error: unknown) => {
      if (error !== dead) throw error;
    });
}

async function night(road: Road): Promise<void> {
  const wish = { shopId: road.shopId, actor: 'staff:1', daysBack: null };
  const started = await startSweep(road.world, wish);
  if (!started.ok) throw new Error(`not started: ${started.refusal.kind}`);
  const sweeps = makeSweeps(road.world, road.access);
  while (await sweeps.once());
  await road.settle();
  const [report] = await road.query(`SELECT state, failures FROM sweeps WHERE id = $1`, [
    started.id,
  ]);
  expect(report).toEqual({ state: 'finished', failures: 0 });
}

interface Told {
  orders: number;
  dropped: number;
  deaths: number;
}

async function simulate(seed: number): Promise<Told> {
  const chance = chanceOf(seed);
  const road = await open(chance);
  const { courier, faults } = road.devstore;
  courier.knobs.set({ drop: 0.05, duplicate: 0.2 });
  const [unpaid, paid]: [string[], string[]] = [[], []];
  let deaths = 0;
  for (let day = 0; day < DAYS; day += 1) {
    // What is held back and shuffled is not dropped: so it is the one on some days, and the other on others.
    if (chance.happens(0.4)) courier.holdAll();
    live(road, chance, unpaid, paid);
    await courier.releaseAll('shuffle');
    await courier.settled({ retries: true });
    await road.drain();
    // The library that renews tokens goes by the real clock; here the merchant opens the app.
    await road.installAgain();
    faults.order(chance.one(['error', 'throttled', 'hang-up']), chance.below(3), null);
    if (chance.happens(0.5)) {
      await dieAtWork(road);
      deaths += 1;
    }
    await road.settle();
    faults.clear();
    road.clock.advance(24 * HOUR - (road.clock.now().getTime() % (24 * HOUR)) + 2 * HOUR);
    await road.installAgain();
    await road.settle();
    await night(road);
    expect(await proof(road), `on day ${day} of seed ${seed}`).toEqual([]);
  }
  courier.knobs.set({ drop: 0, duplicate: 0 });
  road.clock.advance(HOUR);
  await road.installAgain();
  await night(road);
  await compare(road);
  const dropped = courier.log().filter(({ state }) => state === 'dropped').length;
  return { orders: road.store.orders.size, dropped, deaths };
}

/** Nothing of Shopify is unknown, no effect is left, and each customer is shown their points. */
async function compare(road: Road): Promise<void> {
  const [counted] = await road.query(
    `SELECT (SELECT count(*)::int FROM orders WHERE json_typeof(facts->'snapshot') <> 'null') AS orders,
      (SELECT count(*)::int FROM effects WHERE state <> 'done') AS effects,
      (SELECT count(*)::int FROM deliveries WHERE state <> 'done') AS deliveries`,
  );
  expect(counted).toEqual({ orders: road.store.orders.size, effects: 0, deliveries: 0 });
  const members = await road.query<{ customer_id: string; points: string; pending: string }>(
    `SELECT customer_id, available - debt AS points, pending FROM members WHERE state = 'active'`,
  );
  expect(members.length).toBeGreaterThan(4);
  for (const { customer_id: id, points, pending } of members) {
    const shown = new Map(
      road.store.metafields(`gid://shopify/Customer/${id}`).map(({ key, value }) => [key, value]),
    );
    expect([id, shown.get('points'), shown.get('pending')]).toEqual([id, points, pending]);
  }
}

it(
  'a shop on bad roads is right every night for thirty days, and shows every figure',
  { timeout: size(300_000, 3_600_000) },
  () =>
    trial('R10 and R17: days on bad roads', async () => {
      const all: Told = { orders: 0, dropped: 0, deaths: 0 };
      for (let index = 0; index < SEEDS; index += 1) {
        const told = await simulate(SEED + index);
        all.orders += told.orders;
        all.dropped += told.dropped;
        all.deaths += told.deaths;
        for (const road of roads.splice(0)) await road.close();
      }
      expect(all.dropped).toBeGreaterThan(0);
      expect(all.deaths).toBeGreaterThan(0);
      return { seeds: SEEDS, days: DAYS, ...all, differences: 0 };
    }),
);

/**
 * A worker remembers long histories and reads the others. What it remembers must be what it would
 * read: the same deliveries end in the same books, whoever else writes the member in between.
 */
import pg from 'pg';
import { afterEach, expect, it, vi } from 'vitest';
import { orderBody, refundBody } from '../support/order-body.ts';
import { booksOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { subjectOf } from '../../app/edge/subject.ts';
import { makeDrain } from '../../app/jobs/drain-deliveries.ts';
import type { Drain } from '../../app/jobs/drain-deliveries.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { laneOf } from '../../app/storage/deliveries/lanes.ts';
import { storeDeliveries } from '../../app/storage/deliveries/store-deliveries.ts';

const CUSTOMER = 7_000_000_000_000;
const FIRST_ORDER = 5_000_000_000_000;
const roads: Road[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const road of roads.splice(0)) await road.close();
});

interface Told {
  readonly topic: string;
  readonly body: object;
}

function order(index: number, customerId = CUSTOMER, updated = index): Told {
  const at = (minute: number): string => new Date(Date.UTC(2026, 10, 21, 0, minute)).toISOString();
  const id = FIRST_ORDER + index;
  const lines = [{ id: id * 10, price: `${10 + (index % 9)}.00`, quantity: 2 }];
  const wish = { id, customerId, placedAt: at(index), updatedAt: at(updated), lines };
  return { topic: 'orders/paid', body: orderBody(wish) };
}

function refund(index: number, minute: number): Told {
  const orderId = FIRST_ORDER + index;
  const body = refundBody({
    id: 9_000_000_000_000 + index,
    orderId,
    at: new Date(Date.UTC(2026, 10, 21, 0, minute)).toISOString(),
    lines: [{ lineId: orderId * 10, quantity: 1, subtotal: `${10 + (index % 9)}.00` }],
  });
  return { topic: 'refunds/create', body };
}

const orders = (from: number, to: number): Told[] =>
  Array.from({ length: to - from }, (_, at) => order(from + at));

async function tell(road: Road, drain: Drain, told: readonly Told[]): Promise<void> {
  const news = told.map(({ topic, body }, index) => {
    const bytes = Buffer.from(JSON.stringify(body));
    const subject = subjectOf(topic, bytes);
    return {
      ...{ shopId: road.shopId, webhookId: `${topic}-${index}-${road.world.newId()}` },
      ...{ shopDomain: road.store.domain, topic, apiVersion: '2026-10' },
      ...{ eventId: null, triggeredAt: null, receivedAt: road.clock.now() },
      ...{ subject, lane: laneOf(subject), body: bytes },
    };
  });
  await storeDeliveries(road.world.db(road.shopId), news);
  while ((await drain.once()) > 0);
}

/** @param drainOf the worker of each turn */
async function live(drainOf: (road: Road) => () => Drain): Promise<unknown> {
  const road = await openRoad();
  roads.push(road);
  await road.publish();
  road.clock.set('2026-11-22T12:00:00Z');
  const drain = drainOf(road);
  await tell(road, drain(), orders(0, 130));
  await tell(road, drain(), [...orders(130, 140), refund(3, 500)]);
  const [member] = await road.query<{ id: string }>(
    `SELECT id FROM members WHERE shop_id = $1 AND customer_id = $2`,
    [road.shopId, CUSTOMER],
  );
  // Somebody else writes the member: points are taken by hand, and another worker takes a refund in.
  const hand = { shopId: road.shopId, memberId: member?.id ?? '', actor: 'test' };
  const taken = { points: -500, reason: 'test', note: '', requestKey: 'once' };
  const wish = { ...hand, ...taken, allowDebt: false, countsForTier: false };
  expect(await adjustPoints(road.world, wish)).toMatchObject({ ok: true });
  await tell(road, makeDrain(road.world), [refund(7, 510)]);
  await tell(road, drain(), [...orders(140, 150), refund(9, 520)]);
  // An order turns out to be somebody else's.
  await tell(road, drain(), [order(20, CUSTOMER + 1, 600), ...orders(150, 155)]);
  await tell(road, drain(), orders(0, 30));
  expect(await proof(road)).toEqual([]);
  return booksOf(road);
}

/** How often a history was remembered by now: only then explanations are read by themselves. */
function timesRemembered(query: {
  readonly mock: { readonly calls: readonly unknown[][] };
}): number {
  return query.mock.calls.filter(([asked]) => nameOf(asked) === 'read-explanations').length;
}

function nameOf(asked: unknown): unknown {
  return typeof asked === 'object' && asked !== null && 'name' in asked ? asked.name : undefined;
}

it('ends a long history in the same books, remembered or read', async () => {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  const remembering = await live((road) => {
    const drain = makeDrain(road.world);
    return () => drain;
  });
  const remembered = timesRemembered(query);
  const forgetful = await live((road) => () => makeDrain(road.world));
  expect(remembering).toEqual(forgetful);
  expect(JSON.stringify(remembering)).toContain(String(FIRST_ORDER + 154));
  expect(timesRemembered(query) - remembered).toBeLessThan(remembered);
});

/** Two who earned in every way, merged and parted: what each way says of one person holds (laws 1.6, 7.2 and 8). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deed, consent } from '../../app/domain/activities/activity.ts';
import type { Activity } from '../../app/domain/activities/activity.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { takeInNow } from '../../app/operations/take-in-now.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import type { FactTidings } from '../../app/domain/tidings.ts';
import { programmeOf, way } from '../domain/activities/ways.ts';
import { line, order, review } from '../domain/fixtures.ts';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

const DAY = 86_400_000;
let road: Road;
let began = 0;
const at = (days: number): number => began + days * DAY;

beforeAll(async () => {
  road = await openRoad();
  await road.publish(
    programmeOf(
      way('join', { points: 100 }),
      way('visit', { points: 5 }),
      way('social-follow', { points: 25, network: 'instagram' }),
      way('survey', { points: 30 }),
      way('newsletter', { points: 40 }),
      way('review', { points: 50, perProduct: 1 }),
      way('goal', { points: 10, per: '100' }),
      way('punch-card', { points: 15, every: 2, counts: 'orders' }),
      way(
        'custom',
        { points: 50, action: 'photo' },
        { limits: { perMember: [{ most: 100, of: 'points', per: 'lifetime' }] } },
      ),
    ),
  );
  began = road.clock.now().getTime();
  road.clock.advance(20 * DAY);
});
afterAll(() => road.close());

async function person(customerId: string, joined: number, facts: FactTidings[]): Promise<string> {
  await takeInNow(road.world, road.shopId, [
    {
      kind: 'customer',
      customer: {
        ...{ customerId, createdAt: at(joined), updatedAt: at(joined) },
        ...{ email: `${customerId}@road.example`, name: null },
      },
    },
  ]);
  await takeInNow(road.world, road.shopId, facts);
  return (await memberOf(road, customerId)).id;
}

const did = (customerId: string, activity: Activity): FactTidings => ({
  kind: 'activity',
  whose: { customerId },
  activity,
});
const bought = (customerId: string, orderId: string, days: number): FactTidings => ({
  kind: 'order',
  order: order(
    { customerId, currency: 'EUR', placedAt: at(days), lines: [line({ priceMinor: 6000 })] },
    { orderId },
  ),
});
const reviewed = (customerId: string, id: string, days: number): FactTidings => ({
  kind: 'review',
  review: review({ id, customerId, productId: '9', createdAt: at(days), updatedAt: at(days) }),
});

it('merged they are paid as one, and undone each has what was theirs', async () => {
  const kim = await person('71', 1, [
    did('71', deed('visit', '2026-11-22', at(2))),
    did('71', deed('social-follow', 'instagram', at(2), { network: 'instagram' })),
    did('71', deed('survey', 'spring', at(3))),
    did('71', consent('newsletter', true, at(3))),
    did('71', deed('custom', 'x1', at(4), { action: 'photo' })),
    did('71', deed('custom', 'x2', at(6), { action: 'photo' })),
    reviewed('71', '1', 5),
    bought('71', '5001', 5),
  ]);
  const gus = await person('72', 2, [
    did('72', deed('visit', '2026-11-22', at(2) + 60_000)),
    did('72', deed('visit', '2026-11-23', at(3))),
    did('72', deed('social-follow', 'instagram', at(8), { network: 'instagram' })),
    did('72', deed('survey', 'spring', at(4))),
    did('72', deed('survey', 'autumn', at(4))),
    did('72', consent('newsletter', true, at(2))),
    did('72', deed('custom', 'y1', at(5), { action: 'photo' })),
    reviewed('72', '2', 4),
    bought('72', '5002', 7),
  ]);
  const both = async (): Promise<number[]> =>
    [await memberOf(road, '71'), await memberOf(road, '72')].map(({ available }) => available);
  // 100 + 5 + 25 + 30 + 40 + 100 + 50; and 100 + 10 + 25 + 60 + 40 + 50 + 50.
  expect(await both()).toEqual([350, 335]);

  const wish = { shopId: road.shopId, keptId: kim, goneId: gus };
  const told = await mergeByHand(road.world, { ...wish, reason: 'one', actor: 'staff:7' });
  expect(told).toEqual({ ok: true });
  await road.settle();
  // Once each: 100 for joining, 25, 40. Two days of visits 10, two surveys 60. One review of the product 50.
  // Of three photos 100 at most. $120 reach the goal once, 10, and fill the card of two orders, 15.
  expect((await memberOf(road, '71')).available).toBe(410);
  expect(await proof(road)).toEqual([]);

  const [merge] = await road.query<{ id: string }>(
    `SELECT id FROM merges ORDER BY id DESC LIMIT 1`,
  );
  const undo = { shopId: road.shopId, mergeId: merge?.id ?? '', actor: 'staff:7' };
  expect(await undoMerge(road.world, undo)).toEqual({ ok: true, spent: 0 });
  await road.settle();
  expect(await both()).toEqual([350, 335]);
  expect(await proof(road)).toEqual([]);
});

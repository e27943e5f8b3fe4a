/** Rewards for members who meet conditions: the list and redeeming say the same, by what is known now. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { giveReward } from '../../app/operations/redeem-reward.ts';
import { contextOf } from '../support/admin-request.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { storefrontOf } from '../support/storefront-shoppers.ts';
import type { Shopper, Storefront } from '../support/storefront-shoppers.ts';
import { writtenRewards } from '../support/written-rewards.ts';

const DAY = 86_400_000;
const when = (kind: string, settings: object = {}, not = false) => ({
  segment: { match: 'all' as const, conditions: [{ kind, not, settings: { ...settings } }] },
});

let road: Road;
let front: Storefront;
beforeAll(async () => {
  road = await openRoad();
  front = storefrontOf(road, contextOf(road));
  await road.publish({
    earning: [],
    expiry: { kind: 'lot', length: 10, unit: 'days', reminderDays: [], noticeDays: 0 },
    rewards: writtenRewards(
      { key: 'first', kind: 'perk', points: 100, audience: when('never-redeemed') },
      { key: 'again', kind: 'perk', points: 10, audience: when('never-redeemed', {}, true) },
      {
        key: 'rich',
        kind: 'perk',
        points: 50,
        audience: when('points', { least: 500, most: null }),
      },
      {
        key: 'buyers',
        kind: 'perk',
        points: 1,
        audience: when('last-order', { when: 'within', days: 30 }),
      },
    ),
  });
  await road.settle();
});
afterAll(() => road.close());

async function offered(who: Shopper): Promise<string[]> {
  const { rewards } = (await front.see(who)).body;
  return rewards?.flatMap(({ key, can }) => (can === true ? String(key) : [])) ?? [];
}

async function refusal(who: Shopper, reward: string): Promise<unknown[]> {
  const { status, body } = await front.get(who, reward);
  return [status, body['refusal'], body['says']];
}

const OUTSIDE = [
  409,
  { kind: 'not-for-you', because: 'outside-segment' },
  'For some members only.',
];

it('who never redeemed can have the first reward once, and then the other one (law 5.6)', async () => {
  const mina = await front.shopper(400);
  const noor = await front.shopper(400);
  expect(await offered(mina)).toEqual(['first']);
  expect(await refusal(mina, 'again')).toEqual(OUTSIDE);
  expect(await front.available(mina)).toBe(400);
  // The redemption itself is none from before.
  expect((await front.get(mina, 'first')).body).toMatchObject({ reward: { state: 'had' } });
  expect(await offered(mina)).toEqual(['again']);
  expect(await refusal(mina, 'first')).toEqual(OUTSIDE);
  expect((await front.get(mina, 'again')).body).toMatchObject({ ok: true });
  expect(await front.available(mina)).toBe(290);
  // Another member's redemptions play no part.
  expect(await offered(noor)).toEqual(['first']);
  expect((await front.see(mina, { lang: 'de' })).body.rewards?.[0]).toMatchObject({
    says: 'Nur für manche Mitglieder.',
  });
});

it('the same wish sent again is the same, though its own redemption changed who they are (law 5.1)', async () => {
  const mina = await front.shopper(100);
  const { token = '' } = (await front.see(mina)).body;
  const key = 'a-key-of-one-press';
  const once = await front.get(mina, 'first', {}, { token, key });
  const twice = await front.get(mina, 'first', {}, { token, key });
  expect([once.body.reward?.id, twice.body]).toEqual([
    twice.body.reward?.id,
    expect.objectContaining({ ok: true, already: true }),
  ]);
  expect(await front.available(mina)).toBe(0);
});

it('an order that was paid makes a buyer, from the moment it is told (law 5.6)', async () => {
  const mina = await front.shopper(10);
  expect(await refusal(mina, 'buyers')).toEqual(OUTSIDE);
  const product = [...road.store.products.values()].find(({ giftCard }) => !giftCard);
  road.store.placeOrder({
    buyer: { customerId: mina.customerId },
    lines: [{ variantId: product?.variants[0]?.id ?? '', quantity: 1 }],
  });
  await road.settle();
  expect(await offered(mina)).toContain('buyers');
  expect((await front.get(mina, 'buyers')).body).toMatchObject({ ok: true });
});

it('what is given for nothing asks no conditions (law 5.6)', async () => {
  const mina = await front.shopper(0);
  const given = await giveReward(road.world, {
    ...{ shopId: road.shopId, memberId: mina.memberId, rewardKey: 'rich' },
    ...{ requestKey: 'present', origin: 'agent' },
  });
  expect(given.ok).toBe(true);
});

it('points that have expired are not there to meet a condition, though no worker came to them (law 5.6)', async () => {
  const mina = await front.shopper(300);
  const noor = await front.shopper(600);
  road.clock.advance(5 * DAY);
  await front.give(mina, 300);
  expect(await offered(mina)).toContain('rich');
  // Six days later the first 300 have expired; nobody has written it down yet.
  road.clock.advance(6 * DAY);
  await front.give(noor, 500);
  expect(await front.available(mina)).toBe(600);
  expect(await refusal(mina, 'rich')).toEqual(OUTSIDE);
  expect(await front.available(mina)).toBe(600);
  expect((await front.get(noor, 'rich')).body).toMatchObject({ ok: true });
  await road.settle();
  expect(await front.available(mina)).toBe(300);
  expect(await front.available(noor)).toBe(450);
  expect(await proof(road)).toEqual([]);
});

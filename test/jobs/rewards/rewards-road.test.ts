/** Rewards from the wish to the checkout, and back: points and rewards agree, whatever happens between. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeNow } from '../../../app/jobs/make-at-once.ts';
import { adjustPoints } from '../../../app/operations/adjust-points.ts';
import { askForCodes } from '../../../app/operations/ask-for-codes.ts';
import { markEnding } from '../../../app/operations/end-reward.ts';
import { redeemReward } from '../../../app/operations/redeem-reward.ts';
import type { RewardAnswer, RewardWish } from '../../../app/operations/redeem-reward.ts';
import { DAY } from '../../../app/domain/time/shop-time.ts';
import { codeBatches, codesOfBatch } from '../../../app/queries/code-batches.ts';
import { memberRewards } from '../../../app/queries/member-rewards.ts';
import {
  changeDiscount,
  deleteDiscount,
} from '../../../devstore/state/discounts/change-discount.ts';
import { refundOrder } from '../../../devstore/state/orders/refund-order.ts';
import { createCustomer } from '../../../devstore/state/customers/create-customer.ts';
import { openRoad } from '../../support/road.ts';
import type { Road } from '../../support/road.ts';
import { writtenRewards } from '../../support/written-rewards.ts';

let road: Road;
beforeAll(async () => {
  road = await openRoad();
  await road.publish({
    earning: [],
    rewards: writtenRewards(
      { key: 'five-off', kind: 'amount-off', points: 500 },
      { key: 'one-left', kind: 'amount-off', points: 10, stock: 1 },
      { key: 'twice', kind: 'perk', points: 10, perMember: [{ most: 2, of: 'times', per: 'day' }] },
      { key: 'choose', kind: 'variable-amount-off', points: 100 },
      { key: 'gift', kind: 'percent-off', points: 1, forPoints: false },
    ),
  });
  await road.settle();
});
afterAll(() => road.close());

let names = 0;
async function member(points: number): Promise<string> {
  names += 1;
  const customer = createCustomer(road.store, { email: `m${names}@example.com` });
  await road.settle();
  const [row] = await road.query<{ id: string }>(
    'SELECT id FROM members WHERE shop_id = $1 AND customer_id = $2',
    [road.shopId, customer.id],
  );
  const memberId = row?.id ?? '';
  await adjustPoints(road.world, {
    ...{ shopId: road.shopId, memberId, points, reason: 'test', note: '', actor: 'test' },
    ...{ requestKey: `start ${memberId}`, allowDebt: false, countsForTier: false },
  });
  return memberId;
}

function redeem(memberId: string, over: Partial<RewardWish> = {}): Promise<RewardAnswer> {
  return redeemReward(road.world, {
    ...{ shopId: road.shopId, memberId, rewardKey: 'five-off', requestKey: 'k', steps: 1 },
    ...{ prompt: false, ...over },
  });
}

const available = async (memberId: string): Promise<number> => {
  const [row] = await road.query<{ available: string }>(
    'SELECT available FROM members WHERE shop_id = $1 AND id = $2',
    [road.shopId, memberId],
  );
  return Number(row?.available);
};

/** The merchant opens the app now and then, which renews the token. */
async function later(ms: number): Promise<void> {
  road.clock.advance(ms);
  await road.installAgain();
  await road.settle();
}

const rewardsOf = (memberId: string) =>
  road.query<{ making: string; state: string; ending: string | null; code: string | null }>(
    `SELECT i.making, r.state, r.ending, r.code FROM issued_rewards i
      JOIN redemptions r ON r.shop_id = i.shop_id AND r.id = i.id WHERE r.shop_id = $1 AND r.member_id = $2
      ORDER BY r.reserved_at, r.id`,
    [road.shopId, memberId],
  );

it('500 of 700 points become a code in Shopify that only its member can use (law 5.1, 5.4)', async () => {
  const memberId = await member(700);
  const answer = await redeem(memberId);
  expect(answer).toMatchObject({ ok: true, already: false });
  await road.settle();
  const [reward] = await rewardsOf(memberId);
  expect(reward).toMatchObject({ making: 'made', state: 'reserved', ending: null });
  expect(reward?.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  expect(await available(memberId)).toBe(200);
  expect(await redeem(memberId)).toMatchObject({ ok: true, already: true });
  expect(await available(memberId)).toBe(200);
  expect(await redeem(memberId, { steps: 2 })).toMatchObject({
    refusal: { kind: 'key-used-otherwise' },
  });
  expect(await redeem(memberId, { requestKey: 'k2' })).toMatchObject({
    refusal: { kind: 'not-enough', available: 200, wanted: 500 },
  });
});

it('unused after 90 days it is ended in Shopify, and its points come back (law 5.3)', async () => {
  const memberId = await member(500);
  await redeem(memberId);
  await road.settle();
  expect(await available(memberId)).toBe(0);
  await later(89 * DAY);
  expect(await available(memberId)).toBe(0);
  await later(2 * DAY);
  expect(await available(memberId)).toBe(500);
  expect(await rewardsOf(memberId)).toMatchObject([
    { making: 'ended', state: 'released', ending: 'expired' },
  ]);
});

const discountOf = (code: string | null | undefined) => {
  const found = road.store.discounts.find(code ?? '');
  if (!found) throw new Error(`Shopify has no discount ${code}.`);
  return found;
};

it('a discount that a merchant deletes in Shopify gives its points back, and says why', async () => {
  const memberId = await member(500);
  await redeem(memberId);
  await road.settle();
  const [reward] = await rewardsOf(memberId);
  deleteDiscount(road.store, discountOf(reward?.code).id);
  await road.settle();
  expect(await available(memberId)).toBe(500);
  expect(await rewardsOf(memberId)).toMatchObject([
    { making: 'ended', state: 'released', ending: 'removed' },
  ]);
});

it('a discount whose value a merchant changes stays with its member, and what was changed is noted', async () => {
  const memberId = await member(500);
  await redeem(memberId);
  await road.settle();
  const [reward] = await rewardsOf(memberId);
  const discount = discountOf(reward?.code);
  if (discount.effect.kind !== 'basic') throw new Error('It is another kind of discount.');
  const effect = { ...discount.effect, value: { amountMinor: 900, eachItem: false } };
  changeDiscount(road.store, discount.id, { effect });
  await road.settle();
  expect(await available(memberId)).toBe(0);
  expect(await rewardsOf(memberId)).toMatchObject([{ making: 'made', state: 'reserved' }]);
  const [changed] = await memberRewards(road.world, road.shopId, memberId);
  expect(changed?.changes).toEqual(['value']);
});

it('what a shopper waits for is noted as asked for with its points, and whoever takes it over finds it (law 5.1)', async () => {
  const memberId = await member(1_000);
  const tried = () =>
    road.query<{ at_once: boolean | null }>(
      `SELECT i.tried_at = r.reserved_at AS at_once FROM issued_rewards i
        JOIN redemptions r ON r.shop_id = i.shop_id AND r.id = i.id WHERE r.member_id = $1 ORDER BY r.request_key`,
      [memberId],
    );
  const shopper = await redeem(memberId, { requestKey: 'a', prompt: true });
  const agent = await redeem(memberId, { requestKey: 'b' });
  expect(await tried()).toEqual([{ at_once: true }, { at_once: null }]);
  expect([shopper, agent]).toMatchObject([
    { asked: { isTried: true } },
    { asked: { isTried: false } },
  ]);
  // Shopify makes the shopper's, and the process dies before it hears so: its effect waits for a minute.
  if (!shopper.ok || !shopper.asked) throw new Error('Nothing is to be made.');
  const { asked } = shopper;
  const stage = { ...road, admin: () => road.access.of(road.shopId) };
  road.devstore.faults.order('hang-up', 1, null, { field: 'discountCodeBasicCreate' });
  await expect(makeNow(stage, asked)).rejects.toThrow();
  const isOurs = ({ code }: { code: string }) => code === asked.reward.code;
  const ours = () => road.store.discounts.all().filter(({ codes }) => codes.some(isOurs));
  expect(ours()).toHaveLength(1);
  await road.settle();
  expect(await rewardsOf(memberId)).toMatchObject([{ making: 'asked' }, { making: 'made' }]);
  await later(61_000);
  expect(await rewardsOf(memberId)).toMatchObject([{ making: 'made' }, { making: 'made' }]);
  expect(ours()).toHaveLength(1);
  expect(await available(memberId)).toBe(0);
});

it('the order of its member captures it, somebody else’s cart does not take it, a refund gives points back', async () => {
  const memberId = await member(500);
  await redeem(memberId);
  await road.settle();
  const [reward] = await rewardsOf(memberId);
  const code = reward?.code ?? '';
  const variantId = [...road.store.products.values()].find(({ giftCard }) => !giftCard)?.variants[0]
    ?.id;
  const lines = [{ variantId: variantId ?? '', quantity: 2 }];
  expect(() =>
    road.store.placeOrder({ buyer: { email: 'thief@example.com' }, lines, discountCodes: [code] }),
  ).toThrow();
  const order = road.store.placeOrder({
    buyer: { email: `m${names}@example.com` },
    lines,
    discountCodes: [code],
  });
  await road.settle();
  expect(await rewardsOf(memberId)).toMatchObject([{ state: 'captured' }]);
  expect(await available(memberId)).toBe(0);
  const half = order.lines.map(({ id }) => ({ lineId: id, quantity: 1 }));
  refundOrder(road.store, { orderId: order.id, lines: half });
  await road.settle();
  // One of two pieces: half of 500.
  expect(await available(memberId)).toBe(250);
});

it('300 codes for everybody are one discount, each is used once by anybody, and asking twice makes no more', async () => {
  const wish = {
    ...{ shopId: road.shopId, actor: 'test', rewardKey: 'five-off', name: 'Spring fair' },
    ...{ count: 300, lastDay: '2027-12-31', requestKey: 'fair' },
  };
  expect(await askForCodes(road.world, wish)).toEqual({ ok: true });
  expect(await askForCodes(road.world, wish)).toEqual({ ok: true });
  await road.settle();
  const [batch, ...others] = await codeBatches(road.world, road.shopId);
  expect(others).toEqual([]);
  expect(batch).toMatchObject({ name: 'Spring fair', count: 300, made: 300, state: 'made' });
  const codes = (await codesOfBatch(road.world, road.shopId, batch?.id ?? '')) ?? [];
  expect(new Set(codes.map((code) => discountOf(code).id)).size).toBe(1);
  expect(discountOf(codes[0]).codes).toHaveLength(300);
  expect(await askForCodes(road.world, { ...wish, requestKey: 'x', count: 10_001 })).toEqual({
    ok: false,
    refusal: { kind: 'bad-count' },
  });
  expect(await askForCodes(road.world, { ...wish, requestKey: 'y', rewardKey: 'twice' })).toEqual({
    ok: false,
    refusal: { kind: 'no-codes' },
  });
});

it('ten wishes at once with points for one give one reward (law 5.1)', async () => {
  const memberId = await member(500);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => redeem(memberId, { requestKey: `p${index}` })),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  await road.settle();
  expect(await rewardsOf(memberId)).toHaveLength(1);
  expect(await available(memberId)).toBe(0);
});

it('the last of a stock goes to one of two, comes back when it is taken back, and can be had again', async () => {
  const [one, other] = [await member(50), await member(50)];
  const wish = { rewardKey: 'one-left' };
  const answers = await Promise.all([redeem(one, wish), redeem(other, wish)]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { kind: 'out-of-stock' } });
  const [winner, loser] = answers[0]?.ok ? [one, other] : [other, one];
  expect(await available(loser)).toBe(50);
  const won = answers.find(({ ok }) => ok);
  if (!won?.ok) throw new Error('Nobody won.');
  await road.settle();
  const redemptionId = won.redemption.id;
  await markEnding(road.world, { shopId: road.shopId, redemptionId, because: 'cancelled' });
  await road.settle();
  expect(await available(winner)).toBe(50);
  expect(await redeem(loser, { ...wish, requestKey: 'again' })).toMatchObject({ ok: true });
});

it('what one simply has is spent at once, and no more often than its limit', async () => {
  const memberId = await member(100);
  const wish = { rewardKey: 'twice' };
  expect(await redeem(memberId, { ...wish, requestKey: 'a' })).toMatchObject({
    redemption: { state: 'captured', points: 10 },
  });
  await redeem(memberId, { ...wish, requestKey: 'b' });
  expect(await redeem(memberId, { ...wish, requestKey: 'c' })).toMatchObject({
    refusal: { kind: 'limit-reached', most: 2, per: 'day' },
  });
  expect(await available(memberId)).toBe(80);
});

it('whoever may choose spends 100 points a step, within what is offered', async () => {
  const memberId = await member(1_000);
  const wish = { rewardKey: 'choose' };
  expect(await redeem(memberId, { ...wish, steps: 21 })).toMatchObject({
    refusal: { kind: 'bad-steps', least: 1, most: 20 },
  });
  expect(await redeem(memberId, { ...wish, steps: 3 })).toMatchObject({
    redemption: { points: 300 },
  });
  expect(await available(memberId)).toBe(700);
});

it('what is only a prize cannot be bought, and what is unknown is not there', async () => {
  const memberId = await member(100);
  expect(await redeem(memberId, { rewardKey: 'gift' })).toMatchObject({
    refusal: { kind: 'not-for-points' },
  });
  expect(await redeem(memberId, { rewardKey: 'nothing' })).toMatchObject({
    refusal: { kind: 'unknown-reward' },
  });
  expect(await available(memberId)).toBe(100);
});

/** What there is a limited number of, asked for by many in one moment. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { redeemReward } from '../../app/operations/redeem-reward.ts';
import { uploadPartnerCodes } from '../../app/operations/upload-partner-codes.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { contextOf } from '../support/admin-request.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { storefrontOf } from '../support/storefront-shoppers.ts';
import type { Shopper, Storefront } from '../support/storefront-shoppers.ts';
import { writtenRewards } from '../support/written-rewards.ts';

let road: Road;
let front: Storefront;
let many: Shopper[];
beforeAll(async () => {
  road = await openRoad();
  front = storefrontOf(road, contextOf(road));
  await road.publish({
    earning: [],
    rewards: writtenRewards(
      { key: 'one', kind: 'perk', points: 10, stock: 1 },
      { key: 'listed', kind: 'partner-code', points: 10 },
      {
        ...{ key: 'twice-a-day', kind: 'perk', points: 10 },
        perMember: [{ most: 2, of: 'times', per: 'day' }],
      },
    ),
  });
  const { world, shopId } = road;
  const codes = Array.from({ length: 7 }, (_one, index) => `LISTED-${index}`);
  await uploadPartnerCodes(world, { shopId, rewardKey: 'listed', codes });
  for (let one = 0; one < 25; one += 1) {
    createCustomer(road.store, { email: `${randomUUID()}@example.com` });
  }
  await road.settle();
  const members = await road.query<{ id: string; customer_id: string }>(
    `SELECT id, customer_id FROM members ORDER BY id LIMIT 25`,
  );
  many = members.map((row) => ({ memberId: row.id, customerId: row.customer_id }));
  await Promise.all(many.map((who) => front.give(who, 100)));
});
afterAll(() => road.close());

async function kinds(rewardKey: string, of: readonly Shopper[]): Promise<Record<string, number>> {
  const answers = await Promise.all(
    of.map(({ memberId }) =>
      redeemReward(road.world, {
        ...{ shopId: road.shopId, memberId, rewardKey, requestKey: randomUUID() },
        ...{ steps: 1, prompt: false },
      }),
    ),
  );
  const told = answers.map((answer) => (answer.ok ? 'given' : answer.refusal.kind));
  return Object.fromEntries(
    [...Map.groupBy(told, (kind) => kind)].map(([kind, all]) => [kind, all.length]),
  );
}

const spent = async (): Promise<number> => {
  const left = await Promise.all(many.map((who) => front.available(who)));
  return many.length * 100 - left.reduce((sum, points) => sum + points, 0);
};

it('a stock of 1, asked for 50 times by 25 members, is given once, for 10 points (law 5.4)', async () => {
  expect(await kinds('one', [...many, ...many])).toEqual({ given: 1, 'out-of-stock': 49 });
  expect(await spent()).toBe(10);
});

it('of 7 codes each is given once, to 7 of 25 (law 5.4)', async () => {
  const before = await spent();
  expect(await kinds('listed', many)).toEqual({ given: 7, 'out-of-stock': 18 });
  const rows = await road.query(
    `SELECT redemption_id FROM partner_codes WHERE redemption_id IS NOT NULL`,
  );
  expect(new Set(rows.map((row) => row['redemption_id'])).size).toBe(7);
  expect((await spent()) - before).toBe(70);
});

it('twice a day is twice, however many ask for one member at once (law 5.4)', async () => {
  const who = await front.shopper(100);
  const wishes = Array<Shopper>(20).fill(who);
  expect(await kinds('twice-a-day', wishes)).toEqual({ given: 2, 'limit-reached': 18 });
  expect(await front.available(who)).toBe(80);
  // The shop's next day.
  road.clock.advance(24 * 3_600_000);
  expect(await kinds('twice-a-day', wishes)).toEqual({ given: 2, 'limit-reached': 18 });
  expect(await front.available(who)).toBe(60);
  expect(await proof(road)).toEqual([]);
});

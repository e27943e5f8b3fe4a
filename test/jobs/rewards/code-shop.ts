/** Members with codes that work in Shopify, and the orders that they place with them. */
import { expect } from 'vitest';
import { adjustPoints } from '../../../app/operations/adjust-points.ts';
import { redeemReward } from '../../../app/operations/redeem-reward.ts';
import { createCustomer } from '../../../devstore/state/customers/create-customer.ts';
import type { Discount } from '../../../devstore/state/discount.ts';
import type { Order } from '../../../devstore/state/order.ts';
import type { PlaceOrderInput } from '../../../devstore/state/orders/place-order.ts';
import { openRoad, proof } from '../../support/road.ts';
import type { Road } from '../../support/road.ts';
import { writtenRewards } from '../../support/written-rewards.ts';

export interface Holder {
  readonly customerId: string;
  readonly memberId: string;
}

export interface CodeShop {
  readonly road: Road;
  readonly member: (points: number) => Promise<Holder>;
  /** Available, debt, and how each redemption stands. */
  readonly standing: (who: Holder) => Promise<readonly unknown[]>;
  readonly redeem: (
    who: Holder,
    key?: string,
    rewardKey?: string,
  ) => Promise<{ readonly id: string; readonly code: string }>;
  readonly order: (who: Holder, codes: readonly string[], more?: Partial<PlaceOrderInput>) => Order;
  readonly discountOf: (code: string) => Discount;
  /** The merchant opens the app now and then, which renews the token. */
  readonly later: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** 500 points are 5 off, 200 the shipping. */
export async function codeShop(): Promise<CodeShop> {
  const road = await openRoad();
  await road.publish({
    earning: [],
    rewards: writtenRewards(
      {
        ...{ key: 'five-off', kind: 'amount-off', points: 500 },
        settings: { amount: '5', combinesWithOrder: true },
      },
      {
        ...{ key: 'ship', kind: 'free-shipping', points: 200 },
        settings: { combinesWithOrder: true },
      },
    ),
  });
  await road.settle();
  let names = 0;
  return {
    road,
    member: async (points) => {
      names += 1;
      const { id: customerId } = createCustomer(road.store, { email: `used${names}@example.com` });
      await road.settle();
      const [row] = await road.query<{ id: string }>(
        `SELECT id FROM members WHERE customer_id = $1`,
        [customerId],
      );
      const memberId = row?.id ?? '';
      await adjustPoints(road.world, {
        ...{ shopId: road.shopId, memberId, points, reason: 'test', note: '', actor: 'test' },
        ...{ requestKey: `start ${memberId}`, allowDebt: false, countsForTier: false },
      });
      return { customerId, memberId };
    },
    standing: (who) => standingOf(road, who),
    redeem: async (who, key = 'k', rewardKey = 'five-off') => {
      const answer = await redeemReward(road.world, {
        ...{ shopId: road.shopId, memberId: who.memberId, rewardKey, requestKey: key },
        ...{ steps: 1, prompt: false },
      });
      if (!answer.ok) throw new Error(answer.refusal.kind);
      await road.settle();
      const [row] = await road.query<{ id: string; code: string }>(
        `SELECT id, code FROM redemptions WHERE id = $1`,
        [answer.redemption.id],
      );
      if (!row) throw new Error('There is no redemption.');
      return row;
    },
    order: ({ customerId }, codes, more = {}) => {
      const products = [...road.store.products.values()];
      const variantId = products.find(({ giftCard }) => !giftCard)?.variants[0]?.id ?? '';
      const lines = [{ variantId, quantity: 2 }];
      return road.store.placeOrder({
        ...{ buyer: { customerId }, lines, discountCodes: codes },
        ...more,
      });
    },
    discountOf: (code) => {
      const found = road.store.discounts.find(code);
      if (!found) throw new Error(`Shopify has no discount ${code}.`);
      return found;
    },
    later: async (ms) => {
      road.clock.advance(ms);
      await road.installAgain();
      await road.settle();
    },
    close: async () => {
      expect(await proof(road)).toEqual([]);
      await road.close();
    },
  };
}

async function standingOf(road: Road, { memberId }: Holder): Promise<readonly unknown[]> {
  const [row] = await road.query<{ available: string; debt: string }>(
    `SELECT available, debt FROM members WHERE id = $1`,
    [memberId],
  );
  const states = await road.query<{ state: string; making: string; ending: string | null }>(
    `SELECT r.state, i.making, r.ending FROM redemptions r JOIN issued_rewards i ON i.id = r.id
      WHERE r.member_id = $1 ORDER BY r.reserved_at, r.id`,
    [memberId],
  );
  const told = states.map(({ state, making, ending }) => `${state} ${making} ${ending ?? '-'}`);
  return [Number(row?.available), Number(row?.debt), ...told];
}

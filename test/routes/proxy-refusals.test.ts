/** Whatever Shopify answers to the making of a reward, by every word of its schema: there is a reward, or the points are back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantScopes } from '../../devstore/state/shops/install-app.ts';
import { contextOf } from '../support/admin-request.ts';
import { enumValues } from '../support/admin-schema.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { storefrontOf } from '../support/storefront-shoppers.ts';
import type { Shopper, Storefront } from '../support/storefront-shoppers.ts';
import { writtenRewards } from '../support/written-rewards.ts';

const SOME = ['TAKEN', 'INTERNAL_ERROR', 'INVALID'];
const DISCOUNT = enumValues('DiscountErrorCode');
const MUTATIONS = {
  'amount-off': ['discountCodeBasicCreate', DISCOUNT],
  'variable-amount-off': ['discountCodeBasicCreate', SOME],
  'percent-off': ['discountCodeBasicCreate', SOME],
  'free-shipping': ['discountCodeFreeShippingCreate', SOME],
  'free-product': ['discountCodeBxgyCreate', SOME],
  'gift-card': ['giftCardCreate', enumValues('GiftCardErrorCode')],
  'store-credit': ['storeCreditAccountCredit', enumValues('StoreCreditAccountCreditUserErrorCode')],
} as const;
type Kind = keyof typeof MUTATIONS;
const KINDS = Object.keys(MUTATIONS) as Kind[];

let road: Road;
let front: Storefront;
beforeAll(async () => {
  road = await openRoad();
  front = storefrontOf(road, contextOf(road));
  const { app } = road.devstore.world;
  grantScopes(road.store, app, app.optionalScopes);
  // A small plan's bucket would be empty soon.
  road.store.shop.plan = 'plus';
  const [collection] = road.store.collections.keys();
  const [product] = road.store.products.values();
  await road.publish({
    earning: [],
    rewards: writtenRewards(
      ...KINDS.map((kind) => ({
        ...{ key: kind, kind, points: 100 },
        settings:
          kind === 'free-product'
            ? { variants: [product?.variants[0]?.id ?? ''], buysCollections: [collection ?? ''] }
            : {},
      })),
    ),
  });
  await road.settle();
});
afterAll(() => road.close());

/** How many of the kind Shopify has for them. */
function made({ customerId }: Shopper): number {
  const { discounts, purses } = road.store;
  const codes = discounts.all().filter(({ title }) => title.includes(customerId));
  const cards = [...purses.cards.values()].filter((card) => card.customerId === customerId);
  const credits = [...purses.accounts.values()].filter((one) => one.customerId === customerId);
  return codes.length + cards.length + credits.flatMap((one) => one.transactions).length;
}

describe.each(KINDS)('a reward of the kind %s', (kind) => {
  const [field, codes] = MUTATIONS[kind];
  it.each(codes)(
    'to which Shopify says %s is there with its points, or neither is (law 5.2)',
    async (code) => {
      const who = await front.shopper(100);
      road.devstore.faults.order('user-error', 1, null, { field, code });
      const { body } = await front.get(who, kind);
      if (body.reward?.state === 'making') {
        // The merchant opens the app now and then, which renews the token.
        road.clock.advance(300_000);
        await road.installAgain();
        await road.settle();
      }
      const [held] = (await front.see(who)).body.held ?? [];
      const points = await front.available(who);
      const isThere = held?.['state'] === 'usable' || held?.['state'] === 'had';
      expect([isThere, made(who), points]).toEqual(isThere ? [true, 1, 0] : [false, 0, 100]);
      // What may be tried again as it is, or with another code, is.
      expect(isThere).toBe(code === 'TAKEN' || code === 'INTERNAL_ERROR');
      if (!isThere) {
        expect(body.reward).toMatchObject({ state: 'ended', because: 'refused' });
        expect(JSON.stringify(body.reward)).toContain('100 points came back.');
      }
    },
  );
});

it('a perk, what a person does and a code of a partner ask nothing of Shopify', () => {
  const all = ['perk', 'by-hand', 'partner-code', ...KINDS];
  expect(all).toHaveLength(10);
});

it('in the end the books are right', async () => {
  expect(await proof(road)).toEqual([]);
});

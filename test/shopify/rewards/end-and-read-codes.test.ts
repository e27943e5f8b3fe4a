import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endReward } from '../../../app/shopify/rewards/end-reward.ts';
import { makeReward } from '../../../app/shopify/rewards/make-reward.ts';
import { readReward } from '../../../app/shopify/rewards/read-reward.ts';
import { ShopLeft } from '../../../app/shopify/admin-client.ts';
import type {
  CodeTerms,
  GivenReward,
  OutwardTerms,
  RewardChange,
} from '../../../app/shopify/rewards/wish.ts';
import type { Discount } from '../../../devstore/state/discount.ts';
import {
  changeDiscount,
  deactivateDiscount,
  deleteDiscount,
  type DiscountChange,
} from '../../../devstore/state/discounts/change-discount.ts';
import { ALONE, bought, FIVE_OFF, given, rewardShop, type RewardShop } from './reward-shop.ts';

let shop: RewardShop;
beforeAll(async () => {
  shop = await rewardShop();
});
afterAll(() => shop.shopify.close());

const now = () => shop.shopify.clock.now().getTime();

async function reward(terms: OutwardTerms = FIVE_OFF): Promise<GivenReward> {
  const wish = shop.wish(terms);
  const made = await makeReward(shop.admin, wish);
  expect(made).toMatchObject({ ok: true });
  return given(wish, made.ok ? made.gid : null);
}

function inShopify({ code }: GivenReward): Discount {
  const found = shop.store.discounts.find(code ?? '');
  if (!found) throw new Error(`There is no ${code}`);
  return found;
}

describe('a code that is to end', () => {
  it('is deactivated and works no more', async () => {
    const one = await reward();
    expect(await endReward(shop.admin, one)).toEqual({
      ok: true,
      found: 'ended',
      uses: 0,
      leftMinor: null,
    });
    expect(bought(shop, one.customerId, [one.code ?? ''])).toMatch(/has expired/);
    expect(await endReward(shop.admin, one)).toMatchObject({ found: 'already-ended' });
    expect(await readReward(shop.admin, one, now())).toMatchObject({ state: 'deactivated' });
  });

  it('is found by its code when nobody knows whether it was made, and is gone when it was not', async () => {
    const wish = shop.wish(FIVE_OFF);
    expect(await endReward(shop.admin, given(wish, null))).toMatchObject({ found: 'gone' });
    await makeReward(shop.admin, wish);
    expect(await endReward(shop.admin, given(wish, null))).toMatchObject({ found: 'ended' });
  });

  it('leaves alone somebody else’s discount with that code', async () => {
    const one = await reward();
    changeDiscount(shop.store, inShopify(one).id, { title: 'The merchant’s own' });
    expect(await endReward(shop.admin, { ...one, gid: null })).toMatchObject({ found: 'gone' });
    expect(bought(shop, one.customerId, [one.code ?? ''])).toBeTypeOf('object');
  });

  it('was used: told as soon as Shopify has counted it', async () => {
    const one = await reward();
    expect(bought(shop, one.customerId, [one.code ?? ''])).toBeTypeOf('object');
    shop.shopify.clock.advance(61_000);
    expect(await endReward(shop.admin, one)).toMatchObject({ found: 'used', uses: 1 });
  });

  it('is gone when the merchant deleted it', async () => {
    const one = await reward();
    deleteDiscount(shop.store, inShopify(one).id);
    expect(await endReward(shop.admin, one)).toMatchObject({ found: 'gone' });
    expect(await readReward(shop.admin, one, now())).toMatchObject({ state: 'deleted' });
  });

  it('is not known to have ended when the answer was lost, and may be ended again', async () => {
    const one = await reward();
    const { faults } = shop.shopify.devstore;
    faults.order('hang-up', 1, null, { field: 'discountCodeDeactivate' });
    expect(await endReward(shop.admin, one)).toMatchObject({ refusal: { kind: 'unreachable' } });
    expect(await endReward(shop.admin, one)).toMatchObject({ found: 'already-ended' });
  });

  it('throws for a shop that left, as every call does', async () => {
    const one = await reward();
    shop.shopify.devstore.faults.order('unauthorized', 1, null);
    await expect(endReward(shop.admin, one)).rejects.toThrow(ShopLeft);
  });
});

describe('a code that is looked at', () => {
  const KINDS: readonly [string, CodeTerms][] = [
    ['an amount off', FIVE_OFF],
    [
      'a percentage off products',
      {
        ...(FIVE_OFF as Extract<CodeTerms, { kind: 'discount' }>),
        value: { kind: 'percent', basisPoints: 1250 },
        minimum: { kind: 'quantity', quantity: 2 },
        combines: { order: true, product: false, shipping: true },
        subscriptions: { oneTime: true, subscription: true, payments: 3 },
      },
    ],
    [
      'free shipping',
      {
        kind: 'free-shipping',
        minimum: { kind: 'subtotal', minor: 2000, currency: 'EUR' },
        combines: { order: true, product: true, shipping: true },
        ceiling: { minor: 600, currency: 'EUR' },
        countries: ['DE', 'AT'],
      },
    ],
  ];

  it.each(KINDS)('is active and unchanged: %s', async (_name, terms) => {
    const one = await reward(terms);
    expect(await readReward(shop.admin, one, now())).toEqual({
      ok: true,
      state: 'active',
      changes: [],
      uses: 0,
      leftMinor: null,
    });
  });

  it('is active and unchanged: a free product, and products of a list', async () => {
    const { pot, tea } = shop;
    const free: CodeTerms = {
      kind: 'free-product',
      minimum: null,
      combines: ALONE,
      products: [],
      variants: [pot.variantId],
      quantity: 1,
      buys: { quantity: 2, collections: [tea.collectionId] },
    };
    const some: CodeTerms = {
      ...(FIVE_OFF as Extract<CodeTerms, { kind: 'discount' }>),
      on: { kind: 'products', products: [pot.id, tea.id], variants: [] },
    };
    for (const terms of [free, some]) {
      expect(await readReward(shop.admin, await reward(terms), now())).toMatchObject({
        state: 'active',
        changes: [],
      });
    }
  });

  it.each<[RewardChange['what'], (one: Discount) => DiscountChange, string, string]>([
    ['title', () => ({ title: 'Thanks' }), 'Laurel: Five off (%)', 'Thanks'],
    [
      'value',
      ({ effect }) => ({
        effect: { ...basicOf(effect), value: { amountMinor: 300, eachItem: false } },
      }),
      '5.00 EUR',
      '3.00 EUR',
    ],
    [
      'minimum',
      ({ effect }) => ({ effect: { ...basicOf(effect), minimum: { subtotalMinor: 5000 } } }),
      '',
      '50.00 EUR',
    ],
    ['usage-limit', () => ({ usageLimit: null }), '1', ''],
    ['once-per-customer', () => ({ oncePerCustomer: false }), 'true', 'false'],
    ['customer', () => ({ context: { kind: 'all' } }), '%', 'all'],
    [
      'combines',
      () => ({ combines: { order: false, product: true, shipping: false } }),
      '',
      'productDiscounts',
    ],
    [
      'ends',
      () => ({ endsAt: '2027-06-30T22:00:00Z' }),
      '2026-12-20T12:00:00.000Z',
      '2027-06-30T22:00:00.000Z',
    ],
  ])('tells that the merchant changed its %s', async (what, change, before, after) => {
    const one = await reward(); // Valid for thirty days.
    const fixed = { ...one, validUntil: one.validUntil };
    const discount = inShopify(one);
    changeDiscount(shop.store, discount.id, change(discount));
    const seen = await readReward(shop.admin, fixed, now());
    expect(seen).toMatchObject({ state: 'changed' });
    const [found] = seen.ok ? seen.changes : [];
    expect(found).toEqual({
      what,
      given:
        what === 'ends'
          ? new Date(one.validUntil ?? 0).toISOString()
          : before.replace('%', one.customerId),
      found: after,
    });
    expect(what === 'ends' || before !== after).toBe(true);
  });

  it('was deactivated by the merchant, which is told apart from a change', async () => {
    const one = await reward();
    deactivateDiscount(shop.store, inShopify(one).id);
    expect(await readReward(shop.admin, one, now())).toMatchObject({
      state: 'deactivated',
      changes: [],
    });
  });

  it('has expired at its own end, which is no change', async () => {
    const one = await reward();
    shop.shopify.clock.advance(31 * 86_400_000);
    const later = await shop.reopened();
    expect(await readReward(later, one, now())).toMatchObject({ state: 'expired' });
  });
});

function basicOf(effect: Discount['effect']): Extract<Discount['effect'], { kind: 'basic' }> {
  if (effect.kind !== 'basic') throw new Error('It is no amount off');
  return effect;
}

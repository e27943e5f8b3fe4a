import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReward } from '../../../app/shopify/rewards/make-reward.ts';
import { createDiscount } from '../../../devstore/state/discounts/change-discount.ts';
import { deactivateDiscount } from '../../../devstore/state/discounts/change-discount.ts';
import type { FaultKind } from '../../../devstore/admin-api/faults.ts';
import type { DiscountTerms } from '../../../app/domain/rewards/terms.ts';
import { again, ALONE, ANY, bought, FIVE_OFF, rewardShop, type RewardShop } from './reward-shop.ts';

let shop: RewardShop;
beforeAll(async () => {
  shop = await rewardShop();
});
afterAll(() => shop.shopify.close());

const codes = (): string[] =>
  shop.store.discounts.all().flatMap((one) => one.codes.map(({ code }) => code));

describe('a code that is asked for', () => {
  it('is a discount of the member alone, once, in the checkout', async () => {
    const wish = shop.wish(FIVE_OFF);
    const made = await makeReward(shop.admin, wish);
    expect(made).toEqual({
      ok: true,
      gid: expect.stringMatching(/^gid:\/\/shopify\/DiscountCodeNode\/\d+$/) as string,
      usableFrom: wish.givenAt,
      expiresAt: wish.validUntil,
      found: false,
    });

    const stranger = shop.member();
    expect(bought(shop, stranger, [wish.code ?? ''])).toMatch(/is not available to you/);
    const order = bought(shop, wish.customerId, [wish.code ?? '']);
    // 39.00 less 5.00.
    expect(order).toMatchObject({ discounts: [{ code: wish.code, value: '5.00' }] });
    expect(bought(shop, wish.customerId, [wish.code ?? ''])).toMatch(/usage limit/);
  });

  it.each<[FaultKind, boolean]>([
    ['error', false],
    ['too-many-requests', false],
    ['throttled', false],
    ['hang-up', true],
    ['internal-error', true],
    ['time-out', true],
  ])('is there exactly once after %s', async (kind, workDone) => {
    const wish = shop.wish(FIVE_OFF);
    const before = codes().length;
    shop.shopify.devstore.faults.order(kind, 1, null);
    const first = await makeReward(kind === 'time-out' ? shop.hasty : shop.admin, wish);
    expect(first).toMatchObject({ ok: false });
    expect(codes().length - before).toBe(workDone ? 1 : 0);

    const second = await makeReward(shop.admin, again(wish));
    expect(second).toMatchObject({ ok: true, found: workDone });
    expect(codes().length - before).toBe(1);
  });

  it('is looked for before it is asked for again', async () => {
    const { faults } = shop.shopify.devstore;
    const wish = shop.wish(FIVE_OFF);
    faults.order('hang-up', 1, null);
    await makeReward(shop.admin, wish);
    faults.order('error', 1, null, { field: 'discountCodeBasicCreate' });
    expect(await makeReward(shop.admin, again(wish))).toMatchObject({ ok: true, found: true });
    // Nobody asked Shopify to make it: the failure still waits.
    expect(faults.waiting()).toHaveLength(1);
    faults.clear();
  });

  it('tells to wait when Shopify says so, and to try again when nothing is known', async () => {
    const { faults } = shop.shopify.devstore;
    faults.order('throttled', 1, null);
    expect(await makeReward(shop.admin, shop.wish(FIVE_OFF))).toEqual({
      ok: false,
      refusal: { kind: 'throttled', waitMs: expect.any(Number) as number },
    });
    faults.order('hang-up', 1, null);
    expect(await makeReward(shop.admin, shop.wish(FIVE_OFF))).toMatchObject({
      ok: false,
      refusal: { kind: 'unreachable' },
    });
  });

  it('is recognised when its first asking was forgotten', async () => {
    const wish = shop.wish(FIVE_OFF);
    const first = await makeReward(shop.admin, wish);
    expect(await makeReward(shop.admin, wish)).toEqual({ ...first, found: true });
    expect(codes().filter((code) => code === wish.code)).toHaveLength(1);
  });

  it('is somebody else’s when title or customer differ, and then another code is asked for', async () => {
    const wish = shop.wish(FIVE_OFF);
    createDiscount(shop.store, {
      code: wish.code?.toLowerCase() ?? '',
      title: 'A merchant’s own',
      context: { kind: 'all' },
      combines: ALONE,
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: null,
      usageLimit: null,
      oncePerCustomer: false,
      tags: [],
      effect: {
        kind: 'basic',
        items: { kind: 'all' },
        value: { percent: '50' },
        minimum: null,
        oneTime: true,
        subscription: false,
        cycles: 1,
      },
    });
    const taken = { ok: false, refusal: { kind: 'code-taken' } };
    expect(await makeReward(shop.admin, wish)).toEqual(taken);
    expect(await makeReward(shop.admin, again(wish))).toEqual(taken);
    expect(await makeReward(shop.admin, { ...wish, code: `${wish.code}B` })).toMatchObject({
      ok: true,
      found: false,
    });
  });

  it('counts as made when a merchant ended it between two attempts', async () => {
    const wish = shop.wish(FIVE_OFF);
    shop.shopify.devstore.faults.order('hang-up', 1, null);
    await makeReward(shop.admin, wish);
    deactivateDiscount(shop.store, shop.store.discounts.find(wish.code ?? '')?.id ?? '');
    expect(await makeReward(shop.admin, again(wish))).toMatchObject({ ok: true, found: true });
  });
});

describe('what Shopify does not take', () => {
  it.each<[string, string]>([
    ['MAX_APP_DISCOUNTS', 'too-many-discounts'],
    ['EXCEEDED_MAX', 'too-many-discounts'],
    ['VALUE_OUTSIDE_RANGE', 'value-out-of-range'],
    ['END_DATE_BEFORE_START_DATE', 'expired'],
    ['INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS', 'other'],
    ['TOO_LONG', 'other'],
  ])('%s is refused as %s, and nothing is made', async (code, reason) => {
    const before = codes();
    const { faults } = shop.shopify.devstore;
    faults.order('user-error', 1, null, { field: 'discountCodeBasicCreate', code });
    expect(await makeReward(shop.admin, shop.wish(FIVE_OFF))).toMatchObject({
      ok: false,
      refusal: { kind: 'refused', reason, code },
    });
    expect(codes()).toEqual(before);
  });

  it('is tried again when Shopify’s error says that something went wrong within', async () => {
    const more = { field: 'discountCodeBasicCreate', code: 'INTERNAL_ERROR' };
    shop.shopify.devstore.faults.order('user-error', 1, null, more);
    expect(await makeReward(shop.admin, shop.wish(FIVE_OFF))).toMatchObject({
      refusal: { kind: 'unreachable' },
    });
  });

  it('are customers, products and collections that are gone', async () => {
    const refused = async (wish: Parameters<typeof makeReward>[1]) =>
      makeReward(shop.admin, wish).then((told) => (told.ok ? told : told.refusal));
    expect(await refused(shop.wish(FIVE_OFF, { customerId: '4711' }))).toMatchObject({
      reason: 'customer-gone',
    });
    const on = (terms: DiscountTerms['on']) =>
      refused(shop.wish({ ...(FIVE_OFF as DiscountTerms), on: terms }));
    expect(await on({ kind: 'products', products: ['4711'], variants: [] })).toMatchObject({
      reason: 'no-such-product',
    });
    expect(await on({ kind: 'products', products: [], variants: ['4711'] })).toMatchObject({
      reason: 'no-such-product',
    });
    expect(await on({ kind: 'collections', collections: ['4711'] })).toMatchObject({
      reason: 'no-such-product',
    });
    expect(codes().length).toBe(new Set(codes()).size);
  });

  it('is a value of nothing, or more than all', async () => {
    const value = (of: DiscountTerms['value']) =>
      makeReward(shop.admin, shop.wish({ ...(FIVE_OFF as DiscountTerms), value: of }));
    for (const of of [
      { kind: 'amount', minor: 0, currency: 'EUR' },
      { kind: 'percent', basisPoints: 10_001 },
    ] as const) {
      expect(await value(of)).toMatchObject({ refusal: { reason: 'value-out-of-range' } });
    }
  });

  it('is an amount in another currency: what was made of it is ended at once', async () => {
    const value = { kind: 'amount', minor: 500, currency: 'USD' } as const;
    const wish = shop.wish({ ...(FIVE_OFF as DiscountTerms), value });
    expect(await makeReward(shop.admin, wish)).toMatchObject({ refusal: { reason: 'currency' } });
    expect(bought(shop, wish.customerId, [wish.code ?? ''])).toMatch(/has expired/);
  });

  it('is a scope that was not granted', async () => {
    const bare = await rewardShop({ grants: false });
    const token = bare.store.accessTokens[0];
    if (token) token.scopes = token.scopes.filter((one) => one !== 'write_discounts');
    expect(await makeReward(bare.admin, bare.wish(FIVE_OFF))).toMatchObject({
      refusal: { kind: 'refused', reason: 'needs-scope', scope: 'write_discounts' },
    });
    await bare.shopify.close();
  });
});

describe('the kinds of code', () => {
  const percent: DiscountTerms = {
    ...(FIVE_OFF as DiscountTerms),
    value: { kind: 'percent', basisPoints: 1250 },
    combines: ANY,
  };

  it('takes off a percentage of what is in a collection, from a minimum on', async () => {
    const { tea, pot } = shop;
    const wish = shop.wish({
      ...percent,
      on: { kind: 'collections', collections: [tea.collectionId] },
      minimum: { kind: 'subtotal', minor: 2000, currency: 'EUR' },
    });
    await makeReward(shop.admin, wish);
    const lines = (quantity: number) => [
      { variantId: tea.variantId, quantity },
      { variantId: pot.variantId, quantity: 1 },
    ];
    expect(bought(shop, wish.customerId, [wish.code ?? ''], lines(1))).toMatch(/larger order/);
    // 2 × 12.50 × 12.5 % = 3.125, rounded to 3.13; the pot is not in the collection.
    expect(bought(shop, wish.customerId, [wish.code ?? ''], lines(2))).toMatchObject({
      lines: [{ allocations: [{ amount: { shop: 313 } }] }, { allocations: [] }],
    });
  });

  it('makes shipping free up to a ceiling, together with a discount that allows it', async () => {
    const off = shop.wish({ ...percent, on: { kind: 'order' } });
    const free = shop.wish(
      {
        kind: 'free-shipping',
        minimum: null,
        combines: ANY,
        ceiling: { minor: 600, currency: 'EUR' },
        countries: ['DE'],
      },
      { customerId: off.customerId },
    );
    expect(await makeReward(shop.admin, off)).toMatchObject({ ok: true });
    expect(await makeReward(shop.admin, free)).toMatchObject({ ok: true });
    const order = bought(shop, off.customerId, [off.code ?? '', free.code ?? '']);
    expect(order).toMatchObject({
      discounts: [
        { code: off.code, target: 'line_item' },
        { code: free.code, target: 'shipping_line' },
      ],
      // 4.90 is the shop's shipping.
      shipping: [{ price: { shop: 490 }, allocations: [{ amount: { shop: 490 } }] }],
    });
  });

  it('gives a product free to who buys from a collection', async () => {
    const { tea, pot } = shop;
    const wish = shop.wish({
      kind: 'free-product',
      minimum: null,
      combines: ALONE,
      products: [pot.id],
      variants: [],
      quantity: 1,
      buys: { quantity: 2, collections: [tea.collectionId] },
    });
    expect(await makeReward(shop.admin, wish)).toMatchObject({ ok: true });
    const lines = (quantity: number) => [
      { variantId: tea.variantId, quantity },
      { variantId: pot.variantId, quantity: 2 },
    ];
    expect(bought(shop, wish.customerId, [wish.code ?? ''], lines(1))).toMatch(/needs more/);
    // One of two pots is free: 39.00.
    expect(bought(shop, wish.customerId, [wish.code ?? ''], lines(2))).toMatchObject({
      lines: [{ allocations: [] }, { allocations: [{ amount: { shop: 3900 } }] }],
    });
  });
});

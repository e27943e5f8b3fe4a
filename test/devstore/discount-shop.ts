/** A local Shopify with two products, and discounts in it. Each test that asks for it has its own. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createDiscount } from '../../devstore/state/discounts/change-discount.ts';
import type { NewDiscount } from '../../devstore/state/discounts/change-discount.ts';
import { createProduct } from '../../devstore/state/products/change-product.ts';
import type { Discount } from '../../devstore/state/discount.ts';
import { grantScopes } from '../../devstore/state/shops/install-app.ts';
import { runningShopify, type Running } from './running-shopify.ts';

export const ANY = { order: true, product: true, shipping: true };
export const ALONE = { order: false, product: false, shipping: false };
export const FREE_SHIPPING: NewDiscount['effect'] = {
  kind: 'free-shipping',
  minimum: null,
  ceilingMinor: null,
  countries: null,
  restOfWorld: false,
  oneTime: true,
  subscription: false,
  cycles: 1,
};

export const codeOf = (one: Discount): string => one.codes[0]?.code ?? '';

export function orderOff(
  value: { percent: string } | { amountMinor: number; eachItem: boolean },
  variantIds: string[] | null = null,
): NewDiscount['effect'] {
  return {
    kind: 'basic',
    items: variantIds ? { kind: 'products', productIds: [], variantIds } : { kind: 'all' },
    value,
    minimum: null,
    oneTime: true,
    subscription: false,
    cycles: 1,
  };
}

export function discountShop() {
  let shopify: Running;
  let teaId: string;
  let potId: string;
  beforeAll(async () => {
    shopify = await runningShopify();
    const { app } = shopify.devstore.world;
    grantScopes(shopify.store, app, app.optionalScopes);
    teaId = createProduct(shopify.store, { title: 'Tea', priceMinor: 1000 }).variants[0]?.id ?? '';
    potId = createProduct(shopify.store, { title: 'Pot', priceMinor: 3000 }).variants[0]?.id ?? '';
  });
  afterAll(() => shopify.close());

  let made = 0;
  beforeEach(() => {
    made += 1;
  });

  function discount(change: Partial<NewDiscount> = {}): Discount {
    return createDiscount(shopify.store, {
      title: 'A discount',
      code: `CODE-${made}-${shopify.store.discounts.all().length}`,
      context: { kind: 'all' },
      combines: ALONE,
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: null,
      usageLimit: null,
      oncePerCustomer: false,
      tags: [],
      effect: orderOff({ percent: '10' }),
      ...change,
    });
  }

  function buy(
    codes: readonly Discount[],
    lines: [variantId: string, quantity: number][] = [
      [teaId, 2],
      [potId, 1],
    ],
    more: { email?: string; sellingPlan?: string; countryCode?: string } = {},
  ) {
    const { email = `buyer-${made}@example.com`, sellingPlan, countryCode } = more;
    return shopify.store.placeOrder({
      buyer: { email },
      lines: lines.map(([variantId, quantity]) => ({ variantId, quantity, sellingPlan })),
      discountCodes: codes.map(codeOf),
      ...(countryCode ? { shippingAddress: { countryCode } } : {}),
    });
  }

  return {
    discount,
    buy,
    get shopify() {
      return shopify;
    },
    get teaId() {
      return teaId;
    },
    get potId() {
      return potId;
    },
    /** Of the test that runs: for names that no other uses. */
    get made() {
      return made;
    },
  };
}

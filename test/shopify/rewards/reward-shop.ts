/** The app's own Admin client on a local Shopify, and wishes for rewards in it. */
import { createCustomer } from '../../../devstore/state/customers/create-customer.ts';
import { grantScopes } from '../../../devstore/state/shops/install-app.ts';
import { createProduct } from '../../../devstore/state/products/change-product.ts';
import { Refusal } from '../../../devstore/state/refusal.ts';
import type { Order } from '../../../devstore/state/order.ts';
import type { Store } from '../../../devstore/state/store.ts';
import { makeAdminClient, type AdminClient } from '../../../app/shopify/admin-client.ts';
import { shopifyFetch } from '../../../app/shopify/transport.ts';
import {
  discountTitle,
  type CodeTerms,
  type GivenReward,
  type OutwardTerms,
  type RewardWish,
} from '../../../app/shopify/rewards/wish.ts';
import { runningShopify, type Running } from '../../devstore/running-shopify.ts';

export interface RewardShop {
  readonly shopify: Running;
  readonly store: Store;
  readonly admin: AdminClient;
  /** Gives up on an answer after as many milliseconds. */
  readonly hasty: AdminClient;
  /** A client with a new token: they live for an hour. */
  readonly reopened: () => Promise<AdminClient>;
  readonly tea: { readonly id: string; readonly variantId: string; readonly collectionId: string };
  readonly pot: { readonly id: string; readonly variantId: string };
  readonly member: () => string;
  readonly wish: (terms: OutwardTerms, more?: Partial<RewardWish>) => RewardWish;
}

const DAY = 86_400_000;

export async function rewardShop({ grants = true } = {}): Promise<RewardShop> {
  const shopify = await runningShopify();
  const { store, devstore } = shopify;
  if (grants) grantScopes(store, devstore.world.app, devstore.world.app.optionalScopes);
  const accessToken = await shopify.accessToken();
  const fetch = shopifyFetch({ localShopifyUrl: devstore.addresses.admin });
  const client = (patienceMs: number | null, token = accessToken): AdminClient =>
    makeAdminClient({
      domain: store.domain,
      accessToken: token,
      fetch: (input, init) =>
        fetch(
          input,
          patienceMs === null ? init : { ...init, signal: AbortSignal.timeout(patienceMs) },
        ),
    });
  const tea = createProduct(store, { title: 'Green tea', priceMinor: 1250 });
  const pot = createProduct(store, { title: 'Teapot', priceMinor: 3900 });
  const [shelf] = store.collections.values();
  const collectionId = shelf?.id ?? '';
  tea.collectionIds.push(collectionId);
  let members = 0;
  let wishes = 0;
  const member = (): string => {
    members += 1;
    return createCustomer(store, { email: `member-${members}@example.com`, account: true }).id;
  };
  return {
    shopify,
    store,
    admin: client(null),
    hasty: client(400),
    reopened: async () => client(null, await shopify.accessToken()),
    tea: { id: tea.id, variantId: tea.variants[0]?.id ?? '', collectionId },
    pot: { id: pot.id, variantId: pot.variants[0]?.id ?? '' },
    member,
    wish: (terms, more = {}) => {
      wishes += 1;
      const customerId = more.customerId ?? member();
      const number = String(wishes).padStart(8, '0');
      return {
        id: `redemption-${number}`,
        terms,
        title: discountTitle('Five off', customerId),
        code: `LAUREL${number}`,
        giftCardCode: `laurelcard${number}`,
        customerId,
        givenAt: shopify.clock.now().getTime(),
        validUntil: shopify.clock.now().getTime() + 30 * DAY,
        timeZone: store.shop.ianaTimezone,
        attempt: { first: true, marker: null, others: [] },
        ...more,
      };
    },
  };
}

export const ALONE = { order: false, product: false, shipping: false };
export const ANY = { order: true, product: true, shipping: true };

export const FIVE_OFF: CodeTerms = {
  kind: 'discount',
  value: { kind: 'amount', minor: 500, currency: 'EUR' },
  on: { kind: 'order' },
  minimum: null,
  combines: ALONE,
  subscriptions: { oneTime: true, subscription: false, payments: null },
};

export const TEN_EURO_CARD: OutwardTerms = {
  kind: 'gift-card',
  minor: 1000,
  currency: 'EUR',
  expiresInDays: 30,
  notify: false,
};

export const TEN_EURO_CREDIT: OutwardTerms = {
  kind: 'store-credit',
  minor: 1000,
  currency: 'EUR',
  expiresInDays: 30,
  notify: false,
};

/** After an attempt of which nobody knows what became. */
export function again(wish: RewardWish): RewardWish {
  return { ...wish, attempt: { ...wish.attempt, first: false } };
}

export function given(wish: RewardWish, gid: string | null): GivenReward {
  return { ...wish, gid };
}

/** The order, or why there is none. */
export function bought(
  shop: RewardShop,
  customerId: string,
  codes: readonly string[],
  lines: readonly { variantId: string; quantity: number }[] = [
    { variantId: shop.pot.variantId, quantity: 1 },
  ],
): Order | string {
  try {
    return shop.store.placeOrder({ buyer: { customerId }, lines, discountCodes: codes });
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/**
 * With what an order was paid, as far as points need it. Webhooks name the gateways; where a gift card
 * or store credit paid only a part, only reading the order tells how much.
 */
import type { OrderFacts, OrderSnapshot } from './order-facts.ts';
import type { Moment } from '../time/shop-time.ts';

export type Gateway = 'gift_card' | 'other' | 'store_credit';

const GATEWAYS: Readonly<Record<string, Gateway>> = {
  gift_card: 'gift_card',
  shopify_store_credit: 'store_credit',
  store_credit: 'store_credit',
};

/** Shopify's names of gateways, told apart as far as points need it; sorted, each once. */
export function gatewaysOf(names: readonly string[]): readonly Gateway[] {
  return [...new Set(names.map((name) => gatewayOf(name)))].sort();
}

export function gatewayOf(name: string): Gateway {
  const told = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  return Object.hasOwn(GATEWAYS, told) ? (GATEWAYS[told] ?? 'other') : 'other';
}

/** Payments that went through, as read; it holds for a state with these gateways and this total. */
export interface PaymentFacts {
  readonly asOf: Moment;
  readonly gateways: readonly Gateway[];
  readonly totalMinor: number;
  readonly giftCardMinor: number;
  readonly storeCreditMinor: number;
}

export interface PaidWith {
  readonly giftCardMinor: number;
  readonly storeCreditMinor: number;
  /** False until the order was read: the parts may be others. */
  readonly sure: boolean;
}

export function paidWith(
  { payments }: Pick<OrderFacts, 'payments'>,
  { gateways, totalMinor }: Pick<OrderSnapshot, 'gateways' | 'totalMinor'>,
): PaidWith {
  const [only] = gateways;
  if (gateways.length <= 1) {
    return {
      giftCardMinor: only === 'gift_card' ? totalMinor : 0,
      storeCreditMinor: only === 'store_credit' ? totalMinor : 0,
      sure: true,
    };
  }
  if (!payments) return { giftCardMinor: 0, storeCreditMinor: 0, sure: false };
  return {
    giftCardMinor: payments.giftCardMinor,
    storeCreditMinor: payments.storeCreditMinor,
    sure: payments.totalMinor === totalMinor && payments.gateways.join() === gateways.join(),
  };
}

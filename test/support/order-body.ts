/** Bodies of orders/* and refunds/create as Shopify writes them, made from the published samples. */
import { readFileSync } from 'node:fs';

const sample = (topic: string): Record<string, unknown> =>
  JSON.parse(
    readFileSync(new URL(`../payloads/2026-07/${topic}.json`, import.meta.url), 'utf8'),
  ) as Record<string, unknown>;

const order = sample('orders_create');
const [line] = order['line_items'] as Record<string, unknown>[];
const refund = sample('refunds_create');
const [refundLine] = refund['refund_line_items'] as Record<string, unknown>[];

export interface LineWish {
  readonly id: number;
  readonly price: string;
  readonly quantity: number;
  readonly current?: number;
}

export interface OrderWish {
  readonly id: number;
  readonly customerId: number | null;
  readonly placedAt: string;
  readonly updatedAt?: string;
  readonly status?: string;
  readonly cancelledAt?: string;
  readonly currency?: string;
  readonly lines: readonly LineWish[];
  readonly refunds?: readonly object[];
}

/** The samples are in dollars; one order speaks of one shop's money. */
function inCurrency(body: object, currency: string): object {
  return JSON.parse(JSON.stringify(body).replaceAll('"USD"', `"${currency}"`)) as object;
}

export function money(amount: string, currency = 'EUR'): object {
  const one = { amount, currency_code: currency };
  return { shop_money: one, presentment_money: one };
}

export function orderBody(wish: OrderWish): Record<string, unknown> {
  const currency = wish.currency ?? 'EUR';
  const customer = order['customer'] as object;
  return {
    ...inCurrency(order, currency),
    id: wish.id,
    admin_graphql_api_id: `gid://shopify/Order/${wish.id}`,
    name: `#${wish.id}`,
    created_at: wish.placedAt,
    processed_at: wish.placedAt,
    updated_at: wish.updatedAt ?? wish.placedAt,
    cancelled_at: wish.cancelledAt ?? null,
    currency,
    presentment_currency: currency,
    financial_status: wish.status ?? 'paid',
    test: false,
    customer: wish.customerId === null ? null : { ...customer, id: wish.customerId },
    line_items: wish.lines.map((one) => ({
      ...inCurrency(line ?? {}, currency),
      id: one.id,
      price: one.price,
      price_set: money(one.price, currency),
      quantity: one.quantity,
      current_quantity: one.current ?? one.quantity,
      product_id: null,
    })),
    refunds: wish.refunds ?? [],
  };
}

export function refundBody(wish: {
  readonly id: number;
  readonly orderId: number;
  readonly at: string;
  readonly lines: readonly {
    readonly lineId: number;
    readonly quantity: number;
    readonly subtotal: string;
  }[];
}): Record<string, unknown> {
  return {
    ...inCurrency(refund, 'EUR'),
    id: wish.id,
    order_id: wish.orderId,
    created_at: wish.at,
    processed_at: wish.at,
    order_adjustments: [],
    transactions: [],
    refund_line_items: wish.lines.map((one, index) => ({
      ...inCurrency(refundLine ?? {}, 'EUR'),
      id: wish.id + index + 1,
      line_item_id: one.lineId,
      quantity: one.quantity,
      subtotal_set: money(one.subtotal),
      total_tax_set: money('0.00'),
    })),
  };
}

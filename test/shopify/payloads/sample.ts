/** Shopify's own sample bodies, and the nearest things to them. */
import { readdirSync, readFileSync } from 'node:fs';
import { readDelivery, UnreadableBody } from '../../../app/shopify/payloads/read-delivery.ts';
import type { Tidings } from '../../../app/domain/tidings.ts';

const folder = new URL('../../payloads/2026-07/', import.meta.url);

export const NOW = Date.parse('2026-11-22T10:00:00Z');

export const sampleNames: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
  .map((entry) => entry.name.slice(0, -'.json'.length))
  .sort();

export function sampleText(name: string): string {
  return readFileSync(new URL(`${name}.json`, folder), 'utf8');
}

export function read(topic: string, body: unknown): Tidings {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readDelivery(topic, Buffer.from(text), { toldAt: NOW });
}

/** The sentence with which a body is refused, or null when it was read. */
export function refusalOf(topic: string, body: unknown): string | null {
  try {
    read(topic, body);
    return null;
  } catch (fault) {
    if (fault instanceof UnreadableBody) return fault.message;
    throw fault;
  }
}

type Json = Record<string, unknown>;

/** A copy with one field set, by its path; `undefined` takes the field away. */
export function withField(body: unknown, path: string, value: unknown): Json {
  const copy = structuredClone(body) as Json;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let holder = copy;
  for (const key of keys) holder = holder[key] as Json;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

const usd = (amount: string) => ({ shop_money: { amount, currency_code: 'USD' } });

/** A small order of two lines, as orders/* tells it. */
export const orderBody: Json = {
  id: '820982911946154508',
  name: '#1001',
  created_at: '2026-11-20T09:00:00+01:00',
  processed_at: '2026-11-20T10:00:00+01:00',
  updated_at: '2026-11-20T11:00:00+01:00',
  cancelled_at: null,
  currency: 'USD',
  presentment_currency: 'EUR',
  financial_status: 'paid',
  test: false,
  taxes_included: false,
  source_name: 'web',
  total_price: '110.00',
  total_price_set: usd('110.00'),
  total_tip_received: '3.00',
  original_total_duties_set: usd('7.00'),
  shipping_lines: [
    {
      price: '10.00',
      discounted_price: '8.00',
      discounted_price_set: usd('8.00'),
      tax_lines: [{ price: '1.52', price_set: usd('1.52') }],
    },
    { price: '99.00', is_removed: true, tax_lines: [{ price: '9.00' }] },
  ],
  customer: {
    id: 115310627314723954n.toString(),
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-11-20T10:00:00Z',
    email: 'ada@example.com',
    first_name: 'Ada',
    last_name: 'Lovelace',
  },
  line_items: [
    {
      id: '1',
      product_id: '77',
      variant_id: '78',
      title: 'Tea',
      vendor: 'Acme',
      gift_card: false,
      quantity: 2,
      current_quantity: 2,
      price: '30.00',
      price_set: usd('30.00'),
      total_discount: '0.00',
      tax_lines: [{ price: '5.00', price_set: usd('5.00') }, { price: '0.40' }],
      discount_allocations: [
        { amount: '4.00', amount_set: usd('4.00') },
        { amount: '1.00', amount_set: usd('1.00') },
      ],
    },
    { id: '2', title: 'Gift card', gift_card: true, quantity: 1, price: '50.00' },
  ],
  refunds: [],
};

/** A refund of one of two pieces at $27.50 net with $2.70 of tax. */
export const refundBody: Json = {
  id: '900',
  order_id: '820982911946154508',
  created_at: '2026-11-21T10:00:00Z',
  refund_line_items: [
    { line_item_id: '1', quantity: 1, subtotal_set: usd('27.50'), total_tax_set: usd('2.70') },
  ],
  refund_shipping_lines: [],
  order_adjustments: [],
  transactions: [{ kind: 'refund', status: 'success', amount: '30.20', currency: 'USD' }],
};

export { usd };

/** What a busy shop sends: orders/create of about 10 KB, ids of 13 digits, every order another one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const SAMPLE = join(import.meta.dirname, '..', 'payloads', '2026-07', 'orders_create.json');
const FIRST_ORDER = 5_900_000_000_000;
const FIRST_CUSTOMER = 7_100_000_000_000;
const FIRST_PLACED = Date.parse('2026-02-01T00:00:00Z');
const MINUTE = 60_000;
const FIRST_PRODUCT = 8_300_000_000_000;
export const PRODUCTS = 500;
const [ORDER, CUSTOMER, PRODUCT, PRICE, PLACED, UPDATED] = [
  '5999999999999',
  '7199999999999',
  '8399999999999',
  '123.45',
  '2026-01-20T10:00:00Z',
  '2026-01-20T10:00:03Z',
];

/**
 * Each order is placed a minute after the one before.
 * @param number 0, 1, 2 …: the same number is the same order, to the byte
 * @param customers how many customers the orders are spread over
 * @param apart how far apart those customers' numbers are
 */
export function orderBody(number: number, customers: number, apart = 1): Buffer {
  // Primes to the number of customers and of products: orders are spread evenly over both.
  const customer = customerId(((number * 7_919) % customers) * apart);
  const placed = FIRST_PLACED + number * MINUTE;
  let line = 0;
  const text = template
    .replaceAll(ORDER, String(FIRST_ORDER + number))
    .replaceAll(CUSTOMER, customer)
    .replaceAll(PRODUCT, () => String(productId(number * 3 + (line += 1))))
    .replaceAll(PRICE, `${10 + (number % 40)}.00`)
    .replaceAll(PLACED, new Date(placed).toISOString())
    .replaceAll(UPDATED, new Date(placed + 3_000).toISOString());
  return Buffer.from(text);
}

export function customerId(number: number): string {
  return String(FIRST_CUSTOMER + number);
}

export function productId(number: number): number {
  return FIRST_PRODUCT + ((number * 17) % PRODUCTS);
}

const template = makeTemplate();

type Fields = Record<string, unknown>;

/** The published sample with the ids, times and states of a plain paid order. */
function makeTemplate(): string {
  const sample = JSON.parse(readFileSync(SAMPLE, 'utf8')) as Fields & { line_items: Fields[] };
  const money = { amount: PRICE, currency_code: 'USD' };
  const order = {
    ...sample,
    id: ORDER,
    admin_graphql_api_id: `gid://shopify/Order/${ORDER}`,
    name: `#${ORDER}`,
    cancelled_at: null,
    created_at: PLACED,
    processed_at: PLACED,
    updated_at: UPDATED,
    financial_status: 'paid',
    test: false,
    customer: {
      ...(sample['customer'] as Fields),
      id: CUSTOMER,
      admin_graphql_api_id: `gid://shopify/Customer/${CUSTOMER}`,
      email: `${CUSTOMER}@example.com`,
      created_at: '2026-01-05T09:00:00-05:00',
      updated_at: PLACED,
    },
    line_items: sample.line_items.map((line) => ({
      ...line,
      product_id: PRODUCT,
      price: PRICE,
      price_set: { shop_money: money, presentment_money: money },
      discount_allocations: [],
    })),
  };
  // The sample's ids are of 18 digits; those of real shops have 13 or 14.
  const text = JSON.stringify(order).replaceAll(/\d{16,}/g, (digits) => digits.slice(0, 13));
  return [ORDER, CUSTOMER, PRODUCT].reduce(
    (found, id) => found.replaceAll(`:"${id}"`, `:${id}`),
    text,
  );
}

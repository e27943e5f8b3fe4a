/**
 * What happens in a shop in sixty days, as Shopify tells it: orders that are placed, paid, edited,
 * refunded, cancelled, voided and disputed, customers who change, review, are merged and are redacted.
 */
import { chanceOf } from './trial.ts';
import type { Chance } from './trial.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { money, orderBody, refundBody } from '../support/order-body.ts';

export interface Telling {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly topic: string;
  readonly body: object;
  /** Tells a refund of the order: it may come before what tells the order. */
  readonly refunds?: number;
}

export interface ShopHistory {
  readonly shopId: string;
  /** Oldest first. */
  readonly tellings: readonly Telling[];
  /** Customers whom Shopify asked to forget. */
  readonly redacted: readonly string[];
  readonly merged: readonly { readonly kept: string; readonly gone: string }[];
}

export interface HistoryWish {
  readonly shop: number;
  readonly seed: number;
  readonly customers: number;
  readonly orders: number;
  readonly from: number;
}

const DAYS = 60;
const VENDORS = ['Ash', 'Birch', 'Cedar', 'Oak'] as const;

export function shopHistory(wish: HistoryWish): ShopHistory {
  const chance = chanceOf(wish.seed * 1_000 + wish.shop);
  const customerId = (index: number): number => 7_000_000_000_000 + wish.shop * 1e6 + index;
  const customers = Array.from({ length: wish.customers }, (_, index) => customerId(index));
  // The first few people have a second account, which is merged into the first later on.
  const pairs = Math.max(1, Math.floor(wish.customers / 20));
  const merges = customers.slice(0, pairs).map((kept, index) => ({
    kept,
    gone: customerId(500_000 + index),
    at: second(wish.from + DAY * (20 + chance.next() * 20)),
  }));
  const redacted = customers.slice(-pairs);
  const buyers = [...customers, ...merges.map(({ gone }) => gone)];
  const tellings: Telling[] = buyers.flatMap((id) => customerTellings(id, wish.from, chance));
  for (let index = 0; index < wish.orders; index += 1) {
    const buyer = buyers[chance.below(buyers.length)] ?? customerId(0);
    const owner = (at: number): number =>
      merges.find((merge) => merge.gone === buyer && merge.at <= at)?.kept ?? buyer;
    const id = 5_000_000_000_000 + wish.shop * 1e6 + index;
    const placedAt = second(wish.from + chance.next() * DAYS * DAY);
    tellings.push(...orderTellings({ id, placedAt, owner, chance }));
  }
  for (const { kept, gone, at } of merges) tellings.push(merging(kept, gone, at));
  const end = Math.max(...tellings.map(({ at }) => at)) + DAY;
  for (const id of redacted) tellings.push(redacting(id, end));
  return {
    shopId: String(900_000 + wish.shop),
    tellings: tellings.sort((a, b) => a.at - b.at),
    redacted: redacted.map(String),
    merged: merges.map(({ kept, gone }) => ({ kept: String(kept), gone: String(gone) })),
  };
}

/** Shopify counts in seconds. */
function second(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

const iso = (at: number): string => new Date(at).toISOString();

function customerTellings(id: number, from: number, chance: Chance): Telling[] {
  const createdAt = second(from + DAY * (chance.next() * 8 - 2));
  const told = (at: number, name: string): object => ({
    ...{ id, created_at: iso(createdAt), updated_at: iso(at), verified_email: true },
    ...{ email: `c${id}@trial.example`, first_name: name, last_name: 'Trial', tags: 'vip' },
  });
  const changed = Array.from({ length: chance.below(3) }, (_, index) => {
    const at = second(createdAt + DAY * (5 + index * 9));
    return { at, topic: 'customers/update', body: told(at, `Kim ${index}`) };
  });
  const reviews = Array.from({ length: chance.below(4) }, (_, index): Telling[] => {
    const at = second(createdAt + DAY * (10 + index * 3));
    const written = { at, topic: 'laurel/facts', body: reviewing(id, index, at, true) };
    const hidden = second(at + DAY);
    return chance.happens(0.3)
      ? [
          written,
          { at: hidden, topic: 'laurel/facts', body: reviewing(id, index, at, false, hidden) },
        ]
      : [written];
  }).flat();
  return [
    { at: createdAt, topic: 'customers/create', body: told(createdAt, 'Kim') },
    ...changed,
    ...reviews,
  ];
}

/** As the connection to the reviews' provider stores it. */
function reviewing(id: number, index: number, createdAt: number, published: boolean, at?: number) {
  return {
    kind: 'review',
    review: {
      ...{ provider: 'judgeme', id: `${id}${index}`, productId: String(800 + index) },
      ...{ customerId: String(id), email: null, published, withPhoto: index === 1 },
      ...{ withVideo: false, createdAt, updatedAt: at ?? createdAt },
    },
  };
}

interface Line {
  readonly id: number;
  readonly cents: number;
  readonly quantity: number;
  current: number;
  readonly vendor: string;
}

interface OrderWish {
  readonly id: number;
  readonly placedAt: number;
  /** Whose the order is at a moment. */
  readonly owner: (at: number) => number;
  readonly chance: Chance;
}

/** One order's life: each telling shows the whole state as it is by then, refunds and all. */
function orderTellings({ id, placedAt, owner, chance }: OrderWish): Telling[] {
  const tellings: Telling[] = [];
  const lines: Line[] = Array.from({ length: 1 + chance.below(3) }, (_, index) => {
    const quantity = 1 + chance.below(3);
    const cents = 40 + chance.below(12_000);
    const vendor = chance.one(VENDORS);
    return { id: id * 10 + index, cents, quantity, current: quantity, vendor };
  });
  const refunds: object[] = [];
  let at = placedAt;
  let status = chance.happens(0.2) ? 'pending' : 'paid';
  const tell = (topic: string, cancelledAt: number | null = null): void => {
    const body = stateOf({ id, placedAt, at, status, lines, refunds, cancelledAt }, owner(at));
    tellings.push({ at, topic, body });
  };
  const later = (days: number): void => {
    at = second(at + 60_000 + chance.next() * days * DAY);
  };
  tell('orders/create');
  if (status === 'pending') {
    later(3);
    status = chance.happens(0.15) ? 'voided' : 'paid';
    tell(status === 'paid' ? 'orders/paid' : 'orders/updated');
    if (status === 'voided') return tellings;
  } else if (chance.happens(0.5)) tell('orders/paid');
  if (chance.happens(0.15)) {
    later(2);
    edit(lines, id, chance);
    tell('orders/updated');
  }
  for (let turn = chance.happens(0.3) ? 1 + chance.below(2) : 0; turn > 0; turn -= 1) {
    const line = lines.find(({ current }) => current > 0);
    if (!line) break;
    later(8);
    const body = refundOf(id, refunds.length, line, at);
    refunds.push(body);
    line.current -= 1;
    status = lines.some(({ current }) => current > 0) ? 'partially_refunded' : 'refunded';
    tellings.push({ at, topic: 'refunds/create', body, refunds: id });
    if (chance.happens(0.8)) tell('orders/updated');
  }
  if (chance.happens(0.06)) tellings.push(...disputing(id, second(at + DAY), chance));
  if (chance.happens(0.08)) {
    later(5);
    tell('orders/cancelled', at);
  }
  return tellings;
}

/** A piece goes, another line comes. */
function edit(lines: Line[], id: number, chance: Chance): void {
  const [first] = lines;
  if (first && first.quantity > 1) first.current -= 1;
  const added = { id: id * 10 + 9, cents: 500 + chance.below(5_000), quantity: 1, current: 1 };
  lines.push({ ...added, vendor: chance.one(VENDORS) });
}

interface OrderState {
  readonly id: number;
  readonly placedAt: number;
  readonly at: number;
  readonly status: string;
  readonly lines: readonly Line[];
  readonly refunds: readonly object[];
  readonly cancelledAt: number | null;
}

const euros = (cents: number): string => (cents / 100).toFixed(2);

function stateOf(state: OrderState, customerId: number): object {
  const { id, placedAt, at, status, lines, cancelledAt } = state;
  const refunds = [...state.refunds];
  const body = orderBody({
    ...{ id, customerId, placedAt: iso(placedAt), updatedAt: iso(at), status, refunds },
    ...(cancelledAt === null ? {} : { cancelledAt: iso(cancelledAt) }),
    lines: lines.map(({ id: lineId, cents, quantity, current }) => ({
      ...{ id: lineId, price: euros(cents), quantity, current },
    })),
  });
  const total = euros(lines.reduce((sum, { cents, quantity }) => sum + cents * quantity, 0));
  const items = (body['line_items'] as object[]).map((line, index) => ({
    ...line,
    ...{ vendor: lines[index]?.vendor, tax_lines: [], discount_allocations: [] },
    ...{ total_discount: '0.00', total_discount_set: money('0.00'), gift_card: false },
  }));
  return {
    ...body,
    ...{ line_items: items, shipping_lines: [], discount_applications: [], discount_codes: [] },
    ...{ total_price: total, total_price_set: money(total), fulfillments: [], returns: [] },
    customer: { id: customerId },
  };
}

function refundOf(orderId: number, number: number, line: Line, at: number): object {
  const subtotal = euros(line.cents);
  return {
    ...refundBody({
      ...{ id: orderId * 100 + number * 10, orderId, at: iso(at) },
      lines: [{ lineId: line.id, quantity: 1, subtotal }],
    }),
    transactions: [{ kind: 'refund', status: 'success', amount: subtotal, currency: 'EUR' }],
  };
}

function disputing(orderId: number, at: number, chance: Chance): Telling[] {
  const told = (when: number, status: string): Telling => ({
    at: when,
    topic: status === 'needs_response' ? 'disputes/create' : 'disputes/update',
    body: {
      ...{ id: orderId + 1, order_id: orderId, type: 'chargeback', amount: '15.00' },
      ...{ currency: 'EUR', reason: 'fraudulent', status, initiated_at: iso(at) },
      finalized_on: when === at ? null : iso(when),
    },
  });
  const end = second(at + 3 * DAY);
  return [told(at, 'needs_response'), told(end, chance.one(['lost', 'won', 'lost']))];
}

function merging(kept: number, gone: number, at: number): Telling {
  const gid = (id: number): string => `gid://shopify/Customer/${id}`;
  return {
    at,
    topic: 'customers/merge',
    body: {
      admin_graphql_api_customer_kept_id: gid(kept),
      admin_graphql_api_customer_deleted_id: gid(gone),
      status: 'completed',
      errors: [],
    },
  };
}

function redacting(id: number, at: number): Telling {
  return {
    at,
    topic: 'customers/redact',
    body: {
      shop_id: 1,
      shop_domain: 'trial.myshopify.com',
      customer: { id, email: `c${id}@trial.example`, phone: null },
      orders_to_redact: [],
    },
  };
}

/** The same, a fifth of them twice, each displaced by up to 200 places, 2 % of refunds before their orders. */
export function badly(tellings: readonly Telling[], chance: Chance): Telling[] {
  const first = new Map<string, number>();
  for (const [index, { body }] of tellings.entries()) {
    const { id } = body as { id?: number };
    if (id !== undefined && !first.has(String(id))) first.set(String(id), index);
  }
  return tellings
    .flatMap((one, index) => {
      const place = index + chance.next() * 200;
      const early = one.refunds !== undefined && chance.happens(0.02);
      const at = early ? (first.get(String(one.refunds)) ?? index) - 1 : place;
      const again = { one, at: index + chance.next() * 200 };
      return chance.happens(0.2) ? [{ one, at }, again] : [{ one, at }];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

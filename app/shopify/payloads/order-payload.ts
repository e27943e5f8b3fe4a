/** orders/* and customers/*: from Shopify's payload to tidings of an order and its customer. */
import { z } from 'zod';
import {
  codesIn,
  codeUses,
  countryCode,
  fulfilledAt,
  isOwed,
  oddsAndEnds,
  presentmentMinor,
} from './order-parts.ts';
import { filledIn } from './filled-in.ts';
import { readReferralCode, readTraces } from './order-traces.ts';
import { line, moneyReader, readLine, taxLine } from './order-line.ts';
import type { MoneyReader } from './order-line.ts';
import { gid, id, moment, moneySet, nullable, plainAmount, shopMinor, sum, text } from './parts.ts';
import { yesOrNo } from './parts.ts';
import { readKindly } from './read-kindly.ts';
import { readRefund, refund } from './refund-payload.ts';
import { MoneyFault } from '../../domain/money/money.ts';
import { gatewaysOf } from '../../domain/orders/payments.ts';
import type { OrderSnapshot, OrderTidings, PaymentState } from '../../domain/orders/order-facts.ts';
import type { Trace } from '../../domain/referrals/traces.ts';
import type { CustomerTidings } from '../../domain/tidings.ts';

const customer = z.object({
  id,
  created_at: nullable(moment),
  updated_at: nullable(moment),
  email: nullable(text(320)),
  first_name: nullable(text(255)),
  last_name: nullable(text(255)),
  verified_email: nullable(z.boolean()),
  phone: z.unknown().optional(),
  default_address: z.unknown().optional(),
  tags: nullable(z.union([z.string(), z.array(z.string())])),
});

const order = oddsAndEnds.extend({
  id,
  name: nullable(text(255)),
  created_at: moment,
  processed_at: nullable(moment),
  updated_at: moment,
  cancelled_at: nullable(moment),
  currency: z.string().regex(/^[A-Z]{3}$/),
  presentment_currency: nullable(z.string().regex(/^[A-Z]{3}$/)),
  test: nullable(yesOrNo),
  taxes_included: nullable(yesOrNo),
  duties_included: nullable(yesOrNo),
  source_name: nullable(text(255)),
  email: nullable(text(320)),
  contact_email: nullable(text(320)),
  total_price: nullable(plainAmount),
  total_price_set: nullable(moneySet),
  total_tip_received: nullable(plainAmount),
  original_total_duties_set: nullable(moneySet),
  shipping_lines: nullable(
    z.array(
      z.object({
        price: nullable(plainAmount),
        discounted_price: nullable(plainAmount),
        discounted_price_set: nullable(moneySet),
        is_removed: nullable(z.boolean()),
        tax_lines: nullable(z.array(taxLine)),
      }),
    ),
  ),
  customer: nullable(customer),
  line_items: z.array(line),
  refunds: nullable(z.array(refund)),
});

/** What points depend on: a body in which this cannot be read is no order. */
const DEPENDED_ON = new RegExp(
  [
    '^(|id|created_at|updated_at|cancelled_at|currency|test|taxes_included|customer|customer\\.id)$',
    '^line_items(\\.\\d+)?$',
    '^line_items\\.\\d+\\.(id|gift_card|quantity|current_quantity|price|price_set|tax_lines|total_discount)\\b',
    '^line_items\\.\\d+\\.discount_allocations(\\.\\d+(\\.amount.*)?)?$',
  ].join('|'),
);

/** Of an amount that is the shop's, what the shopper saw of it is of no consequence. */
function dependedOn(place: string): boolean {
  return DEPENDED_ON.test(place) && !place.includes('.presentment_money');
}

/** @throws ZodError or MoneyFault for a body that is no order */
export function readOrderPayload(body: unknown): {
  readonly order: OrderTidings;
  readonly customer?: CustomerTidings;
  readonly traces: readonly Trace[];
} {
  const { told, odd } = readKindly(order, body, dependedOn);
  const refunds = (told.refunds ?? []).map((part) => readRefund(part, told.updated_at));
  const customerTidings =
    told.customer && !odd.some((place) => place.startsWith('customer.'))
      ? readCustomer(told.customer)
      : null;
  const fulfilled = fulfilledAt(told, told.updated_at);
  const tags = tagsOf(told.customer?.tags);
  const code = readReferralCode(body);
  const guestEmail = told.customer ? null : told.email || told.contact_email;
  const knownRefundIds = refunds.map((part) => part.id);
  const snapshot = { ...snapshotOf(told, odd), knownRefundIds };
  return {
    order: {
      orderId: told.id,
      refunds,
      paidAt: isPaid(snapshot.payment) && !isOwed(told, snapshot) ? told.updated_at : null,
      ...(guestEmail ? { guestEmail } : {}),
      ...(fulfilled === null ? {} : { fulfilledAt: fulfilled }),
      ...(tags ? { customerTags: { asOf: told.updated_at, tags } } : {}),
      ...(code === null ? {} : { referral: { asOf: told.updated_at, code } }),
      snapshot,
    },
    ...(customerTidings ? { customer: customerTidings } : {}),
    traces: readTraces(body),
  };
}

function snapshotOf(
  told: z.infer<typeof order>,
  unread: readonly string[],
): Omit<OrderSnapshot, 'knownRefundIds'> {
  const money = moneyReader(told.currency);
  const { lines, twice } = linesOf(told, money);
  const { besides, odd: unreadMoney } = besidesLines(told, money);
  const odd = [...unread, ...twice, ...unreadMoney];
  return {
    ...besides,
    updatedAt: told.updated_at,
    placedAt: told.processed_at ?? told.created_at,
    name: told.name ?? `#${told.id}`,
    customerId: told.customer?.id ?? null,
    currency: told.currency,
    presentmentCurrency: told.presentment_currency ?? null,
    presentmentTotalMinor: presentmentMinor(told.total_price_set, told.presentment_currency),
    taxesIncluded: told.taxes_included ?? false,
    ...(told.duties_included && { dutiesIncluded: true as const }),
    test: told.test ?? false,
    source: told.source_name ?? null,
    countryCode: countryCode(told),
    gateways: gatewaysOf(told.payment_gateway_names ?? []),
    discountCodes: codeUses(codesIn(told), told.line_items, money),
    cancelledAt: told.cancelled_at ?? null,
    payment: paymentState(told.financial_status ?? null),
    lines,
    hasReturns: (told.returns ?? []).length > 0,
    ...(odd.length > 0 && { odd }),
  };
}

/** Amounts beside the lines: one that cannot be read counts as none, and says where it stands. */
function besidesLines(told: z.infer<typeof order>, money: MoneyReader) {
  const odd: string[] = [];
  const orNone = (place: string, amount: () => number): number => {
    try {
      return amount();
    } catch (fault) {
      if (!(fault instanceof MoneyFault)) throw fault;
      odd.push(place);
      return 0;
    }
  };
  const shipping = (told.shipping_lines ?? []).filter((part) => !part.is_removed);
  const besides = {
    totalMinor: orNone('total_price', () => money(told.total_price_set, told.total_price)),
    shippingMinor: orNone('shipping_lines', () =>
      sum(shipping, (part) =>
        money(part.discounted_price_set, part.discounted_price ?? part.price),
      ),
    ),
    shippingTaxMinor: orNone('shipping_lines.tax_lines', () =>
      sum(shipping, (part) => sum(part.tax_lines, (tax) => money(tax.price_set, tax.price))),
    ),
    tipMinor: orNone('total_tip_received', () => money(null, told.total_tip_received)),
    dutiesMinor: orNone('original_total_duties_set', () =>
      shopMinor(told.original_total_duties_set, told.currency),
    ),
  };
  return { besides, odd };
}

/** Of several lines with one id the first counts: which of them a refund names, nobody could say. */
function linesOf(told: z.infer<typeof order>, money: MoneyReader) {
  const seen = new Set<string>();
  const twice: string[] = [];
  const lines = told.line_items.flatMap((part, index) => {
    if (seen.has(part.id)) {
      twice.push(`line_items.${index}`);
      return [];
    }
    seen.add(part.id);
    return [readLine(part, money, told.source_name ?? null)];
  });
  return { lines, twice };
}

const customerBody = customer.extend({ updated_at: moment });
/** Whose addresses and tags they are, and how they can be reached, nobody guesses. */
const WHO = /^(|(id|updated_at|email|verified_email|tags)(\..*)?)$/;

export function readCustomerPayload(body: unknown): CustomerTidings {
  const { told } = readKindly(customerBody, body, (place) => WHO.test(place));
  return { ...namesOf(told), updatedAt: told.updated_at };
}

const merge = z.object({
  admin_graphql_api_customer_kept_id: gid,
  admin_graphql_api_customer_deleted_id: gid,
  status: z.string(),
  errors: z.array(z.object({ field: z.string().nullish() })).nullish(),
});

export function readMergePayload(body: unknown): {
  readonly keptId: string;
  readonly goneId: string;
  readonly status: string;
  /** What stood in the way, as Shopify names it. */
  readonly fields: readonly string[];
} {
  const told = merge.parse(body);
  return {
    keptId: told.admin_graphql_api_customer_kept_id,
    goneId: told.admin_graphql_api_customer_deleted_id,
    status: told.status.toLowerCase(),
    fields: (told.errors ?? []).flatMap(({ field }) => field?.slice(0, 60) ?? []),
  };
}

function readCustomer(told: z.infer<typeof customer>): CustomerTidings | null {
  return told.updated_at ? { ...namesOf(told), updatedAt: told.updated_at } : null;
}

function namesOf(told: z.infer<typeof customer>): Omit<CustomerTidings, 'updatedAt'> {
  const name = [told.first_name, told.last_name].filter(Boolean).join(' ').trim();
  const tags = tagsOf(told.tags);
  return {
    customerId: told.id,
    createdAt: told.created_at ?? null,
    email: told.email || null,
    name: name.slice(0, 255).toWellFormed() || null,
    ...(told.verified_email === false ? { emailVerified: false } : {}),
    ...(tags ? { tags } : {}),
    filledIn: filledIn(told),
  };
}

/** Told as a text of words in older versions, and not at all in newer ones. */
function tagsOf(told: string | readonly string[] | null | undefined): readonly string[] | null {
  if (told === null || told === undefined) return null;
  const tags = (typeof told === 'string' ? told.split(',') : told).map((tag) => tag.trim());
  return [...new Set(tags.filter(Boolean))].sort();
}

export function paymentState(status: string | null): PaymentState {
  switch (status) {
    case 'pending':
    case 'authorized':
    case 'expired':
    case 'unpaid':
      return 'unpaid';
    case 'paid':
    case 'partially_paid':
    case 'partially_refunded':
    case 'refunded':
    case 'voided':
      return status;
    case null:
    default:
      return 'unknown';
  }
}

export function isPaid(payment: PaymentState): boolean {
  return payment === 'paid' || payment === 'partially_refunded' || payment === 'refunded';
}

/** orders/* and customers/*: from Shopify's payload to tidings of an order and its customer. */
import { z } from 'zod';
import {
  codesIn,
  codeUses,
  countryCode,
  fulfilledAt,
  hasSellingPlan,
  oddsAndEnds,
  presentmentMinor,
} from './order-parts.ts';
import { filledIn } from './filled-in.ts';
import { readReferralCode, readTraces } from './order-traces.ts';
import { gid, id, moment, moneySet, nullable, plainAmount, shopMinor, sum, text } from './parts.ts';
import { readRefund, refund } from './refund-payload.ts';
import { MoneyFault, parseMoney } from '../../domain/money/money.ts';
import { isRenewal } from '../../domain/orders/channel.ts';
import { gatewaysOf } from '../../domain/orders/payments.ts';
import type { OrderLine, OrderTidings, PaymentState } from '../../domain/orders/order-facts.ts';
import type { Trace } from '../../domain/referrals/traces.ts';
import type { CustomerTidings } from '../../domain/tidings.ts';

const taxLine = z.object({ price: plainAmount, price_set: nullable(moneySet) });

const line = z.object({
  id,
  product_id: nullable(id),
  variant_id: nullable(id),
  title: nullable(text(255)),
  vendor: nullable(text(255)),
  gift_card: nullable(z.boolean()),
  // Below zero contradicts itself: it is kept as told, counts as none, and is shown to a person.
  quantity: z.int(),
  current_quantity: nullable(z.int()),
  price: plainAmount,
  price_set: nullable(moneySet),
  total_discount: nullable(plainAmount),
  total_discount_set: nullable(moneySet),
  tax_lines: nullable(z.array(taxLine)),
  discount_allocations: nullable(
    z.array(
      z.object({
        amount: plainAmount,
        amount_set: nullable(moneySet),
        discount_application_index: nullable(z.int()),
      }),
    ),
  ),
  selling_plan_allocation: nullable(z.unknown()),
});

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
  financial_status: nullable(z.string()),
  test: nullable(z.boolean()),
  taxes_included: nullable(z.boolean()),
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

/** @throws ZodError or MoneyFault for a body that is no order */
export function readOrderPayload(body: unknown): {
  readonly order: OrderTidings;
  readonly customer?: CustomerTidings;
  readonly traces: readonly Trace[];
} {
  const told = order.parse(body);
  const refunds = (told.refunds ?? []).map((part) => readRefund(part, told.updated_at));
  const payment = paymentState(told.financial_status ?? null);
  const money = moneyReader(told.currency);
  const customerTidings = told.customer ? readCustomer(told.customer) : null;
  const fulfilled = fulfilledAt(told);
  const tags = tagsOf(told.customer?.tags);
  const codes = codesIn(told);
  const code = readReferralCode(body);
  const guestEmail = told.customer ? null : told.email || told.contact_email;
  return {
    order: {
      orderId: told.id,
      refunds,
      paidAt: isPaid(payment) ? told.updated_at : null,
      ...(guestEmail ? { guestEmail } : {}),
      ...(fulfilled === null ? {} : { fulfilledAt: fulfilled }),
      ...(tags ? { customerTags: { asOf: told.updated_at, tags } } : {}),
      ...(code === null ? {} : { referral: { asOf: told.updated_at, code } }),
      snapshot: {
        updatedAt: told.updated_at,
        placedAt: told.processed_at ?? told.created_at,
        name: told.name ?? `#${told.id}`,
        customerId: told.customer?.id ?? null,
        currency: told.currency,
        presentmentCurrency: told.presentment_currency ?? null,
        presentmentTotalMinor: presentmentMinor(told.total_price_set, told.presentment_currency),
        totalMinor: money(told.total_price_set, told.total_price),
        shippingMinor: sum(told.shipping_lines, (part) =>
          part.is_removed
            ? 0
            : money(part.discounted_price_set, part.discounted_price ?? part.price),
        ),
        shippingTaxMinor: sum(told.shipping_lines, (part) =>
          part.is_removed ? 0 : sum(part.tax_lines, (tax) => money(tax.price_set, tax.price)),
        ),
        tipMinor: money(null, told.total_tip_received),
        dutiesMinor: shopMinor(told.original_total_duties_set, told.currency),
        taxesIncluded: told.taxes_included ?? false,
        test: told.test ?? false,
        source: told.source_name ?? null,
        countryCode: countryCode(told),
        gateways: gatewaysOf(told.payment_gateway_names ?? []),
        discountCodes: codeUses(codes, told.line_items, money),
        cancelledAt: told.cancelled_at ?? null,
        payment,
        lines: told.line_items.map((part) => readLine(part, money, told.source_name ?? null)),
        hasReturns: (told.returns ?? []).length > 0,
        knownRefundIds: refunds.map((part) => part.id),
      },
    },
    ...(customerTidings ? { customer: customerTidings } : {}),
    traces: readTraces(body),
  };
}

const customerBody = customer.extend({ updated_at: moment });

export function readCustomerPayload(body: unknown): CustomerTidings {
  const told = customerBody.parse(body);
  return { ...namesOf(told), updatedAt: told.updated_at };
}

const merge = z.object({
  admin_graphql_api_customer_kept_id: gid,
  admin_graphql_api_customer_deleted_id: gid,
  status: z.string(),
});

export function readMergePayload(body: unknown): {
  readonly keptId: string;
  readonly goneId: string;
  readonly status: string;
} {
  const told = merge.parse(body);
  return {
    keptId: told.admin_graphql_api_customer_kept_id,
    goneId: told.admin_graphql_api_customer_deleted_id,
    status: told.status.toLowerCase(),
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

function readLine(
  told: z.infer<typeof line>,
  money: ReturnType<typeof moneyReader>,
  source: string | null,
): OrderLine {
  const allocated = sum(told.discount_allocations, (part) => money(part.amount_set, part.amount));
  const priceMinor = money(told.price_set, told.price);
  if (!Number.isSafeInteger(priceMinor * told.quantity)) {
    throw new MoneyFault('a line is worth more than can be counted');
  }
  const sellingPlan = hasSellingPlan(told.selling_plan_allocation);
  return {
    id: told.id,
    productId: told.product_id ?? null,
    variantId: told.variant_id ?? null,
    title: told.title ?? '',
    vendor: told.vendor ?? null,
    giftCard: told.gift_card ?? false,
    quantity: told.quantity,
    currentQuantity: told.current_quantity ?? told.quantity,
    priceMinor,
    discountMinor: Math.max(allocated, money(told.total_discount_set, told.total_discount)),
    taxMinor: sum(told.tax_lines, (tax) => money(tax.price_set, tax.price)),
    product: null,
    sellingPlan,
    subscription: sellingPlan ?? isRenewal(source),
  };
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

/** Reads the shop-money set where there is one, else the plain amount in the order's currency. */
function moneyReader(currency: string) {
  return (
    set: z.infer<typeof moneySet> | null | undefined,
    plain: string | null | undefined,
  ): number => (set ? shopMinor(set, currency) : plain ? parseMoney(plain, currency) : 0);
}

/** From a delivery's topic and bytes to tidings. */
import { z } from 'zod';
import { readDispute } from './dispute-payload.ts';
import { readOrderEdited } from './order-parts.ts';
import { readCustomerPayload, readMergePayload, readOrderPayload } from './order-payload.ts';
import { readEmailConsent, readSmsConsent } from './consent-payload.ts';
import { readCustomerTags } from './customer-payload.ts';
import { readFlowAward } from './flow-payload.ts';
import {
  readBulkFinished,
  readCompliancePayload,
  readDiscountChanged,
  readId,
  readJudgeMe,
  readProductPayload,
  readScopes,
  readShopPayload,
} from './other-payloads.ts';
import { parseExactJson } from './parse-json.ts';
import { readTraces } from './order-traces.ts';
import { readRefundPayload } from './refund-payload.ts';
import { MoneyFault } from '../../domain/money/money.ts';
import type { Tidings } from '../../domain/tidings.ts';

/** A body that can never be read: trying again would not help. */
export class UnreadableBody extends Error {
  override name = 'UnreadableBody';
}

/** Internal topics carry our own shapes: what an import or a look-up found, or "look again". */
export const INTERNAL = {
  facts: 'laurel/facts',
} as const;

/** When a body without a date of its own was sent. */
export interface Reading {
  readonly toldAt: number;
}

const readers: Readonly<Record<string, (body: unknown, reading: Reading) => Tidings>> = {
  'orders/create': readOrder,
  'orders/paid': readOrder,
  'orders/updated': readOrder,
  'orders/cancelled': readOrder,
  'orders/fulfilled': readOrder,
  'orders/partially_fulfilled': readOrder,
  'orders/edited': (body) => ({ kind: 'order-edited', ...readOrderEdited(body) }),
  'orders/delete': (body, { toldAt: deletedAt }) => ({
    kind: 'order',
    order: { orderId: readId(body), snapshot: null, refunds: [], paidAt: null, deletedAt },
  }),
  'disputes/create': readDispute,
  'disputes/update': readDispute,
  'refunds/create': (body) => ({ kind: 'order', order: readRefundPayload(body) }),
  'customers/create': readCustomer,
  'customers/update': readCustomer,
  'customers/enable': readCustomer,
  'customers/disable': readCustomer,
  'customer.tags_added': (body) => readCustomerTags(body, 'added'),
  'customer.tags_removed': (body) => readCustomerTags(body, 'removed'),
  'customers_email_marketing_consent/update': readEmailConsent,
  'customers_marketing_consent/update': readSmsConsent,
  'customers/delete': (body) => ({ kind: 'customer-deleted', customerId: readId(body) }),
  'customers/merge': (body) => {
    const { keptId, goneId, status, fields } = readMergePayload(body);
    return status === 'completed'
      ? { kind: 'customer-merged', keptId, goneId }
      : { kind: 'merge-not-done', status, fields };
  },
  'discounts/update': readDiscountChanged,
  'discounts/delete': readDiscountChanged,
  'customers/redact': (body) => ({ kind: 'customer-redact', ...readCompliancePayload(body) }),
  'customers/data_request': (body) => ({ kind: 'data-request', ...readCompliancePayload(body) }),
  'shop/redact': () => ({ kind: 'shop-redact' }),
  'shop/update': readShopPayload,
  'app/uninstalled': (_body, { toldAt }) => ({ kind: 'uninstalled', at: toldAt }),
  'app/scopes_update': readScopes,
  'bulk_operations/finish': readBulkFinished,
  'products/create': readProduct,
  'products/update': readProduct,
  'products/delete': (body, { toldAt }) => ({
    kind: 'product',
    product: { productId: readId(body), updatedAt: toldAt, traits: null },
  }),
  'flow/award': readFlowAward,
  'judgeme/review': (body) => ({ kind: 'review', review: readJudgeMe(body) }),
  // Written by ourselves and stored in our own inbox, so the shape is ours.
  [INTERNAL.facts]: (body) => body as Tidings,
};

/** @throws UnreadableBody for bytes that are no JSON, or no payload of their topic */
export function readDelivery(topic: string, body: Buffer | string, reading: Reading): Tidings {
  // A topic comes from a header: "constructor" is none of ours.
  const reader = Object.hasOwn(readers, topic) ? readers[topic] : undefined;
  if (!reader) return { kind: 'unknown-topic' };
  try {
    const text = typeof body === 'string' ? body : body.toString('utf8');
    return reader(parseExactJson(text), reading);
  } catch (fault) {
    throw new UnreadableBody(inWords(fault));
  }
}

/** Says which field is wrong, never what stands in it: bodies hold personal data. */
function inWords(fault: unknown): string {
  if (fault instanceof z.ZodError) {
    const places = fault.issues.slice(0, 3).map(({ path }) => path.map(String).join('.') || 'body');
    return `This is no payload of its topic: see ${places.join(', ')}.`;
  }
  if (fault instanceof MoneyFault) return `An amount of money cannot be read: ${fault.message}.`;
  if (fault instanceof SyntaxError) return 'The body is not JSON.';
  throw fault;
}

function readOrder(body: unknown): Tidings {
  return { kind: 'order', ...readOrderPayload(body) };
}

function readCustomer(body: unknown): Tidings {
  return { kind: 'customer', customer: readCustomerPayload(body), traces: readTraces(body) };
}

function readProduct(body: unknown): Tidings {
  return { kind: 'product', product: readProductPayload(body) };
}

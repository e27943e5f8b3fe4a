/** A page of a sweep: of what Shopify shows, what we do not know in its newest state. */
import type pg from 'pg';
import { consent } from '../domain/activities/activity.ts';
import { bearsJust } from '../domain/members/tags.ts';
import type { CustomerTidings, FactTidings } from '../domain/tidings.ts';
import { disputeNow } from '../domain/orders/disputes.ts';
import { DAY } from '../domain/time/shop-time.ts';
import type { AdminClient } from '../shopify/admin-client.ts';
import { changedCustomers, changedOrders, deletedAmong } from '../shopify/changes.ts';
import type { ChangedOrder, ChangesAsked } from '../shopify/changes.ts';
import { lookUpOrder } from '../shopify/look-up.ts';
import {
  forgottenAmong,
  knownCustomers,
  knownOrders,
  ordersKnownSince,
} from '../storage/sweeps/what-is-known.ts';
import type { KnownCustomer, KnownOrder } from '../storage/sweeps/what-is-known.ts';

export interface Swept {
  /** The same finding has the same name, e.g. "order:1001:1790000000000". */
  readonly name: string;
  /** Whose deliveries it stands among. */
  readonly subject: string;
  readonly known: boolean;
  readonly facts: FactTidings;
  readonly customerIds: readonly string[];
}

export interface SweptPage {
  readonly shown: number;
  readonly alreadyRight: number;
  readonly different: readonly Swept[];
  readonly lastUpdatedAt: number | null;
  readonly next: string | null;
}

export interface Onward {
  readonly ask: <T>(question: (client: AdminClient) => Promise<T>) => Promise<T>;
  /** Keeps the lease while one order after the other is read. */
  readonly stillOurs: () => Promise<void>;
}

const LOOK_UPS_A_LEASE = 20;

export async function differentCustomers(
  pool: pg.Pool,
  shopId: string,
  asked: ChangesAsked,
  { ask }: Onward,
): Promise<SweptPage> {
  const { items, next } = await ask((client) => changedCustomers(client, asked));
  const ids = items.map(({ customerId }) => customerId);
  const known = await knownCustomers(pool, shopId, ids);
  const forgotten = await forgottenAmong(pool, shopId, ids);
  const different = items
    .filter(
      (told) => !forgotten.has(told.customerId) && isCustomerNews(told, known.get(told.customerId)),
    )
    .map((customer): Swept => {
      const subject = `customer:${customer.customerId}`;
      return {
        ...{ subject, name: `${subject}:${customer.updatedAt}` },
        known: known.has(customer.customerId),
        facts: { kind: 'customer', customer },
        customerIds: [customer.customerId],
      };
    });
  return pageOf(items, different, next);
}

function isCustomerNews(
  told: CustomerTidings,
  known: KnownCustomer | 'merged' | undefined,
): boolean {
  if (known === 'merged') return false;
  if (!known || known.updatedAt === null) return true;
  if (told.updatedAt !== known.updatedAt) return told.updatedAt > known.updatedAt;
  const { tags, newsletter } = told;
  return (
    told.email !== known.email ||
    told.name !== known.name ||
    known.createdAt === null ||
    // Messages of their own tell these: they can be lost while that of the customer arrived.
    (tags !== undefined && !bearsJust(known.tags, tags)) ||
    (newsletter !== undefined &&
      !known.consents.includes(consent('newsletter', newsletter.given, newsletter.at).id))
  );
}

export async function differentOrders(
  pool: pg.Pool,
  shopId: string,
  asked: ChangesAsked,
  { ask, stillOurs }: Onward,
): Promise<SweptPage> {
  const { items, next } = await ask((client) => changedOrders(client, asked));
  const ids = items.map(({ orderId }) => orderId);
  const known = await knownOrders(pool, shopId, ids);
  const customers = items.flatMap(({ customerId }) => customerId ?? []);
  const forgotten = await forgottenAmong(pool, shopId, customers);
  const different: Swept[] = [];
  let read = 0;
  for (const told of items) {
    const before = known.get(told.orderId);
    if (told.customerId !== null && forgotten.has(told.customerId)) continue;
    if (!isOrderNews(told, before)) continue;
    if ((read += 1) % LOOK_UPS_A_LEASE === 0) await stillOurs();
    const facts = await ask((client) => lookUpOrder(client, told.orderId));
    if (facts?.kind !== 'order') continue;
    const customerId = facts.order.snapshot?.customerId ?? null;
    different.push({
      name: `order:${told.orderId}:${told.updatedAt}`,
      subject: customerId === null ? `order:${told.orderId}` : `customer:${customerId}`,
      known: before?.updatedAt !== null && before?.updatedAt !== undefined,
      facts,
      customerIds: [customerId ?? [], before?.customerId ?? []].flat(),
    });
  }
  return pageOf(items, different, next);
}

const IDS_AT_ONCE = 250;
/** Older orders are not shown to every app: they would look as if they were gone. */
const SHOWN_FOR_DAYS = 59;

/**
 * Orders that we know of and that Shopify no longer has. What is deleted changes nothing before: each night
 * some of the others are asked for beside those that changed, and all of them where a person asks.
 */
export async function deletedOrders(
  pool: pg.Pool,
  shopId: string,
  {
    since,
    now,
    wholly,
  }: { readonly since: number; readonly now: number; readonly wholly: boolean },
  { ask, stillOurs }: Onward,
): Promise<readonly Swept[]> {
  const placed = new Date(now - SHOWN_FOR_DAYS * DAY);
  const changed = wholly ? placed : new Date(since);
  const times = { placed, changed, night: Math.floor(now / DAY) };
  const deleted: Swept[] = [];
  for (let after: string | undefined = '0'; after !== undefined;) {
    const known = await ordersKnownSince(pool, shopId, times, after, IDS_AT_ONCE);
    after = known.length < IDS_AT_ONCE ? undefined : known.at(-1)?.orderId;
    if (known.length === 0) break;
    await stillOurs();
    const ids = known.map(({ orderId }) => orderId);
    const gone = new Set(await ask((client) => deletedAmong(client, ids)));
    for (const { orderId, customerId } of known.filter((order) => gone.has(order.orderId))) {
      if ((await ask((client) => lookUpOrder(client, orderId))) !== null) continue;
      const order = { orderId, snapshot: null, refunds: [], paidAt: null, deletedAt: now };
      deleted.push({
        name: `order:${orderId}:deleted`,
        subject: customerId === null ? `order:${orderId}` : `customer:${customerId}`,
        known: true,
        facts: { kind: 'order', order },
        customerIds: customerId === null ? [] : [customerId],
      });
    }
  }
  return deleted;
}

/** Shopify stamps seconds, so two states of an order can share a moment. */
function isOrderNews(told: ChangedOrder, known: KnownOrder | undefined): boolean {
  if (!known || known.updatedAt === null) return true;
  if (known.closed) return false;
  if (told.updatedAt !== known.updatedAt) return told.updatedAt > known.updatedAt;
  return (
    told.cancelled !== known.cancelled ||
    told.payment !== known.payment ||
    told.customerId !== known.customerId ||
    told.refundIds.some((id) => !known.refundIds.includes(id)) ||
    // Messages of their own tell these: they can be lost while that of the order arrived.
    (told.edited && !known.editsRead) ||
    told.disputes.some(({ id, state }) => {
      const before = known.disputes.find((one) => one.id === id);
      return !before || disputeNow(before).state !== state;
    })
  );
}

function pageOf(
  items: readonly { readonly updatedAt: number }[],
  different: readonly Swept[],
  next: string | null,
): SweptPage {
  return {
    shown: items.length,
    alreadyRight: items.length - different.length,
    different,
    lastUpdatedAt: items.at(-1)?.updatedAt ?? null,
    next,
  };
}

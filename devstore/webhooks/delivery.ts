/** One webhook on its way: body and headers are fixed when the event happens, and stay so on retries. */
import { createHmac, randomUUID } from 'node:crypto';
import type { Order } from '../state/order.ts';
import type { StoreEvent } from '../state/events.ts';
import type { Store } from '../state/store.ts';
import type { Subscription } from '../state/app-declaration.ts';
import type { World } from '../state/world.ts';
import { bodyOf } from './payloads/body-of.ts';
import type { JsonObject } from './payloads/body-parts.ts';

export type Attempt = {
  at: string;
  /** Null when no answer came. */
  status: number | null;
  milliseconds: number;
  error: string | null;
  /** Sent once more by the knob "duplicate" or by hand. */
  extra: boolean;
};

export type DeliveryState = 'waiting' | 'held' | 'delivered' | 'retrying' | 'failed' | 'dropped';

export type Delivery = {
  /** X-Shopify-Webhook-Id: unique per delivery, the same on retries. */
  id: string;
  shop: string;
  topic: string;
  eventId: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  triggeredAt: string;
  state: DeliveryState;
  attempts: Attempt[];
};

/** Topics that reach an app that is not (or no longer) installed. */
const withoutInstallation = new Set<string>([
  'app/uninstalled',
  'customers/data_request',
  'customers/redact',
  'shop/redact',
]);

/** The deliveries of one action. Topics that carry the same whole order share one body. */
export function deliveriesFor(
  world: World,
  store: Store,
  events: readonly StoreEvent[],
  eventId: string,
): Delivery[] {
  const written = new Map<Order, JsonObject>();
  return events.flatMap((event) => {
    if (!store.installation && !withoutInstallation.has(event.topic)) return [];
    const subscriptions = world.app.subscriptions.filter((one) => one.topic === event.topic);
    if (subscriptions.length === 0) return [];
    const isPart = 'refund' in event || 'edit' in event || 'dispute' in event;
    const whole = 'order' in event && !isPart;
    const body =
      (whole ? written.get(event.order) : undefined) ?? bodyOf(store, event, world.addresses.admin);
    if (whole) written.set(event.order, body);
    return subscriptions.map((subscription) =>
      deliveryOf(world, store, subscription, JSON.stringify(trim(body, subscription)), eventId),
    );
  });
}

export function deliveryOf(
  world: World,
  store: Store,
  subscription: Subscription,
  body: string,
  eventId: string,
): Delivery {
  const id = randomUUID();
  const triggeredAt = store.now().toISOString();
  return {
    id,
    shop: store.domain,
    topic: subscription.topic,
    eventId,
    url: new URL(subscription.uri, world.appUrl).href,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Shopify-Captain-Hook',
      'x-shopify-api-version': world.app.apiVersion,
      'x-shopify-event-id': eventId,
      'x-shopify-hmac-sha256': createHmac('sha256', world.credentials.apiSecret)
        .update(body)
        .digest('base64'),
      ...(subscription.name === null ? {} : { 'x-shopify-name': subscription.name }),
      'x-shopify-shop-domain': store.domain,
      'x-shopify-topic': subscription.topic,
      'x-shopify-triggered-at': triggeredAt,
      'x-shopify-webhook-id': id,
    },
    body,
    triggeredAt,
    state: 'waiting',
    attempts: [],
  };
}

function trim(body: JsonObject, subscription: Subscription): JsonObject {
  const fields = subscription.includeFields;
  if (fields === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([key]) => fields.includes(key)));
}

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deliveryOf } from '../../webhooks/delivery.ts';
import { knobsSchema } from '../../webhooks/knobs.ts';
import { notFound, refuse } from '../../state/refusal.ts';
import { faultKinds } from '../../admin-api/faults.ts';
import { describeDelivery } from '../describe.ts';
import { noBody, reading, route, type Call, type Route } from '../route.ts';

const everyShop = z.boolean().optional();

export const webhookRoutes: Route[] = [
  reading('/webhooks/knobs', 'How badly webhooks travel now.', ({ devstore }) => ({
    ...devstore.courier.knobs.all(),
    holding: devstore.courier.holding,
    timeScale: devstore.courier.timeScale,
  })),
  route(
    'PUT',
    '/webhooks/knobs',
    'Duplicates (a share, that many copies), delays, shuffles (collecting for `reorderMs`) or drops (a share). `everyShop` for all of them.',
    knobsSchema.partial().extend({ everyShop }),
    { duplicate: 1, copies: 1, delayMs: 0, reorderMs: 500, drop: 0 },
    ({ devstore, store }, { everyShop: all, ...knobs }) => {
      const given = Object.fromEntries(
        Object.entries(knobs).filter(([, value]) => value !== undefined),
      );
      return devstore.courier.knobs.set(given, all ? undefined : store.domain);
    },
  ),
  route(
    'PUT',
    '/webhooks/pace',
    'Retries: 1 is Shopify’s four hours, 0.001 is quarter of a minute.',
    z.strictObject({ timeScale: z.number().min(0).max(1) }),
    { timeScale: 0.001 },
    ({ devstore }, { timeScale }) => {
      devstore.courier.timeScale = timeScale;
      return { timeScale };
    },
  ),
  route(
    'POST',
    '/webhooks/hold',
    'Keeps all webhooks back until they are released.',
    noBody,
    {},
    (call) => {
      call.devstore.courier.holdAll();
      return { holding: true };
    },
  ),
  route(
    'POST',
    '/webhooks/release',
    'Sends what was held, one after the other: `oldest` first, in `reverse`, or `shuffle`d.',
    z.strictObject({ order: z.enum(['oldest', 'reverse', 'shuffle']).optional() }),
    { order: 'reverse' },
    async ({ devstore }, { order }) => ({ released: await devstore.courier.releaseAll(order) }),
  ),
  reading(
    '/webhooks/deliveries',
    'The newest deliveries. `?topic=orders/create`, `?limit=50`.',
    (call) => {
      const { devstore, store, query } = call;
      const limit = Number(query['limit'] ?? '50');
      if (!Number.isInteger(limit) || limit < 1)
        refuse('limit must be a whole number, at least 1.');
      const log = devstore.courier.log({ shop: store.domain, topic: query['topic'] });
      return { deliveries: log.slice(0, limit).map(describeDelivery) };
    },
  ),
  reading('/webhooks/deliveries/:delivery', 'One delivery with its headers and body.', (call) => {
    const delivery = deliveryNamed(call);
    return { ...describeDelivery(delivery), headers: delivery.headers, body: delivery.body };
  }),
  route(
    'POST',
    '/webhooks/deliveries/:delivery/redeliver',
    'Sends one delivery again, exactly as it was.',
    noBody,
    {},
    async (call) => {
      const delivery = deliveryNamed(call);
      await call.devstore.courier.redeliver(delivery.id);
      return describeDelivery(delivery);
    },
  ),
  route(
    'POST',
    '/webhooks/send',
    'Sends any body under any topic, rightly signed: broken JSON, ids above 2^53, unknown topics.',
    z.strictObject({ topic: z.string().regex(/^[\w.]+(\/\w+)?$/), body: z.string() }),
    { topic: 'orders/create', body: '{"id":820982911946154508,"customer":null}' },
    ({ devstore, store }, { topic, body }) => {
      const { world, courier } = devstore;
      const declared = world.app.subscriptions.find((one) => one.topic === topic);
      const [any] = world.app.subscriptions;
      const uri = declared?.uri ?? any?.uri;
      if (uri === undefined) refuse('shopify.app.toml subscribes to no webhook.');
      const subscription = { topic, uri, includeFields: null, name: null };
      const delivery = deliveryOf(world, store, subscription, body, randomUUID());
      courier.take(delivery);
      return describeDelivery(delivery);
    },
  ),
  reading('/faults', 'Admin API calls that are going to fail.', ({ devstore }) => ({
    faults: devstore.faults.waiting(),
  })),
  route(
    'POST',
    '/faults',
    'Lets the next `count` Admin API calls fail, or those of a root `field`: `error` 500, `throttled`, `too-many-requests` 429, `unauthorized` 401, `user-error` with a `code`; `hang-up`, `time-out` and `internal-error` do the work first.',
    z.strictObject({
      kind: z.enum(faultKinds),
      count: z.int().min(1).max(1000).default(1),
      field: z.string().optional(),
      code: z.string().optional(),
      everyShop,
    }),
    { kind: 'user-error', field: 'discountCodeBasicCreate', code: 'TAKEN' },
    ({ devstore, store }, { kind, count, everyShop: all, ...more }) => {
      devstore.faults.order(kind, count, all ? null : store.domain, more);
      return { faults: devstore.faults.waiting() };
    },
  ),
  route(
    'PUT',
    '/admin-api/pace',
    'Lets every answer of the Admin API take that long.',
    z.strictObject({ ms: z.int().min(0).max(60_000) }),
    { ms: 100 },
    ({ devstore, store }, { ms }) => {
      devstore.faults.setPace(store.domain, ms);
      return { ms: devstore.faults.pace(store.domain) };
    },
  ),
  route(
    'DELETE',
    '/faults',
    'Forgets the failures that are still to come.',
    noBody,
    {},
    ({ devstore }) => {
      devstore.faults.clear();
      return { faults: [] };
    },
  ),
];

function deliveryNamed({ devstore, params }: Call) {
  const id = params['delivery'] ?? '';
  return devstore.courier.find(id) ?? notFound(`There is no delivery ${id} in the log.`);
}

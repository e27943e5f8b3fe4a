import '@shopify/shopify-api/adapters/web-api';
import { createHmac } from 'node:crypto';
import { ApiVersion, shopifyApi } from '@shopify/shopify-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { apiKey, apiSecret, runningShopify, type Running } from './running-shopify.ts';

let shopify: Running;
beforeEach(async () => {
  shopify = await start(60_000);
});
afterEach(() => shopify.close());

const start = (timeoutMs: number): Promise<Running> =>
  runningShopify({ webhooks: { timeScale: 0, timeoutMs, chance: () => 0.5 } });
const settled = (retries = false) => shopify.devstore.courier.settled({ retries });

function create(email: string) {
  return shopify.store.createCustomer({ email });
}

test('Shopify’s own library accepts the signature over the raw body, and only that', async () => {
  shopify.store.createCustomer({ email: 'zoë@example.com', firstName: 'Zoë', note: '„ünïcode“ €' });
  await settled();
  const [heard] = shopify.app.heard;
  const api = shopifyApi({
    apiKey,
    apiSecretKey: apiSecret,
    apiVersion: ApiVersion.October26,
    hostName: 'localhost',
    isEmbeddedApp: true,
    logger: { level: 0 },
  });
  const check = (rawBody: string) =>
    api.webhooks.validate({
      rawBody,
      rawRequest: new Request('http://localhost/webhooks', {
        method: 'POST',
        headers: heard?.headers as Record<string, string>,
      }),
    });
  expect(await check(heard?.body ?? '')).toMatchObject({
    valid: true,
    topic: 'CUSTOMERS_CREATE',
    domain: 'laurel-demo.myshopify.com',
    apiVersion: '2026-10',
  });
  expect(await check(`${heard?.body} `)).toMatchObject({ valid: false });
});

test('a checkout tells of a new customer, the order, its payment and its update under one event id', async () => {
  const { status } = await shopify.control('POST', '/orders', {
    customer: 'first@example.com',
    lines: [{ product: 'bud-vase' }],
  });
  await settled();
  expect(status).toBe(200);
  expect(shopify.app.topics().sort()).toEqual([
    'customers/create',
    'orders/create',
    'orders/paid',
    'orders/updated',
  ]);
  const ids = (name: string) => new Set(shopify.app.heard.map((one) => one.headers[name]));
  expect(ids('x-shopify-event-id').size).toBe(1);
  expect(ids('x-shopify-webhook-id').size).toBe(4);
});

test('a topic that the app does not subscribe to is not sent', async () => {
  const { app } = shopify.devstore.world;
  const wanted = app.subscriptions.filter(({ topic }) => topic !== 'customers/create');
  app.subscriptions.splice(0, app.subscriptions.length, ...wanted);
  create('a@example.com');
  await settled();
  expect(shopify.app.topics()).toEqual([]);
});

test('a refused delivery comes again with the same id and body until it is accepted', async () => {
  await shopify.close();
  shopify = await start(1_500);
  shopify.app.answers.push(500, 302, 0, 201);
  create('b@example.com');
  await settled(true);
  expect(shopify.app.heard).toHaveLength(4);
  expect(new Set(shopify.app.heard.map((one) => one.headers['x-shopify-webhook-id'])).size).toBe(1);
  expect(new Set(shopify.app.heard.map((one) => one.body)).size).toBe(1);
  const [delivery] = shopify.devstore.courier.log();
  expect(delivery?.state).toBe('delivered');
  expect(delivery?.attempts.map((one) => one.status ?? one.error)).toEqual([
    500,
    302,
    'no answer in time',
    201,
  ]);
});

test('after eight retries Shopify gives up', async () => {
  shopify.app.answers.push(...Array.from({ length: 20 }, () => 503));
  create('c@example.com');
  await settled(true);
  expect(shopify.app.heard).toHaveLength(9);
  expect(shopify.devstore.courier.log()[0]?.state).toBe('failed');
});

test('duplicates carry the same webhook id', async () => {
  await shopify.control('PUT', '/webhooks/knobs', { duplicate: 1, copies: 2 });
  create('d@example.com');
  await settled();
  expect(shopify.app.heard).toHaveLength(3);
  expect(new Set(shopify.app.heard.map((one) => one.headers['x-shopify-webhook-id'])).size).toBe(1);
});

test('knobs of one shop leave the other shop alone', async () => {
  await shopify.control('PUT', '/webhooks/knobs', { drop: 1 });
  create('e@example.com');
  await shopify.control('POST', '/customers', {
    email: 'e@example.com',
    shop: 'laurel-second.myshopify.com',
  });
  await settled();
  expect(shopify.app.heard.map((one) => one.headers['x-shopify-shop-domain'])).toEqual([
    'laurel-second.myshopify.com',
  ]);
  expect(shopify.devstore.courier.log().map((one) => one.state)).toEqual(['delivered', 'dropped']);
});

test('what is held is released in reverse, one after the other', async () => {
  await shopify.control('POST', '/webhooks/hold', {});
  const emails = ['f1@example.com', 'f2@example.com', 'f3@example.com'];
  emails.forEach(create);
  await settled();
  expect(shopify.app.heard).toEqual([]);
  const { body } = await shopify.control('POST', '/webhooks/release', { order: 'reverse' });
  expect(body).toEqual({ released: 3 });
  const heard = shopify.app.heard.map((one) => (JSON.parse(one.body) as { email: string }).email);
  expect(heard).toEqual(emails.toReversed());
});

test('shuffled deliveries all arrive, in another order', async () => {
  await shopify.control('PUT', '/webhooks/knobs', { reorderMs: 30 });
  const emails = ['g1@example.com', 'g2@example.com', 'g3@example.com', 'g4@example.com'];
  emails.forEach(create);
  await settled();
  // The chance given above is always one half, which mixes four to 1, 4, 2, 3.
  const log = shopify.app.heard.map((one) => (JSON.parse(one.body) as { email: string }).email);
  expect(log).toEqual([0, 3, 1, 2].map((index) => emails[index]));
});

test('a delivery of the log can be sent again by hand', async () => {
  create('h@example.com');
  await settled();
  const [delivery] = shopify.devstore.courier.log();
  await shopify.control('POST', `/webhooks/deliveries/${delivery?.id}/redeliver`, {});
  expect(shopify.app.heard).toHaveLength(2);
  expect(shopify.app.heard[0]?.body).toBe(shopify.app.heard[1]?.body);
});

test('any body can be sent rightly signed, ids above 2^53 included', async () => {
  const body = '{"id":820982911946154508,"broken":';
  await shopify.control('POST', '/webhooks/send', { topic: 'orders/create', body });
  await settled();
  expect(shopify.app.heard[0]).toMatchObject({
    topic: 'orders/create',
    body,
    url: '/webhooks/shopify',
  });
});

test('a Judge.me review is signed with the merchant’s secret, in hexadecimal', async () => {
  create('mia@example.com');
  const review = { customer: 'mia@example.com', product: 'monstera' };
  expect(await shopify.control('POST', '/reviews', review)).toMatchObject({ status: 400 });
  await shopify.control('PUT', '/judgeme-secret', { secret: 'abc' });
  const { body } = await shopify.control('POST', '/reviews', review);
  await shopify.control('PATCH', `/reviews/${(body as { review: { id: string } }).review.id}`, {
    published: false,
  });
  await settled();
  const reviews = shopify.app.heard.filter((one) => one.url.includes('judgeme'));
  for (const one of reviews) {
    const expected = createHmac('sha256', 'abc').update(one.body).digest('hex');
    expect(one.headers['judgeme-hmac-sha256']).toBe(expected);
  }
  const events = reviews.map((one) => JSON.parse(one.body) as { event: string; review: object });
  expect(events).toMatchObject([
    { event: 'review/created', review: { published: true, hidden: false } },
    { event: 'review/updated', review: { published: false, hidden: true } },
  ]);
});

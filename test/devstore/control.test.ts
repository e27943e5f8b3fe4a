import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runningShopify, type Running } from './running-shopify.ts';

let shopify: Running;
beforeAll(async () => {
  shopify = await runningShopify();
});
afterAll(() => shopify.close());

function rawStatus(headers: Record<string, string>): Promise<number> {
  const { port } = new URL(shopify.devstore.addresses.control);
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/shops', headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject).end();
  });
}

const wrong: [
  what: string,
  method: string,
  path: string,
  body: object,
  status: number,
  sentence: RegExp,
][] = [
  ['an unknown shop', 'POST', '/orders', { shop: 'nowhere.myshopify.com' }, 404, /no shop nowhere/],
  [
    'an unknown product',
    'POST',
    '/orders',
    { customer: null, lines: [{ product: 'x' }] },
    404,
    /no product x/,
  ],
  ['no lines', 'POST', '/orders', { customer: null, lines: [] }, 400, /^lines: /],
  [
    'half a unit',
    'POST',
    '/orders',
    { customer: null, lines: [{ product: 'monstera', quantity: 0.5 }] },
    400,
    /lines\[0\]\.quantity/,
  ],
  ['a misspelt key', 'POST', '/orders', { customer: null, line: [] }, 400, /line/],
  ['an unknown order', 'POST', '/orders/99/refund', { lines: 'all' }, 404, /no order 99/],
  [
    'an unknown customer',
    'PATCH',
    '/customers/who@example.com',
    { note: '' },
    404,
    /no customer who@/,
  ],
  [
    'a merge with itself',
    'POST',
    '/merges',
    { keep: 'kit@example.com', delete: 'kit@example.com' },
    400,
    /itself/,
  ],
  [
    'a scope that is not declared',
    'POST',
    '/app/scopes',
    { grant: ['write_themes'] },
    400,
    /write_themes/,
  ],
  [
    'a required scope taken away',
    'POST',
    '/app/scopes',
    { revoke: ['read_orders'] },
    400,
    /required/,
  ],
  ['a share above one', 'PUT', '/webhooks/knobs', { drop: 2 }, 400, /drop/],
  ['an unknown failure', 'POST', '/faults', { kind: 'meteor' }, 400, /kind/],
  ['a time zone of the moon', 'PATCH', '/shop', { ianaTimezone: 'Moon/Tycho' }, 400, /Moon\/Tycho/],
  ['an unknown delivery', 'POST', '/webhooks/deliveries/x/redeliver', {}, 404, /no delivery x/],
  ['a path that is not there', 'POST', '/nothing', {}, 404, /POST \/nothing/],
];

test.each(wrong)(
  '%s is refused with a sentence and changes nothing',
  async (_what, method, path, body, status, sentence) => {
    if (!shopify.store.findCustomerByEmail('kit@example.com')) {
      shopify.store.createCustomer({ email: 'kit@example.com' });
    }
    const before = JSON.stringify(shopify.store.records());
    const answer = await shopify.control(method, path, body);
    expect(answer.status).toBe(status);
    expect((answer.body as { error: string }).error).toMatch(sentence);
    expect(JSON.stringify(shopify.store.records())).toBe(before);
  },
);

test('what is not JSON is refused', async () => {
  const { control } = shopify.devstore.addresses;
  const response = await fetch(`${control}/orders`, { method: 'POST', body: '{"customer":' });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: 'The body is not JSON.' });
});

test('a foreign name or a page of another origin gets no answer', async () => {
  expect(await rawStatus({ host: 'localhost' })).toBe(200);
  expect(await rawStatus({ host: 'evil.example' })).toBe(421);
  expect(await rawStatus({ host: 'localhost', origin: 'http://evil.example' })).toBe(403);
  expect(
    await rawStatus({ host: 'localhost', origin: shopify.devstore.addresses.storefront }),
  ).toBe(403);
});

test('every example on the page works on the demo shop', async () => {
  const full = await runningShopify({ seed: { kind: 'demo' } });
  try {
    const { chapters } = await import('../../devstore/control/control.ts');
    await full.control('PUT', '/judgeme-secret', { secret: 's' });
    const names: Record<string, string> = {
      ':order': 'latest',
      ':customer': 'ada@example.com',
      ':product': 'gift-card',
      ':discount': 'WELCOME10',
      ':card': 'present2026',
      ':owner': 'mia@example.com',
    };
    const outcome: Record<string, number> = {};
    for (const { method, path, example } of chapters.flatMap((one) => one.routes)) {
      if (example === null || /:delivery|:review/.test(path)) continue;
      const url = path.replace(/:\w+/g, (name) => names[name] ?? name);
      outcome[`${method} ${path}`] = (await full.control(method, url, example)).status;
    }
    // On a paid order there is nothing to pay or void, and what was refunded wholly cannot be sent;
    // a sale that has a customer gets no other; a customer with orders stays.
    const refusals = Object.entries(outcome).filter(([, status]) => status !== 200);
    expect(refusals.map(([name]) => name)).toEqual([
      'POST /orders/:order/pay',
      'POST /orders/:order/void',
      'POST /orders/:order/customer',
      'POST /orders/:order/fulfill',
      'DELETE /customers/:customer',
    ]);
  } finally {
    await full.close();
  }
});

test('the page names every route and escapes what people called things', async () => {
  shopify.store.createCustomer({ email: 'x@example.com', firstName: '<script>alert(1)</script>' });
  await shopify.control('POST', '/products', { title: '<b>Bold</b>', priceMinor: 100 });
  await shopify.control('POST', '/orders', {
    customer: 'x@example.com',
    lines: [{ product: 'b-bold-b' }],
  });
  const page = await (await fetch(shopify.devstore.addresses.control)).text();
  expect(page).toContain('&lt;b&gt;Bold&lt;/b&gt;');
  expect(page).not.toContain('<b>Bold</b>');
  expect(page).toContain('/orders/:order/refund');
});

test('an order by its people’s names, and one of its items refunded', async () => {
  await shopify.control('POST', '/orders', {
    customer: 'newcomer@example.com',
    firstName: 'New',
    lines: [{ product: 'monstera', quantity: 2 }, { product: 'house-blend' }],
    shippingMinor: 0,
  });
  const { body } = await shopify.control('GET', '/orders/latest');
  const { order } = body as { order: { name: string; lines: { id: string }[] } };
  const path = `/orders/${order.name.slice(1)}/refund`;
  const refunded = await shopify.control('POST', path, { lines: [{ line: order.lines[0]?.id }] });
  // 2 × 22.90 + 9.90 = 55.70; one Monstera less is 32.80.
  expect(refunded.body).toMatchObject({
    order: {
      total: '55.70 EUR',
      currentSubtotal: '32.80 EUR',
      financialStatus: 'partially_refunded',
    },
  });
});

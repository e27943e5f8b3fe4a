import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAdminPages } from '../../devstore/admin-pages/index.ts';
import { orderFigures } from '../../devstore/state/orders/order-figures.ts';
import { readSessionToken } from '../../devstore/oauth/session-token.ts';
import {
  apiSecret,
  domain,
  rawRequest,
  serve,
  smallShop,
  writeMetafield,
  type SmallShop,
} from './small-shop.ts';

let shop: SmallShop;
let server: Awaited<ReturnType<typeof serve>>;
const base = '/store/small-shop';

beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.close());
beforeEach(() => {
  shop = smallShop();
  Object.assign(shop.world.addresses, { admin: server.origin, tunnel: 'http://localhost:7777' });
  server.use(createAdminPages(shop.world));
});

const get = (path: string) => fetch(server.origin + path, { redirect: 'manual' });
const text = async (path: string) => (await get(path)).text();
const post = (path: string, fields: Record<string, string>, origin = server.origin) =>
  fetch(server.origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin },
    body: new URLSearchParams(fields),
  });
const ask = async (path: string, body: object = {}) => {
  const response = await fetch(`${server.origin}${base}/bridge/${path}`, {
    method: 'POST',
    headers: { origin: server.origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

function order(quantity = 3) {
  const variantId = shop.store.productByHandle('green-tea')?.variants[0]?.id ?? '';
  return shop.store.placeOrder({
    lines: [{ variantId, quantity }],
    buyer: { customerId: shop.customerId },
  });
}

describe('the page that embeds the app', () => {
  test('loads the app’s path with what Shopify adds, signed', async () => {
    const page = await text(`${base}/apps/laurel/app/members?q=a`);
    const source = /data-src="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const url = new URL(source);
    expect([url.origin, url.pathname, url.searchParams.get('q')]).toEqual([
      'http://localhost:7777',
      '/app/members',
      'a',
    ]);
    expect(url.searchParams.get('embedded')).toBe('1');
    expect(url.searchParams.get('shop')).toBe(domain);
    expect(Buffer.from(url.searchParams.get('host') ?? '', 'base64').toString()).toBe(
      'admin.shopify.com/store/small-shop',
    );
    const token = readSessionToken(shop.world, shop.store, url.searchParams.get('id_token') ?? '');
    expect('claims' in token).toBe(true);
    const message = [...url.searchParams]
      .filter(([name]) => name !== 'hmac')
      .map(([name, value]) => `${name}=${value}`)
      .sort()
      .join('&');
    expect(url.searchParams.get('hmac')).toBe(
      createHmac('sha256', apiSecret).update(message).digest('hex'),
    );
  });

  test('is found by the app’s client id as well', async () => {
    const response = await get(`${base}/apps/local-client-id/app?x=1`);
    expect(response.headers.get('location')).toBe(`${base}/apps/laurel/app?x=1`);
  });

  test('cannot be made to load another site', async () => {
    for (const path of ['//evil.example/x', '/\\evil.example', '/https://evil.example']) {
      const answer = await rawRequest(server.origin, {
        path: `${base}/apps/laurel${path}`,
        headers: { host: new URL(server.origin).host },
      });
      expect(answer.status).toBe(200);
      expect(/data-src="([^"]+)"/.exec(answer.body)?.[1]).toMatch(/^http:\/\/localhost:7777\//);
    }
  });

  test('offers to install an app that is not there, and installs and uninstalls it', async () => {
    await post(`${base}/apps/laurel/uninstall`, {});
    expect(shop.store.installation).toBeNull();
    const page = await text(`${base}/apps/laurel`);
    expect(page).toContain('<code>write_customers</code>');
    expect(page).not.toContain('app-frame');
    await post(`${base}/apps/laurel/install`, {});
    expect(shop.store.installation?.grantedScopes).toContain('write_customers');
  });

  test('may be framed by nobody', async () => {
    expect((await get(`${base}/apps/laurel`)).headers.get('content-security-policy')).toBe(
      "frame-ancestors 'none'",
    );
  });
});

describe('what App Bridge asks', () => {
  test('id tokens are fresh, short and for this shop', async () => {
    const one = await ask('id-token');
    const two = await ask('id-token');
    expect(one.body['token']).not.toBe(two.body['token']);
    const read = readSessionToken(shop.world, shop.store, String(one.body['token']));
    if (!('claims' in read)) throw new Error(read.refusal);
    expect(read.claims.exp - read.claims.iat).toBeLessThanOrEqual(60);
    expect(read.claims.dest).toBe(`https://${domain}`);
  });

  test('another site gets no id token', async () => {
    const response = await post(`${base}/bridge/id-token`, {}, 'http://localhost:7777');
    expect(response.status).toBe(403);
  });

  test('extensions tell which blocks are in the theme', async () => {
    const states = async () => {
      const [extension] = (await ask('extensions')).body['value'] as [
        { activations: { handle: string; target: string; status: string }[] },
      ];
      return extension.activations.map((one) => [one.handle, one.target, one.status]);
    };
    const blocks = (launcher: string): string[][] => [
      ...['badges', 'challenges', 'game'].map((name) => [name, 'section', 'available']),
      ['launcher', 'body', launcher],
      ...['leaderboard', 'member-card', 'quiz', 'refer-friend', 'streak'].map((name) => [
        name,
        'section',
        'available',
      ]),
    ];
    expect(await states()).toEqual(blocks('available'));
    await post(`${base}/themes/current/blocks/launcher`, { active: 'yes' });
    expect(await states()).toEqual(blocks('active'));
  });

  test('scopes are granted and revoked as far as shopify.app.toml declares them', async () => {
    expect((await ask('scopes')).body['value']).toMatchObject({
      optional: expect.arrayContaining(['read_all_orders', 'write_gift_cards']) as string[],
    });
    const granted = (await ask('scopes-grant', { scopes: ['read_all_orders'] })).body['value'] as {
      granted: string[];
    };
    expect(granted.granted).toContain('read_all_orders');
    const refused = await ask('scopes-grant', { scopes: ['write_themes'] });
    expect([refused.status, String(refused.body['error'])]).toEqual([
      422,
      expect.stringContaining('write_themes'),
    ]);
    const revoked = (await ask('scopes-revoke', { scopes: ['read_all_orders'] })).body['value'] as {
      granted: string[];
    };
    expect(revoked.granted).not.toContain('read_all_orders');
    expect((await ask('scopes-revoke', { scopes: ['write_customers'] })).status).toBe(422);
  });

  test('the picker finds products, variants and collections, and nothing else', async () => {
    const titles = async (query: string) =>
      (
        (await (await get(`${base}/bridge/resources?${query}`)).json()) as {
          title: string;
          id: string;
        }[]
      ).map((one) => one.title);
    expect(await titles('type=product&query=TEA')).toEqual(['Green tea', 'Black tea', 'Teapot']);
    expect(await titles('type=product&query=tea&within=black')).toEqual(['Black tea']);
    expect(await titles('type=collection&query=')).toEqual(['Tea']);
    expect(await titles('type=variant&query=pot')).toEqual(['Teapot']);
    expect((await get(`${base}/bridge/resources?type=customer`)).status).toBe(400);
  });
});

describe('an order’s page', () => {
  test('refunds, removes and adds items, and cancels', async () => {
    const bought = order();
    const path = `${base}/orders/${bought.id}`;
    const lineId = bought.lines[0]?.id ?? '';
    expect(await text(path)).toContain('Refund item');
    await post(`${path}/refund`, { lineId, quantity: '1' });
    // 12.50 of 3 × 12.50 + 4.90
    expect(orderFigures(bought).refunded.shop).toBe(1250);
    await post(`${path}/remove`, { lineId, quantity: '1' });
    expect(bought.lines[0]?.currentQuantity).toBe(1);
    const variantId = shop.store.productByHandle('teapot')?.variants[0]?.id ?? '';
    await post(`${path}/add`, { variantId, quantity: '2' });
    expect(bought.lines.map((line) => line.currentQuantity)).toEqual([1, 2]);
    await post(`${path}/cancel`, {});
    expect(bought.cancelledAt).not.toBeNull();
    expect(await text(path)).toContain('Cancelled');
  });

  test('says why something is not possible and changes nothing', async () => {
    const bought = order(1);
    const response = await post(`${base}/orders/${bought.id}/refund`, {
      lineId: bought.lines[0]?.id ?? '',
      quantity: '5',
    });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('5 units of Green tea cannot go: 1 are left');
    expect(bought.refunds).toEqual([]);
    expect((await post(`${base}/orders/${bought.id}/refund`, { quantity: 'x' })).status).toBe(400);
    expect((await get(`${base}/orders/1`)).status).toBe(404);
  });

  test('takes no form of another site', async () => {
    const bought = order(1);
    const response = await post(`${base}/orders/${bought.id}/cancel`, {}, 'http://localhost:7777');
    expect(response.status).toBe(403);
    expect(bought.cancelledAt).toBeNull();
  });
});

describe('lists', () => {
  test('find orders and customers by what a person would type', async () => {
    const bought = order();
    expect(await text(`${base}/orders?q=ADA@`)).toContain(bought.name);
    expect(await text(`${base}/orders?q=nobody`)).not.toContain(`${bought.name}</a>`);
    expect(await text(`${base}/customers?q=ada&page=99`)).toContain('Ada Member');
    expect(await text(`${base}/products?q=pot`)).toContain('Teapot');
  });

  test('a customer’s page shows tags and metafields, escaped', async () => {
    shop.store.requireCustomer(shop.customerId).tags.push('loyalty: <gold>');
    writeMetafield(shop.store, { customer: shop.customerId }, 'progress', 'json', { v: 1 });
    const page = await text(`${base}/customers/${shop.customerId}`);
    expect(page).toContain('loyalty: &lt;gold&gt;');
    expect(page).toContain('app--77.progress');
    expect(page).toContain('&quot;v&quot;: 1');
  });

  test('an unknown shop is told so', async () => {
    expect((await get('/store/nobody')).status).toBe(404);
  });
});

test('the theme editor points at the block that the app’s link names', async () => {
  const link = `${base}/admin/themes/current/editor?context=apps&activateAppId=local-client-id/launcher`;
  const page = await text(link);
  expect(page).toMatch(/class="line asked"[\s\S]*?Rewards button[\s\S]*?Switch on/);
  expect(await text(`${base}/themes/current/editor?activateAppId=other/launcher`)).toContain(
    'is not here',
  );
  expect((await post(`${base}/themes/current/blocks/nothing`, { active: 'yes' })).status).toBe(404);
  expect(shop.store.theme.activeBlocks).toEqual([]);
});

test('apps are opened in the language that the merchant chose', async () => {
  expect(await text(`${base}/apps/laurel`)).toContain('locale=en&amp;');
  const chosen = await post(`${base}/settings/language`, { language: 'de' });
  const cookie = chosen.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const page = await fetch(`${server.origin}${base}/apps/laurel`, { headers: { cookie } });
  expect(await page.text()).toContain('locale=de&amp;');
  expect((await post(`${base}/settings/language`, { language: 'xx' })).status).toBe(400);
});

import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createStorefront } from '../../devstore/storefront/index.ts';
import { signProxyQuery } from '../../devstore/storefront/app-proxy.ts';
import {
  apiSecret,
  domain,
  rawRequest,
  serve,
  smallShop,
  writeMetafield,
  type SmallShop,
} from './small-shop.ts';
import { programme } from './loyalty-metafields.ts';
import { ShopperClient } from './shopper.ts';

const vectors = z
  .object({
    secret: z.string(),
    cases: z.array(z.object({ query: z.string(), signature: z.string() })),
  })
  .parse(
    JSON.parse(
      readFileSync(new URL('../payloads/app-proxy/vectors.json', import.meta.url), 'utf8'),
    ),
  );

test('the signature is Shopify’s, by the vectors of its documentation', () => {
  expect(vectors.cases.length).toBeGreaterThan(1);
  for (const { query, signature } of vectors.cases) {
    expect(signProxyQuery([...new URLSearchParams(query)], vectors.secret)).toBe(signature);
  }
});

type Seen = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
};

describe('a request to the app’s path on the storefront', () => {
  let shop: SmallShop;
  let storefront: Awaited<ReturnType<typeof serve>>;
  let app: Awaited<ReturnType<typeof serve>>;
  let seen: Seen[] = [];
  let answer: (response: ServerResponse) => void;

  beforeAll(async () => {
    storefront = await serve();
    app = await serve();
    app.use((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '', 'http://app');
        const body = Buffer.concat(chunks).toString();
        seen.push({
          method: request.method ?? '',
          path: url.pathname,
          query: url.searchParams,
          headers: request.headers,
          body,
        });
        answer(response);
      });
    });
  });
  afterAll(async () => {
    await storefront.close();
    await app.close();
  });
  beforeEach(() => {
    shop = smallShop();
    shop.world.addresses.storefront = storefront.origin;
    shop.world.appUrl = app.origin;
    storefront.use(createStorefront(shop.world));
    seen = [];
    answer = (response) => response.end('{}');
  });
  afterEach(() => {
    for (const one of seen) {
      const signature = one.query.get('signature');
      expect(signProxyQuery([...one.query], apiSecret)).toBe(signature);
    }
  });

  test('is signed and names shop, path and moment; the customer is empty for a guest', async () => {
    await new ShopperClient(storefront.origin).get('/apps/laurel/points?extra=1&extra=2');
    expect(seen).toHaveLength(1);
    const [{ path, query }] = seen as [Seen];
    expect(path).toBe('/proxy/points');
    expect(query.getAll('extra')).toEqual(['1', '2']);
    expect(query.get('shop')).toBe(domain);
    expect(query.get('logged_in_customer_id')).toBe('');
    expect(query.get('path_prefix')).toBe('/apps/laurel');
    // 2026-11-20T12:00:00Z, the shop's clock
    expect(query.get('timestamp')).toBe('1795176000');
  });

  test('names the customer who is logged in, and only that one', async () => {
    const client = new ShopperClient(storefront.origin);
    await client.post('/account/login', { email: 'ada@example.com' });
    await client.get(
      '/apps/laurel?logged_in_customer_id=1&shop=evil.myshopify.com&signature=x&timestamp=1',
    );
    const [{ path, query }] = seen as [Seen];
    expect(path).toBe('/proxy');
    expect(query.getAll('logged_in_customer_id')).toEqual([shop.customerId]);
    expect(query.getAll('shop')).toEqual([domain]);
    expect(query.getAll('signature')).toHaveLength(1);
    expect(query.getAll('timestamp')).toEqual(['1795176000']);
  });

  test('carries method and body, and no cookie in either direction', async () => {
    answer = (response) => {
      response.setHeader('Set-Cookie', 'a=1');
      response.setHeader('Server', 'secret');
      response.setHeader('Pragma', 'no-cache');
      response.setHeader('X-Own', 'kept');
      response.statusCode = 201;
      response.end('{"ok":true}');
    };
    const response = await fetch(`${storefront.origin}/apps/laurel/redeem`, {
      method: 'POST',
      headers: { cookie: 'local_storefront=abc', 'content-type': 'application/json' },
      body: '{"reward":"five"}',
    });
    const [{ method, body, headers }] = seen as [Seen];
    expect([method, body, headers['content-type']]).toEqual([
      'POST',
      '{"reward":"five"}',
      'application/json',
    ]);
    expect(headers.cookie).toBeUndefined();
    expect(headers['x-forwarded-for']).toMatch(/127\.0\.0\.1|::1/);
    expect(response.status).toBe(201);
    expect(await response.text()).toBe('{"ok":true}');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.headers.get('server')).toBeNull();
    expect(response.headers.get('pragma')).toBeNull();
    expect(response.headers.get('x-own')).toBe('kept');
  });

  test('cannot leave the app’s proxy path', async () => {
    const { host } = new URL(storefront.origin);
    for (const path of [
      '/apps/laurel/../../webhooks',
      '/apps/laurel/%2e%2e/%2e%2e/webhooks',
      '/apps/laurel//evil.example/x',
    ]) {
      await rawRequest(storefront.origin, { path, headers: { host } });
    }
    expect(seen).toHaveLength(3);
    for (const { path } of seen) expect(path).toMatch(/^\/proxy(\/|$)/);
  });

  test('gets application/liquid drawn inside the theme, without the app’s private namespace', async () => {
    writeMetafield(shop.store, { customer: shop.customerId }, 'points', 'number_integer', '7');
    writeMetafield(shop.store, { app: true, namespace: 'laurel' }, 'programme', 'json', programme);
    const client = new ShopperClient(storefront.origin);
    await client.post('/account/login', { email: 'ada@example.com' });
    answer = (response) => {
      response.setHeader('Content-Type', 'application/liquid; charset=utf-8');
      response.end(
        `<p>{{ customer.first_name }} {{ 1250 | money }} [{{ customer.metafields['$app'].points.value }}{{ app.metafields.laurel }}]</p>`,
      );
    };
    const page = await client.page('/apps/laurel/rewards');
    expect(page).toContain('<p>Ada €12.50 []</p>');
    expect(page).toContain('<header class="site">');
    answer = (response) => {
      response.setHeader('Content-Type', 'application/liquid');
      response.end('{% layout none %}<p>{{ shop.currency }}</p>');
    };
    expect(await client.page('/apps/laurel/rewards')).toBe('<p>EUR</p>');
  });

  test('follows the app’s redirects itself', async () => {
    answer = (response) => {
      if (seen.length > 1) response.end('there');
      else response.writeHead(302, { Location: '/proxy/there' }).end();
    };
    const response = await new ShopperClient(storefront.origin).get('/apps/laurel/here');
    expect([response.status, await response.text()]).toEqual([200, 'there']);
    seen = seen.slice(0, 1);
  });

  test('is answered 502 while the app is down', async () => {
    shop.world.appUrl = 'http://127.0.0.1:9';
    const response = await new ShopperClient(storefront.origin).get('/apps/laurel');
    expect([response.status, await response.text()]).toEqual([502, 'The app does not answer.\n']);
  });
});

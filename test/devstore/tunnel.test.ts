import type { RequestListener, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTunnel, replacing } from '../../devstore/admin-pages/tunnel.ts';
import { domain, rawRequest, serve, smallShop, type SmallShop } from './small-shop.ts';

const adminOrigin = 'http://localhost:1234';
let shop: SmallShop;
let tunnel: Awaited<ReturnType<typeof serve>>;
let app: Awaited<ReturnType<typeof serve>>;
let answer: RequestListener;

beforeAll(async () => {
  tunnel = await serve();
  app = await serve();
  app.use((request, response) => answer(request, response));
});
afterAll(async () => {
  await tunnel.close();
  await app.close();
});
beforeEach(() => {
  shop = smallShop();
  Object.assign(shop.world.addresses, { admin: adminOrigin, tunnel: tunnel.origin });
  shop.world.appUrl = app.origin;
  tunnel.use(createTunnel(shop.world));
});

const page = (response: ServerResponse, text: string) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(text);
};

describe('who may frame the app', () => {
  const policyFor = async (policy: string | null) => {
    answer = (_request, response) => {
      if (policy !== null) response.setHeader('Content-Security-Policy', policy);
      page(response, '<p>');
    };
    return (await fetch(tunnel.origin)).headers.get('content-security-policy');
  };

  test('the local admin may, where the app names the shop', async () => {
    const policy = `frame-ancestors https://${domain} https://admin.shopify.com;`;
    expect(await policyFor(policy)).toBe(
      `frame-ancestors https://${domain} https://admin.shopify.com ${adminOrigin};`,
    );
    const more = `default-src 'self'; frame-ancestors https://${domain}; img-src *`;
    expect(await policyFor(more)).toBe(
      `default-src 'self'; frame-ancestors https://${domain} ${adminOrigin}; img-src *`,
    );
  });

  test('a header that is missing or names another shop stays as it is, so that it shows', async () => {
    expect(await policyFor(null)).toBeNull();
    for (const wrong of [
      `frame-ancestors 'none'`,
      'frame-ancestors https://other.myshopify.com',
      `default-src https://${domain}`,
    ]) {
      expect(await policyFor(wrong)).toBe(wrong);
    }
  });
});

test('App Bridge’s address on Shopify’s hosts becomes the stand-in’s, and its preload goes', async () => {
  answer = (_request, response) => {
    const cdn = '<https://cdn.shopify.com/shopifycloud/app-bridge.js>; rel="preload"; as="script";';
    response.setHeader('Link', `${cdn}, </style.css>; rel="preload"`);
    page(response, '<script src="https://cdn.shopify.com/shopifycloud/app-bridge.js"></script>');
  };
  const response = await fetch(tunnel.origin);
  expect(response.headers.get('link')?.trim()).toBe('</style.css>; rel="preload"');
  expect(await response.text()).toBe(
    `<script src="${tunnel.origin}/local/app-bridge.js"></script>`,
  );
});

test('the stand-in is one script that knows the admin’s origin', async () => {
  const response = await fetch(`${tunnel.origin}/local/app-bridge.js`);
  expect(response.headers.get('content-type')).toContain('text/javascript');
  const script = await response.text();
  expect(script).toContain(adminOrigin);
  expect(script).not.toContain('LOCAL_ADMIN_ORIGIN');
});

test('redirects to the real admin lead to the local one', async () => {
  const located = async (location: string) => {
    answer = (_request, response) => response.writeHead(302, { Location: location }).end();
    return (await fetch(tunnel.origin, { redirect: 'manual' })).headers.get('location');
  };
  expect(await located('https://admin.shopify.com/store/small-shop/apps/x?a=1')).toBe(
    `${adminOrigin}/store/small-shop/apps/x?a=1`,
  );
  expect(await located(`https://${domain}/admin/themes/current/editor`)).toBe(
    `${adminOrigin}/store/small-shop/themes/current/editor`,
  );
  expect(await located('/auth/session-token?x')).toBe('/auth/session-token?x');
  expect(await located('https://example.com/admin')).toBe('https://example.com/admin');
});

test('bodies pass as the bytes they are, in both directions', async () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
  answer = (request, response) => {
    response.setHeader('Content-Type', 'application/octet-stream');
    response.setHeader('X-Forwarded', String(request.headers['x-forwarded-host']));
    request.pipe(response);
  };
  const response = await fetch(`${tunnel.origin}/x`, { method: 'POST', body: bytes });
  expect(response.headers.get('x-forwarded')).toBe(new URL(tunnel.origin).host);
  expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), Buffer.from(bytes))).toBe(0);
});

test('a page arrives while the app still writes it', async () => {
  let finish = () => {};
  answer = (_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.write('<p>first');
    finish = () => response.end('last');
  };
  const response = await fetch(tunnel.origin);
  const reader = response.body?.getReader();
  const first = await reader?.read();
  expect(new TextDecoder().decode(first?.value)).toBe('<p>first');
  finish();
  const last = await reader?.read();
  expect(new TextDecoder().decode(last?.value)).toBe('last');
});

test('while the app is down a page says so and tries again, and a fetch gets plain 502', async () => {
  shop.world.appUrl = 'http://127.0.0.1:9';
  const document = await fetch(tunnel.origin, { headers: { accept: 'text/html' } });
  expect(document.status).toBe(502);
  const text = await document.text();
  expect(text).toContain('Nothing answers at http://127.0.0.1:9.');
  expect(text).toContain('http-equiv="refresh"');
  const request = await fetch(tunnel.origin, { method: 'POST', headers: { accept: 'text/html' } });
  expect([request.status, await request.text()]).toEqual([
    502,
    'The app does not answer at http://127.0.0.1:9.\n',
  ]);
});

test('an answer that breaks off in the middle breaks off here too', async () => {
  answer = (_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.write('<p>half');
    setImmediate(() => response.destroy());
  };
  await expect(fetch(tunnel.origin).then((response) => response.text())).rejects.toThrow();
});

test('foreign names are refused', async () => {
  answer = (_request, response) => page(response, 'secret');
  const refused = await rawRequest(tunnel.origin, { path: '/', headers: { host: 'evil.example' } });
  expect([refused.status, refused.body.includes('secret')]).toEqual([421, false]);
});

test('text is replaced wherever the chunks of a stream are cut', async () => {
  const source = 'abcNEEDLEdefNEEDLENEEdleNEED';
  const cuts = source.length;
  for (let one = 0; one <= cuts; one += 1) {
    for (let two = one; two <= cuts; two += 1) {
      const stream = replacing('NEEDLE', '-');
      const parts: string[] = [];
      stream.on('data', (chunk: Buffer) => parts.push(chunk.toString()));
      const ended = new Promise((resolve) => stream.on('end', resolve));
      for (const part of [source.slice(0, one), source.slice(one, two), source.slice(two)]) {
        stream.write(Buffer.from(part));
      }
      stream.end();
      await ended;
      expect(parts.join('')).toBe('abc-def-NEEdleNEED');
    }
  }
});

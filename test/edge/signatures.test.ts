import '@shopify/shopify-api/adapters/node';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  headersOf,
  openSite,
  PREVIOUS_SECRET,
  sample,
  SECRET,
  send,
  SHOPIFY_PATH,
  sign,
} from './edge-site.ts';
import type { EdgeSite } from './edge-site.ts';

let site: EdgeSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const body = sample('2026-07/orders_create.json');
const good = sign(body);

/** [what is wrong, the bytes that are sent, the signature that is sent] */
const forgeries: readonly (readonly [string, Buffer, string | null])[] = [
  ['no signature', body, null],
  ['an empty signature', body, ''],
  ['a forged signature', body, Buffer.alloc(32, 1).toString('base64')],
  ['a signature whose first byte is wrong', body, `${good[0] === 'A' ? 'B' : 'A'}${good.slice(1)}`],
  ['a truncated signature', body, good.slice(0, -2)],
  ['a signature without its padding', body, good.replace(/=+$/, '')],
  ['a signature with more behind it', body, `${good}AAAA`],
  ['hex instead of base64', body, createHmac('sha256', SECRET).update(body).digest('hex')],
  ['base64url', body, createHmac('sha256', SECRET).update(body).digest('base64url') + '='],
  ['SHA-1', body, createHmac('sha1', SECRET).update(body).digest('base64')],
  ["another app's secret", body, sign(body, 'the-secret-of-another-app')],
  ['an empty secret', body, sign(body, '')],
  ['an altered body', Buffer.from(body.toString().replace('414.95', '914.95')), good],
  ['a body with a space behind it', Buffer.concat([body, Buffer.from(' ')]), good],
  ['a body that lost its last byte', body.subarray(0, -1), good],
  ['an empty body', Buffer.alloc(0), sign('')],
  ['the signature twice', body, `${good}, ${good}`],
];

describe('A delivery that Shopify did not sign', () => {
  test.each(forgeries)('is refused and stored nowhere: %s', async (_what, bytes, signature) => {
    const sent = await send(site, 'orders/create', bytes, { 'X-Shopify-Hmac-Sha256': signature });
    expect([sent.status, sent.says]).toEqual([401, 'The signature is not valid.']);
    expect(await site.stored(sent.webhookId)).toBeUndefined();
  });

  test('is refused when the signature stands in another place', async () => {
    const answer = await fetch(`${site.url}${SHOPIFY_PATH}?hmac=${encodeURIComponent(good)}`, {
      method: 'POST',
      headers: {
        ...(headersOf(site, 'orders/create', body) as Record<string, string>),
        'X-Shopify-Hmac-Sha256': '',
      },
      body: new Uint8Array(body),
    });
    expect(answer.status).toBe(401);
  });
});

describe('A delivery that Shopify signed', () => {
  test('is stored', async () => {
    const sent = await send(site, 'orders/create', body);
    expect([sent.status, sent.says]).toEqual([200, 'Stored.']);
    expect(await site.stored(sent.webhookId)).toMatchObject({ shop_id: site.shop.id });
  });

  test('with the secret before the last rotation is stored', async () => {
    const sent = await send(site, 'orders/create', body, {
      'X-Shopify-Hmac-Sha256': sign(body, PREVIOUS_SECRET),
    });
    expect(sent.status).toBe(200);
    expect(await site.stored(sent.webhookId)).toBeDefined();
  });

  test('is known however the names of its headers are written', async () => {
    const headers = Object.entries(headersOf(site, 'orders/create', body)).map(
      ([name, value]): [string, string] => [name.toUpperCase(), String(value)],
    );
    const answer = await fetch(`${site.url}${SHOPIFY_PATH}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
    });
    expect(answer.status).toBe(200);
  });
});

describe("Shopify's own library", () => {
  const shopify = shopifyApi({
    apiKey: 'client-id',
    apiSecretKey: SECRET,
    apiVersion: ApiVersion.July26,
    hostName: 'localhost',
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Error },
  });

  /** What the library says of a request that really came over a socket. */
  async function libraryTakes(bytes: Buffer, headers: Record<string, string>): Promise<boolean> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const rawBody = Buffer.concat(chunks).toString('utf8');
        void shopify.webhooks
          .validate({ rawBody, rawRequest: request, rawResponse: response })
          .then(({ valid }) => response.end(String(valid)));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const answer = await fetch(`http://127.0.0.1:${port}`, {
        method: 'POST',
        headers,
        body: new Uint8Array(bytes),
      });
      return (await answer.text()) === 'true';
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  const signed: readonly (readonly [string, Buffer, string | null])[] = [
    ['a sample', body, good],
    [
      'a text with signs of many languages',
      Buffer.from('{"name":"Zoë 茶 🫖"}'),
      sign('{"name":"Zoë 茶 🫖"}'),
    ],
    ['a body that is no JSON', Buffer.from('no json'), sign('no json')],
    ...forgeries,
  ];

  test.each(signed)('and the edge agree about %s', async (_what, bytes, signature) => {
    const headers = headersOf(site, 'orders/create', bytes) as Record<string, string>;
    delete headers['X-Shopify-Hmac-Sha256'];
    if (signature !== null) headers['X-Shopify-Hmac-Sha256'] = signature;
    const sent = await send(site, 'orders/create', bytes, { 'X-Shopify-Hmac-Sha256': signature });
    expect(sent.status === 200).toBe(await libraryTakes(bytes, headers));
  });
});

test('signatures are compared in constant time, and nowhere with an operator', () => {
  const code = readFileSync(join(import.meta.dirname, '../../app/edge/signatures.ts'), 'utf8');
  expect(code).toContain('timingSafeEqual(given, expected)');
  expect(code).not.toMatch(
    /(?:signature|given|expected)\s*[!=]==?\s*(?:signature|given|expected)\b(?!\.length)/,
  );
});

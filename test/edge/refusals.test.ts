import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { headersOf, openSite, send, SHOPIFY_PATH } from './edge-site.ts';
import type { EdgeSite } from './edge-site.ts';
import { PATIENT_EDGE } from '../support/patience.ts';

let site: EdgeSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const MEGABYTE = 1024 * 1024;
const order = { id: 5_678_901_234_567, customer: null };

/** Sends pieces of a body by hand, so that a test decides how and when. */
function open(
  topic: string,
  body: Buffer,
  change: Record<string, string> = {},
  at = site,
): ClientRequest {
  const headers = { ...headersOf(at, topic, body), ...change };
  const sending = httpRequest(`${at.url}${SHOPIFY_PATH}`, { method: 'POST', headers });
  sending.on('error', () => undefined);
  return sending;
}

interface Answered {
  readonly status: number;
  readonly closes: boolean;
}

/** Whoever does not send their body to its end sees the answer's end only when the edge is tired of it. */
async function beginningOf(sending: ClientRequest): Promise<Answered & { rest: IncomingMessage }> {
  const [rest] = (await once(sending, 'response')) as [IncomingMessage];
  const { statusCode: status = 0, headers } = rest;
  return { status, closes: headers.connection === 'close', rest };
}

async function answerTo(sending: ClientRequest): Promise<Answered & { says: string }> {
  const { rest, ...answered } = await beginningOf(sending);
  const chunks: Buffer[] = [];
  for await (const chunk of rest) chunks.push(chunk as Buffer);
  return { ...answered, says: Buffer.concat(chunks).toString() };
}

describe('A signed delivery', () => {
  const needed = ['Topic', 'Webhook-Id', 'Shop-Domain', 'Api-Version'];

  test.each(needed)('without X-Shopify-%s is refused with 400', async (name) => {
    for (const value of [null, '', '   ']) {
      const sent = await send(site, 'orders/create', order, { [`X-Shopify-${name}`]: value });
      expect(sent.status).toBe(400);
      expect(sent.says).toMatch(/^A header is missing, too long or there twice: \w+\.$/);
      expect(await site.stored(sent.webhookId)).toBeUndefined();
    }
  });

  test.each(needed)('with an X-Shopify-%s that is too long is refused with 400', async (name) => {
    const sent = await send(site, 'orders/create', order, {
      [`X-Shopify-${name}`]: 'a'.repeat(256),
    });
    expect(sent.status).toBe(400);
    expect(await site.stored(sent.webhookId)).toBeUndefined();
  });

  test('needs neither event id nor trigger time, and an unreadable time is left out', async () => {
    const bare = await send(site, 'orders/create', order, {
      'X-Shopify-Event-Id': null,
      'X-Shopify-Triggered-At': null,
    });
    const odd = await send(site, 'orders/create', order, {
      'X-Shopify-Event-Id': 'e'.repeat(300),
      'X-Shopify-Triggered-At': 'yesterday',
    });
    expect([bare.status, odd.status]).toEqual([200, 200]);
    expect(await site.stored(bare.webhookId)).toMatchObject({ event_id: null, triggered_at: null });
    expect(await site.stored(odd.webhookId)).toMatchObject({
      event_id: 'e'.repeat(255),
      triggered_at: null,
    });
  });

  test('with headers of more than 16 KB is refused before anything reads it', async () => {
    const sent = await send(site, 'orders/create', order, { 'X-Large': 'x'.repeat(20_000) });
    expect(sent.status).toBe(431);
    expect(await site.stored(sent.webhookId)).toBeUndefined();
  });
});

describe('Any other method than POST', () => {
  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    'is answered 405 and told what is allowed: %s',
    async (method) => {
      for (const path of [SHOPIFY_PATH, '/webhooks/judgeme/any.myshopify.com']) {
        const sending = httpRequest(`${site.url}${path}`, { method });
        sending.end();
        const [answer] = (await once(sending, 'response')) as [IncomingMessage];
        answer.resume();
        expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'POST']);
      }
    },
  );

  test('with a body leaves its connection usable', async () => {
    const raw = connect(site.port, '127.0.0.1');
    raw.write(`PUT ${SHOPIFY_PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello`);
    const [first] = (await once(raw, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1\.1 405 /);
    raw.write(`GET ${SHOPIFY_PATH} HTTP/1.1\r\nHost: a\r\n\r\n`);
    const [second] = (await once(raw, 'data')) as [Buffer];
    expect(second.toString()).toMatch(/^HTTP\/1\.1 405 /);
    raw.destroy();
  });
});

test('Other paths are left to the app', async () => {
  for (const path of [
    '/',
    '/webhooks',
    '/webhooks/shopify/',
    '/webhooks/shopifyx',
    '/webhooks/judgeme',
  ]) {
    const answer = await fetch(`${site.url}${path}`, { method: 'POST', body: '{}' });
    expect([path, answer.status]).toEqual([path, 404]);
  }
});

describe('A body', () => {
  const large = (bytes: number): Buffer => {
    const body = Buffer.alloc(bytes, 0x20);
    body.write('{"id":77,"note":"');
    body.write('"}', bytes - 2);
    return body;
  };

  test('of exactly 5 MB is stored byte for byte', async () => {
    const body = large(5 * MEGABYTE);
    const sent = await send(site, 'orders/updated', body);
    expect(sent.status).toBe(200);
    const row = await site.stored(sent.webhookId);
    expect(row?.body.equals(body)).toBe(true);
    expect(row?.subject).toBe('order:77');
  });

  test('of 5 MB and one byte is refused with 413, and the connection is closed', async () => {
    const body = large(5 * MEGABYTE + 1);
    const webhookId = 'too-large-announced';
    const sending = open('orders/updated', body, {
      'Content-Length': String(body.length),
      'X-Shopify-Webhook-Id': webhookId,
    });
    sending.end(body);
    expect(await answerTo(sending)).toEqual({ status: 413, says: 'At most 5 MB.', closes: true });
    expect(await site.stored(webhookId)).toBeUndefined();
  });

  test('of 5 MB and one byte in chunks is refused with 413, and the connection is closed', async () => {
    const body = large(5 * MEGABYTE + 1);
    const webhookId = 'too-large-chunked';
    const sending = open('orders/updated', body, {
      'Transfer-Encoding': 'chunked',
      'X-Shopify-Webhook-Id': webhookId,
    });
    const answer = answerTo(sending);
    for (let at = 0; at < body.length; at += 300_000)
      sending.write(body.subarray(at, at + 300_000));
    sending.end();
    expect(await answer).toEqual({ status: 413, says: 'At most 5 MB.', closes: true });
    expect(await site.stored(webhookId)).toBeUndefined();
  });

  test('that never ends is refused with 413 while it is still being sent', async () => {
    const sending = open('orders/updated', Buffer.from('{}'), { 'Transfer-Encoding': 'chunked' });
    const answer = beginningOf(sending);
    let stopped = false;
    const pour = (): void => {
      if (stopped || sending.destroyed) return;
      sending.write(Buffer.alloc(64 * 1024, 0x20), () => setImmediate(pour));
    };
    pour();
    expect((await answer).status).toBe(413);
    stopped = true;
    sending.destroy();
  });

  test('that is announced as too large is refused before it is sent', async () => {
    const sending = open('orders/updated', Buffer.from('{}'), { 'Content-Length': '100000000' });
    sending.flushHeaders();
    expect((await beginningOf(sending)).status).toBe(413);
    sending.destroy();
  });

  test('in chunks of one byte is stored', async () => {
    const body = Buffer.from(JSON.stringify({ id: 12, title: 'Tea' }));
    const sending = open('products/update', body, {
      'Transfer-Encoding': 'chunked',
      'X-Shopify-Webhook-Id': 'bytewise',
    });
    const answer = answerTo(sending);
    for (const byte of body) sending.write(Buffer.of(byte));
    sending.end();
    expect((await answer).status).toBe(200);
    expect((await site.stored('bytewise'))?.body.equals(body)).toBe(true);
  });

  test('that comes slowly holds up nobody, and is stored when it is whole', async () => {
    const body = Buffer.from(JSON.stringify(order));
    const slow = open('orders/create', body, {
      'Content-Length': String(body.length),
      'X-Shopify-Webhook-Id': 'slow-one',
    });
    const answer = answerTo(slow);
    slow.write(body.subarray(0, 5));
    const others = await Promise.all(
      Array.from({ length: 20 }, () => send(site, 'orders/create', order)),
    );
    expect(others.every(({ status }) => status === 200)).toBe(true);
    expect(await site.stored('slow-one')).toBeUndefined();
    slow.end(body.subarray(5));
    expect((await answer).status).toBe(200);
    expect(await site.stored('slow-one')).toBeDefined();
  });

  test('that does not come to its end is refused with 408', async () => {
    const impatient = await openSite({ patience: { ...PATIENT_EDGE, bodyMs: 50 } });
    const slow = open('orders/create', Buffer.from('{}'), { 'Content-Length': '20' }, impatient);
    slow.write('{"id":');
    expect(await beginningOf(slow)).toMatchObject({ status: 408, closes: true });
    slow.destroy();
    await impatient.close();
  });

  test('whose sender goes away is stored nowhere, and the edge goes on', async () => {
    const body = Buffer.from(JSON.stringify(order));
    const leaving = open('orders/create', body, {
      'Content-Length': String(body.length),
      'X-Shopify-Webhook-Id': 'gone-away',
    });
    leaving.write(body.subarray(0, 10));
    await sleep(20);
    leaving.destroy();
    expect((await send(site, 'orders/create', order)).status).toBe(200);
    expect(await site.stored('gone-away')).toBeUndefined();
  });

  test('with both a length and chunks is refused before anything reads it', async () => {
    const raw = connect(site.port, '127.0.0.1');
    raw.write(
      `POST ${SHOPIFY_PATH} HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`,
    );
    const chunks: Buffer[] = [];
    for await (const chunk of raw) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 400 /);
  });
});

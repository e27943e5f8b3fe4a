/**
 * The load generator: a fixed number of connections, each sending its next signed delivery when the
 * last one was answered. Bodies are signed beforehand and used again; the webhook id is always new,
 * and that is what makes a delivery another one.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { orderBody } from './busy-shop.ts';
import { answerMessages } from './bench-child.ts';

export interface LoadWish {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  readonly secret: string;
  readonly domains: readonly string[];
}

export interface LoadAnswer {
  readonly stored: number;
  readonly refused: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const BODIES = 400;
const bodies = Array.from({ length: BODIES }, (_, number) => orderBody(number, 1_000));

answerMessages<LoadWish>(load);

async function load(wish: LoadWish): Promise<LoadAnswer> {
  const signed = bodies.map((body, index) => ({
    body,
    head: [
      'POST /webhooks/shopify HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'X-Shopify-Topic: orders/create',
      'X-Shopify-Api-Version: 2026-07',
      `X-Shopify-Shop-Domain: ${wish.domains[index % wish.domains.length] ?? ''}`,
      `X-Shopify-Hmac-Sha256: ${createHmac('sha256', wish.secret).update(body).digest('base64')}`,
      'X-Shopify-Triggered-At: 2026-11-20T15:00:04.000Z',
      'X-Shopify-Webhook-Id: ',
    ].join('\r\n'),
  }));
  const waits: number[] = [];
  let next = 0;
  let refused = 0;
  const started = performance.now();
  const until = started + wish.seconds * 1000;
  const connection = async (): Promise<void> => {
    const socket = await open(wish.port);
    const answers = answersOn(socket);
    while (performance.now() < until) {
      const delivery = signed[(next += 1) % BODIES];
      if (!delivery) break;
      const sentAt = performance.now();
      socket.cork();
      socket.write(`${delivery.head}${randomUUID()}\r\n\r\n`);
      socket.write(delivery.body);
      socket.uncork();
      const status = await answers();
      if (status === 200) waits.push(performance.now() - sentAt);
      else refused += 1;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: wish.connections }, connection));
  const seconds = (performance.now() - started) / 1000;
  waits.sort((a, b) => a - b);
  const at = (part: number): number => waits[Math.floor(waits.length * part)] ?? 0;
  return {
    stored: waits.length,
    refused,
    perSecond: waits.length / seconds,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.setNoDelay()));
    socket.once('error', reject);
  });
}

/** Reads the status of one answer after the other; answers carry their length. */
function answersOn(socket: Socket): () => Promise<number> {
  let read = '';
  let settle: ((status: number) => void) | undefined;
  socket.on('data', (bytes: Buffer) => {
    read += bytes.toString('latin1');
    const headEnds = read.indexOf('\r\n\r\n');
    if (headEnds < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(read)?.[1] ?? 0);
    if (read.length < headEnds + 4 + length) return;
    const status = Number(read.slice(9, 12));
    read = '';
    settle?.(status);
  });
  socket.on('close', () => settle?.(0));
  return () =>
    new Promise((resolve) => {
      settle = resolve;
    });
}

/** Stands between Laurel and the local Shopify, and counts how long and how often Laurel waited for it. */
import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Tollgate {
  readonly origin: string;
  /** Milliseconds that were spent waiting for calls that name this code. */
  readonly waitedFor: (code: string) => number;
  readonly counts: { calls: number; throttled: number; points: number };
  readonly close: () => Promise<void>;
}

const CODE = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/;

export async function openTollgate(target: string): Promise<Tollgate> {
  const waits = new Map<string, number>();
  const counts = { calls: 0, throttled: 0, points: 0 };
  const agent = new Agent({ keepAlive: true });
  const pass = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const started = performance.now();
    const body = await buffer(asked);
    const told = await forward(agent, target + (asked.url ?? ''), asked, body);
    const text = await buffer(told);
    answer.writeHead(told.statusCode ?? 502, {
      'Content-Type': told.headers['content-type'] ?? 'application/json',
      'Content-Length': text.length,
    });
    answer.end(text);
    const code = CODE.exec(body.toString('latin1'))?.[0];
    const waited = performance.now() - started;
    if (code !== undefined) waits.set(code, (waits.get(code) ?? 0) + waited);
    count(counts, text.toString('utf8'));
  };
  const server = createServer((asked, answer) => {
    pass(asked, answer).catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    waitedFor: (code) => waits.get(code) ?? 0,
    counts,
    close: async () => {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(
  agent: Agent,
  url: string,
  asked: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { ...asked.headers, host: new URL(url).host, connection: 'keep-alive' };
    const sent = request(url, { agent, method: asked.method, headers }, resolve);
    sent.once('error', reject);
    sent.end(body);
  });
}

function count(counts: Tollgate['counts'], text: string): void {
  counts.calls += 1;
  if (text.includes('"THROTTLED"')) counts.throttled += 1;
  counts.points += Number(/"actualQueryCost":(\d+)/.exec(text)?.[1] ?? 0);
}

/**
 * Trials R3 and R4. Deliveries come in and are worked off while backends of PostgreSQL are killed with
 * SIGKILL, which makes all of it recover, and while every tenth answer is lost after the commit. Whoever
 * was not answered sends again, as Shopify does: nothing that was acknowledged is lost, nothing pays twice.
 */
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { chanceOf, SEED, size, trial } from './trial.ts';
import type { Chance } from './trial.ts';
import { openTrialWorld } from './trial-world.ts';
import type { TrialWorld } from './trial-world.ts';
import { createEdge } from '../../app/edge/edge.ts';
import { startScratchPostgres } from '../../devstore/postgres.ts';
import type { RunningPostgres } from '../../devstore/postgres.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { programme } from '../domain/fixtures.ts';
import { orderBody } from '../support/order-body.ts';
import { freePort } from '../support/ports.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const SHOP = '900001';
const DELIVERIES = size(400, 10_000);
const CRASHES = size(2, 8);
const CUSTOMERS = 40;
const AT_ONCE = 12;

const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

async function openPlace(): Promise<{ here: TrialWorld; postgres: RunningPostgres }> {
  const postgres = await startScratchPostgres({
    port: await freePort(),
    durable: true,
    log: join(import.meta.dirname, '..', 'artifacts', 'trial-postgres.log'),
  });
  ends.push(postgres.stop);
  await postgres.ensureDatabase('laurel_intake');
  const url = postgres.urlOf('laurel_intake');
  await promisify(execFile)(process.execPath, ['prisma/run.mjs', 'migrate', 'deploy'], {
    env: { ...process.env, DATABASE_URL: url },
  });
  const here = openTrialWorld(url, NOW, 20);
  ends.push(here.close);
  await here.install(SHOP);
  await here.publish(SHOP, programme());
  await here.settle();
  here.now += DAY;
  return { here, postgres };
}

/** Every tenth delivery is stored, and then nobody hears of it. */
async function serve(here: TrialWorld, chance: Chance, lost: () => void): Promise<string> {
  const edge = createEdge(here.world);
  const server: Server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (chance.happens(0.1)) {
      const end = response.end.bind(response);
      response.end = ((...parts: Parameters<typeof end>) => {
        if (response.statusCode !== 200) return end(...parts);
        lost();
        request.socket.destroy();
        return response;
      }) as typeof response.end;
    }
    if (!edge(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/shopify`;
}

interface Sent {
  readonly acknowledged: Set<string>;
  readonly statuses: Map<string, number>;
}

/** Each delivery is sent until somebody says 200. */
async function send(url: string, here: TrialWorld, sent: Sent): Promise<void> {
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let index = (next += 1); index <= DELIVERIES; index = next += 1) {
      const body = JSON.stringify(
        orderBody({
          ...{ id: 5_000_000_000_000 + index, customerId: 7_000_000_000_000 + (index % CUSTOMERS) },
          placedAt: new Date(NOW + index * 1_000).toISOString(),
          lines: [{ id: 90_000 + index, price: '10.00', quantity: 1 }],
        }),
      );
      const webhookId = `intake-${index}`;
      while (!sent.acknowledged.has(webhookId)) {
        const status = await post(url, here, webhookId, body);
        sent.statuses.set(status, (sent.statuses.get(status) ?? 0) + 1);
        if (status === '200') sent.acknowledged.add(webhookId);
        else await sleep(20);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

async function post(url: string, here: TrialWorld, id: string, body: string): Promise<string> {
  const secret = here.env['SHOPIFY_API_SECRET'] ?? '';
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-shopify-topic': 'orders/create',
        'x-shopify-shop-domain': `trial-${SHOP}.myshopify.com`,
        'x-shopify-api-version': '2026-07',
        'x-shopify-webhook-id': id,
        'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      },
    });
    await answer.arrayBuffer();
    return String(answer.status);
  } catch {
    return 'cut off';
  }
}

/** Kills a backend that works for us; the postmaster then ends all of them and recovers. */
async function crash(postgres: RunningPostgres): Promise<boolean> {
  const client = new pg.Client({ connectionString: postgres.urlOf('postgres') });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = 'laurel_intake' AND backend_type = 'client backend'
        ORDER BY query_start DESC LIMIT 1`,
    );
    if (!rows[0]) return false;
    process.kill(rows[0].pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

it(
  'loses nothing that was acknowledged, and pays nothing twice, though the database crashes',
  { timeout: size(300_000, 1_800_000) },
  () =>
    trial('R3 and R4: crashes of PostgreSQL, and answers that get lost', async () => {
      const { here, postgres } = await openPlace();
      let cutOff = 0;
      const url = await serve(here, chanceOf(SEED), () => (cutOff += 1));
      const sent: Sent = { acknowledged: new Set(), statuses: new Map() };
      let sending = true;
      const working = async (): Promise<void> => {
        // A turn that meets the crash ends; the worker comes again.
        while (sending) await here.settle().catch(() => sleep(50));
      };
      let crashes = 0;
      const crashing = async (): Promise<void> => {
        for (let turn = 1; turn <= CRASHES; turn += 1) {
          const due = (DELIVERIES / (CRASHES + 1)) * turn;
          while (sent.acknowledged.size < due) await sleep(5);
          while (!(await crash(postgres))) await sleep(20);
          crashes += 1;
        }
      };
      await Promise.all([
        send(url, here, sent).finally(() => (sending = false)),
        working(),
        crashing(),
      ]);
      await here.settle();

      const stored = await here.rows<{ webhook_id: string }>(
        `SELECT webhook_id FROM deliveries WHERE state = 'done' AND webhook_id LIKE 'intake-%'`,
      );
      expect(new Set(stored.map(({ webhook_id: id }) => id))).toEqual(sent.acknowledged);
      const [points] = await here.rows<{ available: string; orders: number }>(
        `SELECT sum(available)::text AS available, (SELECT count(*)::int FROM orders) AS orders FROM members`,
      );
      // 10.00 each at a point for 1.00.
      expect(points).toEqual({ available: String(DELIVERIES * 10), orders: DELIVERIES });
      expect(await here.proof(SHOP)).toEqual([]);
      expect([...sent.statuses.keys()].sort()).toEqual(['200', '503', 'cut off']);
      expect(crashes).toBe(CRASHES);
      expect(cutOff).toBeGreaterThan(0);
      const refused = sent.statuses.get('503') ?? 0;
      return {
        deliveries: DELIVERIES,
        crashes,
        refused_503: refused,
        lost_answers: cutOff,
        lost: 0,
      };
    }),
);

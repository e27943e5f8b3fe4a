/**
 * A worker that is killed at any instant. It runs as its own process, is killed with SIGKILL again and
 * again in the middle of the work, and the books must be those of a worker that was left in peace.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { orderBody, refundBody } from '../support/order-body.ts';
import { API_KEY, API_SECRET, booksOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { subjectOf } from '../../app/edge/subject.ts';
import { laneOf } from '../../app/storage/deliveries/lanes.ts';
import { storeDeliveries } from '../../app/storage/deliveries/store-deliveries.ts';
import type { NewDelivery } from '../../app/storage/deliveries/store-deliveries.ts';

const MEMBERS = 60;
const ORDERS = 500;
const roads: Road[] = [];
afterEach(async () => {
  for (const road of roads.splice(0)) await road.close();
});

interface Told {
  readonly topic: string;
  readonly body: object;
}

/** Orders of 10.00 to 90.00 by sixty customers; every third is refunded in part, every ninth cancelled. */
function history(): Told[] {
  const told: Told[] = [];
  const at = (minute: number): string => new Date(Date.UTC(2026, 10, 21, 0, minute)).toISOString();
  for (let index = 0; index < ORDERS; index += 1) {
    const wish = {
      id: 5_000_000_000_000 + index,
      customerId: 7_000_000_000_000 + (index % MEMBERS),
      placedAt: at(index),
    };
    const lines = [
      { id: wish.id * 10, price: `${10 + (index % 9) * 10}.00`, quantity: 2 },
      { id: wish.id * 10 + 1, price: '0.40', quantity: 3 },
    ];
    told.push({ topic: 'orders/create', body: orderBody({ ...wish, lines }) });
    told.push({ topic: 'orders/paid', body: orderBody({ ...wish, lines }) });
    if (index % 3 === 0) {
      const refund = refundBody({
        id: 9_000_000_000_000 + index * 10,
        orderId: wish.id,
        at: at(index + 600),
        lines: [{ lineId: wish.id * 10, quantity: 1, subtotal: lines[0]?.price ?? '0.00' }],
      });
      told.push({ topic: 'refunds/create', body: refund });
    }
    if (index % 9 === 0) {
      const cancelledAt = at(index + 700);
      told.push({
        topic: 'orders/cancelled',
        body: orderBody({
          ...wish,
          lines,
          cancelledAt,
          updatedAt: cancelledAt,
        }),
      });
    }
  }
  return told;
}

function deliveriesOf(road: Road, told: readonly Told[]): NewDelivery[] {
  return told.map(({ topic, body }, index) => {
    const bytes = Buffer.from(JSON.stringify(body));
    const subject = subjectOf(topic, bytes);
    return {
      shopId: road.shopId,
      webhookId: `crash-${index}`,
      shopDomain: road.store.domain,
      topic,
      apiVersion: '2026-10',
      eventId: null,
      triggeredAt: null,
      receivedAt: road.clock.now(),
      subject,
      lane: laneOf(subject),
      body: bytes,
    };
  });
}

/** The same facts, a fifth of them twice, displaced by up to two hundred places. */
function badly(told: readonly Told[]): Told[] {
  let seed = 42;
  const chance = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  return told
    .flatMap((one) => (chance() < 0.2 ? [one, one] : [one]))
    .map((one, index) => ({ one, at: index + chance() * 200 }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

async function prepared(told: readonly Told[]): Promise<Road> {
  const road = await openRoad();
  roads.push(road);
  await road.publish();
  road.clock.set('2026-11-22T12:00:00Z');
  await storeDeliveries(road.world.db(road.shopId), deliveriesOf(road, told));
  return road;
}

function worker(road: Road): ChildProcess {
  return spawn(process.execPath, ['app/worker.server.ts'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_ENV: 'test',
      DATABASE_URL: road.world.config.databaseUrl,
      SHOPIFY_API_KEY: API_KEY,
      SHOPIFY_API_SECRET: API_SECRET,
      SHOPIFY_APP_URL: 'http://localhost:1',
      LAUREL_SHOPIFY_URL: road.devstore.addresses.admin,
      LOG_LEVEL: 'silent',
    },
  });
}

async function ready(road: Road): Promise<number> {
  const [row] = await road.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM deliveries WHERE state IN ('ready', 'waiting')`,
  );
  return row?.n ?? 0;
}

it(
  'loses and doubles nothing when the worker is killed in the middle, again and again',
  { timeout: 120_000 },
  async () => {
    const told = history();
    const calm = await prepared(told);
    await calm.drain();

    const rough = await prepared(badly(told));
    const all = await ready(rough);
    expect(all).toBeGreaterThan(1_000);
    let kills = 0;
    for (let turn = 0; turn < 40 && (await ready(rough)) > 0; turn += 1) {
      const child = worker(rough);
      const before = await ready(rough);
      // Wait for work to be under way, then strike at an instant of its own.
      while ((await ready(rough)) === before && before > 0) await sleep(5);
      await sleep((turn * 13) % 60);
      child.kill('SIGKILL');
      await once(child, 'exit');
      kills += 1;
    }
    await rough.drain();
    expect(kills).toBeGreaterThan(1);
    expect(await ready(rough)).toBe(0);
    expect(await proof(rough)).toEqual([]);
    expect(await proof(calm)).toEqual([]);
    const [dead] = await rough.query(
      `SELECT count(*)::int AS n, min(detail) AS detail FROM deliveries WHERE state = 'dead'`,
    );
    expect(dead).toEqual({ n: 0, detail: null });
    expect(await booksOf(rough)).toEqual(await booksOf(calm));
  },
);

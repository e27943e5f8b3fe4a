/**
 * Trials R1 and R2. Deliveries of several shops come twice, late and in any order, while workers are
 * killed with SIGKILL at random instants. The books must be those of a worker that was left in peace
 * and told everything once and in order: nothing lost, nothing doubled, nothing stuck.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, inject, it } from 'vitest';
import { booksInLines } from './books-in-lines.ts';
import { killWorker, startWorker, untilWorkersAreGone } from './killable-worker.ts';
import { tablesWith, tracesOf } from './redactions.ts';
import { badly, shopHistory } from './shop-history.ts';
import type { ShopHistory, Telling } from './shop-history.ts';
import { programmesOf } from './storm-programmes.ts';
import { chanceOf, SEED, size, trial } from './trial.ts';
import type { Chance } from './trial.ts';
import { openTrialWorld } from './trial-world.ts';
import type { TrialWorld } from './trial-world.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { subjectOf } from '../../app/edge/subject.ts';
import { laneOf } from '../../app/storage/deliveries/lanes.ts';
import { storeDeliveries } from '../../app/storage/deliveries/store-deliveries.ts';
import { newDatabaseUrl } from '../support/test-database.ts';

const FROM = Date.parse('2026-09-20T00:00:00Z');
/** Everything of the first half has happened by then, and the programme changes. */
const HALF = FROM + 30 * DAY;
const END = FROM + 100 * DAY;
const SHOPS = size(3, 40);
const ORDERS = size(70, 150);
const CUSTOMERS = size(20, 40);
const KILLS = size(4, 110);

const worlds: TrialWorld[] = [];
afterEach(async () => {
  for (const here of worlds.splice(0)) await here.close();
});

/** Counts up, so that every sending is told apart. */
let sendings = 0;

async function send(here: TrialWorld, shopId: string, tellings: readonly Telling[]): Promise<void> {
  const deliveries = tellings.map(({ topic, body }) => {
    const bytes = Buffer.from(JSON.stringify(body));
    const review = body as { review?: { customerId: string } };
    const subject = review.review
      ? `customer:${review.review.customerId}`
      : subjectOf(topic, bytes);
    return {
      // Stored in the order of their names, and so in that of their sending.
      ...{ shopId, webhookId: `trial-${String((sendings += 1)).padStart(8, '0')}`, topic },
      apiVersion: '2026-07',
      ...{ shopDomain: `trial-${shopId}.myshopify.com`, eventId: null, triggeredAt: null },
      ...{ receivedAt: new Date(here.now), subject, lane: laneOf(subject), body: bytes },
    };
  });
  await storeDeliveries(here.world.db(shopId), deliveries);
}

async function prepared(name: string, histories: readonly ShopHistory[]): Promise<TrialWorld> {
  const databaseUrl = await newDatabaseUrl(`laurel_${name}_${process.pid}_${SEED}`, 'template');
  const here = openTrialWorld(databaseUrl, FROM - DAY);
  worlds.push(here);
  for (const [index, { shopId }] of histories.entries()) {
    await here.install(shopId);
    await here.publish(shopId, programmesOf(index).first);
  }
  await here.settle();
  return here;
}

async function publishSecond(here: TrialWorld, histories: readonly ShopHistory[]): Promise<void> {
  here.now = HALF;
  for (const [index, { shopId }] of histories.entries()) {
    await here.publish(shopId, programmesOf(index).second);
  }
}

const halves = ({ tellings }: ShopHistory): readonly [Telling[], Telling[]] => [
  tellings.filter(({ at }) => at < HALF),
  tellings.filter(({ at }) => at >= HALF),
];

async function calmly(histories: readonly ShopHistory[]): Promise<TrialWorld> {
  const here = await prepared('calm', histories);
  for (const half of [0, 1] as const) {
    here.now = half === 0 ? HALF - 1 : END;
    for (const history of histories) await send(here, history.shopId, halves(history)[half]);
    await here.settle();
    if (half === 0) await publishSecond(here, histories);
    await here.settle();
  }
  return here;
}

const worker = (here: TrialWorld): ChildProcess => startWorker(here.env, here.now);

async function left(here: TrialWorld): Promise<number> {
  const [row] = await here.rows<{ n: number }>(
    `SELECT count(*)::int AS n FROM deliveries WHERE state IN ('ready', 'waiting')`,
  );
  return row?.n ?? 0;
}

interface Sending {
  readonly shopId: string;
  readonly tellings: readonly Telling[];
}

/** Deliveries keep coming while one of two workers after the other dies. @returns how many died at work */
async function stormily(
  here: TrialWorld,
  portions: readonly Sending[][],
  chance: Chance,
): Promise<number> {
  let kills = 0;
  let workers = [worker(here), worker(here)];
  try {
    for (const portion of portions) {
      for (const { shopId, tellings } of portion) await send(here, shopId, tellings);
      const before = await left(here);
      // Work is under way; then strike at an instant of its own.
      while (before > 0 && (await left(here)) === before) await sleep(5);
      await sleep(chance.below(60));
      const [first, second] = workers;
      if (first) await killWorker(first);
      kills += 1;
      here.now += 6 * 60_000; // what the dead one had leased is free again
      workers = [...(second ? [second] : []), worker(here)];
    }
  } finally {
    for (const child of workers) await killWorker(child);
  }
  await untilWorkersAreGone(here.rows);
  return kills + workers.length;
}

/** What came in order is dealt out in as many portions as workers are to die. */
function portionsOf(all: readonly Sending[], count: number): Sending[][] {
  return Array.from({ length: count }, (_, turn) =>
    all.map(({ shopId, tellings }) => {
      const size = Math.ceil(tellings.length / count);
      return { shopId, tellings: tellings.slice(turn * size, (turn + 1) * size) };
    }),
  );
}

/** Nothing of who was erased is left; then a whole shop goes, and nobody else's books change. */
async function erasures(here: TrialWorld, histories: readonly ShopHistory[]) {
  const tables = inject('tenantTables');
  const people = histories.flatMap(({ redacted }) => redacted);
  expect(await tracesOf(here, tables, people)).toEqual([]);
  // Control: of who was not erased there is something.
  const [first, ...others] = histories;
  const known = first?.tellings.flatMap(({ topic, body }) =>
    topic === 'customers/create' ? String((body as { id: number }).id) : [],
  );
  expect(await tracesOf(here, tables, known?.slice(1, 2) ?? [])).not.toEqual([]);

  const shopId = first?.shopId ?? '';
  expect(await tablesWith(here, tables, shopId)).toContain('entries');
  const before = await Promise.all(others.map((one) => booksInLines(here, one.shopId, [])));
  const domain = `trial-${shopId}.myshopify.com`;
  const leaving = { id: Number(shopId), updated_at: new Date(here.now).toISOString() };
  await send(here, shopId, [{ at: here.now, topic: 'app/uninstalled', body: leaving }]);
  await here.settle();
  here.now += 1_000;
  const body = { shop_id: Number(shopId), shop_domain: domain };
  await send(here, shopId, [{ at: here.now, topic: 'shop/redact', body }]);
  await here.settle();
  expect(await tablesWith(here, tables, shopId)).toEqual([]);
  expect(await Promise.all(others.map((one) => booksInLines(here, one.shopId, [])))).toEqual(
    before,
  );
  for (const other of others) expect(await here.proof(other.shopId)).toEqual([]);
  return { people: people.length, tables: tables.length, rows_left: 0, shops: 1 };
}

it(
  'loses and doubles nothing when deliveries come twice and anyhow, and workers are killed all the time',
  { timeout: size(300_000, 2_400_000) },
  () =>
    trial('R1 and R2: a storm of deliveries, workers killed', async () => {
      const chance = chanceOf(SEED);
      const histories = Array.from({ length: SHOPS }, (_, shop) =>
        shopHistory({ shop, seed: SEED, customers: CUSTOMERS, orders: ORDERS, from: FROM }),
      );
      const calm = await calmly(histories);

      sendings = 0;
      const rough = await prepared('rough', histories);
      let kills = 0;
      for (const half of [0, 1] as const) {
        rough.now = half === 0 ? HALF - 12 * 3_600_000 : END - 12 * 3_600_000;
        // A few of the first half are sent once more with the second, days late.
        const late = (history: ShopHistory): Telling[] =>
          half === 1 ? halves(history)[0].filter(() => chance.happens(0.01)) : [];
        const all = histories.map((history) => ({
          shopId: history.shopId,
          tellings: badly([...halves(history)[half], ...late(history)], chance),
        }));
        kills += await stormily(rough, portionsOf(all, Math.ceil(KILLS / 2)), chance);
        rough.now = half === 0 ? HALF - 1 : END;
        await rough.settle();
        if (half === 0) await publishSecond(rough, histories);
        await rough.settle();
      }

      expect(await left(rough)).toBe(0);
      const dead = await rough.rows(
        `SELECT topic, outcome, detail FROM deliveries WHERE state = 'dead' LIMIT 5`,
      );
      expect(dead).toEqual([]);
      let lines = 0;
      for (const { shopId, redacted } of histories) {
        expect(await rough.proof(shopId)).toEqual([]);
        expect(await calm.proof(shopId)).toEqual([]);
        const quiet = await booksInLines(calm, shopId, redacted);
        expect(await booksInLines(rough, shopId, redacted)).toEqual(quiet);
        lines += quiet.length;
      }
      expect(lines).toBeGreaterThan(SHOPS * ORDERS);
      expect(kills).toBeGreaterThanOrEqual(KILLS);
      await trial('R18: erasures in the storm', () => erasures(rough, histories));
      return { shops: SHOPS, deliveries: sendings, kills, lines, differences: 0 };
    }),
);

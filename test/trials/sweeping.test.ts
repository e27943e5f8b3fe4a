/**
 * Trial R11, and a publication in the middle of a sweep: what webhooks did not tell is found by comparing
 * with Shopify, once, whatever else happens meanwhile.
 */
import { afterEach, expect, it } from 'vitest';
import { chanceOf, SEED, size, trial } from './trial.ts';
import type { Chance } from './trial.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { makeSweeps } from '../../app/jobs/run-sweeps.ts';
import { startSweep } from '../../app/operations/start-sweep.ts';
import { isContention } from '../../app/storage/transaction.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

const roads: Road[] = [];
afterEach(async () => {
  for (const road of roads.splice(0)) await road.close();
});

async function open(chance: Chance): Promise<Road> {
  const road = await openRoad({
    webhooks: { timeScale: 0, chance: chance.next },
    elapsedMs: () => performance.now() * 1_000,
  });
  roads.push(road);
  await road.publish();
  await road.settle();
  return road;
}

/** Orders of one piece each. @returns how many each buyer's e-mail ordered */
function sell({ store, clock }: Road, orders: number, chance: Chance): void {
  const variants = [...store.products.values()].flatMap(({ giftCard, variants: [first] }) =>
    giftCard || !first ? [] : [first.id],
  );
  for (let index = 0; index < orders; index += 1) {
    clock.advance(1_000);
    const buyer = `b${chance.below(Math.ceil(orders / 5))}@example.com`;
    store.placeOrder({
      buyer: { email: buyer, firstName: 'B', lastName: buyer },
      lines: [{ variantId: variants[chance.below(variants.length)] ?? '', quantity: 1 }],
    });
  }
}

async function begin(road: Road): Promise<string> {
  const wish = { shopId: road.shopId, actor: 'staff:1', daysBack: null };
  const started = await startSweep(road.world, wish);
  if (!started.ok) throw new Error(`not started: ${started.refusal.kind}`);
  return started.id;
}

async function sweepAll(road: Road): Promise<void> {
  const sweeps = makeSweeps(road.world, road.access);
  while (await sweeps.once());
}

const report = async (road: Road, id: string): Promise<Record<string, unknown>> =>
  (
    await road.query(`SELECT state, failures, missed, repaired FROM sweeps WHERE id = $1`, [id])
  )[0] ?? {};

/** What the orders that Shopify has should have earned, each once, by the programme of the road. */
async function earned(road: Road): Promise<{ orders: number; awards: number; twice: number }> {
  const [row] = await road.query<{ orders: number; awards: number; twice: number }>(
    `SELECT (SELECT count(*)::int FROM orders) AS orders,
      (SELECT count(*)::int FROM awards WHERE source_kind = 'order' AND posted > 0) AS awards,
      (SELECT count(*)::int FROM (SELECT 1 FROM entries WHERE source_kind = 'order' AND kind = 'earn'
        GROUP BY source_id HAVING count(*) > 1) again) AS twice`,
  );
  return row ?? { orders: 0, awards: 0, twice: 0 };
}

it(
  'every order whose webhooks were lost is awarded by the next sweep, once',
  { timeout: size(300_000, 1_200_000) },
  () =>
    trial('R11: reconciliation', async () => {
      const chance = chanceOf(SEED);
      const road = await open(chance);
      const { courier } = road.devstore;
      // More than the hundredth that is asked for: of an order several webhooks tell, and of a few orders
      // some must be told by none.
      const drop = size(75, 10) / 100;
      courier.knobs.set({ drop, duplicate: 0.05 });
      sell(road, size(40, 1_500), chance);
      await road.settle();
      const lost = courier.log().filter(({ state }) => state === 'dropped').length;
      const before = await earned(road);
      courier.knobs.set({ drop: 0, duplicate: 0 });
      road.clock.advance(60_000);
      await road.installAgain();
      const id = await begin(road);
      await sweepAll(road);
      await road.settle();
      const { missed, ...told } = await report(road, id);
      expect(told).toMatchObject({ state: 'finished', failures: 0 });
      const orders = road.store.orders.size;
      expect(await earned(road)).toEqual({ orders, awards: orders, twice: 0 });
      expect(await proof(road)).toEqual([]);
      // A second finds nothing.
      road.clock.advance(60_000);
      const second = await begin(road);
      await sweepAll(road);
      expect(await report(road, second)).toMatchObject({ missed: 0, repaired: 0, failures: 0 });
      expect(lost).toBeGreaterThan(0);
      expect(before.orders).toBeLessThan(orders);
      return {
        orders,
        lost_webhooks: lost,
        unknown_before: orders - before.orders,
        missed: Number(missed),
        doubled: 0,
      };
    }),
);

it(
  'publications in the middle of a sweep leave nobody by an older version, and nothing is lost',
  { timeout: size(300_000, 1_200_000) },
  () =>
    trial('Publications during a sweep', async () => {
      const chance = chanceOf(SEED);
      const road = await open(chance);
      const { courier } = road.devstore;
      // Half of the orders come by webhook while the sweep runs, the others only by it.
      courier.knobs.set({ drop: 0.5 });
      courier.holdAll();
      sell(road, size(30, 400), chance);
      await road.installAgain();
      let deadlocks = 0;
      const surely = async (work: () => Promise<unknown>): Promise<void> => {
        await work().catch((error: unknown) => {
          if (isContention(error)) deadlocks += 1;
          throw error;
        });
      };
      const id = await begin(road);
      const { tiers } = firstDraft('Road');
      const versions = size(3, 6);
      const publishing = async (): Promise<void> => {
        for (let version = 1; version <= versions; version += 1) {
          road.clock.advance(10_000);
          const levels = tiers.levels.map((level, index) => ({
            ...level,
            need: String(index * 10 * version),
          }));
          await road.publish({ pastOrdersEarn: true, tiers: { ...tiers, levels } });
          await road.passTime();
        }
      };
      await Promise.all([
        surely(() => sweepAll(road)),
        surely(publishing),
        surely(async () => {
          await courier.releaseAll('shuffle');
          await courier.settled();
          await road.drain();
        }),
      ]);
      courier.knobs.set({ drop: 0 });
      await sweepAll(road);
      await road.settle();
      road.clock.advance(60_000);
      await road.settle();
      expect(await report(road, id)).toMatchObject({ state: 'finished', failures: 0 });
      const orders = road.store.orders.size;
      expect(await earned(road)).toEqual({ orders, awards: orders, twice: 0 });
      const [newest] = await road.query<{ version: number }>(
        `SELECT max(version)::int AS version FROM programme_versions`,
      );
      const [behind] = await road.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM members m WHERE m.decided_at < (SELECT max(effective_at) FROM programme_versions)`,
      );
      expect(newest).toEqual({ version: versions + 1 });
      expect(behind).toEqual({ n: 0 });
      expect(await proof(road)).toEqual([]);
      expect(deadlocks).toBe(0);
      return { orders, publications: versions, deadlocks, lost: 0 };
    }),
);

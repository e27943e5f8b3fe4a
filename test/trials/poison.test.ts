/**
 * Trial R8. Some deliveries always fail. Only whom they are about waits: everybody else is served by the
 * same turn. After eight tries they are dead; once what was wrong is right and they are replayed, the
 * books are those of a shop in which nothing ever failed. What it costs the others is measured and said.
 */
import { afterAll, expect, it } from 'vitest';
import { booksInLines } from './books-in-lines.ts';
import { shopHistory } from './shop-history.ts';
import type { Telling } from './shop-history.ts';
import { size, SEED, trial } from './trial.ts';
import { openTrialWorld } from './trial-world.ts';
import type { TrialWorld } from './trial-world.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { subjectOf } from '../../app/edge/subject.ts';
import { makeDrain, MOST_ATTEMPTS } from '../../app/jobs/drain-deliveries.ts';
import { replayDeliveries } from '../../app/operations/replay-deliveries.ts';
import { laneOf } from '../../app/storage/deliveries/lanes.ts';
import { storeDeliveries } from '../../app/storage/deliveries/store-deliveries.ts';
import { newDatabaseUrl } from '../support/test-database.ts';

const FROM = Date.parse('2026-09-20T00:00:00Z');
const [POISONED, HEALTHY] = ['900001', '900002'] as const;
const ORDERS = size(45, 1_500);
/** One order of so many cannot be written. */
const ONE_OF = size(30, 300);
const TURN = 20;

let here: TrialWorld | undefined;
afterAll(() => here?.close());

async function send(
  world: TrialWorld,
  shopId: string,
  tellings: readonly Telling[],
  first: number,
) {
  const deliveries = tellings.map(({ topic, body }, index) => {
    const bytes = Buffer.from(JSON.stringify(body));
    const { review } = body as { review?: { customerId: string } };
    const subject = review ? `customer:${review.customerId}` : subjectOf(topic, bytes);
    return {
      ...{ shopId, webhookId: `r8-${String(first + index).padStart(8, '0')}`, topic, subject },
      ...{ apiVersion: '2026-07', shopDomain: `trial-${shopId}.myshopify.com`, eventId: null },
      ...{ triggeredAt: null, receivedAt: new Date(world.now), lane: laneOf(subject), body: bytes },
    };
  });
  await storeDeliveries(world.world.db(shopId), deliveries);
}

/** What came in is worked off; tells how long each turn took, and of whom something is left. */
async function work(world: TrialWorld, shopId: string, tellings: readonly Telling[]) {
  const drain = makeDrain(world.world);
  const turns: number[] = [];
  const waiting = new Set<string>();
  for (let from = 0; from < tellings.length; from += TURN) {
    await send(world, shopId, tellings.slice(from, from + TURN), from);
    const started = performance.now();
    while ((await drain.once()) > 0);
    turns.push(performance.now() - started);
    const left = await world.rows<{ subject: string }>(
      `SELECT DISTINCT subject FROM deliveries WHERE shop_id = $1 AND state <> 'done'`,
      [shopId],
    );
    for (const { subject } of left) waiting.add(subject);
    world.now += 1_000;
  }
  return { turns: turns.sort((a, b) => a - b), waiting };
}

const at = (turns: readonly number[], share: number): number =>
  Math.round(turns[Math.min(turns.length - 1, Math.floor(turns.length * share))] ?? 0);

it(
  'a delivery that always fails holds up nobody else, and is right after a replay',
  { timeout: size(300_000, 1_200_000) },
  () =>
    trial('R8: poison', async () => {
      const databaseUrl = await newDatabaseUrl(`laurel_poison_${process.pid}_${SEED}`, 'template');
      const world = (here = openTrialWorld(databaseUrl, FROM - DAY));
      const wish = { shop: 1, seed: SEED, customers: ORDERS / 3, orders: ORDERS, from: FROM };
      const history = shopHistory(wish);
      const tellings = history.tellings.filter(({ topic }) => !MATTERS.has(topic));
      for (const shopId of [POISONED, HEALTHY]) {
        await world.install(shopId);
        await world.publish(shopId, firstDraft('Trial'));
      }
      await world.settle();
      await world.rows(
        `CREATE FUNCTION refuse_some() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.shop_id = ${POISONED} AND NEW.order_id % ${ONE_OF} = 7 THEN RAISE 'cannot be written'; END IF;
            RETURN NEW; END $$`,
      );
      await world.rows(
        `CREATE TRIGGER refuse_some BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION refuse_some()`,
      );
      world.now = FROM + 100 * DAY;
      // Both in turns, the healthy one also first, so that nothing is measured cold.
      const calm = await work(world, HEALTHY, tellings);
      world.now = FROM + 100 * DAY;
      const rough = await work(world, POISONED, tellings);

      expect([...calm.waiting]).toEqual([]);
      const victims = new Set(
        tellings.flatMap(({ body }) => {
          const { id, customer } = body as { id?: number; customer?: { id: number } };
          const isOne = id !== undefined && customer && id % ONE_OF === 7;
          return isOne ? [`customer:${customer.id}`, `order:${id}`] : [];
        }),
      );
      const others = [...rough.waiting].filter((subject) => !victims.has(subject));
      expect(others).toEqual([]);
      expect(rough.waiting.size).toBeGreaterThan(0);

      const counted = async (): Promise<{ dead: number; left: number }> => {
        const [row] = await world.rows<{ dead: number; left: number }>(
          `SELECT count(*) FILTER (WHERE state = 'dead')::int AS dead,
            count(*) FILTER (WHERE state IN ('ready', 'waiting'))::int AS left FROM deliveries WHERE shop_id = $1`,
          [POISONED],
        );
        return row ?? { dead: 0, left: 0 };
      };
      // Of one subject they die one after the other, each after its tries.
      const most = (await counted()).left * MOST_ATTEMPTS + 1;
      for (let turn = 0; turn < most && (await counted()).left > 0; turn += 1) {
        world.now += DAY / 24;
        await world.settle();
      }
      const { dead, left } = await counted();
      expect(left).toBe(0);
      expect(dead).toBeGreaterThan(0);
      await world.rows(`DROP TRIGGER refuse_some ON orders`);
      const replay = { shopId: POISONED, actor: 'trial', which: { kind: 'all-dead' } } as const;
      expect(await replayDeliveries(world.world, replay)).toEqual({ replayed: dead });
      await world.settle();
      for (const shopId of [POISONED, HEALTHY]) expect(await world.proof(shopId)).toEqual([]);
      const books = await booksInLines(world, POISONED, []);
      expect(books).toEqual(await booksInLines(world, HEALTHY, []));
      return {
        ...{ deliveries: tellings.length, dead, held_up: rough.waiting.size },
        ...{ others_held_up: others.length, lines: books.length, differences: 0 },
        ...{ turn_ms_p50: at(rough.turns, 0.5), turn_ms_p99: at(rough.turns, 0.99) },
        ...{ without_poison_p50: at(calm.turns, 0.5), without_poison_p99: at(calm.turns, 0.99) },
      };
    }),
);

/** Merges and erasures are tried by the storm. */
const MATTERS = new Set(['customers/merge', 'customers/redact']);

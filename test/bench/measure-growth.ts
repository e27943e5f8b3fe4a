/** What an award costs when the books are small and when they are big: as many members order in both. */
import { withClient } from './bench-place.ts';
import type { BenchPlace } from './bench-place.ts';
import { fillInbox, makeShops } from './bench-shops.ts';
import type { BenchShop } from './bench-shops.ts';
import { median } from './bench-table.ts';
import type { DrainAnswer, DrainWish } from './drain.ts';
import { growBooks } from './grown-books.ts';

const SMALL = 10_000;
const ORDERS_EACH = 10;

export interface GrowthSize {
  readonly entries: number;
  readonly growthRounds: number;
  readonly growthOrders: number;
}

export interface GrownBooks {
  readonly entries: number;
  /** Processor time of the worker and of PostgreSQL for each award, by round. */
  readonly processorMicros: readonly number[];
  readonly perSecond: readonly number[];
}

export async function measureGrowth(
  place: BenchPlace,
  size: GrowthSize,
): Promise<{ readonly small: GrownBooks; readonly big: GrownBooks }> {
  const small = await grown(place, SMALL, size);
  return { small, big: await grown(place, size.entries, size) };
}

async function grown(place: BenchPlace, wanted: number, size: GrowthSize): Promise<GrownBooks> {
  const { world } = place;
  const worker = place.start('test/bench/drain.ts', { as: 'worker' });
  const [shop] = await makeShops(world, 1);
  if (!shop) throw new Error('no shop was made');
  const members = Math.round(wanted / ORDERS_EACH);
  const entries = await growBooks(place, worker, shop, { members, ordersEach: ORDERS_EACH });
  const ordering = SMALL / ORDERS_EACH;
  const processorMicros: number[] = [];
  const perSecond: number[] = [];
  // The first round warms up.
  for (let round = 0; round <= size.growthRounds; round += 1) {
    await fillInbox(world, [shop], {
      orders: size.growthOrders,
      duplicates: 0,
      ...{ members: ordering, apart: Math.round(members / ordering) },
      from: ORDERS_EACH + round * size.growthOrders,
    });
    await world.db('0').query('CHECKPOINT');
    const wish: DrainWish = { lanesAtOnce: 4 };
    const answer = await place.counted([worker], () => worker.ask<DrainAnswer>(wish));
    if (round === 0) continue;
    processorMicros.push((answer.processorMs * 1000) / size.growthOrders);
    perSecond.push(answer.perSecond);
  }
  await worker.stop();
  await proveAwards(
    place,
    shop,
    ORDERS_EACH * members + (size.growthRounds + 1) * size.growthOrders,
  );
  return { entries, processorMicros, perSecond };
}

/** The books of millions are too many to prove in a bench: that every order was awarded is counted. */
async function proveAwards(place: BenchPlace, shop: BenchShop, orders: number): Promise<void> {
  const { rows } = await withClient(place.world.config.databaseUrl, (client) =>
    client.query<{ awarded: number }>(
      `SELECT count(*)::int AS awarded FROM awards WHERE shop_id = $1 AND source_kind = 'order' AND posted > 0`,
      [shop.id],
    ),
  );
  if (rows[0]?.awarded !== orders) throw new Error(`${rows[0]?.awarded} awarded, not ${orders}`);
}

export function growthRatio({ small, big }: { small: GrownBooks; big: GrownBooks }): number {
  return median(big.processorMicros) / median(small.processorMicros);
}

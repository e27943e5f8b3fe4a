/**
 * What an order's award costs over the whole road with no badges and challenges, with 20, and with 200: of
 * ten, two look at every order, two at certain goods that somebody buys, two at goods that nobody buys, and
 * four at what else members do. And once with 200 that all look at every order.
 */
import type { BenchPlace } from './bench-place.ts';
import { fillInbox, makeShop, proveShops } from './bench-shops.ts';
import { median } from './bench-table.ts';
import type { Row } from './bench-table.ts';
import type { DrainAnswer, DrainWish } from './drain.ts';
import { MIXES, programmeWith } from './games-programmes.ts';
import type { Mix } from './games-programmes.ts';

const CONNECTIONS = 4;

export interface ReachesSize {
  readonly reachRounds: number;
  readonly reachOrders: number;
  readonly reachMembers: number;
}

export const REACHES: Readonly<Record<'full' | 'quick', ReachesSize>> = {
  full: { reachRounds: 3, reachOrders: 4_000, reachMembers: 800 },
  quick: { reachRounds: 3, reachOrders: 600, reachMembers: 120 },
};

export interface ReachesFigures {
  readonly name: Mix;
  /** Processor time of the worker and of PostgreSQL for each award, by round. */
  readonly micros: readonly number[];
  readonly rowsKept: number;
}

export async function measureReaches(
  place: BenchPlace,
  size: ReachesSize,
): Promise<readonly ReachesFigures[]> {
  const worker = place.start('test/bench/drain.ts', { as: 'worker' });
  const found = new Map<Mix, { micros: number[]; rowsKept: number }>();
  const names = Object.keys(MIXES) as Mix[];
  // The first round warms up; each round meets every mix, so that all of them meet the same machine.
  for (let round = 0; round <= size.reachRounds; round += 1) {
    for (const name of names) {
      const { world } = place;
      const { count, everyOrder } = MIXES[name];
      const shop = await makeShop(world, programmeWith(count, everyOrder));
      const backlog = { orders: size.reachOrders, duplicates: 0, members: size.reachMembers };
      await fillInbox(world, [shop], backlog);
      await world.db('0').query('CHECKPOINT');
      const wish: DrainWish = { lanesAtOnce: CONNECTIONS };
      const answer = await place.counted([worker], () => worker.ask<DrainAnswer>(wish));
      await proveShops(world, [shop], size.reachOrders);
      const { rows } = await world
        .db(shop.id)
        .query<{ kept: number }>(
          `SELECT count(*)::int AS kept FROM progress WHERE shop_id = $1 AND kind IN ('badge', 'challenge')`,
          [shop.id],
        );
      const figures = found.get(name) ?? { micros: [], rowsKept: 0 };
      if (round > 0) figures.micros.push((answer.processorMs * 1000) / size.reachOrders);
      found.set(name, { ...figures, rowsKept: rows[0]?.kept ?? 0 });
    }
  }
  await worker.stop();
  return names.map((name) => ({ name, ...(found.get(name) ?? { micros: [], rowsKept: 0 }) }));
}

export function reachesRows(figures: readonly ReachesFigures[], members: number): Row[] {
  const base = figures[0]?.micros ?? [];
  return [
    ['an award, with badges and challenges', 'µs', 'ratio', 'rows each', 'aim'],
    ...figures.map(({ name, micros, rowsKept }): Row => {
      const ratio = median(micros.map((one, at) => one / (base[at] ?? one)));
      return [
        `   ${name}`,
        median(micros).toFixed(0),
        ratio.toFixed(2),
        (rowsKept / members).toFixed(1),
        '',
      ];
    }),
  ];
}

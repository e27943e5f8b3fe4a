/**
 * What an order's award costs over the whole road with no badges and challenges, with 20, and with 200: of
 * ten, two look at every order, two at certain goods that somebody buys, two at goods that nobody buys, and
 * four at what else members do. And once with 200 that all look at every order.
 */
import type { BenchPlace } from './bench-place.ts';
import { fillInbox, makeShop, proveShops } from './bench-shops.ts';
import { median } from './bench-table.ts';
import type { Row } from './bench-table.ts';
import { productId } from './busy-shop.ts';
import type { DrainAnswer, DrainWish } from './drain.ts';
import { goalDefinitions } from '../../app/domain/goals/registry.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';

const AIM = 10;
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

const MIXES = {
  '0': { count: 0, everyOrder: false },
  '20': { count: 20, everyOrder: false },
  '200': { count: 200, everyOrder: false },
  '200, all look at every order': { count: 200, everyOrder: true },
} as const;
type Mix = keyof typeof MIXES;

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
  const more = (name: Mix): number => {
    const own = figures.find((one) => one.name === name)?.micros ?? [];
    return median(own.map((micros, at) => micros - (base[at] ?? 0)));
  };
  const growth = more('200') / Math.max(1, more('20'));
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
    ['   ten times as many cost so many times more', '', growth.toFixed(2), '', `< ${AIM}`],
  ];
}

type Goal = readonly [kind: string, settings: object];

/** What the n-th of ten asks for. Most of them are begun and not reached by a few orders. */
const KINDS: readonly ((n: number) => Goal)[] = [
  (n) => ['orders', { count: 10 + n }],
  (n) => ['spend', { amount: String(10_000 + n) }],
  (n) => ['pieces', { count: 10, products: [String(productId(n))] }],
  (n) => ['orders', { count: 10, products: [String(productId(n))] }],
  (n) => ['pieces', { count: 10, collections: [String(9_000 + n)] }],
  (n) => ['orders', { count: 10, vendors: [`Another ${n}`] }],
  (n) => ['reviews-published', { count: 1 + n }],
  (n) => ['deeds', { count: 1 + n }],
  (n) => ['referrals', { count: 1 + n }],
  (n) => ['reached', { count: 100 + n }],
];

function programmeWith(count: number, everyOrder: boolean): Partial<ProgrammeDocument> {
  const goals = Array.from({ length: count }, (_, n) => {
    const [kind, settings] = (KINDS[everyOrder ? n % 2 : n % KINDS.length] ?? KINDS[0]!)(n);
    const whole = { ...(goalDefinitions.find(kind)?.defaults as object), ...settings };
    return { key: `g${n}`, kind, name: `Goal ${n}`, enabled: true, settings: whole };
  });
  const half = Math.ceil(count / 2);
  const { badges, challenges } = programmeDocument.shape;
  return {
    badges: badges.parse(goals.slice(0, half).map((goal) => ({ ...goal, bonusPoints: 10 }))),
    challenges: challenges.parse(
      goals.slice(half).map((goal) => ({ ...goal, prizePoints: 10, startsAt: null, endsAt: null })),
    ),
  };
}

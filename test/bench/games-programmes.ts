/** Programmes with so many badges and challenges, for the benches of games. */
import { productId } from './busy-shop.ts';
import { goalDefinitions } from '../../app/domain/goals/registry.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';

export const MIXES = {
  '0': { count: 0, everyOrder: false },
  '20': { count: 20, everyOrder: false },
  '200': { count: 200, everyOrder: false },
  '200, all look at every order': { count: 200, everyOrder: true },
} as const;
export type Mix = keyof typeof MIXES;

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

export function programmeWith(count: number, everyOrder: boolean): Partial<ProgrammeDocument> {
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

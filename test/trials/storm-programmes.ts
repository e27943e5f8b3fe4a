/** What the shops of the storm publish before the first day and after the thirtieth. */
import { firstDraft } from '../../app/domain/programme/document.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';

export interface Programmes {
  readonly first: ProgrammeInput;
  readonly second: ProgrammeInput;
}

/**
 * Each shop lives by another part of the law: tiers by each metric and window, points that wait, limits,
 * campaigns. Budgets are not among them (first come, first served: law 1.6), nor is expiry, because what
 * a late refund finds expired is said in its award.
 */
export function programmesOf(shop: number): Programmes {
  const start = firstDraft(`Shop ${shop}`);
  const metric = (['spend', 'points', 'orders'] as const)[shop % 3] ?? 'spend';
  const need = metric === 'orders' ? ['0', '2', '4'] : ['0', '150', '400'];
  const levels = start.tiers.levels.map((level, index) => ({
    ...level,
    need: need[index] ?? '0',
    entryPoints: index * 20,
  }));
  const window = WINDOWS[shop % WINDOWS.length] ?? { kind: 'lifetime' };
  const tiers = { ...start.tiers, metric, window, levels };
  const limited = {
    each: 250,
    perMember: [{ most: 400, of: 'points', per: 'month' } as const],
  };
  const earning = start.earning.map((rule) =>
    rule.kind === 'order' && shop % 2 === 1 ? { ...rule, limits: limited } : rule,
  );
  const first: ProgrammeInput = { ...start, tiers, earning, maturityDays: shop % 2 === 0 ? 0 : 14 };
  return {
    first,
    second: {
      ...first,
      multipliers: 'multiply',
      earning: earning.map((rule) =>
        rule.kind === 'order' ? { ...rule, settings: { ...rule.settings, points: 2 } } : rule,
      ),
      campaigns: [
        {
          ...{ key: 'autumn', name: 'Autumn', enabled: true, multiplier: '2' },
          ...{ startsAt: '2026-10-25T00:00:00Z', endsAt: '2026-11-05T00:00:00Z' },
        },
        {
          ...{ key: 'welcome', name: 'Welcome', enabled: true, bonus: { points: 40 } },
          ...{ startsAt: '2026-10-01T00:00:00Z', endsAt: '2026-12-31T00:00:00Z' },
          when: { firstOrder: true },
        },
        {
          ...{ key: 'few', name: 'Few', enabled: true, multiplier: '1.5', times: 2 },
          ...{ startsAt: '2026-10-01T00:00:00Z', endsAt: '2026-12-31T00:00:00Z' },
        },
      ],
    },
  };
}

const WINDOWS: readonly [
  ProgrammeInput['tiers']['window'],
  ...ProgrammeInput['tiers']['window'][],
] = [
  { kind: 'lifetime' },
  { kind: 'rolling', days: 40 },
  { kind: 'calendar-year' },
  { kind: 'anniversary' },
];

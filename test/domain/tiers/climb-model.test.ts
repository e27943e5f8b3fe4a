/** The ladder against a slow model that lives through every single day. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { climb, standAt } from '../../../app/domain/tiers/climb.ts';
import type { Ladder, Rung, TierWindow } from '../../../app/domain/tiers/climb.ts';
import type { Step } from '../../../app/domain/tiers/metric.ts';
import { day } from '../fixtures.ts';

interface Purchase {
  readonly on: number;
  readonly amount: number;
  /** Days later, and how much of it. */
  readonly refund: { readonly after: number; readonly amount: number } | null;
}

const newYears = [1, 366, 731, 1096, 1461]; // 2026 to 2030, as numbers of days

/** The tier on a day, by all that is known on that day. */
function modelled(
  ladders: readonly Ladder[],
  purchases: readonly Purchase[],
  today: number,
): Rung | null {
  const spent = (after: number, upTo: number): number =>
    purchases
      .filter(({ on }) => on > after && on <= upTo)
      .reduce((sum, { on, amount, refund }) => {
        const back = refund && on + refund.after <= today ? refund.amount : 0;
        return sum + amount - back;
      }, 0);
  const yearOf = (number: number): number => newYears.findLastIndex((first) => first <= number);
  const inWindow = ({ window }: Ladder, date: number): number =>
    window.kind === 'lifetime'
      ? spent(-Infinity, date)
      : window.kind === 'rolling'
        ? spent(date - window.days, date)
        : spent((newYears[yearOf(date)] ?? 1) - 1, date);
  const best = (one: Ladder, sum: number): Rung | null =>
    one.rungs.findLast(({ need }) => need <= sum) ?? null;
  const height = (rung: Rung | null): number => rung?.need ?? -1;

  const held: { tier: Rung | null; ends: number; lapsesTo?: Rung | null; begun: boolean } = {
    tier: null,
    ends: Infinity,
    begun: false,
  };
  const hold = (one: Ladder, rung: Rung | null, date: number): void => {
    held.tier = rung;
    delete held.lapsesTo;
    held.begun = true;
    held.ends =
      rung === null || one.window.kind === 'lifetime'
        ? Infinity
        : one.window.kind === 'rolling'
          ? date + one.window.days
          : (newYears[yearOf(date) + 2] ?? Infinity);
  };
  const endTerm = (one: Ladder): void => {
    const last = one.window.kind === 'calendar-year' ? held.ends - 1 : held.ends;
    const reached = best(one, inWindow(one, last));
    const inGrace = 'lapsesTo' in held;
    if (!inGrace && one.graceDays > 0 && height(reached) < height(held.tier)) {
      held.lapsesTo = reached;
      held.ends += one.graceDays;
      return;
    }
    const fallen = held.lapsesTo ?? null;
    hold(one, height(fallen) > height(reached) ? fallen : reached, held.ends);
  };

  for (let date = 1; date <= today; date += 1) {
    const inForce = ladders.findLast(({ from }) => from <= day(date));
    if (!inForce) continue;
    while (held.ends <= date) endTerm(inForce);
    const kept = inForce.rungs.find(({ key }) => key === held.tier?.key);
    const reached = best(inForce, inWindow(inForce, date));
    if (kept) {
      held.tier = kept;
      const again = 'lapsesTo' in held && height(reached) >= kept.need;
      if (height(reached) > kept.need || again) hold(inForce, reached, date);
    } else if (!held.begun || held.tier || reached) {
      hold(inForce, reached, date);
    }
  }
  return held.tier;
}

const someWindow: fc.Arbitrary<TierWindow> = fc.oneof(
  fc.constant<TierWindow>({ kind: 'lifetime' }),
  fc.constant<TierWindow>({ kind: 'calendar-year' }),
  fc.integer({ min: 20, max: 200 }).map((days): TierWindow => ({ kind: 'rolling', days })),
);

/** Every ladder lasts; a window of another kind would leave terms that neither side could name. */
const someLadders: fc.Arbitrary<Ladder[]> = fc
  .record({
    window: someWindow,
    changes: fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 2 }),
    graceDays: fc.constantFrom(0, 0, 10, 30),
    needs: fc.array(fc.uniqueArray(fc.constantFrom(0, 50, 100, 150, 200, 300), { maxLength: 3 }), {
      minLength: 3,
      maxLength: 3,
    }),
  })
  .map(({ window, changes, graceDays, needs }) =>
    [1, ...changes]
      .sort((a, b) => a - b)
      .map((from, version) => ({
        from: day(from),
        metric: 'spend',
        window,
        graceDays,
        rungs: [...(needs[version] ?? [])]
          .sort((a, b) => a - b)
          .map((need, index) => ({
            key: `t${index}`,
            name: `t${index}`,
            need,
            multiplier: `1.${version}`,
          })),
      })),
  );

const purchase: fc.Arbitrary<Purchase> = fc
  .record({
    on: fc.integer({ min: 1, max: 900 }),
    amount: fc.integer({ min: 1, max: 150 }),
    refund: fc.option(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 100 }))),
  })
  .map(({ on, amount, refund }) => ({
    on,
    amount,
    refund: refund && { after: refund[0], amount: Math.ceil((amount * refund[1]) / 100) },
  }));

function stepsOf(purchases: readonly Purchase[]): Step[] {
  const step = (at: number, spendMinor: number, countsFrom: number): Step => ({
    at: day(at),
    spendMinor,
    orders: 0,
    points: 0,
    countsFrom: day(countsFrom),
  });
  return purchases
    .flatMap(({ on, amount, refund }) => [
      step(on, amount, on),
      ...(refund ? [step(on + refund.after, -refund.amount, on)] : []),
    ])
    .sort((a, b) => a.at - b.at);
}

it('stands where somebody stands who lived through every day', () => {
  fc.assert(
    fc.property(
      someLadders,
      fc.array(purchase, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 4 }),
      (ladders, purchases, days) => {
        const stands = climb(ladders, stepsOf(purchases), day(1000), 'UTC');
        for (const today of days) {
          const found = standAt(stands, day(today))?.rung ?? null;
          expect([today, found]).toEqual([today, modelled(ladders, purchases, today)]);
        }
      },
    ),
    { numRuns: 400 },
  );
}, 30_000);

it('standing there on the day itself shows what looking back at it shows', () => {
  fc.assert(
    fc.property(
      someLadders,
      fc.array(purchase, { maxLength: 8 }),
      fc.integer({ min: 1, max: 900 }),
      (ladders, purchases, today) => {
        const steps = stepsOf(purchases);
        const then = climb(ladders, steps, day(today), 'UTC').at(-1)?.rung ?? null;
        const later = climb(ladders, steps, day(1000), 'UTC');
        expect(standAt(later, day(today))?.rung ?? null).toEqual(then);
      },
    ),
    { numRuns: 400 },
  );
}, 30_000);

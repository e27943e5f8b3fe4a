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
function modelled(ladders: readonly Ladder[], purchases: readonly Purchase[], today: number) {
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

  let tier: Rung | null = null;
  let ends = Infinity;
  let lapsesTo: Rung | null | undefined;
  const hold = (one: Ladder, rung: Rung | null, date: number): void => {
    tier = rung;
    lapsesTo = undefined;
    ends =
      rung === null || one.window.kind === 'lifetime'
        ? Infinity
        : one.window.kind === 'rolling'
          ? date + one.window.days
          : (newYears[yearOf(date) + 2] ?? Infinity);
  };

  let begun = false;
  for (let date = 1; date <= today; date += 1) {
    const inForce = ladders.findLast(({ from }) => from <= day(date));
    if (!inForce) continue;
    while (ends <= date) {
      const sum =
        inForce.window.kind === 'calendar-year'
          ? inWindow(inForce, ends - 1)
          : inWindow(inForce, ends);
      const reached = best(inForce, sum);
      if (lapsesTo === undefined && inForce.graceDays > 0 && height(reached) < height(tier)) {
        lapsesTo = reached;
        ends += inForce.graceDays;
      } else {
        const fallen: Rung | null = lapsesTo ?? null;
        hold(inForce, height(fallen) > height(reached) ? fallen : reached, ends);
      }
    }
    const key: string | undefined = (tier as Rung | null)?.key;
    const kept = inForce.rungs.find((rung) => rung.key === key);
    const reached = best(inForce, inWindow(inForce, date));
    if (key !== undefined && kept) {
      tier = kept;
      const again = lapsesTo !== undefined && height(reached) >= kept.need;
      if (height(reached) > kept.need || again) hold(inForce, reached, date);
    } else if (!begun || key !== undefined || reached) {
      hold(inForce, reached, date);
    }
    begun = true;
  }
  return tier as Rung | null;
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

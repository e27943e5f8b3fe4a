/** The ladder against a slow model that lives through every single day. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { climb, heightOf, standAt } from '../../../app/domain/tiers/climb.ts';
import type { Climb, Ladder, Rung, TierWindow } from '../../../app/domain/tiers/climb.ts';
import { spansBought } from '../../../app/domain/memberships/course.ts';
import type { Step } from '../../../app/domain/tiers/metric.ts';
import { boughtTerm } from '../memberships/terms-bought.ts';
import { day } from '../fixtures.ts';
import { someHistory } from './histories.ts';
import type { History, Purchase } from './histories.ts';
import { climber } from './ladders.ts';

const DAYS = 1000;

/** The number of the day on which a year of the shop or of the member begins. */
function yearBegins({ kind }: TierWindow, joined: number, year: number): number {
  const from = new Date(day(joined));
  const [month, date] = kind === 'anniversary' ? [from.getUTCMonth(), from.getUTCDate()] : [0, 1];
  const leap = year % 4 === 0;
  const at = Date.UTC(year, month, month === 1 && date === 29 && !leap ? 28 : date);
  return Math.round((at - day(1)) / 86_400_000) + 1;
}

/** The beginnings of the year that holds the day, of the next one and of the one after. */
function yearsAround(window: TierWindow, joined: number, date: number): [number, number, number] {
  const calendar = new Date(day(date)).getUTCFullYear();
  const year = yearBegins(window, joined, calendar) <= date ? calendar : calendar - 1;
  return [0, 1, 2].map((later) => yearBegins(window, joined, year + later)) as [
    number,
    number,
    number,
  ];
}

const inForceOn = (ladders: readonly Ladder[], date: number): Ladder | undefined =>
  ladders.findLast(({ from }) => from <= day(date));

/** The tier by counting on a day, by all that is known on that day. */
function counted({ ladders, purchases, joined }: History, today: number): Rung | null {
  const spent = (after: number, upTo: number): number =>
    purchases
      .filter(({ on }) => on > after && on <= upTo)
      .reduce((sum, { on, amount, refund }) => {
        const back = refund && on + refund.after <= today ? refund.amount : 0;
        return sum + amount - back;
      }, 0);
  const inWindow = ({ window }: Ladder, date: number): number =>
    window.kind === 'lifetime'
      ? spent(-Infinity, date)
      : window.kind === 'rolling'
        ? spent(date - window.days, date)
        : spent(yearsAround(window, joined, date)[0] - 1, date);
  const best = (one: Ladder, sum: number): Rung | null =>
    one.rungs.findLast(({ need }) => need !== null && need <= sum) ?? null;
  const byKey = (one: Ladder, wanted: Rung | null): Rung | null =>
    one.rungs.find(({ key }) => key === wanted?.key) ?? null;
  const better = (one: Ladder, a: Rung | null, b: Rung | null): Rung | null =>
    heightOf(one, a) > heightOf(one, b) ? a : b;

  const held: { tier: Rung | null; ends: number; lapsesTo?: Rung | null; begun: boolean } = {
    tier: null,
    ends: Infinity,
    begun: false,
  };
  const hold = (
    one: Ladder,
    tier: Rung | null,
    date: number,
    year = yearsAround(one.window, joined, date)[2],
  ): void => {
    held.tier = tier;
    delete held.lapsesTo;
    held.begun = true;
    held.ends =
      tier === null || one.window.kind === 'lifetime'
        ? Infinity
        : one.window.kind === 'rolling'
          ? date + one.window.days
          : year;
  };
  const fallOf = (one: Ladder, reached: Rung | null): Rung | null => {
    if (one.downgrade === 'recompute') return reached;
    const below = one.rungs
      .slice(0, Math.max(0, heightOf(one, held.tier)))
      .findLast(({ need }) => need !== null);
    return better(one, below ?? null, reached);
  };
  const endTerm = (one: Ladder): void => {
    const years = one.window.kind === 'calendar-year' || one.window.kind === 'anniversary';
    const [begins, over, next] = yearsAround(one.window, joined, held.ends);
    // What a year brings holds to the end of the year after it: a term's end looks at the year before it,
    // and where a grace ends within a year, at that one, too.
    const byNow = best(one, inWindow(one, years ? held.ends - 1 : held.ends));
    const byBefore = years && held.ends > begins ? best(one, inWindow(one, begins - 1)) : null;
    const reached = better(one, byNow, byBefore);
    const falls = heightOf(one, reached) < heightOf(one, held.tier);
    if (!('lapsesTo' in held) && falls && one.graceDays > 0) {
      held.lapsesTo = fallOf(one, reached);
      if (heightOf(one, held.lapsesTo) < heightOf(one, held.tier)) {
        held.ends += one.graceDays;
        return;
      }
    }
    const lands = 'lapsesTo' in held ? held.lapsesTo : falls ? fallOf(one, reached) : reached;
    const tier = better(one, lands ?? null, reached);
    const thisYear = held.ends > begins && heightOf(one, tier) === heightOf(one, byNow);
    hold(one, tier, held.ends, thisYear ? next : over);
  };

  let before: Ladder | undefined;
  for (let date = Math.min(1, today); date <= today; date += 1) {
    const inForce = inForceOn(ladders, date);
    if (!inForce) continue;
    while (held.ends <= date) endTerm(inForce);
    const tier = byKey(inForce, held.tier);
    const reached = best(inForce, inWindow(inForce, date));
    const asks = (one: Ladder): string =>
      JSON.stringify(one.rungs.map(({ key, need }) => [key, need]));
    const another = before !== undefined && before !== inForce && asks(before) !== asks(inForce);
    before = inForce;
    if (tier) {
      held.tier = tier;
      if ('lapsesTo' in held) held.lapsesTo = byKey(inForce, held.lapsesTo ?? null);
      const up = heightOf(inForce, reached) - heightOf(inForce, tier);
      const lowered = another && inForce.lowersAtOnce && up < 0;
      if (up > 0 || lowered || ('lapsesTo' in held && up === 0)) hold(inForce, reached, date);
    } else if (!held.begun || held.tier || reached) {
      hold(inForce, reached, date);
    }
  }
  return held.tier;
}

/** Who buys again adds the days to the end; what is given back by today was never bought. */
function isGranted(history: History, tierKey: string, today: number): boolean {
  const byAgent = history.grants.some(
    ({ on, days, revokedOn, ...grant }) =>
      grant.tierKey === tierKey &&
      on <= today &&
      today < on + (days ?? Infinity) &&
      today < (revokedOn ?? Infinity),
  );
  let end = -Infinity;
  for (const { on, refund, grants } of history.purchases.toSorted((a, b) => a.on - b.on)) {
    if (grants?.tierKey !== tierKey || on > today) continue;
    if (refund && on + refund.after <= today) continue;
    // Bought at the day's first moment, it holds to the end of the day that lies so many days later.
    end = (on < end ? end : on + 1) + (grants.days ?? Infinity);
  }
  return byAgent || today < end;
}

function modelled(history: History, today: number): Rung | null {
  const ladder = inForceOn(history.ladders, today);
  if (!ladder) return null;
  const granted = ladder.rungs.findLast(({ key }) => isGranted(history, key, today)) ?? null;
  const reached = counted(history, today);
  return heightOf(ladder, granted) > heightOf(ladder, reached) ? granted : reached;
}

function climbed(history: History, today: number): Climb {
  const { purchases, grants, joined } = history;
  const bought = purchases
    .flatMap(({ on, refund, grants: product }) => {
      const lostAt = refund ? on + refund.after : Infinity;
      const times = { from: day(on), lostAt: lostAt <= today ? day(lostAt) : null };
      return product && on <= today ? [boughtTerm(product.tierKey, product.days, times)] : [];
    })
    .sort((a, b) => a.from - b.from);
  return climb(
    history.ladders.filter(({ from }) => from <= day(today)),
    stepsOf(purchases),
    day(today),
    climber({
      zone: 'UTC',
      joinedAt: day(joined) + 3_600_000,
      bought: spansBought(bought, 'UTC'),
      grants: grants
        .filter(({ on }) => on <= today)
        .map(({ tierKey, on, days, revokedOn }) => ({
          ...{ tierKey, from: day(on), until: days === null ? null : day(on + days) },
          revokedAt: revokedOn !== null && revokedOn <= today ? day(revokedOn) : null,
        })),
    }),
  );
}

function stepsOf(purchases: readonly Purchase[]): Step[] {
  const step = (at: number, spendMinor: number, countsFrom: number): Step => ({
    at: day(at),
    spendMinor,
    orders: 0,
    points: 0,
    countsFrom: day(countsFrom),
  });
  return purchases.flatMap(({ on, amount, refund }) => [
    step(on, amount, on),
    ...(refund ? [step(on + refund.after, -refund.amount, on)] : []),
  ]);
}

it('stands where somebody stands who lived through every day', () => {
  fc.assert(
    fc.property(
      someHistory,
      fc.array(fc.integer({ min: 1, max: DAYS }), { minLength: 4, maxLength: 8 }),
      (history, days) => {
        const { stands } = climbed(history, DAYS);
        for (const today of days) {
          const found = standAt(stands, day(today))?.rung ?? null;
          expect([today, found]).toEqual([today, modelled(history, today)]);
        }
      },
    ),
    { numRuns: 600 },
  );
});

it('standing there on the day itself shows what looking back at it shows', () => {
  fc.assert(
    fc.property(someHistory, fc.integer({ min: 1, max: 900 }), (history, today) => {
      const then = climbed(history, today).stands.at(-1)?.rung ?? null;
      const later = climbed(history, DAYS).stands;
      expect(standAt(later, day(today))?.rung ?? null).toEqual(then);
    }),
    { numRuns: 600 },
  );
});

it('what was believed in the end is what somebody believes who knows it from the beginning', () => {
  fc.assert(
    fc.property(someHistory, fc.integer({ min: 1, max: DAYS }), (history, today) => {
      const { believed } = climbed(history, DAYS);
      const net = history.purchases.map((one) => ({
        ...one,
        amount:
          one.amount - (one.refund && one.on + one.refund.after <= DAYS ? one.refund.amount : 0),
        grants: one.refund && one.on + one.refund.after <= DAYS ? null : one.grants,
        refund: null,
      }));
      const known = climbed({ ...history, purchases: net }, DAYS);
      expect(standAt(believed, day(today))?.rung ?? null).toEqual(
        standAt(known.stands, day(today))?.rung ?? null,
      );
    }),
    { numRuns: 300 },
  );
});

it('where time alone leads is where the member is when it has passed', () => {
  fc.assert(
    fc.property(
      someHistory,
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 400 }),
      (history, today, more) => {
        const quiet = {
          ...history,
          ladders: history.ladders.filter(({ from }) => from <= day(today)),
          grants: history.grants.filter(({ revokedOn }) => (revokedOn ?? 0) <= today),
          purchases: history.purchases.filter(
            ({ on, amount, refund }) =>
              amount > 0 && on <= today && (refund === null || on + refund.after <= today),
          ),
        };
        const ahead = climbed(quiet, today).ahead(day(today + more))?.rung ?? null;
        const granted = quiet.grants.filter(({ on }) => on <= today);
        const then = climbed({ ...quiet, grants: granted }, today + more).stands.at(-1);
        expect(ahead).toEqual(then?.rung ?? null);
      },
    ),
    { numRuns: 300 },
  );
});

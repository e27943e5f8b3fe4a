/** A balance that ends by inactivity, and facts that are told after it has ended. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import { day, faultsOf, line, Member, order, programme, refund, shopWith } from './fixtures.ts';
import { deed } from '../../app/domain/activities/activity.ts';

const HOUR = 3_600_000;
const inactivity: ProgrammeInput['expiry'] = {
  ...{ kind: 'inactivity', length: 30, unit: 'days', reminderDays: [] },
};

function member(over: Partial<ProgrammeInput> = {}): Member {
  const document = programme({ expiry: inactivity, ...over });
  return new Member(shopWith([[day(1), document]], { timeZone: 'UTC' }));
}

const bought = (id: string, on: number, points: number) =>
  order(
    { placedAt: day(on), lines: [line({ priceMinor: 100, quantity: points })] },
    { orderId: id },
  );

const takenBack = (id: string, number: number, on: number, points: number) => ({
  ...{ orderId: id, snapshot: null, paidAt: null },
  refunds: [
    refund({
      id: `${id}${number}`,
      createdAt: day(on) + HOUR,
      lines: [{ lineId: '1', quantity: points }],
    }),
  ],
});

describe('points that expired because an order was not known (law 4.2)', () => {
  it('come back when the order is told, and expire 30 days after it', () => {
    const late = member()
      .order(bought('1', 2, 100), day(2))
      .decide(day(40));
    expect(late.moves).toEqual([100, -100]);
    late.order(bought('2', 20, 50), day(45));
    // The period of 30 days from the 20th ends with the 19th of February, day 50.
    expect(late.books.available).toBe(150);
    expect(late.moves).toEqual([100, -100, 100, 50]);
    expect(late.books.lots.map(({ expiresAt }) => expiresAt)).toEqual([day(51), day(51)]);
    expect(late.decide(day(51)).books.available).toBe(0);
    expect(late.moves).toEqual([100, -100, 100, 50, -100, -50]);
    expect(faultsOf(late.books)).toEqual([]);
  });

  it('control: stay away when the order lay after the end of the period', () => {
    const late = member()
      .order(bought('1', 2, 100), day(2))
      .decide(day(40));
    late.order(bought('2', 35, 50), day(45));
    expect(late.moves).toEqual([100, -100, 50]);
  });

  it('come back once, and go again when the order turns out to be another’s, as often as that happens', () => {
    const here = member()
      .order(bought('1', 2, 100), day(2))
      .decide(day(40));
    for (let turn = 0; turn < 3; turn += 1) {
      here.order(bought('2', 20, 50), day(45)).order(bought('2', 20, 50), day(45));
      expect(here.books.available).toBe(150);
      here.lose('2', day(45));
      expect(here.books.available).toBe(0);
    }
    const keys = here.books.entries.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(faultsOf(here.books)).toEqual([]);
  });

  it('pay what is owed first, as they would have', () => {
    const told = [bought('1', 2, 100), bought('2', 3, 60)] as const;
    const late = member().order(told[0], day(2)).order(told[1], day(3));
    late.redeem(160, day(4));
    late.order(bought('3', 5, 80), day(5)).decide(day(40));
    // All 80 have expired; a refund of the 60 that were spent is owed.
    late.order(takenBack('2', 1, 41, 60), day(41));
    expect(late.books).toMatchObject({ available: 0, debt: 60 });
    late.order(bought('4', 25, 10), day(45));
    expect(late.books).toMatchObject({ available: 80 + 10 - 60, debt: 0 });
    expect(faultsOf(late.books)).toEqual([]);
  });

  it('do not come back as far as a refund counted them as taken, until it turns out to be none', () => {
    const late = member()
      .order(bought('1', 2, 100), day(2))
      .decide(day(40));
    late.order(takenBack('1', 1, 41, 60), day(41));
    expect(late.moves).toEqual([100, -100]);
    late.order(bought('2', 20, 50), day(45));
    expect(late.books.available).toBe(40 + 50);
    // Another refund of the same order takes 40 more: nothing of it is left.
    late.order(takenBack('1', 2, 42, 40), day(46));
    expect(late.books).toMatchObject({ available: 50, debt: 0 });
    expect(faultsOf(late.books)).toEqual([]);
  });

  it('come back by what the member did, too, and what is told with it has the right date at once', () => {
    const visits = {
      ...{ key: 'visit', kind: 'visit', name: 'Visit', enabled: true, settings: { points: 5 } },
    };
    const earning = [...programme().earning, visits];
    const late = member({ earning })
      .order(bought('1', 2, 100), day(2))
      .decide(day(40));
    late.did(deed('visit', 'day-20', day(20)), day(45));
    expect(late.books.available).toBe(105);
    expect(late.books.lots.map(({ expiresAt }) => expiresAt)).toEqual([day(51), day(51)]);
  });
});

/** Orders and refunds over a hundred days, each with the day on which it is told. */
const life = fc.array(
  fc.record({
    on: fc.integer({ min: 2, max: 100 }),
    late: fc.nat({ max: 60 }),
    points: fc.integer({ min: 1, max: 100 }),
    refund: fc.option(
      fc.record({ after: fc.nat({ max: 40 }), points: fc.integer({ min: 1, max: 100 }) }),
    ),
  }),
  { minLength: 1, maxLength: 7 },
);

it('whatever is told late, the balance is that of who was told in time', () => {
  let revived = 0;
  fc.assert(
    fc.property(life, (bills) => {
      const facts = bills.flatMap(({ on, late, points, refund: back }, index) => [
        { at: day(on), told: day(on + late), fact: bought(`${index}`, on, points) },
        ...(back
          ? [
              {
                at: day(on + back.after) + HOUR,
                told: day(on + back.after + late) + HOUR,
                fact: takenBack(`${index}`, 1, on + back.after, Math.min(points, back.points)),
              },
            ]
          : []),
      ]);
      const [inTime, late] = [member(), member()];
      for (const { at, fact } of facts.toSorted((a, b) => a.at - b.at)) inTime.order(fact, at);
      for (const { told, fact } of facts.toSorted((a, b) => a.told - b.told))
        late.order(fact, told);
      for (const one of [inTime, late]) {
        one.decide(day(210), []);
        expect(faultsOf(one.books)).toEqual([]);
      }
      const netOf = ({ books }: Member): number => books.available - books.debt;
      expect(netOf(late)).toBe(netOf(inTime));
      revived += late.books.entries.filter(({ kind }) => kind === 'revive').length;
    }),
    { numRuns: 150, seed: 20261122 },
  );
  expect(revived).toBeGreaterThan(20);
});

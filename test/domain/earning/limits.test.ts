import { describe, expect, it } from 'vitest';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { startOfPeriod } from '../../../app/domain/time/shop-time.ts';
import {
  day,
  faultsOf,
  line,
  Member,
  order,
  programme,
  refund,
  review,
  shopWith,
} from '../fixtures.ts';

type LimitsInput = NonNullable<ProgrammeInput['earning'][number]['limits']>;
type MemberLimit = NonNullable<LimitsInput['perMember']>[number];

const limited = (limits: LimitsInput): ProgrammeInput => {
  const document = programme();
  return { ...document, earning: document.earning.map((rule) => ({ ...rule, limits })) };
};
const perMember = (...limits: MemberLimit[]): ProgrammeInput => limited({ perMember: limits });
const member = (document: ProgrammeInput): Member =>
  new Member(shopWith([[day(1), programme(document)]]));
const bought = (orderId: string, dollars: number, placedAt: number) =>
  order({ placedAt, lines: [line({ priceMinor: dollars * 100 })] }, { orderId });
const HOUR = 3_600_000;

describe('limits (law 1.6)', () => {
  it('each order earns at most so much, and is cut, not refused: $250 at most 100 are 100', () => {
    const one = member(limited({ each: 100 })).order(bought('1', 250, day(10)));
    expect(one.moves).toEqual([100]);
    expect(one.award('order', '1', 'order')?.explanation).toMatchObject({
      exact: '250',
      points: 100,
      limits: [{ limit: 'each', most: 100, cut: 150 }],
    });
  });

  it('a refund of what was above the limit takes nothing, and of what was below it does', () => {
    const one = member(limited({ each: 100 })).order(bought('1', 250, day(10)));
    const lines = [line({ priceMinor: 25_000 })];
    const back = (id: string, minor: number) =>
      refund({ id, createdAt: day(20 + Number(id)), extraMinor: minor });
    // $250 − $100 = $150, cut to 100; less $90 more = $60.
    one.order(order({ placedAt: day(10), lines }, { orderId: '1', refunds: [back('1', 10_000)] }));
    expect(one.moves).toEqual([100]);
    one.order(order({ placedAt: day(10), lines }, { orderId: '1', refunds: [back('2', 9000)] }));
    expect(one.moves).toEqual([100, -40]);
  });

  it('at most 100 a day: $80 and $50 of one day are 80 and 20, the next day is another', () => {
    const one = member(perMember({ most: 100, of: 'points', per: 'day' }));
    one.order(bought('1', 80, day(10) + HOUR)).order(bought('2', 50, day(10) + 2 * HOUR));
    one.order(bought('3', 50, day(11) + 2 * HOUR));
    expect(one.moves).toEqual([80, 20, 50]);
    expect(one.award('order', '2', 'order')?.explanation).toMatchObject({
      limits: [{ limit: 'points', most: 100, per: 'day', cut: 30 }],
    });
  });

  it('at most two orders a week: the third earns nothing and says why', () => {
    const one = member(perMember({ most: 2, of: 'times', per: 'week' }));
    // 12 January 2026 is a Monday.
    for (const [id, at] of [
      ['1', 12],
      ['2', 14],
      ['3', 18],
      ['4', 19],
    ] as const)
      one.order(bought(id, 10, day(at) + 12 * HOUR));
    expect(one.moves).toEqual([10, 10, 10]);
    expect(one.award('order', '3', 'order')?.explanation).toMatchObject({
      points: 0,
      nothingBecause: 'limit-reached',
      limits: [{ limit: 'times', most: 2, per: 'week', cut: 10 }],
    });
  });

  it('an order of less than a point is no time', () => {
    const one = member(perMember({ most: 1, of: 'times', per: 'lifetime' }));
    one.order(bought('1', 0.4, day(10))).order(bought('2', 10, day(11)));
    expect(one.moves).toEqual([10]);
  });

  it('of several limits the tightest counts, whatever their order', () => {
    const limits = [
      { most: 500, of: 'points', per: 'year' },
      { most: 30, of: 'points', per: 'day' },
      { most: 60, of: 'points', per: 'month' },
    ] as const;
    for (const list of [limits, limits.toReversed()]) {
      const one = member(perMember(...list));
      for (const at of [10, 11, 12]) one.order(bought(String(at), 50, day(at) + HOUR));
      expect(one.moves).toEqual([30, 30]); // 30 + 30 of 60, then nothing in January
      expect(one.order(bought('40', 50, day(40))).moves).toEqual([30, 30, 30]); // February
    }
  });

  it('an order that came late takes its place, and those after it give way', () => {
    const document = perMember({ most: 100, of: 'points', per: 'month' });
    const one = member(document)
      .order(bought('2', 80, day(12)))
      .order(bought('3', 40, day(13)));
    expect(one.books.available).toBe(100); // 80 + 20
    one.order(bought('1', 70, day(11)));
    const posted = ['1', '2', '3'].map((id) => one.award('order', id, 'order')?.posted);
    expect(posted).toEqual([70, 30, 0]);
    expect(one.books.available).toBe(100);
  });

  it('at most 100 a month: $80 and $50, then a late $70, then the $80 refunded', () => {
    const one = member(perMember({ most: 100, of: 'points', per: 'month' }));
    const posted = (): (number | undefined)[] =>
      ['1', '2', '3'].map((id) => one.award('order', id, 'order')?.posted);
    one.order(bought('2', 80, day(12))).order(bought('3', 50, day(13)));
    expect(posted()).toEqual([undefined, 80, 20]);
    one.order(bought('1', 70, day(11)));
    expect(posted()).toEqual([70, 30, 0]);
    const gone = { placedAt: day(12), lines: [line({ priceMinor: 8000 })] };
    one.order(order({ ...gone, updatedAt: day(14), cancelledAt: day(14) }, { orderId: '2' }));
    expect(posted()).toEqual([70, 0, 30]);
  });

  it('a refund gives its room to the later orders of the period, and to no others', () => {
    const one = member(perMember({ most: 100, of: 'points', per: 'month' }));
    one.order(bought('1', 80, day(10))).order(bought('2', 50, day(11)));
    one.order(bought('3', 50, day(40)));
    expect(one.moves).toEqual([80, 20, 50]);
    const back = refund({ createdAt: day(41), lines: [{ lineId: '1', quantity: 1 }] });
    const told = order(
      { placedAt: day(10), lines: [line({ priceMinor: 8000 })] },
      { orderId: '1', refunds: [back] },
    );
    one.order(told);
    const posted = ['1', '2', '3'].map((id) => one.award('order', id, 'order')?.posted);
    expect(posted).toEqual([0, 50, 50]);
    expect(faultsOf(one.books)).toEqual([]);
    // Told again, it changes nothing.
    const entries = one.books.entries.length;
    expect(one.order(told).decide(day(101)).books.entries).toHaveLength(entries);
  });

  it('what an order had before its limit was reached by another version stays counted', () => {
    const loose = perMember({ most: 100, of: 'points', per: 'month' });
    const tight = perMember({ most: 50, of: 'points', per: 'month' });
    const shop = shopWith([
      [day(1), programme(loose)],
      [day(12), programme(tight)],
    ]);
    const one = new Member(shop).order(bought('1', 40, day(11))).order(bought('2', 40, day(12)));
    expect(one.moves).toEqual([40, 10]);
  });

  it('what an edit adds under another version shares the limits of its order', () => {
    const lines = [line({ priceMinor: 8000 }), line({ id: '2', priceMinor: 6000 })];
    const added = { id: '5', at: day(13), added: [{ lineId: '2', quantity: 1 }] };
    const edited = (limits: LimitsInput): Member => {
      const document = programme(limited(limits));
      const shop = shopWith([
        [day(1), document],
        [day(12), document],
      ]);
      const told = order({ placedAt: day(11), updatedAt: day(13), lines }, { edits: [added] });
      return new Member(shop).order(told);
    };
    expect(edited({}).moves).toEqual([80, 60]); // the control: two awards, one of each version
    expect(edited({ each: 100 }).moves).toEqual([80, 20]);
    expect(edited({ perMember: [{ most: 90, of: 'points', per: 'month' }] }).moves).toEqual([
      80, 10,
    ]);
    expect(edited({ perMember: [{ most: 1, of: 'times', per: 'month' }] }).moves).toEqual([80, 60]);
  });

  it('counts reviews as it counts orders: at most one a day', () => {
    const document = programme({
      earning: [
        {
          ...{ key: 'review', kind: 'review', name: 'Reviewing', enabled: true },
          settings: { points: 50, photoBonus: 0, videoBonus: 0 },
          limits: { perMember: [{ most: 1, of: 'times', per: 'day' }] },
        },
      ],
    });
    const one = member(document);
    one.review(review({ id: '2', createdAt: day(10) + 2 * HOUR }));
    one.review(review({ id: '1', createdAt: day(10) + HOUR }));
    expect(one.award('review', 'judgeme:1', 'review')?.posted).toBe(50);
    expect(one.award('review', 'judgeme:2', 'review')?.posted).toBe(0);
    expect(one.books.available).toBe(50);
  });

  it('one rule knows nothing of what another gave', () => {
    const document = perMember({ most: 100, of: 'points', per: 'day' });
    const [rule] = document.earning;
    if (!rule) throw new Error('There is a rule.');
    const two = { ...document, earning: [rule, { ...rule, key: 'more' }] };
    expect(member(two).order(bought('1', 150, day(10))).moves).toEqual([100, 100]);
  });
});

describe('the shop’s periods', () => {
  const berlin = (text: string, period: Parameters<typeof startOfPeriod>[1]): string =>
    new Date(startOfPeriod(Date.parse(text), period, 'Europe/Berlin')).toISOString();

  it('begin at the shop’s midnight, in summer as in winter, on days of 23 and of 25 hours', () => {
    // 29 March 2026 has 23 hours in Berlin, 25 October has 25.
    expect(berlin('2026-03-29T21:59:59Z', 'day')).toBe('2026-03-28T23:00:00.000Z');
    expect(berlin('2026-03-29T22:00:00Z', 'day')).toBe('2026-03-29T22:00:00.000Z');
    expect(berlin('2026-10-25T22:59:59Z', 'day')).toBe('2026-10-24T22:00:00.000Z');
    expect(berlin('2026-10-25T23:00:00Z', 'day')).toBe('2026-10-25T23:00:00.000Z');
  });

  it('weeks begin on Monday, months and years on their first, a lifetime never', () => {
    expect(berlin('2026-03-29T12:00:00Z', 'week')).toBe('2026-03-22T23:00:00.000Z');
    expect(berlin('2026-03-30T12:00:00Z', 'week')).toBe('2026-03-29T22:00:00.000Z');
    expect(berlin('2026-03-31T22:00:00Z', 'month')).toBe('2026-03-31T22:00:00.000Z');
    expect(berlin('2026-12-31T23:00:00Z', 'year')).toBe('2026-12-31T23:00:00.000Z');
    expect(startOfPeriod(0, 'lifetime', 'Europe/Berlin')).toBe(-Infinity);
  });

  it('a limit of a day knows a day of 25 hours', () => {
    const document = perMember({ most: 100, of: 'points', per: 'day' });
    const one = member(document);
    one.order(bought('1', 80, Date.parse('2026-10-24T22:30:00Z')), day(365));
    one.order(bought('2', 80, Date.parse('2026-10-25T22:30:00Z')), day(365)); // 24 hours later
    one.order(bought('3', 80, Date.parse('2026-10-25T23:30:00Z')), day(365)); // the next day
    expect(one.moves).toEqual([80, 20, 80]);
  });
});

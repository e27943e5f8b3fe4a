/** What members are told before points expire, and that it does not matter when somebody looks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { booksOf } from '../../app/domain/points/books.ts';
import type { Lot } from '../../app/domain/points/books.ts';
import { remindersOf } from '../../app/domain/points/reminders.ts';
import { day, faultsOf, Member, programme, shopWith } from './fixtures.ts';
import { bought, expiring, refunded, shopThat } from './passing-days.ts';

describe('reminders (law 4.3)', () => {
  const shop = shopThat({ expiry: expiring({ length: 60, reminderDays: [30, 7] }) });
  const told = (member: Member) =>
    [...member.told.values()].filter(({ kind }) => kind === 'points-expiring');

  it('are told 30 and 7 days before, once each, one for all lots of a day', () => {
    const member = new Member(shop).order(bought('1', 50, day(2)), day(2));
    member.order(bought('2', 25, day(2) + 3_600_000), day(3));
    expect(member.decision?.dueAt).toBe(day(33)); // the two lots expire with 3 March, the 62nd day
    for (let now = 3; now <= 62; now += 1) member.decide(day(now), []);
    expect(told(member).map(({ at, content }) => [at, content])).toEqual([
      [day(33), { points: 75, day: '2026-03-03', days: 30 }],
      [day(56), { points: 75, day: '2026-03-03', days: 7 }],
    ]);
  });

  it('say what is left by then, and nothing when all was spent', () => {
    const member = new Member(shop).order(bought('1', 50, day(2)), day(2));
    member.decide(day(33), []);
    member.redeem(50, day(40));
    expect(member.decision?.dueAt).toBeNull();
    member.decide(day(56), []);
    expect(told(member)).toHaveLength(1);
  });

  it('are not told when the date has moved away', () => {
    const member = new Member(shop).order(bought('1', 50, day(2)), day(2));
    const [first] = shop.versions;
    const off = shopWith([
      [day(1), first?.version.document ?? programme()],
      [day(20), programme()],
    ]);
    member.shop = { ...off, timeZone: 'UTC' };
    member.decide(day(33), []);
    expect(told(member)).toEqual([]);
    expect(member.books.lots[0]?.expiresAt).toBeNull();
  });

  it('do not warn of what came within those days', () => {
    const short = shopThat({ expiry: expiring({ length: 14, reminderDays: [30, 7] }) });
    const member = new Member(short).order(bought('1', 50, day(40)), day(40));
    for (let now = 41; now <= 54; now += 1) member.decide(day(now), []);
    expect(told(member).map(({ content }) => content['days'])).toEqual([7]);
  });
});

describe('the points that are reminded of', () => {
  const lot = (over: Partial<Lot>): Lot => ({
    ...{ sourceKind: 'order', sourceId: '1', ruleKey: 'order', lot: 1, original: 50 },
    ...{ occurredAt: day(1), state: 'available', remaining: 50, keptUntil: null },
    ...{ availableAt: day(1), expiresAt: day(40), ...over },
  });
  const told = (lots: readonly Lot[], now: number, days = [7]) => {
    const figures = { available: 0, pending: 0, debt: 0, lastSeq: 0, earnedTotal: 0 };
    return remindersOf(booksOf({ ...figures, lots: [...lots] }), days, now, 'UTC');
  };
  const points = (...asked: Parameters<typeof told>) =>
    told(...asked).due.map(({ content }) => content['points']);

  it('can be spent and do expire: not what is pending, spent, kept for good, or gone by now', () => {
    expect(points([lot({})], day(33))).toEqual([50]);
    expect(points([lot({ state: 'pending' })], day(33))).toEqual([]);
    expect(points([lot({ remaining: 0 })], day(33))).toEqual([]);
    expect(points([lot({ expiresAt: null })], day(33))).toEqual([]);
    expect([day(40) - 1, day(40)].map((now) => points([lot({})], now))).toEqual([[50], []]);
    expect(points([lot({}), lot({ lot: 2, state: 'pending' }), lot({ lot: 3 })], day(33))).toEqual([
      100,
    ]);
  });

  it('were there at that moment, or some of that day’s were', () => {
    const late = { availableAt: day(33) + 1 };
    expect(points([lot({ availableAt: day(33) })], day(34))).toEqual([50]);
    expect(points([lot(late)], day(34))).toEqual([]);
    expect(points([lot(late), lot({ lot: 2 })], day(34))).toEqual([100]);
    expect(points([lot({ lot: 2 }), lot(late)], day(34))).toEqual([100]);
    expect(points([lot({ availableAt: null })], day(34))).toEqual([50]);
  });

  it('of one day are told together, by the last of the days that have passed, the oldest first', () => {
    const other = lot({ lot: 2, remaining: 9, expiresAt: day(38) });
    const { due, later } = told([lot({}), other], day(36), [7, 3, 7, 1]);
    expect(due.map(({ key, at }) => [key, at])).toEqual([
      ['points-expiring:2026-02-08:7', day(33)],
      ['points-expiring:2026-02-06:3', day(35)],
    ]);
    expect(later).toEqual([day(37), day(39), day(37)]);
    expect(told([lot({})], day(33) - 1)).toEqual({ due: [], later: [day(33)] });
  });
});

describe('what a clawback leaves', () => {
  it('is written with the entry and with the award: 100 earned, 70 spent, all refunded within the balance (law 3.2)', () => {
    const shop = shopThat({ clawback: 'within-balance' });
    const member = new Member(shop).order(bought('1', 100, day(2)), day(2));
    member.redeem(70, day(5));
    member.order(refunded('1', 100, day(2), day(20)), day(20));
    expect(member.books).toMatchObject({ available: 0, debt: 0 });
    expect(member.books.entries.at(-1)).toMatchObject({ points: 30, explanation: { waived: 70 } });
    expect(member.award('order', '1', 'order')).toMatchObject({ explanation: { waived: 70 } });
  });

  it('an order that is another’s goes by the policy of its version (law 3.2)', () => {
    const shop = shopThat({ clawback: 'within-balance' });
    const member = new Member(shop).order(bought('1', 100, day(2)), day(2));
    member.redeem(70, day(5));
    member.lose('1', day(20));
    expect(member.books).toMatchObject({ available: 0, debt: 0 });
  });
});

it('whenever somebody looks, the same days end in the same books', () => {
  const looks = fc.array(fc.integer({ min: 3, max: 80 }), { maxLength: 12 });
  fc.assert(
    fc.property(
      looks,
      fc.constantFrom<'lot' | 'inactivity'>('lot', 'inactivity'),
      fc.integer({ min: 1, max: 25 }),
      fc.integer({ min: 0, max: 9 }),
      (days, kind, length, maturityDays) => {
        const shop = shopThat({ maturityDays, expiry: expiring({ kind, length }) });
        const live = (moments: readonly number[]): Member => {
          const member = new Member(shop);
          const happens = new Map<number, () => void>([
            [2, () => void member.order(bought('1', 40, day(2)), day(2))],
            [9, () => void member.order(bought('2', 60, day(9)), day(9))],
            [30, () => void member.order(refunded('1', 40, day(2), day(30)), day(30))],
            [35, () => void member.order(bought('3', 5, day(35)), day(35))],
          ]);
          for (let now = 2; now <= 90; now += 1) {
            if (moments.includes(now)) member.decide(day(now), []);
            happens.get(now)?.();
            expect(faultsOf(member.books)).toEqual([]);
          }
          return member.decide(day(90), []);
        };
        const { available, pending, debt, expired } = live(days).books;
        const calm = live(Array.from({ length: 90 }, (_, index) => index)).books;
        expect({ available, pending, debt }).toEqual({
          available: calm.available,
          pending: calm.pending,
          debt: calm.debt,
        });
        expect([...expired.values()].map(({ points }) => points)).toEqual(
          [...calm.expired.values()].map(({ points }) => points),
        );
      },
    ),
    { numRuns: 25 },
  );
});

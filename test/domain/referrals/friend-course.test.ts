/** What is kept of a friend's orders says of any minimum what all of the orders would say. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { friendCourse } from '../../../app/domain/referrals/friend-course.ts';
import type { Standing } from '../../../app/domain/orders/standing.ts';
import { day } from '../fixtures.ts';

function standing(id: number, on: number, had: number, kept: number, test = false): Standing {
  const placedAt = day(on);
  return {
    ...{ orderId: String(id), placedAt, counts: true, test, kept: [] },
    changes: [
      [placedAt, had, 1],
      ...(kept === had ? [] : [[day(60), kept - had, kept === 0 ? -1 : 0] as const]),
    ],
  };
}

const orders = fc.array(
  fc.record({
    on: fc.integer({ min: 1, max: 40 }),
    had: fc.integer({ min: 1, max: 20 }),
    back: fc.integer({ min: 0, max: 20 }),
    test: fc.boolean(),
  }),
  { maxLength: 12 },
);

it('knows the first two orders of every minimum, with and without test orders (law 9.1)', () => {
  fc.assert(
    fc.property(orders, (all) => {
      const told = all.map(({ on, had, back, test }, index) => ({
        standing: standing(index + 1, on, had, Math.max(0, had - back), test),
        paidAt: day(on),
        fulfilledAt: null,
      }));
      const course = friendCourse(told, day(10), null);
      const since = told
        .map(({ standing: one }) => one)
        .filter(({ placedAt }) => placedAt >= day(10))
        .map((one) => ({ ...one, minor: one.changes.reduce((sum, [, minor]) => sum + minor, 0) }))
        .filter(({ minor }) => minor > 0)
        .sort((a, b) => a.placedAt - b.placedAt || Number(a.orderId) - Number(b.orderId));
      for (const least of [1, 5, 10, 15, 20]) {
        for (const tests of [false, true]) {
          const fits = (one: { minor: number; test: boolean }): boolean =>
            one.minor >= least && (tests || !one.test);
          expect(
            course.orders
              .filter(fits)
              .slice(0, 2)
              .map(({ id }) => id),
          ).toEqual(
            since
              .filter(fits)
              .slice(0, 2)
              .map(({ orderId }) => orderId),
          );
        }
      }
    }),
    { numRuns: 200 },
  );
});

it('knows who ordered before, and what went back of what was ordered since (law 9.2)', () => {
  const paid = (one: Standing) => ({ standing: one, paidAt: one.placedAt, fulfilledAt: null });
  const course = friendCourse(
    [paid(standing(1, 5, 9, 9)), paid(standing(2, 12, 50, 0)), paid(standing(3, 14, 30, 30))],
    day(10),
    day(3),
  );
  expect(course).toMatchObject({
    ...{ earlierAt: day(5), accountSince: day(3), spentMinor: 30 },
    lost: { id: '2', hadMinor: 50, minor: 0 },
    orders: [{ id: '3', minor: 30 }],
  });
});

it('keeps two orders of each amount, however many there are: all that a minimum can ask for', () => {
  const same = [11, 12, 13, 14, 15].map((on) => standing(on, on, 50, 50));
  const dearer = standing(16, 16, 60, 60);
  const told = [...same, dearer].map((one) => ({
    ...{ standing: one, paidAt: one.placedAt, fulfilledAt: null },
  }));
  const course = friendCourse(told, day(10), null);
  expect(course.orders.map(({ id }) => id)).toEqual(['11', '12', '16']);
  expect(course.spentMinor).toBe(5 * 50 + 60);
});

it('knows nothing of orders that are not paid, or in another currency (law 9.1)', () => {
  const unpaid = { standing: standing(1, 12, 50, 50), paidAt: null, fulfilledAt: null };
  const foreign = {
    standing: { ...standing(2, 13, 70, 70), counts: false },
    ...{ paidAt: day(13), fulfilledAt: null },
  };
  const before = { ...unpaid, standing: standing(3, 5, 50, 50) };
  expect(friendCourse([unpaid, foreign, before], day(10), null)).toEqual({
    ...{ earlierAt: null, accountSince: null, orders: [], lost: null, spentMinor: 0 },
  });
});

it('says when the last went back of what was lost, not when the first did', () => {
  const went = {
    ...standing(1, 12, 50, 50),
    changes: [
      [day(12), 50, 1],
      [day(20), -20, 0],
      [day(40), -30, -1],
    ] as const,
  };
  const course = friendCourse(
    [{ standing: went, paidAt: day(12), fulfilledAt: null }],
    day(10),
    null,
  );
  expect(course.lost).toEqual({ id: '1', at: day(40), hadMinor: 50, minor: 0 });
});

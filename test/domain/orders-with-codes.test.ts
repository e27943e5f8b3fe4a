/** Orders that bear a reward's code and are not as they should be: unpaid, twice, given back bit by bit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import { day, faultsOf, line, refund } from './fixtures.ts';
import { redeemed, state, used } from './redeemed.ts';

const withSnapshot = (told: OrderTidings, over: object): OrderTidings => ({
  ...told,
  snapshot: told.snapshot && { ...told.snapshot, ...over },
});
const unpaid = (orderId: string, over: object = {}): OrderTidings =>
  withSnapshot(used({ orderId, paidAt: null }), { payment: 'unpaid', ...over });
const cancelled = { cancelledAt: day(11), updatedAt: day(11) };

describe('an order that nobody paid (law 5.3)', () => {
  it.each([
    ['cancelled', cancelled],
    ['voided', { payment: 'voided', updatedAt: day(11) }],
  ])('%s leaves a code that is of no use: it ends, and is not spent', (_how, over) => {
    const member = redeemed().order(unpaid('77'), day(10));
    expect(state(member)).toBe('reserved 500');
    expect(member.redemptions.get('r1')?.ending).toBeNull();
    member.order(unpaid('77', over), day(11));
    expect(member.redemptions.get('r1')).toMatchObject({ state: 'reserved', ending: 'cancelled' });
    expect(member.release('r1', day(11)).books.available).toBe(500);
  });

  it('and another that was paid: the code is the other’s, whichever is told first', () => {
    const [over, paid] = [unpaid('70', cancelled), used({ orderId: '88' })];
    for (const told of [
      [over, paid],
      [paid, over],
      [paid, over, paid, over],
    ]) {
      const member = redeemed();
      for (const one of told) member.order(one, day(12));
      expect(member.redemptions.get('r1')).toMatchObject({ state: 'captured', orderId: '88' });
      expect(member.books.available).toBe(0);
      expect(faultsOf(member.books)).toEqual([]);
    }
  });

  it('told after all to be paid, it is charged again: 500 of the 500 that had come back', () => {
    const member = redeemed().order(unpaid('77', cancelled), day(11));
    member.release('r1', day(12));
    expect(member.books.available).toBe(500);
    member.order(withSnapshot(used({ orderId: '77' }), { updatedAt: day(13) }), day(13));
    expect([state(member), member.books.available]).toEqual(['captured 500', 0]);
  });
});

describe('a free product (law 2.5)', () => {
  const order = (...refunded: string[]): OrderTidings => {
    const refunds = refunded.map((lineId, index) =>
      refund({ id: `9${index}`, createdAt: day(20 + index), lines: [{ lineId, quantity: 1 }] }),
    );
    return withSnapshot(used({}, refunds), {
      lines: [
        line({ id: 'bought', priceMinor: 3_000, giftCard: true }),
        line({ id: 'free', priceMinor: 1_000, discountMinor: 1_000, giftCard: true }),
      ],
      discountCodes: [{ code: 'THANKS-1', lines: [{ lineId: 'free', minor: 1_000 }] }],
    });
  };

  it.each([
    ['given back alone, brings back all 500', ['free'], 500],
    ['kept, though what was bought with it goes back, stays spent', ['bought'], 0],
    ['given back with the rest, brings them back once', ['bought', 'free'], 500],
  ])('%s', (_how, refunded, back) => {
    const member = redeemed().order(order(), day(10));
    member.order(order(...refunded), day(30)).order(order(...refunded), day(31));
    expect(member.books.available).toBe(back);
    expect(faultsOf(member.books)).toEqual([]);
  });
});

it('however it is given back, bit by bit, never more than was spent comes back, and all at the end (law 2.5)', () => {
  const piece = fc.constantFrom('a', 'b', 'c');
  const off = fc.tuple(fc.nat(900), fc.nat(900), fc.nat(900));
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      off,
      fc.integer({ min: 500, max: 997 }),
      (taken, discounts, points) => {
        const sizes = { a: 3, b: 2, c: 1 };
        const ids = ['a', 'b', 'c'] as const;
        const refunds: ReturnType<typeof refund>[] = [];
        const told = (): OrderTidings =>
          withSnapshot(used({}, [...refunds]), {
            lines: ids.map((id, index) =>
              line({
                ...{ id, quantity: sizes[id], priceMinor: 1_000, giftCard: true },
                discountMinor: discounts[index] ?? 0,
              }),
            ),
            discountCodes: [
              {
                code: 'THANKS-1',
                lines: ids.map((lineId, index) => ({ lineId, minor: discounts[index] ?? 0 })),
              },
            ],
          });
        const member = redeemed({}, points);
        const spent = 500;
        const before = member.books.available;
        member.order(told(), day(10));
        const left = { ...sizes };
        let last = 0;
        const give = (id: 'a' | 'b' | 'c'): void => {
          if (left[id] === 0) return;
          left[id] -= 1;
          const at = day(20 + refunds.length);
          refunds.push(
            refund({
              id: `${900 + refunds.length}`,
              createdAt: at,
              lines: [{ lineId: id, quantity: 1 }],
            }),
          );
          member.order(told(), at);
          const back = member.books.available - before;
          expect(back).toBeGreaterThanOrEqual(last);
          expect(back).toBeLessThanOrEqual(spent);
          last = back;
        };
        for (const id of taken) give(id);
        for (const id of ids) while (left[id] > 0) give(id);
        expect(member.books.available - before).toBe(spent);
        expect(faultsOf(member.books)).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});

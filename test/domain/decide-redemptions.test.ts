/** Redeemed points and the orders that used them, through the whole engine. */
import { describe, expect, it } from 'vitest';
import type { OrderTidings, RefundFacts } from '../../app/domain/orders/order-facts.ts';
import { day, faultsOf, line, order, refund } from './fixtures.ts';
import { half, redeemed, rest, state, used } from './redeemed.ts';

describe('an order uses a redemption', () => {
  it('which is captured when the order is paid, and not before', () => {
    const member = redeemed();
    const unpaid = used({ paidAt: null });
    member.order(
      { ...unpaid, snapshot: unpaid.snapshot && { ...unpaid.snapshot, payment: 'unpaid' } },
      day(10),
    );
    expect(state(member)).toBe('reserved 500');
    const paid = used({ paidAt: day(12) });
    member.order(
      { ...paid, snapshot: paid.snapshot && { ...paid.snapshot, updatedAt: day(12) } },
      day(12),
    );
    expect(state(member)).toBe('captured 500');
    expect(member.redemptions.get('r1')).toMatchObject({ orderId: '77', capturedAt: day(12) });
    expect(member.books.available).toBe(0);
  });
});

describe('a refund of the order that used it (law 2.5)', () => {
  it('gives back pro rata: 500 points for $5 off $50, $25 of lines refunded, are 250 back', () => {
    const member = redeemed()
      .order(used(), day(10))
      .order(used({}, [half]), day(20));
    expect(member.books.available).toBe(250);
    expect(state(member)).toBe('captured 250');
    expect(member.books.entries.at(-1)).toMatchObject({
      kind: 'return',
      points: 250,
      from: 'redeemed',
      to: 'available',
      lot: 1,
      occurredAt: day(20),
    });
  });

  it('gives back everything when all lines are refunded, though the shipping is not', () => {
    const member = redeemed().order(used({}, [half, rest]), day(30));
    expect(member.books.available).toBe(500);
    expect(state(member)).toBe('returned 0');
  });

  it('gives back once, however refund and cancellation arrive, and however often', () => {
    const cancelled = (refunds: readonly RefundFacts[]): OrderTidings => {
      const told = used({}, refunds);
      const snapshot = told.snapshot && {
        ...told.snapshot,
        cancelledAt: day(22),
        updatedAt: day(22),
      };
      return { ...told, snapshot };
    };
    const ways: (readonly OrderTidings[])[] = [
      [used(), used({}, [half]), cancelled([half])],
      [cancelled([]), used({}, [half]), cancelled([half]), used({}, [rest])],
      [used({}, [half, rest]), cancelled([]), cancelled([half, rest])],
    ];
    for (const told of ways) {
      const member = redeemed();
      for (const tidings of [...told, ...told]) member.order(tidings, day(30));
      expect(member.books.available).toBe(500);
      expect(state(member)).toBe('returned 0');
      expect(faultsOf(member.books)).toEqual([]);
    }
  });

  it('sums up: three refunds of a third give 166, 167 and 167', () => {
    const thirds = (count: number): OrderTidings => {
      const refunds = Array.from({ length: count }, (_, index) =>
        refund({
          id: `9${index}`,
          createdAt: day(20 + index),
          lines: [{ lineId: 'a', quantity: 1 }],
        }),
      );
      const told = used({}, refunds);
      const lines = [line({ id: 'a', quantity: 3, priceMinor: 1_000, discountMinor: 500 })];
      const discountCodes = [{ code: 'THANKS-1', lines: [{ lineId: 'a', minor: 500 }] }];
      return { ...told, snapshot: told.snapshot && { ...told.snapshot, lines, discountCodes } };
    };
    const member = redeemed();
    for (const count of [0, 1, 2, 3]) member.order(thirds(count), day(19 + count));
    const returns = member.books.entries.filter(({ kind }) => kind === 'return');
    expect(returns.map(({ points }) => points)).toEqual([166, 167, 167]);
  });

  it('weighs by what the code took off a line, not by its price', () => {
    const told = used({}, [half]);
    const discountCodes = [{ code: 'THANKS-1', lines: [{ lineId: 'b', minor: 500 }] }];
    const snapshot = told.snapshot && { ...told.snapshot, discountCodes };
    const member = redeemed().order({ ...told, snapshot }, day(20));
    expect(member.books.available).toBe(0); // the code took nothing off line a
    member.order({ ...told, snapshot, refunds: [half, rest] }, day(21));
    expect(member.books.available).toBe(500);
  });

  it('of money without lines gives back its share: $9 of the $45 that were paid are 100 of 500', () => {
    const some = refund({ id: '93', createdAt: day(20), lines: [], extraMinor: 900 });
    const member = redeemed().order(used({}, [some]), day(20));
    expect(member.books.available).toBe(100);
  });

  it('of the shipping alone gives back nothing', () => {
    const shipping = refund({ id: '94', createdAt: day(20), shippingMinor: 700 });
    expect(redeemed().order(used({}, [shipping]), day(20)).books.available).toBe(0);
  });

  it('that turns out to have failed takes the points again as far as they are there, and never makes debt', () => {
    const member = redeemed().order(used({}, [half]), day(20));
    member.redeem(100, day(21), { id: 'r2' });
    const failed = { ...half, lines: [], toldAt: day(22) };
    member.order(used({}, [failed]), day(22));
    expect(member.books).toMatchObject({ available: 0, debt: 0 });
    expect(state(member)).toBe('captured 400'); // 250 + 150 that were left
    expect(faultsOf(member.books)).toEqual([]);
  });

  it('pays a debt before anything can be spent', () => {
    const member = redeemed().order(used(), day(10));
    const first = order(
      { placedAt: day(2), lines: [line({ priceMinor: 50_000 })] },
      {
        orderId: '1',
        refunds: [refund({ id: '95', createdAt: day(15), lines: [{ lineId: '1', quantity: 1 }] })],
      },
    );
    member.order(first, day(15));
    expect(member.books).toMatchObject({ available: 0, debt: 500 });
    member.order(used({}, [half]), day(20));
    expect(member.books).toMatchObject({ available: 0, debt: 250 });
    member.order(used({}, [half, rest]), day(21));
    expect(member.books).toMatchObject({ available: 0, debt: 0 });
    expect(faultsOf(member.books)).toEqual([]);
  });
});

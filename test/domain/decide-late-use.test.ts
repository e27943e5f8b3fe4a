/** A code that was used at the checkout, while its points came back here: the order is told late. */
import { describe, expect, it } from 'vitest';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import { day, faultsOf, line, order } from './fixtures.ts';
import type { Member } from './fixtures.ts';
import { half, redeemed, rest, state, used } from './redeemed.ts';

/** 500 points for a code; unused as it seems, they come back on day 15. */
function released(over: Partial<ProgrammeInput> = {}): Member {
  return redeemed(over).release('r1', day(15));
}

const unpaid = (): OrderTidings => {
  const told = used({ paidAt: null });
  return { ...told, snapshot: told.snapshot && { ...told.snapshot, payment: 'unpaid' } };
};

const cancelled = (): OrderTidings => {
  const told = used();
  const over = { cancelledAt: day(22), updatedAt: day(22) };
  return { ...told, snapshot: told.snapshot && { ...told.snapshot, ...over } };
};

const figures = (member: Member): object => {
  const { available, debt } = member.books;
  expect(faultsOf(member.books)).toEqual([]);
  return { available, debt, redemption: state(member) };
};

describe('an order with the code that is told after its points came back (law 5.3)', () => {
  it('uses it all the same: its 500 points are charged again', () => {
    const member = released();
    expect(figures(member)).toEqual({ available: 500, debt: 0, redemption: 'released 0' });
    member.order(used(), day(16)).order(used(), day(17));
    expect(figures(member)).toEqual({ available: 0, debt: 0, redemption: 'captured 500' });
    expect(member.moves).toEqual([500, -500, 500, -500]);
    expect(member.redemptions.get('r1')).toMatchObject({ orderId: '77', capturedAt: day(10) });
  });

  it('not while the order is unpaid', () => {
    const member = released().order(unpaid(), day(16));
    expect(figures(member)).toEqual({ available: 500, debt: 0, redemption: 'released 0' });
  });

  it.each([
    ['before', (here: Member) => here.order(used(), day(14))],
    [
      'unpaid before, paid after',
      (here: Member) => here.order(unpaid(), day(14)).release('r1', day(15)).order(used(), day(16)),
    ],
    ['after', (here: Member) => here.release('r1', day(15)).order(used(), day(16))],
    [
      'only with its first refund',
      (here: Member) => here.release('r1', day(15)).order(used({}, [half]), day(20)),
    ],
  ])('ends in the same books, told %s the release, and so do refunds after it', (_when, told) => {
    const member = told(redeemed()).order(used({}, [half]), day(20));
    expect(figures(member)).toEqual({ available: 250, debt: 0, redemption: 'captured 250' });
    member.order(used({}, [half, rest]), day(21)).order(cancelled(), day(22));
    expect(figures(member)).toEqual({ available: 500, debt: 0, redemption: 'returned 0' });
  });

  it('charges nothing when it was cancelled before it was told', () => {
    const member = released().order(cancelled(), day(23));
    expect(figures(member)).toEqual({ available: 500, debt: 0, redemption: 'returned 0' });
    expect(member.moves).toEqual([500, -500, 500]);
  });

  it.each([
    // 300 of the 500 went for something else: 200 are taken; the other 300 are owed or left.
    ['unlimited', { available: 0, debt: 300 }, 'captured 500', { available: 0, debt: 50 }, 200],
    ['within-balance', { available: 0, debt: 0 }, 'captured 200', { available: 0, debt: 0 }, 200],
    ['only-pending', { available: 0, debt: 0 }, 'captured 200', { available: 0, debt: 0 }, 200],
  ] as const)('finds 200 of 500, under %s', (clawback, after, used500, halfBack, allBack) => {
    const member = released({ clawback });
    member.redeem(300, day(16), { id: 'r2' });
    member.order(used(), day(17));
    expect(figures(member)).toEqual({ ...after, redemption: used500 });
    member.order(used({}, [half]), day(20));
    expect(member.books).toMatchObject(halfBack);
    member.order(used({}, [half, rest]), day(21));
    expect(figures(member)).toEqual({ available: allBack, debt: 0, redemption: 'returned 0' });
  });

  it('asks but once for what it left, whatever the member earns later', () => {
    const member = released({ clawback: 'within-balance' });
    member.redeem(300, day(16), { id: 'r2' });
    const more = order(
      { placedAt: day(18), lines: [line({ priceMinor: 40_000 })] },
      { orderId: '2' },
    );
    member.order(used(), day(17)).order(more, day(18)).order(used(), day(19));
    expect(figures(member)).toEqual({ available: 400, debt: 0, redemption: 'captured 200' });
  });
});

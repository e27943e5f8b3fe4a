/** Money that goes back without a piece, where pieces were swapped for others (law 2.3, 2.4). */
import { describe, expect, it } from 'vitest';
import type { OrderLine, RefundFacts } from '../../../app/domain/orders/order-facts.ts';
import { day, line, Member, order, programme, refund, shopWith } from '../fixtures.ts';

const shop = shopWith([[day(1), programme()]]);
const HOUR = 3_600_000;
const swap = day(16);
/** $60.00 and $40.00 were placed; an edit, or an exchange, takes the $40.00 and brings another piece. */
const sixty = line({ priceMinor: 6000 });
const forty = line({ id: '2', priceMinor: 4000 });
const brought = (minor: number): OrderLine => line({ id: '3', title: 'Cup', priceMinor: minor });
const edits = [{ id: 'e1', at: swap, added: [{ lineId: '3', quantity: 1 }] }];
const piece = [{ lineId: '2', quantity: 1 }];
/** As the removal is told: the piece, and no money for it yet. */
const removal = (createdAt = swap) =>
  refund({ id: '900', createdAt, lines: piece, extraMinor: -4000, paidBackMinor: 0 });
const money = (id: string, minor: number, createdAt: number) =>
  refund({ id, createdAt, extraMinor: minor, paidBackMinor: minor });

function moves(minor: number, refunds: RefundFacts[], told: object = { edits }): number[] {
  const lines = [sixty, { ...forty, currentQuantity: 0 }, brought(minor)];
  const knownRefundIds = refunds.map(({ id }) => id);
  const state = { lines, updatedAt: day(30), knownRefundIds, totalMinor: 10_000 + minor };
  const placed = order({ lines: [sixty, forty] });
  const member = new Member(shop).order(placed).order(order(state, { refunds, ...told }));
  return [member.moves[0] ?? 0, member.books.available];
}

describe('$40.00 that are swapped for', () => {
  it('$40.00, and $30.00 given back later: the swap owes nothing, so 100 − 30', () => {
    expect(moves(4000, [removal()])).toEqual([100, 100]);
    expect(moves(4000, [removal(), money('901', 3000, day(20))])).toEqual([100, 70]);
    expect(moves(4000, [removal(swap + 1000), money('901', 3000, day(20))])).toEqual([100, 70]);
  });

  it('$30.00: the $10.00 between them take nothing, and $9.00 more are a tenth of 90', () => {
    const difference = money('901', 1000, swap + HOUR);
    expect(moves(3000, [removal(), difference])).toEqual([100, 90]);
    expect(moves(3000, [removal(), difference, money('902', 900, day(20))])).toEqual([100, 81]);
  });

  it('nothing: its $40.00 take nothing more, when they follow', () => {
    const lines = [sixty, { ...forty, currentQuantity: 0 }];
    const refunds = [removal(), money('901', 4000, day(20)), money('902', 600, day(21))];
    const knownRefundIds = ['900', '901', '902'];
    const state = { lines, updatedAt: day(30), knownRefundIds, totalMinor: 10_000 };
    const member = new Member(shop).order(order(state, { refunds }));
    expect(member.moves).toEqual([100, -40, -6]); // 6.00 of the 60.00 that are left
  });

  it('a piece that was added and paid before it: its $40.00 are owed all the same', () => {
    const late = day(18);
    const refunds = [removal(late), money('901', 4000, day(20))];
    expect(moves(3000, refunds)).toEqual([100, 90]);
  });
});

describe('$30.00 that were given back', () => {
  it('before a swap of $40.00 for $40.00 stay given back: 100 − 30', () => {
    expect(moves(4000, [money('899', 3000, day(12)), removal()])).toEqual([100, 70]);
  });

  it('after a swap that no refund tells of take 30, too', () => {
    expect(moves(4000, [money('901', 3000, day(20))])).toEqual([100, 70]);
  });
});

it('control: an edit that Laurel was not told of nets nothing, and the money for the piece takes nothing', () => {
  expect(moves(3000, [money('901', 1000, day(20))], {})).toEqual([100, 90]);
});

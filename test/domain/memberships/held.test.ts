/** How a membership stands, as it is kept and as it is read again (law 6.6). */
import { describe, expect, it } from 'vitest';
import { heldOf, membershipRow, shownMembership } from '../../../app/domain/memberships/held.ts';
import type { Purchase } from '../../../app/domain/memberships/purchases.ts';
import { day } from '../fixtures.ts';
import { boughtTerm } from './terms-bought.ts';

/** Of 30 days, with so many days of grace. */
function bought(on: number, over: Partial<Purchase> = {}, graceDays = 0): Purchase {
  const term = boughtTerm('club', 30, { from: day(on), lostAt: null });
  return { ...term, membership: { ...term.membership, graceDays }, ...over };
}

const held = (purchases: readonly Purchase[], now: number) => heldOf(purchases, 'UTC', now);
const rowsOf = (purchases: readonly Purchase[], now = day(200)) =>
  held(purchases, now).map(membershipRow);

describe('a membership that was bought', () => {
  it('is kept with its terms, its orders, the newest first, and when it ends and lapses', () => {
    const two = [bought(10, { orderId: '1' }, 3), bought(20, { orderId: '2', piece: '2.1' }, 3)];
    // 60 days from the 10th on: to the end of day 70, and 3 of grace.
    expect(rowsOf(two)).toEqual([
      {
        ...{ key: 'membership:club', have: 2, need: 0, completedAt: day(10), until: day(74) },
        counted: ['club', '2026-03-12T00:00:00.000Z', '2', '1'],
      },
    ]);
  });

  it('for good ends never', () => {
    const forGood = boughtTerm('club', null, { from: day(10), lostAt: null });
    const [row] = rowsOf([forGood]);
    expect(row).toMatchObject({ counted: ['club', '', '1'], until: null });
    expect(row && shownMembership(row, day(9_000))).toMatchObject({
      ...{ until: null, lapsesAt: null, state: 'running' },
    });
  });

  it('remembers the newest 24 of its orders, each once', () => {
    const many = Array.from({ length: 26 }, (_, index) => bought(10, { orderId: String(index) }));
    const [row] = rowsOf([...many, bought(10, { orderId: '25', piece: '25.2' })]);
    const [, , ...orders] = row?.counted ?? [];
    expect([row?.have, orders.length, orders[0], orders.at(-1)]).toEqual([27, 24, '25', '2']);
  });

  it('is not there before it begins, nor when all of it was given back', () => {
    expect(held([bought(10)], day(10) - 1)).toEqual([]);
    expect(held([bought(10)], day(10))).toHaveLength(1);
    const lost = bought(10, { lostAt: day(12) });
    expect(held([lost], day(20))).toEqual([]);
    expect(held([lost, bought(11)], day(20))[0]).toMatchObject({ lost: [lost] });
  });

  it('has the name of what was bought last, and each membership stands alone', () => {
    const renamed = bought(40);
    const [one, other] = [
      { ...renamed, membership: { ...renamed.membership, name: 'The club' } },
      { ...renamed, membership: { ...renamed.membership, key: 'circle', name: 'Circle' } },
    ];
    expect(held([bought(10), one, other], day(50)).map(({ key, name }) => [key, name])).toEqual([
      ['club', 'The club'],
      ['circle', 'Circle'],
    ]);
  });
});

describe('a row of it', () => {
  const [row] = rowsOf([bought(10, {}, 3)]);
  const at = (now: number) => (row ? shownMembership(row, now) : null);

  it('says since when, until when, and by which orders', () => {
    expect(at(day(20))).toEqual({
      ...{ key: 'club', name: 'club', orderIds: ['1'], since: day(10), terms: 1 },
      ...{ until: day(41), lapsesAt: day(44), state: 'running' },
    });
  });

  it('runs until just before its end, is in grace then, and lapsed when that is over', () => {
    const moments = [day(41) - 1, day(41), day(44) - 1, day(44)];
    expect(moments.map((now) => at(now)?.state)).toEqual([
      ...['running', 'grace', 'grace', 'lapsed'],
    ]);
  });

  it('is no row of anything else', () => {
    expect(row && shownMembership({ ...row, key: 'badge:club' }, day(20))).toBeNull();
    const bare = { key: 'membership:club', have: 0, counted: [], until: null };
    expect(shownMembership(bare, day(20))).toMatchObject({
      ...{ name: '', until: null, since: null, orderIds: [] },
    });
  });
});

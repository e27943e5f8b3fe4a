import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unmerge } from '../../../app/domain/members/unmerge.ts';
import { booksOf, give, receive, reverse, spend } from '../../../app/domain/points/books.ts';
import type { Books, Movement } from '../../../app/domain/points/books.ts';
import { day, emptyBooks, faultsOf } from '../fixtures.ts';

const move = (key: string, sourceId = key): Movement => ({
  ...{ key, sourceKind: 'order', sourceId, ruleKey: 'order', programmeVersion: 1 },
  explanation: { rule: 'step', step: 'earn' },
  occurredAt: day(1),
});
const net = ({ available, pending, debt }: Books): number => available + pending - debt;
const isTheirs = ({ sourceId }: { sourceId: string }): boolean => sourceId.startsWith('gus');

/** Kim with what was hers and what came from Gus, some of it on its way. */
function merged(kim: number, gus: number, pending = 0): Books {
  const books = emptyBooks();
  if (kim > 0) give(books, move('kim'), 'earn', 'issued', kim, day(1));
  const lot = { availableAt: day(1), expiresAt: day(400) };
  if (gus > 0) {
    const held = { ...lot, state: 'available', remaining: gus } as const;
    receive(books, move('gus'), 'merge', 'merged', held);
  }
  if (pending > 0) {
    const coming = { ...lot, state: 'pending', remaining: pending } as const;
    receive(books, move('gus-late'), 'merge', 'merged', coming);
  }
  return books;
}

function part(kept: Books, share: { net: number; spent: number }): { gone: Books; stay: number } {
  const gone = booksOf({
    ...{ available: 0, pending: 0, debt: 0, lastSeq: 0, earnedTotal: 0, lots: [] },
  });
  const stay = unmerge(kept, gone, { mergeId: 'm', isTheirs, ...share }, day(50));
  return { gone, stay };
}

describe('undoing a merge (law 7.2)', () => {
  // Kim brought 100 and Gus 400, of which the welcome of 100 was kept once and is given again apart.
  it.each([
    ['nothing', 0, 300, 100, 300, 0],
    ['60, which are Kim’s', 60, 300, 40, 300, 0],
    ['130, of which 30 are more than Kim had', 130, 300, 0, 270, 30],
    ['all 400', 400, 300, 0, 0, 300],
  ])('after spending %s', (_what, spent, owed, kim, gus, stays) => {
    const kept = merged(100, 300);
    if (spent > 0) spend(kept, move('spent'), 'redeem', 'redeemed', spent);
    const { gone, stay } = part(kept, { net: owed, spent });
    expect([net(kept), net(gone), stay]).toEqual([kim, gus, stays]);
    expect([faultsOf(gone), kept.debt, gone.debt]).toEqual([[], 0, 0]);
  });

  it('gives a refunded order back as it is now: 300 less 50', () => {
    const kept = merged(100, 250);
    const { gone } = part(kept, { net: 250, spent: 0 });
    expect([net(kept), net(gone)]).toEqual([100, 250]);
  });

  it('leaves each their debts: Kim’s 40 that Gus’s points had paid come back to her', () => {
    const kept = merged(0, 260); // 300 came, 40 of them paid what Kim owed
    const { gone } = part(kept, { net: 300, spent: 0 });
    expect([kept.debt, net(gone)]).toEqual([40, 300]);
    const other = merged(60, 0); // Kim's 100, of which 40 paid what Gus owed
    const back = part(other, { net: -40, spent: 0 });
    expect([net(other), back.gone.debt]).toEqual([100, 40]);
  });

  it('books nothing for points on their way that a refund had taken by then', () => {
    const kept = merged(10, 20, 30);
    reverse(kept, move('gus-back', 'gus-late'), 30, 'unlimited');
    const { gone } = part(kept, { net: 20, spent: 0 });
    expect([gone.entries.map(({ points }) => points), gone.pending]).toEqual([[20], 0]);
    expect([net(kept), faultsOf(kept), faultsOf(gone)]).toEqual([10, [], []]);
  });

  it('keeps what the points were for, and books each movement by a key of its own', () => {
    const kept = merged(50, 100, 30);
    spend(kept, move('spent'), 'redeem', 'redeemed', 70);
    // 110 are left of 180: Gus's 130 less the 20 that were more than Kim had.
    const { gone, stay } = part(kept, { net: 130, spent: 70 });
    expect(stay).toBe(20);
    expect(gone.lots.map(({ sourceId, state, remaining }) => [sourceId, state, remaining])).toEqual(
      [
        ['gus-late', 'pending', 30],
        ['gus', 'available', 30],
        ['kim', 'available', 50],
      ],
    );
    expect(gone.lots.map(({ sourceKind, ruleKey }) => `${sourceKind} ${ruleKey}`)).toEqual(
      Array(3).fill('order order'),
    );
    const keys = kept.entries.slice(-3).map(({ key }) => key);
    expect(keys).toEqual(['undo:m:out/lot3', 'undo:m:out/lot2', 'undo:m:out/lot1']);
    const [own] = part(merged(0, 260), { net: 300, spent: 0 }).gone.entries.slice(-1);
    expect(own).toMatchObject({
      ...{ key: 'undo:m:debt', sourceKind: 'merge', sourceId: 'm', ruleKey: 'undo', points: 40 },
      occurredAt: day(50),
    });
  });

  it('keeps dates: points on their way stay so, and what expires keeps its day', () => {
    const kept = merged(10, 20, 30);
    const { gone } = part(kept, { net: 50, spent: 0 });
    expect([gone.available, gone.pending, kept.pending]).toEqual([20, 30, 0]);
    expect(gone.lots.map(({ expiresAt }) => expiresAt)).toEqual([day(400), day(400)]);
  });

  it('makes and loses no point, and no debt by spending, whatever was spent', () => {
    const amount = fc.nat(500);
    fc.assert(
      fc.property(amount, amount, amount, fc.nat(1000), (kim, gus, pending, wish) => {
        const kept = merged(kim, gus, pending);
        const spent = Math.min(wish, kept.available);
        if (spent > 0) spend(kept, move('spent'), 'redeem', 'redeemed', spent);
        const before = net(kept);
        const { gone, stay } = part(kept, { net: gus + pending, spent });
        expect(net(kept) + net(gone)).toBe(before);
        expect(net(gone)).toBe(gus + pending - stay);
        expect([kept.debt, gone.debt]).toEqual([0, 0]);
        expect(stay).toBe(Math.max(0, spent - kim));
        expect(faultsOf(gone)).toEqual([]);
        expect(faultsOf(kept)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

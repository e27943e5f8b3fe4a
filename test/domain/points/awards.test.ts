import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorthStep } from '../../../app/domain/earning/definition.ts';
import { isPosted, maturing, settle } from '../../../app/domain/points/awards.ts';
import type { Award, Target } from '../../../app/domain/points/awards.ts';
import { spend } from '../../../app/domain/points/books.ts';
import type { Books, ClawbackPolicy } from '../../../app/domain/points/books.ts';
import { day, emptyBooks, faultsOf } from '../fixtures.ts';

const now = day(50);

function target(totals: Record<string, number>, over: Partial<Target> = {}): Target {
  const steps = Object.entries(totals).map(([step, total], index): WorthStep => ({
    step,
    at: day(10 + index),
    total,
  }));
  return {
    sourceKind: 'order',
    sourceId: '501',
    ruleKey: 'order',
    programmeVersion: 1,
    tierKey: null,
    qualifies: true,
    explanation: { rule: 'step', step: 'earn' },
    occurredAt: day(10),
    availableAt: day(10),
    clawback: 'unlimited',
    steps,
    ...over,
  };
}

/** Settles one target after the other. */
function settled(books: Books, ...targets: Target[]): Award | null {
  return targets.reduce<Award | null>(
    (known, one) => settle(books, known, one, now) ?? known,
    null,
  );
}

function spendAll(books: Books): void {
  const movement = { ...target({}), key: `spent${books.lastSeq}` };
  spend(books, movement, 'redeem', 'redeemed', books.available);
}

describe('target minus posted (law 2.1)', () => {
  it('posts what each step changes, under a key of its own', () => {
    const books = emptyBooks();
    settled(books, target({ earn: 100, 'refund:1': 70, 'refund:2': 50 }));
    expect(books.entries.map(({ key, points, kind }) => [key, kind, points])).toEqual([
      ['order:501:order:earn', 'earn', 100],
      ['order:501:order:refund:1/lot1', 'reverse', 30],
      ['order:501:order:refund:2/lot1', 'reverse', 20],
    ]);
    expect(books.entries.map(({ occurredAt }) => occurredAt)).toEqual([day(10), day(11), day(12)]);
  });

  it('posts nothing and changes nothing the second time', () => {
    const books = emptyBooks();
    const known = settled(books, target({ earn: 100, 'refund:1': 70 }));
    expect(settle(books, known, target({ earn: 100, 'refund:1': 70 }), now)).toBeNull();
    expect(books.entries).toHaveLength(2);
  });

  it('knows what is posted already, and each thing that would make it another', () => {
    const told = target({ earn: 100, 'refund:1': 70 });
    const award = settled(emptyBooks(), told);
    if (!award) throw new Error('It is one.');
    const totals = (earn: number, refund: number) => target({ earn, 'refund:1': refund }).steps;
    const isSo = (over: Partial<Target> = {}): boolean => isPosted(award, { ...told, ...over });
    expect(isSo()).toBe(true);
    expect(isSo({ availableAt: null })).toBe(true); // dates are not what is posted
    expect(isSo({ steps: totals(100, 71) })).toBe(false);
    expect(isSo({ steps: totals(101, 71) })).toBe(false);
    expect(isSo({ steps: totals(100, 100) })).toBe(false);
    expect(isSo({ steps: [] })).toBe(false);
    expect(isSo({ steps: told.steps.map((one) => ({ ...one, at: one.at + 1 })) })).toBe(false);
    expect(isSo({ programmeVersion: 2 })).toBe(false);
    expect(isSo({ tierKey: 'gold' })).toBe(false);
    expect(isSo({ occurredAt: day(11) })).toBe(false);
    expect(isSo({ explanation: { rule: 'step', step: 'refund' } })).toBe(false);
    expect(isPosted({ ...award, steps: [...award.steps, ['refund:2', 0, day(12)]] }, told)).toBe(
      true,
    );
  });

  it('a worth of nothing is an award without entries, and is not written again', () => {
    const books = emptyBooks();
    const known = settled(books, target({ earn: 0 }));
    expect(known).toMatchObject({ posted: 0, steps: [] });
    expect(books.entries).toEqual([]);
    expect(settle(books, known, target({ earn: 0 }), now)).toBeNull();
  });

  it('puts a step right by the difference, under a key that was never used', () => {
    const books = emptyBooks();
    const known = settled(
      books,
      target({ earn: 100 }),
      target({ earn: 125 }),
      target({ earn: 90 }),
    );
    expect(books.entries.map(({ key, points }) => [key, points])).toEqual([
      ['order:501:order:earn', 100],
      ['order:501:order:earn:again1', 25],
      ['order:501:order:earn:again2/lot1', 35],
    ]);
    expect(known).toMatchObject({ posted: 90, corrections: 2 });
  });

  it('remembers a step that is no longer due, so that its key is never taken for unused', () => {
    const books = emptyBooks();
    const known = settled(books, target({ earn: 100 }), target({}), target({ earn: 100 }));
    expect(known?.steps).toEqual([['earn', 100, day(10)]]);
    expect(books.entries.map(({ key }) => key)).toEqual([
      'order:501:order:earn',
      'order:501:order:earn:again1/lot1',
      'order:501:order:earn:again2',
    ]);
  });

  it.each<[string, Partial<Target>]>([
    ['its tier', { tierKey: 'gold' }],
    ['its version', { programmeVersion: 2 }],
    ['its explanation', { explanation: { rule: 'step', step: 'other' } }],
  ])('is written again when %s changed, though no point moves', (_name, over) => {
    const books = emptyBooks();
    const known = settled(books, target({ earn: 100 }));
    expect(settle(books, known, target({ earn: 100 }, over), now)).toMatchObject(over);
    expect(books.entries).toHaveLength(1);
  });
});

describe('a clawback that found too little', () => {
  it('unlimited, is a debt that the same award pays when it is due again', () => {
    const books = emptyBooks();
    const known = settled(books, target({ earn: 100 }));
    spendAll(books);
    settle(books, settle(books, known, target({ earn: 0 }), now), target({ earn: 100 }), now);
    expect(books).toMatchObject({ available: 0, debt: 0, earnedTotal: 100 });
  });

  it.each<ClawbackPolicy>(['within-balance', 'only-pending'])(
    '%s, leaves points with the member, and what they kept is not paid a second time',
    (clawback) => {
      const books = emptyBooks();
      const due = target({ earn: 100 }, { clawback });
      const none = target({ earn: 0 }, { clawback });
      const first = settled(books, due);
      spendAll(books);
      const reversed = settle(books, first, none, now);
      expect(reversed?.posted).toBe(100); // nothing could be taken back
      const again = settle(books, reversed, due, now);
      expect(again?.posted).toBe(100);
      expect(books).toMatchObject({ available: 0, debt: 0, earnedTotal: 100 });
      // When it is worth more the next time, only what goes beyond the 100 is given.
      const more = settle(
        books,
        settle(books, again, none, now),
        target({ earn: 130 }, { clawback }),
        now,
      );
      expect(more?.posted).toBe(130);
      expect(books.available).toBe(30);
    },
  );

  it('within the balance, takes what is there and sets the rest off', () => {
    const books = emptyBooks();
    const due = target({ earn: 100 }, { clawback: 'within-balance' });
    const first = settled(books, due);
    spend(books, { ...due, key: 's' }, 'redeem', 'redeemed', 60);
    const reversed = settle(books, first, target({}, { clawback: 'within-balance' }), now);
    expect(reversed?.posted).toBe(60); // 40 were taken
    settle(books, reversed, due, now);
    expect(books).toMatchObject({ available: 40, earnedTotal: 100 });
  });
});

describe('the dates of pending points (law 3.1)', () => {
  it('move with the target until they mature, each lot once', () => {
    const books = emptyBooks();
    const dated = (availableAt: number | null): Target => target({ earn: 100 }, { availableAt });
    const known = settled(books, dated(null), dated(day(60)));
    expect(books.lots[0]).toMatchObject({ state: 'pending', availableAt: day(60) });
    settle(books, known, dated(day(50)), now);
    settle(books, known, dated(day(40)), now);
    expect(books.lots[0]).toMatchObject({ state: 'available', availableAt: day(50) });
    expect(books.entries.map(({ key }) => key)).toEqual([
      'order:501:order:earn',
      'order:501:order:mature:lot1',
    ]);
  });

  it('of another award stay as they are', () => {
    const books = emptyBooks();
    for (const other of [{ sourceId: '502' }, { ruleKey: 'more' }, { sourceKind: 'review' }])
      settled(books, target({ earn: 10 }, { ...other, availableAt: null }));
    settled(books, target({ earn: 10 }));
    expect(books).toMatchObject({ pending: 30, available: 10 });
  });

  it('lead to a movement whose key is the lot', () => {
    expect(maturing(target({}), 7, day(3))).toMatchObject({
      key: 'order:501:order:mature:lot7',
      occurredAt: day(3),
    });
  });
});

it('a step that goes on and off, and points that are spent between, never use a key twice', () => {
  const totals = fc.record(
    { earn: fc.nat(3), 'refund:1': fc.nat(3), cancel: fc.nat(3) },
    { requiredKeys: [] },
  );
  const policy = fc.constantFrom<ClawbackPolicy>('unlimited', 'within-balance', 'only-pending');
  const act = fc.record({ totals, policy, paid: fc.boolean(), spend: fc.boolean() });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (history) => {
      const books = emptyBooks();
      let known: Award | null = null;
      for (const one of history) {
        const due = target(one.totals, {
          clawback: one.policy,
          availableAt: one.paid ? day(10) : null,
        });
        known = settle(books, known, due, now) ?? known;
        const wanted = due.steps.at(-1)?.total ?? 0;
        const owed = books.entries.filter(({ from, to }) => from === 'issued' || to === 'issued');
        const net = owed.reduce((sum, e) => sum + (e.from === 'issued' ? e.points : -e.points), 0);
        expect(known?.posted ?? 0).toBe(net);
        expect(net).toBeGreaterThanOrEqual(wanted);
        if (history.every(({ policy: p }) => p === 'unlimited')) expect(net).toBe(wanted);
        expect(books.earnedTotal).toBe(net);
        expect(settle(books, known, due, now)).toBeNull();
        expect(faultsOf(books)).toEqual([]);
        if (one.spend) spendAll(books);
      }
    }),
    { numRuns: 500 },
  );
});

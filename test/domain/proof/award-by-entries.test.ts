import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../app/domain/points/awards.ts';
import type { Award, Target } from '../../../app/domain/points/awards.ts';
import { spend } from '../../../app/domain/points/books.ts';
import type { Books } from '../../../app/domain/points/books.ts';
import { awardByEntries } from '../../../app/domain/proof/award-by-entries.ts';
import type { AwardByEntries, Posting } from '../../../app/domain/proof/award-by-entries.ts';
import { inOneOrder } from '../../../app/domain/proof/difference.ts';
import { day, emptyBooks } from '../fixtures.ts';

const source = { sourceKind: 'order', sourceId: '501', ruleKey: 'per-euro' };

function target(totals: Readonly<Record<string, number>>): Target {
  return {
    ...source,
    ...{ programmeVersion: 3, tierKey: null, qualifies: true, clawback: 'unlimited' },
    ...{ explanation: { rule: 'step', step: 'earn' }, occurredAt: day(10), availableAt: day(10) },
    steps: Object.entries(totals).map(([step, total]) => ({ step, at: day(10), total })),
  };
}

function readBack({ entries }: Books): AwardByEntries | null {
  const [first, ...rest] = entries
    .filter(({ from, to, kind }) => kind !== 'redeem' && (from === 'issued' || to === 'issued'))
    .map((entry): Posting => ({
      ...{ ...source, key: entry.key, occurredAt: entry.occurredAt },
      points: entry.from === 'issued' ? entry.points : -entry.points,
      programmeVersion: entry.programmeVersion,
    }));
  return first ? awardByEntries(source, [first, ...rest]) : null;
}

describe('an award that is read back from its entries', () => {
  it('has the steps that their keys name, corrections included', () => {
    const books = emptyBooks();
    const first = settle(books, null, target({ earn: 100, 'refund:7': 70 }), day(50));
    settle(books, first, target({ earn: 120, 'refund:7': 90 }), day(50));
    expect(readBack(books)).toEqual({
      ...source,
      ...{ posted: 90, corrections: 1, programmeVersion: 3, occurredAt: day(10), told: true },
      // 100, then 20 more by "again1"; −30 by the refund.
      steps: [
        ['earn', 120, day(10)],
        ['refund:7', -30, day(10)],
      ],
    });
  });

  it('is what was kept of it, after any history, also one in which its points were spent', () => {
    const totals = fc.record({ earn: fc.nat(200), 'refund:1': fc.nat(200), cancel: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(fc.tuple(totals, fc.boolean()), { maxLength: 6 }), (history) => {
        const books = emptyBooks();
        let award: Award | null = null;
        history.forEach(([steps, spends], index) => {
          award = settle(books, award, target(steps), day(50)) ?? award;
          if (!spends || books.available === 0) return;
          const movement = { ...target({}), sourceKind: 'gift', key: `spent${index}` };
          spend(books, movement, 'redeem', 'redeemed', books.available);
        });
        const kept = award as Award | null;
        const read = readBack(books);
        const told = (steps: Award['steps']): [string, number][] =>
          steps.filter(([, points]) => points !== 0).map(([step, points]) => [step, points]);
        expect(read?.posted ?? 0).toBe(kept?.posted ?? 0);
        expect(new Map(told(read?.steps ?? []))).toEqual(new Map(told(kept?.steps ?? [])));
        expect(read?.corrections ?? 0).toBe(kept?.corrections ?? 0);
      }),
      { numRuns: 200 },
    );
  });

  it('says that the steps do not tell it, where a merge had a part in it', () => {
    const merged: Posting = {
      ...{ ...source, key: 'merge:x:once:order 501 per-euro', points: -40 },
      ...{ programmeVersion: null, occurredAt: day(12) },
    };
    const books = emptyBooks();
    settle(books, null, target({ earn: 40 }), day(50));
    const [earned] = books.entries;
    const first: Posting = {
      ...{ ...source, key: earned?.key ?? '', points: 40 },
      ...{ programmeVersion: 3, occurredAt: day(10) },
    };
    expect(awardByEntries(source, [first, merged])).toMatchObject({ posted: 0, told: false });
    expect(awardByEntries(source, [first])).toMatchObject({ posted: 40, told: true });
  });
});

it('writes the same content as the same text, whatever order its keys came in', () => {
  const text = inOneOrder({ b: [{ d: 1, c: null }], a: 'x' });
  expect(text).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
  expect(inOneOrder({ a: 'x', b: [{ c: null, d: 1 }] })).toBe(text);
  expect(inOneOrder({ a: 'x', b: [{ c: null, d: 2 }] })).not.toBe(text);
});

/** Facts that are told twice, late, or by two who saw them apart, come to one (law 2.1, 2.2). */
import { describe, expect, it } from 'vitest';
import { disputeNow } from '../../../app/domain/orders/disputes.ts';
import type { DisputeFacts } from '../../../app/domain/orders/disputes.ts';
import { arrivalsOf, editsOf, hasUnreadEdits } from '../../../app/domain/orders/edits.ts';
import type { EditFacts } from '../../../app/domain/orders/edits.ts';
import { earliest, oldest } from '../../../app/domain/orders/merging.ts';
import { day } from '../fixtures.ts';

const edit = (id: string, on: number, quantity = 1): EditFacts => ({
  ...{ id, at: day(on), added: [{ lineId: 'a', quantity }] },
});

describe('edits that a state of the order shows', () => {
  const known = (readOn: number, ...told: readonly EditFacts[]) => ({
    edits: told,
    agreements: { asOf: day(readOn), edits: [edit('2', 12), edit('1', 10), edit('3', 15)] },
  });
  const ids = (...asked: Parameters<typeof editsOf>): string[] =>
    editsOf(...asked).map(({ id }) => id);

  it('are those of the reading up to then, the oldest first, and what was told since', () => {
    expect(ids(known(20), day(20))).toEqual(['1', '2', '3']);
    expect(ids(known(20), day(12))).toEqual(['1', '2']);
    expect(ids(known(20), day(12) - 1)).toEqual(['1']);
    expect(ids(known(20, edit('4', 22), edit('5', 20)), day(22))).toEqual(['1', '2', '3', '4']);
    expect(ids(known(20, edit('4', 22)), day(22) - 1)).toEqual(['1', '2', '3']);
    expect(ids({ edits: [edit('9', 10)], agreements: null }, day(10))).toEqual(['9']);
  });

  it('of one moment stand by their ids, however they were told', () => {
    const both = [edit('b', 10), edit('a', 10), edit('a', 10)];
    for (const told of [both, both.toReversed()]) {
      expect(ids({ edits: told, agreements: null }, day(10))).toEqual(['a', 'a', 'b']);
    }
  });

  it('are unread until a reading covers them', () => {
    expect(hasUnreadEdits({ edits: [], agreements: null })).toBe(false);
    expect(hasUnreadEdits({ edits: [edit('1', 10)], agreements: null })).toBe(true);
    expect([9, 10].map((on) => hasUnreadEdits(known(on, edit('1', 10))))).toEqual([true, false]);
  });

  it('never bring more pieces than were ordered: of 3, 1 and 4 are 1 and 2, and none came before', () => {
    const arrived = (quantity: number, ...edits: readonly EditFacts[]) =>
      arrivalsOf(edits, { id: 'a', quantity }).map(({ pieces }) => pieces);
    expect(arrived(3, edit('1', 10, 1), edit('2', 11, 4))).toEqual([0, 1, 2]);
    expect(arrived(5, edit('1', 10, 1))).toEqual([4, 1]);
    expect(arrived(0, edit('1', 10, 2))).toEqual([0, 0]);
    expect(arrived(-1, edit('1', 10, 2))).toEqual([0, 0]);
    // What took pieces away brought none.
    expect(arrived(2, edit('1', 10, -1))).toEqual([2]);
    expect(arrivalsOf([edit('1', 10)], { id: 'other', quantity: 2 })).toEqual([
      { edit: null, pieces: 2 },
    ]);
  });
});

describe('a dispute', () => {
  const seen = (...all: DisputeFacts['seen']): DisputeFacts => ({
    id: '1',
    seen: all,
    money: null,
  });
  const states = ['open', 'settled', 'lost'] as const;

  it('that ended is no longer open, whatever was told last', () => {
    const ended = seen(['lost', day(10), day(11)], ['open', day(5), day(30)]);
    expect(disputeNow(ended)).toEqual({ state: 'lost', at: day(10) });
    expect(disputeNow(seen(['open', day(5), day(30)]))).toEqual({ state: 'open', at: day(5) });
    expect(disputeNow(seen())).toEqual({ state: 'open', at: 0 });
  });

  it('of two ends has the later one, and of two at once the one that is settled', () => {
    const [, settled, lost] = states;
    const later = seen([settled, day(12), day(12)], [lost, day(10), day(14)]);
    expect(disputeNow(later)).toEqual({ state: 'lost', at: day(10) });
    const [a, b] = [
      [settled, day(12), day(14)],
      [lost, day(10), day(14)],
    ] as const;
    expect([disputeNow(seen(a, b)).state, disputeNow(seen(b, a)).state]).toEqual([
      ...['settled', 'settled'],
    ]);
  });
});

describe('of two who saw the same', () => {
  it('the earlier moment counts, and none is later than any', () => {
    expect([earliest(1, 2), earliest(2, 1), earliest(null, 2), earliest(1, null)]).toEqual([
      ...[1, 1, 2, 1],
    ]);
    expect(earliest(null, null)).toBeNull();
  });

  it('the older sighting counts, and of one moment always the same one', () => {
    const [a, b, later] = [
      { asOf: day(10), tags: ['a'] },
      { asOf: day(10), tags: ['b'] },
      { asOf: day(11), tags: [] },
    ];
    expect([oldest(a, later), oldest(later, a)]).toEqual([a, a]);
    expect(oldest(a, b)).toEqual(oldest(b, a));
    expect([oldest(null, a), oldest(a, null), oldest(null, null)]).toEqual([a, a, null]);
  });
});

/** A customer's tags over time, from what was told of them. */
import { describe, expect, it } from 'vitest';
import {
  bearsJust,
  boreTag,
  firstBorne,
  tagsAmong,
  takeInTags,
} from '../../../app/domain/members/tags.ts';
import type { TagTidings } from '../../../app/domain/members/tags.ts';

const told: readonly TagTidings[] = [
  [10, 'all', ['vip']],
  [20, 'removed', ['vip']],
  [30, 'added', ['press', 'vip']],
  [40, 'all', ['press']],
];

describe('what was told of tags', () => {
  it('is taken in once, the oldest first, whatever the order and the case of it', () => {
    const spoken: readonly TagTidings[] = [
      [30, 'added', [' VIP ', 'press', 'Press']],
      [10, 'all', ['Vip']],
    ];
    const known = takeInTags([], spoken);
    expect(known).toEqual([
      [10, 'all', ['vip']],
      [30, 'added', ['press', 'vip']],
    ]);
    expect(takeInTags(known, spoken.toReversed())).toEqual(known);
  });

  it('is nothing where only our own tags came or went, and something where all of them are known', () => {
    expect(takeInTags([], [[10, 'added', ['laurel-gold']]])).toEqual([]);
    expect(takeInTags([], [[10, 'removed', ['Laurel-Gold', ' ']]])).toEqual([]);
    expect(takeInTags([], [[10, 'added', ['laurel-gold', 'laureled']]])).toEqual([
      [10, 'added', ['laureled']],
    ]);
    expect(takeInTags([], [[10, 'all', ['laurel-gold']]])).toEqual([[10, 'all', []]]);
  });

  it('is all there is when a comparison shows the same tags, whatever their case, and ours beside them', () => {
    expect(bearsJust(told, ['Press', 'laurel-gold'])).toBe(true);
    expect(bearsJust([], ['laurel-gold'])).toBe(true);
    // One that nobody told of, one that went without a word, and both.
    expect(bearsJust(told, ['press', 'new'])).toBe(false);
    expect(bearsJust(told, [])).toBe(false);
    expect(bearsJust([], ['new'])).toBe(false);
  });

  it('of one moment is the whole first, then what came, then what went', () => {
    const at: readonly TagTidings[] = [
      [10, 'removed', ['a']],
      [10, 'added', ['b']],
      [10, 'added', ['a']],
      [10, 'all', []],
    ];
    const sorted = [at[3], at[2], at[1], at[0]];
    expect(takeInTags([], at)).toEqual(sorted);
    expect(takeInTags([], at.toReversed())).toEqual(sorted);
    expect([boreTag(takeInTags([], at), 'a', 10), boreTag(takeInTags([], at), 'b', 10)]).toEqual([
      ...[false, true],
    ]);
  });

  it('is kept 500 tidings long, the newest', () => {
    const many = Array.from({ length: 501 }, (_, at): TagTidings => [at, 'added', [`t${at}`]]);
    const kept = takeInTags([], many);
    expect([kept.length, kept[0]?.[0], kept.at(-1)?.[0]]).toEqual([500, 1, 500]);
  });
});

it.each([
  [9, false, 'before anybody spoke'],
  [10, true, 'from the moment it was told'],
  [19, true, 'until it went'],
  [20, false, 'when it went'],
  [30, true, 'when it came again'],
  [40, false, 'when all of them were told without it'],
])('at %i the customer has the tag: %s, %s', (at, bears) => {
  expect(boreTag(told, ' VIP', at)).toBe(bears);
});

it('what was not spoken of is as it is taken to be', () => {
  expect([boreTag(told, 'vip', 9, true), boreTag([], 'vip', 50, true)]).toEqual([true, true]);
  expect([boreTag(told, 'vip', 20, true), boreTag(told, 'new', 5)]).toEqual([false, false]);
});

it.each<[number, number, number | null, string]>([
  [12, 50, 12, 'at once, of who has it already'],
  [20, 50, 30, 'when it comes'],
  [20, 30, null, 'not at the end of the time'],
  [0, 50, 10, 'when it is first told of'],
  [40, 99, null, 'never, where it does not come again'],
])('from %i to before %i it is first had at %s: %s', (from, to, at) => {
  expect(firstBorne(told, 'vip', from, to)).toBe(at);
});

it('of tags that nobody asks for nothing stays but when all were told', () => {
  expect(tagsAmong(told, [' PRESS'])).toEqual([
    [10, 'all', []],
    [30, 'added', ['press']],
    [40, 'all', ['press']],
  ]);
  expect(tagsAmong(told, [])).toEqual([]);
});

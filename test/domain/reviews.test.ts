/** Two states of a review that bear the same second (law 2.2, 8). */
import { describe, expect, it } from 'vitest';
import { isNewer, takeInReview, wasShown } from '../../app/domain/reviews/review-facts.ts';
import type { ReviewFacts } from '../../app/domain/reviews/review-facts.ts';
import { day, faultsOf, Member, programme, review, shopWith } from './fixtures.ts';
import { way } from './activities/ways.ts';
import { bought, expiring } from './passing-days.ts';

function stands(...told: readonly ReviewFacts[]): ReviewFacts | undefined {
  return told.reduce<ReviewFacts | undefined>(
    (known, one) => (isNewer(one, known) ? one : known),
    undefined,
  );
}

describe('of two states of one second stands, whichever is told first (law 2.2)', () => {
  const plain = review();
  const further: readonly (readonly [string, ReviewFacts, ReviewFacts])[] = [
    ['the one with a photo', plain, review({ withPhoto: true })],
    ['the one with a video', review({ withPhoto: true }), review({ withVideo: true })],
    ['the one that tells who wrote it', review({ customerId: null }), plain],
    [
      'the one taken down, whatever it shows',
      review({ withVideo: true }),
      review({ published: false }),
    ],
  ];

  it.each(further)('%s', (_which, before, after) => {
    expect(stands(before, after, before)).toEqual(after);
    expect(stands(after, before, after)).toEqual(after);
  });

  it('control: the newer state stands, also where it shows less', () => {
    const later = review({ updatedAt: day(11) });
    expect(stands(review({ withPhoto: true }), later)).toEqual(later);
    expect(stands(later, review({ withPhoto: true }))).toEqual(later);
  });

  it('told again it is no news', () => {
    expect(isNewer(plain, plain)).toBe(false);
  });
});

describe('a review that was shown and is taken down', () => {
  const shown = review({ createdAt: day(30), updatedAt: day(30) });
  const down = review({ published: false, createdAt: day(30), updatedAt: day(45) });
  const known = (...told: readonly ReviewFacts[]): ReviewFacts | undefined =>
    told.reduce<ReviewFacts | undefined>(takeInReview, undefined);

  it('was shown, whichever is told first and how often; one that never was, was not', () => {
    const both = { ...down, shown: true };
    expect(known(shown, down)).toEqual(both);
    expect(known(down, shown, down, shown)).toEqual(both);
    expect(known(down)).toEqual(down);
    expect([shown, down, known(down, shown) ?? down].map(wasShown)).toEqual([true, false, true]);
  });

  it('takes back its 50 points, and not the 30 days by which it kept 100 alive (law 4.2)', () => {
    const document = programme({
      earning: [way('order'), way('review', { points: 50 })],
      expiry: expiring({ kind: 'inactivity', length: 30 }),
    });
    const member = new Member(shopWith([[day(1), document]], { timeZone: 'UTC' }));
    member.order(bought('1', 100, day(5)), day(5)).review(shown, day(30));
    member.review(takeInReview(shown, down), day(45));
    expect(member.books.available).toBe(100);
    // 30 days after the 30th; those of the order alone had ended with day 35.
    expect(member.books.lots[0]?.expiresAt).toBe(day(61));
    expect(member.decide(day(61), []).books.available).toBe(0);
    expect([member.moves, faultsOf(member.books)]).toEqual([[100, 50, -50, -100], []]);
  });
});

/** Two states of a review that bear the same second (law 2.2, 8). */
import { describe, expect, it } from 'vitest';
import { isNewer } from '../../app/domain/reviews/review-facts.ts';
import type { ReviewFacts } from '../../app/domain/reviews/review-facts.ts';
import { day, review } from './fixtures.ts';

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

/** What a comparison with Shopify comes to, batch by batch; and whose figures are whose. */
import { expect, it } from 'vitest';
import { figuresName } from '../../../app/domain/figures/figure-asks.ts';
import { NOTHING_SWEPT, plus } from '../../../app/domain/sweeps/sweep.ts';

const counts = {
  ...{ alreadyRight: 1, repaired: 2, missed: 3, failures: 4, rewardsEnded: 5 },
  ...{ pointsGiven: 6, pointsTaken: 7, failure: 'first' },
};

it('each count is added to its own, and the last failure is remembered', () => {
  expect(plus(counts, counts)).toEqual({
    ...{ alreadyRight: 2, repaired: 4, missed: 6, failures: 8, rewardsEnded: 10 },
    ...{ pointsGiven: 12, pointsTaken: 14, failure: 'first' },
  });
  expect(plus(NOTHING_SWEPT, counts)).toEqual(counts);
  expect(plus(counts, NOTHING_SWEPT)).toEqual(counts);
  expect(plus(counts, { ...NOTHING_SWEPT, failure: 'last' }).failure).toBe('last');
});

it('figures are named by what they are of', () => {
  expect(figuresName({ kind: 'play' })).toBe('play');
  expect(figuresName({ kind: 'reach', name: 'challenge:explorer' })).toBe(
    'reach:challenge:explorer',
  );
  expect(figuresName({ kind: 'streak', name: 'daily', lengths: [7] })).toBe('streak:daily');
});

/** Points that are a number in the rule's settings, and what is told of them (law 1.8, 2.1). */
import { expect, it } from 'vitest';
import { fixedWorth } from '../../../app/domain/earning/fixed-worth.ts';
import { day } from '../fixtures.ts';

const terms = {
  ...{ programmeVersion: 3, ruleName: 'Newsletter', currency: 'USD', testOrdersCount: false },
  ...{ market: null, taken: new Map<string, string>() },
};
const worth = (withdrawnAt: number | null) =>
  fixedWorth(
    terms,
    50,
    day(10),
    'newsletter-joined',
    withdrawnAt === null ? null : { at: withdrawnAt, because: 'newsletter-left' },
  );
const earned = { step: 'earn', at: day(10), total: 50 };
const left = { rule: 'fixed', programmeVersion: 3, ruleName: 'Newsletter' };

it('are earned when it was done, and say so', () => {
  expect(worth(null)).toEqual({
    steps: [earned],
    explanation: { ...left, because: 'newsletter-joined', points: 50 },
  });
});

it('that were taken back are none any more, from that moment on, and say why', () => {
  const explanation = { ...left, because: 'newsletter-left', points: 0 };
  expect(worth(day(12))).toEqual({
    ...{ steps: [earned, { step: 'withdraw', at: day(12), total: 0 }], explanation },
  });
  // In the same moment is after it.
  expect(worth(day(10)).steps).toEqual([earned, { step: 'withdraw', at: day(10), total: 0 }]);
});

it('that were taken back before it was done were never earned', () => {
  expect(worth(day(10) - 1)).toEqual({
    steps: [{ ...earned, total: 0 }],
    explanation: { ...left, because: 'newsletter-left', points: 0 },
  });
});

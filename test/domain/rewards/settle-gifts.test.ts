/** Which prizes are given, end, and are given anew (law 5.5). */
import { expect, it } from 'vitest';
import type { Redemption } from '../../../app/domain/points/redemption.ts';
import { gift, settleGifts } from '../../../app/domain/rewards/gifts.ts';
import { day } from '../fixtures.ts';

const due = { key: 'tier:gold:1', rewardKey: 'tea', programmeVersion: 2 };
const about = { memberId: 'm1', now: day(20), newId: () => 'new' };
const had = (over: Partial<Redemption>): Redemption => ({
  ...gift({ ...about, requestKey: 'prize:tier:gold:1', purpose: 'tea', newId: () => 'old' }),
  ...over,
});
function settled(known: readonly Redemption[], wanted = [due], mayGive = true) {
  const { ending, given } = settleGifts(wanted, known, { ...about, mayGive: () => mayGive });
  return [
    ending.map(({ id, ending: because }) => `${id} ${because ?? '-'}`),
    given.map(({ redemption: { requestKey, purpose } }) => `${requestKey} ${purpose}`),
  ];
}

it('a prize is given once, and again only where its ground was gone before it was used', () => {
  expect(settled([])).toEqual([[], ['prize:tier:gold:1 tea']]);
  expect(settled([had({})])).toEqual([[], []]);
  const withdrawn = { ending: 'withdrawn' } as const;
  expect(settled([had({ ...withdrawn, state: 'released' })])).toEqual([
    ...[[], ['prize:tier:gold:1~2 tea']],
  ]);
  // Whoever used it while it was being taken back has had it, also where points came back for it.
  expect(settled([had({ ...withdrawn, state: 'captured' })])).toEqual([[], []]);
  expect(settled([had({ ...withdrawn, state: 'returned' })])).toEqual([[], []]);
  for (const ending of ['expired', 'cancelled', 'removed', 'refused', 'left'] as const) {
    expect(settled([had({ ending, state: 'released' })])).toEqual([[], []]);
  }
});

it('a prize that is due no more ends where it was not used, and nothing else does', () => {
  expect(settled([had({})], [])).toEqual([['old withdrawn'], []]);
  expect(settled([had({ state: 'captured' })], [])).toEqual([[], []]);
  expect(settled([had({ ending: 'cancelled' })], [])).toEqual([[], []]);
  expect(settled([had({ requestKey: 'k1' })], [])).toEqual([[], []]);
});

it('what the merchant has not allowed waits', () => {
  expect(settled([], [due], false)).toEqual([[], []]);
});

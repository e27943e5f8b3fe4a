/** Referrals that are nobody's any more, minimums that are none, and who was no member then (law 9.1, 9.3). */
import { describe, expect, it } from 'vitest';
import { bought, NOON, ordered, referral, referring } from './referred.ts';
import type { ReferralSettings } from '../../../app/domain/referrals/settings.ts';
import { judgeReferral } from '../../../app/domain/referrals/judge-referral.ts';
import { day, Member, order, shopWith } from '../fixtures.ts';

const shopOf = (over: Partial<ReferralSettings> = {}, rest: Parameters<typeof referring>[1] = {}) =>
  shopWith([[day(1), referring(over, rest)]]);
const one = referral({ course: bought(ordered(12, 5_000)) });

describe('a referral', () => {
  it('that is another’s takes both prizes back, and other awards stay as they are', () => {
    const mina = new Member(shopOf());
    mina.referrals = [one];
    mina.referredBy = [referral({ id: 'r0', advocateId: 'm0', friendId: 'm1' })];
    expect(mina.decide(day(27)).moves).toEqual([100, 200]);
    mina.referrals = [];
    expect(mina.decide(day(28)).moves).toEqual([100, 200, -200]);
    mina.referredBy = [];
    expect(mina.decide(day(29)).moves).toEqual([100, 200, -200, -100]);
    expect(mina.decide(day(30)).moves).toHaveLength(4);
  });

  it('with a minimum in cents is reached by nothing once the shop counts in yen', () => {
    const settings = { minimum: '10.50' };
    const judged = (currency: string) =>
      judgeReferral(one, { ...shopOf(settings), currency }, day(40));
    expect(judged('USD')).toMatchObject({ state: 'rewarded', orderId: 'o12' });
    expect(judged('JPY')).toMatchObject({ state: 'joined', orderId: null, advocateAt: null });
  });

  it('counts a test order only where test orders earn (law 9.1)', () => {
    const tested = referral({ course: bought(ordered(12, 5_000, { test: true })) });
    const of = (testOrdersEarn: boolean) =>
      judgeReferral(tested, shopOf({}, { testOrdersEarn }), day(40)).state;
    expect([of(true), of(false)]).toEqual(['rewarded', 'joined']);
  });

  it('brings nothing to an advocate who was no member when the friend came, and is told as limited', () => {
    const mina = new Member(shopOf({}, { membership: { policy: 'opted-in', claimDays: 0 } }));
    mina.optedInAt = day(12);
    mina.referrals = [one];
    mina.decide(day(40));
    expect(mina.moves).toEqual([]);
    expect(mina.decision?.referrals[0]?.standing).toMatchObject({
      ...{ state: 'limited', because: 'not-a-member' },
    });
    mina.optedInAt = day(11);
    expect(mina.decide(day(41)).moves).toEqual([200]);
  });

  it('pays a friend who was signed in before they came from the moment on in which they came', () => {
    const kim = new Member(shopOf());
    kim.referredBy = [referral({ advocateId: 'm0', friendId: 'm1', seenAt: day(9) })];
    expect(kim.decide(day(20)).award('referral', 'r1', 'friend')).toMatchObject({
      ...{ posted: 100, availableAt: day(11) + NOON },
    });
  });
});

describe('a friend of whom a person has approved', () => {
  const found = { 'same-device': day(11) };

  it('has theirs from that moment on, and never before they came', () => {
    const friendAt = (ruledAt: number) =>
      judgeReferral(
        referral({ findings: found, ruling: { says: 'approved', at: ruledAt } }),
        shopOf(),
        day(60),
      ).friendAt;
    expect([friendAt(day(5)), friendAt(day(20))]).toEqual([day(11) + NOON, day(20)]);
  });

  it('is worth the advocate’s prize from the later of the two moments: the window, or the word', () => {
    const advocateAt = (ruledAt: number) =>
      judgeReferral(
        { ...one, findings: found, ruling: { says: 'approved', at: ruledAt } },
        shopOf(),
        day(90),
      ).advocateAt;
    expect([advocateAt(day(20)), advocateAt(day(50))]).toEqual([day(26) + NOON, day(50)]);
    // What was not suspicious waits for nobody's word.
    const plain = { ...one, ruling: { says: 'approved', at: day(50) } as const };
    expect(judgeReferral(plain, shopOf(), day(90)).advocateAt).toBe(day(26) + NOON);
  });
});

it('control: an order of the advocate themselves is no friend’s', () => {
  const mina = new Member(shopOf()).order(order({ placedAt: day(12) }));
  expect(mina.moves).toEqual([]);
});

/** What a member is told of the friends they brought (law 9.8). */
import { describe, expect, it } from 'vitest';
import { JUST_CLAIMED } from '../../../app/domain/referrals/referral.ts';
import type { ReferralFacts } from '../../../app/domain/referrals/referral.ts';
import type { ReferralSettings } from '../../../app/domain/referrals/settings.ts';
import type { ShopTerms } from '../../../app/domain/programme/terms.ts';
import { DAY, day, Member, shopWith } from '../fixtures.ts';
import { bought, NOON, ordered, referral, referring } from './referred.ts';

const shopOf = (over: Partial<ReferralSettings> = {}): ShopTerms =>
  shopWith([[day(1), referring(over)]]);

describe('what the one who referred is told', () => {
  const told = (member: Member): unknown[] =>
    (member.decision?.events ?? []).map(({ kind, at, content }) => [kind, at, content['points']]);
  const met = (shop: ShopTerms, one: ReferralFacts, now: number): Member => {
    const member = new Member(shop);
    member.enrolledAt = day(1);
    member.referrals = [one];
    return member.decide(now);
  };

  it('is that the friend came, once, and that the friend was worth 200 points (law 9.8)', () => {
    const came = met(shopOf(), referral(), day(12));
    expect(told(came)).toEqual([['friend-joined', day(11) + NOON, undefined]]);
    came.referrals = [referral({ kept: came.decision?.referrals[0]?.standing ?? JUST_CLAIMED })];
    expect(told(came.decide(day(13)))).toEqual([]);
    const one = referral({ course: bought(ordered(12, 5_000)) });
    expect(told(met(shopOf(), one, day(26) + NOON))).toEqual([
      ['friend-joined', day(11) + NOON, undefined],
      ['referral-rewarded', day(26) + NOON, 200],
    ]);
    // Nobody is told of what brought nothing.
    const nothing = shopOf({ advocate: { points: 0, reward: null } });
    expect(told(met(nothing, one, day(26) + NOON))).toHaveLength(1);
  });

  it('is nothing of a friend before they are signed in, looked at or refused, or of long ago (law 9.8)', () => {
    expect(told(met(shopOf(), referral({ seenAt: null }), day(12)))).toEqual([]);
    const found = (kind: string) => referral({ findings: { [kind]: day(11) + NOON } });
    expect(told(met(shopOf(), found('same-phone'), day(12)))).toEqual([]);
    expect(told(met(shopOf(), found('same-email'), day(12)))).toEqual([]);
    const approved = { ...found('same-phone'), ruling: { says: 'approved', at: day(14) } as const };
    expect(told(met(shopOf(), approved, day(14)))).toEqual([['friend-joined', day(14), undefined]]);
    expect(told(met(shopOf(), referral(), day(11) + NOON + 32 * DAY))).toEqual([]);
  });
});

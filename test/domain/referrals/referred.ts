/** Referrals with nothing in them but what a test is about. */
import { JUST_CLAIMED, NOTHING_ORDERED } from '../../../app/domain/referrals/referral.ts';
import type { FriendOrder, ReferralFacts } from '../../../app/domain/referrals/referral.ts';
import { referralSettings } from '../../../app/domain/referrals/settings.ts';
import type { ReferralSettings } from '../../../app/domain/referrals/settings.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { day, programme } from '../fixtures.ts';

/** 200 points for who refers and 100 for the friend, 14 days after a first paid order of any size. */
export function referring(
  over: Partial<ReferralSettings> = {},
  rest: Partial<ProgrammeInput> = {},
): ProgrammeDocument {
  return programme({
    earning: [],
    referrals: { ...referralSettings.parse({ enabled: true }), ...over },
    ...rest,
  });
}

/** Claimed at noon of 11 January by a friend who is signed in. */
export function referral(over: Partial<ReferralFacts> = {}): ReferralFacts {
  const claimedAt = over.claimedAt === undefined ? day(11) + NOON : over.claimedAt;
  return {
    id: 'r1',
    advocateId: 'm1',
    friendId: 'f1',
    claimedAt,
    seenAt: claimedAt,
    superseded: false,
    nearby: 1,
    course: NOTHING_ORDERED,
    findings: {},
    ruling: null,
    kept: JUST_CLAIMED,
    ...over,
  };
}

export const NOON = 43_200_000;

/** Paid when it was placed, at noon of a day of January. */
export function ordered(on: number, minor: number, over: Partial<FriendOrder> = {}): FriendOrder {
  const placedAt = day(on) + NOON;
  return {
    ...{ id: `o${on}`, placedAt, paidAt: placedAt, fulfilledAt: null, minor, test: false },
    ...over,
  };
}

export function bought(...orders: readonly FriendOrder[]): ReferralFacts['course'] {
  const spentMinor = orders.reduce((sum, { minor }) => sum + minor, 0);
  return { ...NOTHING_ORDERED, orders, spentMinor };
}

/**
 * Referrals: the friend's prize at once, the advocate's when the return window of the friend's order has
 * passed. Both are awards like any other, so a refund, a merge or a person's word moves them back.
 */
import { withdrawn } from './decide-targets.ts';
import type { Deciding } from './deciding.ts';
import { outsideOf } from './earning/audience.ts';
import { boreTag } from './members/tags.ts';
import { awardKey } from './points/awards.ts';
import type { Target } from './points/awards.ts';
import type { FixedReason } from './points/explanation.ts';
import type { ProgrammeTerms } from './programme/terms.ts';
import { judgeReferral } from './referrals/judge-referral.ts';
import type { Judged } from './referrals/judge-referral.ts';
import { referralNews } from './referrals/news.ts';
import { makeRoom } from './referrals/room.ts';
import type { ReferralFacts, ReferralReason, ReferralStanding } from './referrals/referral.ts';
import type { Gift } from './rewards/gifts.ts';
import { sameContent } from './same-content.ts';
import { standBefore } from './tiers/climb.ts';
import type { Moment } from './time/shop-time.ts';

/** A referral of which the advocate's decision says something new. */
export interface ReferralChange {
  readonly id: string;
  readonly standing: ReferralStanding;
}

export const REFERRAL = 'referral';

/** @returns how those stand that the member made, where that is new */
export function decideReferrals(deciding: Deciding): readonly ReferralChange[] {
  const { member, shop, now, wakeAt, awards, post, give } = deciding;
  const due = new Set<string>();
  const settle = (target: Target): void => {
    due.add(awardKey(target));
    const total = target.steps.at(-1)?.total ?? 0;
    // Nothing is written of a prize that is not due, unless it was.
    if (total > 0 || awards.has(awardKey(target))) post(target);
  };
  for (const referral of member.referredBy ?? []) {
    const judged = judgeReferral(referral, shop, now);
    wakeAt(judged.friendAt);
    const prize = prizeOf(referral, judged, 'friend', now);
    if (prize) settle(prize.target);
    if (prize?.gift) give(prize.gift);
  }
  const changes: ReferralChange[] = [];
  for (const { referral, judged } of byDue(member.referrals ?? [], deciding)) {
    const { advocateAt } = judged;
    wakeAt(advocateAt);
    if (advocateAt !== null && advocateAt <= now) deciding.bringFriend(referral.id, advocateAt);
    const prize = prizeOf(referral, judged, 'advocate', now);
    if (prize) settle(prize.target);
    if (prize?.gift) give(prize.gift);
    const standing = standingOf(judged);
    if (sameContent(standing, referral.kept)) continue;
    changes.push({ id: referral.id, standing });
    const { enrolledAt = null } = member;
    for (const event of referralNews(referral.id, judged, enrolledAt, now)) deciding.tell(event);
  }
  for (const award of [...awards.values()]) {
    if (award.sourceKind !== REFERRAL || due.has(awardKey(award))) continue;
    for (const target of withdrawn(REFERRAL, award.sourceId, [award])) post(target);
  }
  return changes;
}

interface JudgedReferral {
  readonly referral: ReferralFacts;
  readonly judged: Judged;
}

/**
 * In the order in which their prizes are due, each after what those before it left of the limits: a
 * referral that becomes due later takes nothing from one that was rewarded.
 */
function byDue(referrals: readonly ReferralFacts[], deciding: Deciding): readonly JudgedReferral[] {
  const { shop, now } = deciding;
  const judged = referrals
    .map((referral) => ({ referral, judged: judgeReferral(referral, shop, now) }))
    .sort(
      (a, b) =>
        (a.judged.advocateAt ?? Infinity) - (b.judged.advocateAt ?? Infinity) ||
        (a.referral.id < b.referral.id ? -1 : 1),
    );
  const room = makeRoom(shop.timeZone);
  return judged.map(({ referral, judged: one }) => {
    const { advocateAt, terms } = one;
    if (advocateAt === null || !terms) return { referral, judged: one };
    const outside = outsideFor(referral, terms, deciding);
    const because: ReferralReason | null =
      outside ?? (room.takes(terms.version.document.referrals, advocateAt) ? null : 'limit');
    if (because === null) return { referral, judged: one };
    return { referral, judged: { ...one, state: 'limited', because, advocateAt: null } };
  });
}

/** Whether the advocate may refer goes by what they were when the friend claimed. */
function outsideFor(
  { claimedAt }: ReferralFacts,
  { version }: ProgrammeTerms,
  { member, membership, stands }: Deciding,
): ReferralReason | null {
  const at = claimedAt ?? 0;
  if (membership.outside(at) !== null) return 'not-a-member';
  return outsideOf(version.document.referrals.audience, {
    tierKey: () => standBefore(stands(), at)?.rung?.key ?? null,
    hasTag: (tag) => boreTag(member.tags ?? [], tag, at),
  });
}

function standingOf(judged: Judged): ReferralStanding {
  const { state, because, score, signals, windowEnds, advocateAt, orderId } = judged;
  return { state, because, score, signals, dueAt: advocateAt ?? windowEnds, orderId };
}

const BECAUSE: Readonly<Record<'friend' | 'advocate', FixedReason>> = {
  friend: 'referred-by-friend',
  advocate: 'referred-friend',
};

interface Prize {
  readonly target: Target;
  readonly gift: Gift | null;
}

/** What is due by now, by the version under which it was claimed; nothing (any more) is a prize of nothing. */
function prizeOf(
  { id, claimedAt }: ReferralFacts,
  { terms, friendAt, advocateAt }: Judged,
  who: 'friend' | 'advocate',
  now: Moment,
): Prize | null {
  if (!terms) return null;
  const due = who === 'friend' ? friendAt : advocateAt;
  const at = due !== null && due <= now ? due : null;
  const { version, document } = terms.version;
  const { points: promised, reward } = document.referrals[who];
  const points = at === null ? 0 : promised;
  const occurredAt = at ?? claimedAt ?? 0;
  const target: Target = {
    sourceKind: REFERRAL,
    sourceId: id,
    ruleKey: who,
    programmeVersion: version,
    tierKey: null,
    qualifies: true,
    clawback: document.clawback,
    occurredAt,
    availableAt: at,
    steps: [{ step: 'earn', at: occurredAt, total: points }],
    explanation: {
      rule: 'fixed',
      programmeVersion: version,
      ruleName: '',
      because: at === null ? 'referral-undone' : BECAUSE[who],
      points,
    },
  };
  const gift =
    at === null || reward === null
      ? null
      : { key: `${REFERRAL}:${id}:${who}`, rewardKey: reward, programmeVersion: version };
  return { target, gift };
}

/** Badges and challenges: how far the member is, and what completing them pays. */
import type { MemberFacts, Reach } from './members/member-facts.ts';
import type { Standing } from './orders/standing.ts';
import { awardKey } from './points/awards.ts';
import type { Award, Target } from './points/awards.ts';
import { inForce } from './programme/terms.ts';
import type { ShopTerms } from './programme/terms.ts';
import type { ReviewFacts } from './reviews/review-facts.ts';
import type { Moment } from './time/shop-time.ts';

export interface ProgressRow {
  readonly key: string;
  readonly kind: 'badge' | 'challenge';
  readonly have: number;
  readonly need: number;
  readonly counted: readonly string[];
  readonly completedAt: Moment | null;
}

export interface Reaches {
  readonly targets: readonly Target[];
  readonly progress: readonly ProgressRow[];
}

export function inForceBadgesAndChallenges(
  standings: readonly Standing[],
  reviews: readonly ReviewFacts[],
  shop: ShopTerms,
  awards: ReadonlyMap<string, Award>,
  now: Moment,
): Reaches {
  const terms = inForce(shop, now);
  if (!terms) return { targets: [], progress: [] };
  const facts: MemberFacts = {
    orders: standings.filter(
      (order) => order.counts && (!order.test || terms.version.document.testOrdersEarn),
    ),
    reviews: reviews
      .filter((review) => review.published)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
  };
  const targets: Target[] = [];
  const progress: ProgressRow[] = [];
  const take = (
    kind: 'badge' | 'challenge',
    key: string,
    name: string,
    pays: number,
    reach: Reach,
  ): void => {
    progress.push({ key: `${kind}:${key}`, kind, ...reach });
    const target = prize(kind, key, name, pays, reach, terms.version.version, {
      known: awards.get(awardKey({ sourceKind: kind, sourceId: key, ruleKey: key })) ?? null,
      clawback: terms.version.document.clawback,
    });
    if (target) targets.push(target);
  };
  for (const badge of terms.badges) {
    const reach = badge.definition.reach(badge.settings, facts);
    take('badge', badge.key, badge.name, badge.bonusPoints, reach);
  }
  for (const challenge of terms.challenges) {
    const reach = challenge.definition.reach(challenge.settings, within(challenge, facts));
    take('challenge', challenge.key, challenge.name, challenge.prizePoints, reach);
  }
  return { targets, progress };
}

/** What was promised when it was completed stays promised: a later version does not change it. */
function prize(
  kind: 'badge' | 'challenge',
  key: string,
  name: string,
  pays: number,
  reach: Reach,
  programmeVersion: number,
  { known, clawback }: { readonly known: Award | null; readonly clawback: Target['clawback'] },
): Target | null {
  const { completedAt } = reach;
  const promised = known?.steps.find(([step, points]) => step === 'earn' && points > 0)?.[1];
  const points = completedAt === null ? 0 : (promised ?? pays);
  if (points === 0 && !known) return null;
  const at = completedAt ?? known?.occurredAt ?? 0;
  return {
    sourceKind: kind,
    sourceId: key,
    ruleKey: key,
    programmeVersion: promised && known ? known.programmeVersion : programmeVersion,
    tierKey: null,
    qualifies: false,
    clawback,
    occurredAt: at,
    availableAt: at,
    steps: [{ step: 'earn', at, total: points }],
    explanation: {
      rule: 'fixed',
      programmeVersion: promised && known ? known.programmeVersion : programmeVersion,
      ruleName: name,
      because:
        completedAt === null
          ? 'no-longer-met'
          : kind === 'badge'
            ? 'badge-earned'
            : 'challenge-completed',
      points,
    },
  };
}

function within(
  window: { readonly startsAt: Moment | null; readonly endsAt: Moment | null },
  facts: MemberFacts,
): MemberFacts {
  const inside = (at: Moment): boolean =>
    (window.startsAt === null || at >= window.startsAt) &&
    (window.endsAt === null || at < window.endsAt);
  return {
    orders: facts.orders.filter((order) => inside(order.placedAt)),
    reviews: facts.reviews.filter((review) => inside(review.createdAt)),
  };
}

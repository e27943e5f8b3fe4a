/** Badges and challenges: how far the member is, and what completing them pays. */
import { NO_FACTS } from './goals/goal-facts.ts';
import type { GoalFacts, Reach } from './goals/goal-facts.ts';
import type { Standing } from './orders/standing.ts';
import { awardKey } from './points/awards.ts';
import type { Award, Target } from './points/awards.ts';
import { inForce } from './programme/terms.ts';
import type { ProgrammeTerms, ShopTerms } from './programme/terms.ts';
import type { Gift } from './rewards/gifts.ts';
import type { ReviewFacts } from './reviews/review-facts.ts';
import type { Moment } from './time/shop-time.ts';

type Kind = 'badge' | 'challenge';

export interface ProgressRow {
  readonly key: string;
  readonly kind: Kind;
  readonly have: number;
  readonly need: number;
  readonly counted: readonly string[];
  readonly completedAt: Moment | null;
}

export interface Reaches {
  readonly targets: readonly Target[];
  /** Rewards of what is complete. */
  readonly gifts: readonly Gift[];
  readonly progress: readonly ProgressRow[];
}

interface Known {
  readonly standings: readonly Standing[];
  readonly reviews: readonly ReviewFacts[];
  /** Badges that were given by hand, since when. */
  readonly badges: ReadonlyMap<string, readonly Moment[]>;
}

export function inForceBadgesAndChallenges(
  standings: readonly Standing[],
  reviews: readonly ReviewFacts[],
  shop: ShopTerms,
  awards: ReadonlyMap<string, Award>,
  now: Moment,
  badges: ReadonlyMap<string, readonly Moment[]> = new Map(),
): Reaches {
  const terms = inForce(shop, now);
  if (!terms) return { targets: [], gifts: [], progress: [] };
  const known = { standings, reviews, badges };
  const targets: Target[] = [];
  const gifts: Gift[] = [];
  const progress: ProgressRow[] = [];
  const seen = new Set<string>();
  for (const kind of ['badge', 'challenge'] as const) {
    for (const key of partsOf(terms, kind).map((part) => part.key)) {
      const completion = completionOf(kind, key, shop, known, now);
      const reach = reachIn(terms, kind, key, known);
      if (reach) {
        const completedAt = completion?.at ?? null;
        progress.push({ key: `${kind}:${key}`, kind, ...reach, completedAt });
      }
      const award = awards.get(awardKey({ sourceKind: kind, sourceId: key, ruleKey: key }));
      const target = prize(kind, key, completion, terms, award ?? null);
      if (target) targets.push(target);
      seen.add(`${kind} ${key}`);
    }
  }
  for (const kind of ['badge', 'challenge'] as const) {
    const giving = shop.versions.flatMap((one) => partsOf(one, kind).filter(({ gives }) => gives));
    for (const key of new Set(giving.map((part) => part.key))) {
      const completion = completionOf(kind, key, shop, known, now);
      if (!completion?.gives) continue;
      const { gives: rewardKey, version: programmeVersion } = completion;
      gifts.push({ key: `${kind}:${key}`, rewardKey, programmeVersion });
    }
  }
  // What the programme no longer has was still earned, and can still be undone by a refund.
  for (const award of awards.values()) {
    const { sourceKind: kind, sourceId: key } = award;
    if ((kind !== 'badge' && kind !== 'challenge') || seen.has(`${kind} ${key}`)) continue;
    const target = prize(kind, key, completionOf(kind, key, shop, known, now), terms, award);
    if (target) targets.push(target);
  }
  return { targets, gifts, progress };
}

interface Completion {
  readonly at: Moment;
  readonly name: string;
  readonly pays: number;
  readonly gives: string | null;
  readonly version: number;
}

/**
 * The first version under which it was complete, and what that version promised: a later one that
 * asks for more, or pays another bonus, neither takes away nor adds.
 */
function completionOf(
  kind: Kind,
  key: string,
  shop: ShopTerms,
  known: Known,
  now: Moment,
): Completion | null {
  const versions = shop.versions.filter(({ version }) => version.effectiveAt <= now);
  const given = kind === 'badge' ? givenBadge(key, versions, known.badges) : null;
  const earned = earnedIn(kind, key, versions, known);
  return given && (!earned || given.at < earned.at) ? given : earned;
}

/** What was given by hand stays given, whatever its condition says; it pays what it paid then. */
function givenBadge(
  key: string,
  versions: readonly ProgrammeTerms[],
  badges: ReadonlyMap<string, readonly Moment[]>,
): Completion | null {
  const given = badges.get(key);
  if (!given) return null;
  const at = Math.min(...given);
  const terms = versions.findLast(({ version }) => version.effectiveAt <= at);
  const part = terms && partsOf(terms, 'badge').find((candidate) => candidate.key === key);
  if (!part) return null;
  const { name, pays, gives } = part;
  return { at, name, pays, gives, version: terms.version.version };
}

function earnedIn(
  kind: Kind,
  key: string,
  versions: readonly ProgrammeTerms[],
  known: Known,
): Completion | null {
  for (const [index, terms] of versions.entries()) {
    const part = partsOf(terms, kind).find((candidate) => candidate.key === key);
    const at = reachIn(terms, kind, key, known)?.completedAt ?? null;
    const until = versions[index + 1]?.version.effectiveAt ?? Infinity;
    if (part && at !== null && at < until) {
      const { name, pays, gives } = part;
      return { at, name, pays, gives, version: terms.version.version };
    }
  }
  return null;
}

interface Part {
  readonly key: string;
  readonly name: string;
  readonly pays: number;
  readonly gives: string | null;
  readonly reach: (facts: GoalFacts) => Reach;
}

function partsOf(terms: ProgrammeTerms, kind: Kind): readonly Part[] {
  return kind === 'badge'
    ? terms.badges.map(({ key, name, definition, settings, bonusPoints: pays, ...more }) => ({
        ...{ key, name, pays, gives: more.bonusReward },
        reach: (facts) => definition.reach(settings, facts),
      }))
    : terms.challenges.map(({ definition, settings, prizePoints: pays, ...challenge }) => ({
        ...{ key: challenge.key, name: challenge.name, pays, gives: challenge.prizeReward },
        reach: (facts) => definition.reach(settings, within(challenge, facts)),
      }));
}

function reachIn(terms: ProgrammeTerms, kind: Kind, key: string, known: Known): Reach | null {
  const part = partsOf(terms, kind).find((candidate) => candidate.key === key);
  if (!part) return null;
  const tests = terms.version.document.testOrdersEarn;
  return part.reach({
    ...NO_FACTS,
    orders: known.standings.filter((order) => order.counts && (!order.test || tests)),
    reviews: known.reviews
      .filter((review) => review.published)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
  });
}

function prize(
  kind: Kind,
  key: string,
  completion: Completion | null,
  terms: ProgrammeTerms,
  known: Award | null,
): Target | null {
  const points = completion?.pays ?? 0;
  if (points === 0 && !known) return null;
  const at = completion?.at ?? known?.occurredAt ?? 0;
  const programmeVersion = completion?.version ?? terms.version.version;
  const earned = kind === 'badge' ? 'badge-earned' : 'challenge-completed';
  return {
    sourceKind: kind,
    sourceId: key,
    ruleKey: key,
    programmeVersion,
    tierKey: null,
    qualifies: false,
    clawback: terms.version.document.clawback,
    occurredAt: at,
    availableAt: at,
    steps: [{ step: 'earn', at, total: points }],
    explanation: {
      rule: 'fixed',
      programmeVersion,
      ruleName: completion?.name ?? nameOf(kind, key, terms, known),
      because: completion ? earned : 'no-longer-met',
      points,
    },
  };
}

function nameOf(kind: Kind, key: string, terms: ProgrammeTerms, known: Award | null): string {
  const part = partsOf(terms, kind).find((candidate) => candidate.key === key);
  if (part) return part.name;
  return known?.explanation.rule === 'fixed' ? known.explanation.ruleName : key;
}

function within(
  window: { readonly startsAt: Moment | null; readonly endsAt: Moment | null },
  facts: GoalFacts,
): GoalFacts {
  const inside = (at: Moment): boolean =>
    (window.startsAt === null || at >= window.startsAt) &&
    (window.endsAt === null || at < window.endsAt);
  return {
    ...facts,
    orders: facts.orders.filter((order) => inside(order.placedAt)),
    reviews: facts.reviews.filter((review) => inside(review.createdAt)),
  };
}

/** A published version as the engine uses it: settings parsed once, kinds resolved, ladder read. */
import { completed } from './document.ts';
import type { ProgrammeDocument, ProgrammeVersion } from './document.ts';
import type { Audience } from '../earning/audience.ts';
import type { EarningDefinition } from '../earning/definition.ts';
import type { Limits } from '../earning/limits.ts';
import type { BadgeDocument } from '../badges/settings.ts';
import type { ChallengeDocument } from '../challenges/settings.ts';
import { campaignTerms } from '../campaigns/campaign.ts';
import type { CampaignTerms } from '../campaigns/campaign.ts';
import { earningDefinitions } from '../earning/registry.ts';
import type { GoalDefinition } from '../goals/definition.ts';
import { gameTerms } from '../games/game.ts';
import type { GameTerms } from '../games/game.ts';
import { gameDefinitions } from '../games/registry.ts';
import { goalDefinitions } from '../goals/registry.ts';
import { quizDefinitions } from '../quizzes/registry.ts';
import type { QuizTerms } from '../quizzes/quiz-terms.ts';
import { rewardDefinitions } from '../rewards/registry.ts';
import { streakTerms } from '../streaks/streak-terms.ts';
import type { StreakTerms } from '../streaks/streak-terms.ts';
import type { RewardDefinition } from '../rewards/definition.ts';
import type { MembershipTerms } from '../memberships/purchases.ts';
import type { ScoreMetric } from '../leaderboards/metrics/definition.ts';
import { scoreMetrics } from '../leaderboards/metrics/registry.ts';
import { validateProgramme } from './validate-programme.ts';
import type { Fault } from './validate-programme.ts';
import type { Registry } from '../registry.ts';
import type { Ladder } from '../tiers/climb.ts';
import { tierMetrics } from '../tiers/metric.ts';
import type { Moment } from '../time/shop-time.ts';

interface Known<D> {
  readonly key: string;
  readonly name: string;
  readonly definition: D;
  readonly settings: unknown;
}

export interface BadgeTerms extends Known<GoalDefinition> {
  readonly item: BadgeDocument;
  readonly bonusPoints: number;
  readonly bonusReward: string | null;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
}

export interface ChallengeTerms extends Known<GoalDefinition> {
  readonly item: ChallengeDocument;
  readonly prizePoints: number;
  readonly prizeReward: string | null;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
}

/** In the order of their priority: the first comes first. */
export interface EarningRuleTerms extends Known<EarningDefinition> {
  readonly audience: Audience;
  readonly limits: Limits;
}

export interface RewardOffer extends Known<RewardDefinition> {
  /** What the merchant says of it, besides the settings of its kind. */
  readonly item: ProgrammeDocument['rewards'][number];
  readonly startsAt: number | null;
  readonly endsAt: number | null;
}

export interface LeaderboardTerms extends Known<ScoreMetric> {
  readonly item: ProgrammeDocument['leaderboards'][number];
  /** Of a fixed season. */
  readonly startsAt: number | null;
  readonly endsAt: number | null;
}

export interface ProgrammeTerms {
  readonly version: ProgrammeVersion;
  readonly earning: readonly EarningRuleTerms[];
  readonly campaigns: readonly CampaignTerms[];
  readonly badges: readonly BadgeTerms[];
  readonly challenges: readonly ChallengeTerms[];
  readonly quizzes: readonly QuizTerms[];
  readonly games: readonly GameTerms[];
  /** In the order in which they are shown. */
  readonly rewards: readonly RewardOffer[];
  readonly ladder: Ladder;
  readonly memberships: readonly MembershipTerms[];
  readonly leaderboards: readonly LeaderboardTerms[];
  readonly streaks: readonly StreakTerms[];
  /**
   * What this build cannot use of a version that was published: a kind it does not know, an amount
   * that is none of the shop's present currency. Those parts do nothing, and it is reported.
   */
  readonly faults: readonly Fault[];
}

export interface ShopTerms {
  readonly currency: string;
  readonly timeZone: string;
  /** Since when it is the zone; left out where it was never another. */
  readonly zoneSince?: Moment | null;
  /** Permissions that the merchant has allowed in Shopify. */
  readonly scopes: ReadonlySet<string>;
  /** Published versions, oldest first. */
  readonly versions: readonly ProgrammeTerms[];
}

/** The terms in force at a moment: the newest version that had taken effect. */
export function inForce(shop: ShopTerms, at: Moment): ProgrammeTerms | null {
  let found: ProgrammeTerms | null = null;
  for (const terms of shop.versions) {
    const from = terms.version.effectiveAt;
    if (from <= at && (!found || from >= found.version.effectiveAt)) found = terms;
  }
  return found;
}

/** In any version: a referral that was claimed once goes on. */
export function usesReferrals(shop: ShopTerms): boolean {
  return shop.versions.some(({ version }) => version.document.referrals.enabled);
}

/** In any version: a season that ended is settled by the one that was in force. */
export function usesLeaderboards(shop: ShopTerms): boolean {
  return shop.versions.some(({ leaderboards }) => leaderboards.length > 0);
}

/** Whether members could refer friends at that moment. */
export function offersReferrals(shop: ShopTerms, at: Moment): boolean {
  return inForce(shop, at)?.version.document.referrals.enabled ?? false;
}

/** Orders from before the first version earn by it, when the newest programme says so. */
export function termsForOrder(shop: ShopTerms, placedAt: Moment): ProgrammeTerms | null {
  const found = inForce(shop, placedAt);
  if (found) return found;
  const newest = shop.versions.at(-1);
  return newest?.version.document.pastOrdersEarn ? (shop.versions[0] ?? null) : null;
}

interface Resolvable {
  readonly kind: string;
  readonly settings: { readonly parse: (value: unknown) => unknown };
}

interface Configured {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly settings: unknown;
}

interface Dated {
  readonly startsAt: string | null;
  readonly endsAt: string | null;
}

function datesOf({ startsAt, endsAt }: Dated) {
  return {
    startsAt: startsAt === null ? null : Date.parse(startsAt),
    endsAt: endsAt === null ? null : Date.parse(endsAt),
  };
}

export function termsOf(
  published: ProgrammeVersion,
  currency: string,
  goals: Registry<GoalDefinition> = goalDefinitions,
): ProgrammeTerms {
  const version = { ...published, document: completed(published.document) };
  const { document } = version;
  const validation = validateProgramme(document, currency, goals);
  const faults = validation.ok ? [] : validation.faults;
  const resolve = <D extends Resolvable>(
    registry: Registry<D>,
    place: string,
    item: Configured,
  ): Known<D>[] => {
    const definition = registry.find(item.kind);
    if (!item.enabled || !definition || isFaulty(faults, place)) return [];
    const settings = definition.settings.parse(item.settings);
    return [{ key: item.key, name: item.name, definition, settings }];
  };
  const dated = <D extends Resolvable, I extends Configured & Dated>(
    registry: Registry<D>,
    list: string,
    items: readonly I[],
  ) =>
    items.flatMap((item, index) =>
      resolve(registry, `${list}.${index}`, item).map((known) => ({
        ...{ ...known, item, ...datesOf(item) },
      })),
    );
  return {
    version,
    earning: document.earning.flatMap((rule, index) =>
      resolve(earningDefinitions, `earning.${index}`, rule).map((known) => ({
        ...known,
        audience: rule.audience,
        limits: rule.limits,
      })),
    ),
    campaigns: document.campaigns.flatMap((campaign, index) =>
      campaign.enabled && !isFaulty(faults, `campaigns.${index}`)
        ? [campaignTerms(campaign, currency)]
        : [],
    ),
    badges: document.badges.flatMap((badge, index) =>
      resolve(goals, `badges.${index}`, badge).map((known) => ({
        ...known,
        item: badge,
        bonusPoints: badge.bonusPoints,
        bonusReward: badge.bonusReward ?? null,
        ...datesOf(badge),
      })),
    ),
    challenges: document.challenges.flatMap((challenge, index) =>
      resolve(goals, `challenges.${index}`, challenge).map((known) => ({
        ...known,
        item: challenge,
        prizePoints: challenge.prizePoints,
        prizeReward: challenge.prizeReward ?? null,
        ...datesOf(challenge),
      })),
    ),
    quizzes: dated(quizDefinitions, 'quizzes', document.quizzes),
    games: document.games.flatMap((item, index) =>
      resolve(gameDefinitions, `games.${index}`, item).map((known) => ({
        ...known,
        ...gameTerms(item, known.definition, currency),
      })),
    ),
    rewards: dated(rewardDefinitions, 'rewards', document.rewards),
    leaderboards: dated(scoreMetrics, 'leaderboards', document.leaderboards),
    ladder: ladderOf(version, currency, isFaulty(faults, 'tiers')),
    memberships: document.memberships.filter(
      ({ enabled }, index) => enabled && !isFaulty(faults, `memberships.${index}`),
    ),
    streaks: document.streaks.flatMap((streak, index) =>
      streak.enabled && !isFaulty(faults, `streaks.${index}`) ? [streakTerms(streak)] : [],
    ),
    faults,
  };
}

function isFaulty(faults: readonly Fault[], place: string): boolean {
  return faults.some((fault) => fault.place === place || fault.place.startsWith(`${place}.`));
}

function ladderOf(
  { document, effectiveAt }: ProgrammeVersion,
  currency: string,
  faulty: boolean,
): Ladder {
  const { levels, ...settings } = document.tiers;
  const metric = tierMetrics.find(settings.metric);
  return {
    ...settings,
    from: effectiveAt,
    rungs:
      metric && !faulty
        ? levels.map(({ need, grantedOnly, ...level }) => ({
            ...level,
            need: grantedOnly ? null : metric.parseNeed(need, currency),
          }))
        : [],
  };
}

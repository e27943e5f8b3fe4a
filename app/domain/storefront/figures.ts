/** What the storefront draws: the shapes that docs/architecture.md describes, made in one place. */
import type { TagTidings } from '../members/tags.ts';
import { shownMembership } from '../memberships/held.ts';
import { parseMoney, toLiquidMoney } from '../money/money.ts';
import type { ProgrammeTerms } from '../programme/terms.ts';
import { shownQuizzes } from './quizzes.ts';
import { membersBadges, membersChallenges, offeredBadges, offeredChallenges } from './reaches.ts';
import type { KeptReach, ShopNow } from './reaches.ts';
import type { HeldReward } from './rewards.ts';
import { membersStreaks, offeredStreaks } from './streaks.ts';
import type { Rung } from '../tiers/climb.ts';
import { tierMetrics } from '../tiers/metric.ts';
import { shopDay } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export type KeptProgress = KeptReach;

export interface ExpiringPoints {
  /** The first moment at which they can no longer be spent. */
  readonly expiresAt: Moment;
  readonly points: number;
}

/** Of who has a code: how many friends came, and how many brought a prize. */
export interface ReferringFigures {
  readonly code: string;
  readonly friends: number;
  readonly rewarded: number;
  /** The newest friends: a state, and the first letter of a name. */
  readonly list: readonly { readonly state: string; readonly name: string | null }[];
}

export interface MemberOnStorefront {
  /** What can be spent, less what is owed; null before joining. */
  readonly points: number | null;
  readonly pending: number | null;
  readonly tier: string | null;
  readonly nextTier: string | null;
  readonly progress: Readonly<Record<string, unknown>>;
}

/** A customer who has not joined: the storefront invites them. */
export function invitedOnStorefront(terms: ProgrammeTerms | null): MemberOnStorefront {
  const { policy } = terms?.version.document.membership ?? {};
  const progress = { v: 1, joined: false, invited: policy === 'opted-in' };
  return { points: null, pending: null, tier: null, nextTier: null, progress };
}

export function memberOnStorefront(
  member: {
    readonly available: number;
    readonly pending: number;
    readonly debt: number;
    readonly tierKey: string | null;
    readonly progress: readonly KeptProgress[];
    readonly expiring: readonly ExpiringPoints[];
    readonly rewards?: readonly HeldReward[];
    readonly referring?: ReferringFigures | null;
    readonly tags?: readonly TagTidings[];
  },
  terms: ProgrammeTerms | null,
  shop: ShopNow,
): MemberOnStorefront {
  const { currency, timeZone } = shop;
  const kept = new Map(member.progress.map((row) => [row.key, row]));
  const rungs = terms?.ladder.rungs ?? [];
  const rung = rungs.find(({ key }) => key === member.tierKey) ?? null;
  const climbing = kept.get('tier');
  const next = rungs.find(({ key }) => key === climbing?.counted[0]) ?? null;
  const shown = (amount: number): number =>
    tierMetrics.find(terms?.ladder.metric ?? '')?.forLiquid(amount, currency) ?? amount;
  const have = climbing?.have ?? 0;
  const need = next?.need ?? have;
  return {
    points: member.available - member.debt,
    pending: member.pending,
    tier: rung?.name ?? null,
    nextTier: next?.name ?? null,
    progress: {
      v: 1,
      tier: rung && { key: rung.key, name: rung.name, multiplier: rung.multiplier },
      next: next && {
        key: next.key,
        name: next.name,
        metric: terms?.ladder.metric,
        have: shown(have),
        need: shown(need),
        left: shown(Math.max(0, need - have)),
        percent: percentOf(have, need),
        by: lastDay(climbing?.until ?? null, timeZone),
      },
      keep: keepOnStorefront(kept.get('tier-kept'), rungs, shown, timeZone),
      memberships: member.progress.flatMap((row) => membershipOnStorefront(row, timeZone)),
      expiring: expiringDays(member.expiring, timeZone),
      ...(member.referring && { refer: member.referring }),
      rewards: member.rewards ?? [],
      streaks: terms ? membersStreaks(terms, member.progress, timeZone) : [],
      challenges: terms ? membersChallenges(terms, member, shop) : [],
      badges: terms ? membersBadges(terms, member, shop) : [],
    },
  };
}

/** What was bought of memberships: the storefront knows by itself which of the days is over. */
function membershipOnStorefront(
  row: KeptProgress,
  timeZone: string,
): { key: string; name: string; until: string | null; lapses: string | null }[] {
  const held = shownMembership(row, 0);
  if (!held) return [];
  const { key, name, until, lapsesAt } = held;
  return [{ key, name, until: lastDay(until, timeZone), lapses: lastDay(lapsesAt, timeZone) }];
}

/** What keeping the tier takes; null while it is not in danger. */
function keepOnStorefront(
  row: KeptProgress | undefined,
  rungs: readonly Rung[],
  shown: (amount: number) => number,
  timeZone: string,
): Readonly<Record<string, unknown>> | null {
  const [key, toKey] = row?.counted ?? [];
  const rung = rungs.find((one) => one.key === key);
  if (!row || !rung || toKey === key) return null;
  const to = rungs.find((one) => one.key === toKey) ?? null;
  return {
    left: rung.need === null ? null : shown(Math.max(0, row.need - row.have)),
    by: lastDay(row.until, timeZone),
    to: to && { key: to.key, name: to.name },
  };
}

/** The last of the shop's days on which it is still so. */
function lastDay(until: Moment | null, timeZone: string): string | null {
  return until === null ? null : shopDay(until - 1, timeZone);
}

/** Every day on which points can be spent for the last time, the soonest first. */
function expiringDays(
  expiring: readonly ExpiringPoints[],
  timeZone: string,
): readonly { readonly on: string; readonly points: number }[] {
  const days = new Map<string, number>();
  for (const { expiresAt, points } of [...expiring].sort((a, b) => a.expiresAt - b.expiresAt)) {
    const day = shopDay(expiresAt - 1, timeZone);
    days.set(day, (days.get(day) ?? 0) + points);
  }
  return [...days].map(([on, points]) => ({ on, points }));
}

/** What a guest sees of joining, and the words and the path the theme extension uses. */
export function programmeOnStorefront(
  terms: ProgrammeTerms | null,
  currency: string,
  proxyPath: string,
  running: ReadonlyMap<string, number> = new Map(),
  timeZone = 'UTC',
): Readonly<Record<string, unknown>> {
  if (!terms) return { v: 1, live: false, proxy: proxyPath };
  const { document } = terms.version;
  const offers = terms.earning.map(({ definition, settings }) => definition.offer(settings));
  const order = offers.find((offer) => offer.on === 'order');
  const fixed = (on: 'join' | 'review'): { points: number } | null => {
    const offer = offers.find((candidate) => candidate.on === on);
    return offer ? { points: offer.points } : null;
  };
  const metric = tierMetrics.find(terms.ladder.metric);
  return {
    v: 1,
    live: true,
    name: document.name,
    proxy: proxyPath,
    word: document.word,
    join: fixed('join'),
    order: order
      ? {
          points: order.points,
          per: toLiquidMoney(parseMoney(order.per, currency), currency),
        }
      : null,
    review: fixed('review'),
    tiers: terms.ladder.rungs.map((rung) => ({
      key: rung.key,
      name: rung.name,
      metric: terms.ladder.metric,
      need: rung.need === null ? null : (metric?.forLiquid(rung.need, currency) ?? rung.need),
      multiplier: rung.multiplier,
    })),
    challenges: offeredChallenges(terms, { currency, timeZone }),
    memberships: terms.memberships.map(({ key, name, limit }) => ({
      key,
      name,
      soldOut: limit !== null && (running.get(key) ?? 0) >= limit,
    })),
    quizzes: shownQuizzes(terms, timeZone),
    streaks: offeredStreaks(terms),
    refer: referOnStorefront(terms),
    badges: offeredBadges(terms, { currency, timeZone }),
  };
}

/** What both of a referral get; null while members cannot refer friends. */
function referOnStorefront(terms: ProgrammeTerms): object | null {
  const { referrals } = terms.version.document;
  if (!referrals.enabled) return null;
  const prize = ({
    points,
    reward,
  }: {
    readonly points: number;
    readonly reward: string | null;
  }) => ({
    points,
    reward: terms.rewards.find(({ key }) => key === reward)?.name ?? null,
  });
  const { friend, advocate, vanityCodes: vanity } = referrals;
  return { friend: prize(friend), advocate: prize(advocate), vanity };
}

/** Whole percent, never 100 before it is reached. */
function percentOf(have: number, need: number): number {
  if (have >= need) return 100;
  if (need <= 0) return 0;
  return Math.max(0, Math.min(99, Math.floor((have * 100) / need)));
}

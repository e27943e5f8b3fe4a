/**
 * What one decision about a member works with. Each pass of the engine takes it, posts targets, notes
 * events, and says when it wants to be asked again.
 */
import type { Activity } from './activities/activity.ts';
import { turnsOf } from './campaigns/turns.ts';
import type { TurnOf } from './campaigns/turns.ts';
import { noBudgets, rebook } from './earning/budgets.ts';
import type { Budgets } from './earning/budgets.ts';
import { climbsOf } from './deciding-tiers.ts';
import type { Climbs, TierCase } from './deciding-tiers.ts';
import { byItsVersion, passingOf } from './deciding-time.ts';
import type { Passing } from './deciding-time.ts';
import type { MemberEvent } from './events.ts';
import { membershipOf } from './members/membership.ts';
import type { JoinedWith, Membership, OutsideReason } from './members/membership.ts';
import type { TagTidings } from './members/tags.ts';
import type { OrderFacts } from './orders/order-facts.ts';
import type { Standing } from './orders/standing.ts';
import { awardKey, settle } from './points/awards.ts';
import type { Award, Target } from './points/awards.ts';
import type { Explanation } from './points/explanation.ts';
import type { Boost } from './prizes/boosts.ts';
import type { Books } from './points/books.ts';
import type { NameState } from './leaderboards/scores.ts';
import type { OverdueSeason } from './leaderboards/seasons.ts';
import type { Redemption } from './points/redemption.ts';
import { shelveAwards } from './points/shelve-awards.ts';
import type { ShopTerms } from './programme/terms.ts';
import type { ReferralFacts } from './referrals/referral.ts';
import type { Gift } from './rewards/gifts.ts';
import type { ReviewFacts } from './reviews/review-facts.ts';
import type { Moment } from './time/shop-time.ts';

export interface MemberCase extends TierCase {
  readonly memberId: string;
  /** Who they were is gone, and with it what facts come to; the ledger stays. */
  readonly erased?: boolean;
  /** When the customer account began, if that is known: joining is decided by it. */
  readonly customerCreatedAt: Moment | null;
  /** When the customer asked to join, and what is known of their tags: see members/membership.ts. */
  readonly optedInAt?: Moment | null;
  readonly tags?: readonly TagTidings[];
  readonly joinedWith?: readonly JoinedWith[];
  readonly books: Books;
  /** All orders of the member, the changed ones as they are now. */
  readonly standings: readonly Standing[];
  /** All reviews of the member, the changed ones as they are now. */
  readonly reviews: readonly ReviewFacts[];
  /** Everything else that the member did, as it is now. */
  readonly activities?: readonly Activity[];
  /** Friends who came by their codes, and the codes by which they came themselves. */
  readonly referrals?: readonly ReferralFacts[];
  readonly referredBy?: readonly ReferralFacts[];
  /** How the nickname stands under which they take part in leaderboards; null of who does not. */
  readonly boardName?: NameState | null;
  readonly overdueSeasons?: readonly OverdueSeason[];
  /** All awards of the member; explanations may be left out of those that are not looked at. */
  readonly awards: readonly Award[];
  /** Orders whose awards are to be decided. */
  readonly orders: readonly OrderFacts[];
  /** Orders that are no longer this member's: their awards go back to nothing. */
  readonly leftOrderIds: readonly string[];
  readonly redemptions?: readonly Redemption[];
  /** For rewards that are given: a time-ordered UUID each time. */
  readonly newId?: () => string;
  /** What is drawn of the budgets of campaigns, by everybody: kept up as awards are posted. */
  readonly budgets?: Budgets;
}

export interface Deciding extends Passing, Climbs {
  readonly member: MemberCase;
  readonly shop: ShopTerms;
  readonly now: Moment;
  /** Whether they are a member, since when, and what of their facts counts. */
  readonly membership: Membership;
  /** Oldest first; without what was bought in a time without membership, after having joined. */
  readonly standings: readonly Standing[];
  /** All awards as they are by now, by their key. */
  readonly awards: ReadonlyMap<string, Award>;
  /** Those of one source, e.g. of an order: a member can have tens of thousands. */
  readonly awardsOf: (sourceKind: string, sourceId: string) => readonly Award[];
  /** The awards that this decision changed. */
  readonly changed: ReadonlyMap<string, Award>;
  readonly events: readonly MemberEvent[];
  readonly wakings: readonly Moment[];
  /** Rewards that are due by all that is known. */
  readonly gifts: readonly Gift[];
  /** Badges that came as prizes, and each time that they did. */
  readonly badgesWon: ReadonlyMap<string, readonly Moment[]>;
  /** Friends who brought a prize, be it points or not, by when they did. */
  readonly friends: readonly { readonly id: string; readonly at: Moment }[];
  /** What passes before said was reached, since when: goals may ask for it, e.g. "streak:daily:7". */
  readonly reached: ReadonlyMap<string, Moment>;
  /** Multipliers for a time that came as prizes: with which orders are decided, and those that turn out to be due. */
  readonly boosts: readonly Boost[];
  readonly boostsDue: readonly Boost[];
  readonly budgets: Budgets;
  /** Whether campaigns for first orders, or for a few, are for an order, by the awards as they are by now. */
  readonly turnOf: TurnOf;
  /** Posts what the target differs from what was posted; outside of the membership the target is nothing. */
  readonly post: (target: Target) => void;
  /** A reward is due as a prize: it is given once, and ends unused when it is due no more. */
  readonly give: (gift: Gift) => void;
  readonly winBadge: (key: string, at: Moment) => void;
  readonly boostOrders: (boost: Boost) => void;
  readonly bringFriend: (id: string, at: Moment) => void;
  readonly noteReached: (what: string, at: Moment) => void;
  /** Tells something once: an event's key is never told again. */
  readonly tell: (event: MemberEvent) => void;
  /** The member is to be looked at again at this moment; what is past is not asked for. */
  readonly wakeAt: (moment: Moment | null) => void;
}

export function beginDeciding(member: MemberCase, published: ShopTerms, now: Moment): Deciding {
  const shop = untilNow(published, now);
  const { all: awards, of: awardsOf, put } = shelveAwards(member.awards);
  const changed = new Map<string, Award>();
  const events: MemberEvent[] = [];
  const wakings: Moment[] = [];
  const gifts: Gift[] = [];
  const badgesWon = new Map<string, Moment[]>();
  const friends: { readonly id: string; readonly at: Moment }[] = [];
  const reached = new Map<string, Moment>();
  const boostsDue: Boost[] = [];
  const budgets = member.budgets ?? noBudgets();
  const membership = membershipOf(
    { ...member, optedInAt: member.optedInAt ?? null, tags: member.tags ?? [] },
    shop,
    now,
  );
  const standings = member.standings
    .filter(({ placedAt }) => membership.outside(placedAt) !== 'not-a-member')
    .sort((a, b) => a.placedAt - b.placedAt || compareIds(a.orderId, b.orderId));
  const { forget, ...climbs } = climbsOf(member, { membership, standings, awards }, shop, now);
  const passing = passingOf(member, standings, shop, now);
  return {
    ...passing,
    ...climbs,
    ...{ member, shop, now, membership, standings, awards, awardsOf },
    ...{ changed, events, wakings, gifts, badgesWon, friends, reached, boostsDue, budgets },
    boosts: [],
    turnOf: turnsOf(member.standings, awardsOf),
    give: (gift) => {
      // What the version that promised it has switched off is promised by nobody.
      const promised = shop.versions.find(
        ({ version }) => version.version === gift.programmeVersion,
      );
      if (promised?.rewards.some(({ key }) => key === gift.rewardKey)) gifts.push(gift);
    },
    winBadge: (key, at) => void badgesWon.set(key, [...(badgesWon.get(key) ?? []), at]),
    boostOrders: (boost) => void boostsDue.push(boost),
    bringFriend: (id, at) => void friends.push({ id, at }),
    noteReached: (what, at) => void reached.set(what, Math.min(at, reached.get(what) ?? Infinity)),
    post: (wanted) => {
      const known = awards.get(awardKey(wanted)) ?? null;
      const target = admitted(wanted, membership, known);
      const award =
        target &&
        settle(member.books, known, byItsVersion(target, shop), now, passing.calendar.upTo);
      if (!award) return;
      rebook(budgets, known?.allowance?.draws ?? {}, award.allowance?.draws ?? {});
      put(award);
      changed.set(awardKey(award), award);
      forget();
    },
    tell: (event) => {
      if (membership.outside(event.at) === null) events.push(event);
    },
    wakeAt: (moment) => {
      if (moment !== null && moment > now) wakings.push(moment);
    },
  };
}

/** What happened outside of the membership is due nothing, and an order says so. */
function admitted(target: Target, membership: Membership, known: Award | null): Target | null {
  const because = membership.outside(target.occurredAt);
  if (because === null || target.steps.length === 0) return target;
  if (target.sourceKind !== 'order' && !known) return null;
  return outsideOf(target, because);
}

/** Nothing, because of when it happened. */
export function outsideOf(target: Target, because: OutsideReason): Target {
  const { explanation } = target;
  const told: Explanation =
    explanation.rule === 'order' || explanation.rule === 'fixed'
      ? { ...explanation, points: 0, nothingBecause: because }
      : explanation;
  return { ...target, steps: [], qualifies: false, explanation: told, allowance: null };
}

/** Versions that are planned for later say nothing yet. */
function untilNow(shop: ShopTerms, now: Moment): ShopTerms {
  const begun = shop.versions.filter(({ version }) => version.effectiveAt <= now);
  return begun.length === shop.versions.length ? shop : { ...shop, versions: begun };
}

/** Orders of one second keep one order, whoever reads them from where. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

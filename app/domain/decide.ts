/**
 * The engine. A pure function from what is known of a member (facts, books, programme versions, the
 * moment) to what is to be written. It is run again whenever a fact changes and posts differences
 * only, so whatever comes late, twice or out of order ends in the same books.
 */
import { boostsChanged, rehearseBoosts } from './decide-boosts.ts';
import { decideReaches } from './decide-reaches.ts';
import type { ProgressRow } from './decide-reaches.ts';
import type { DecidedGames } from './decide-games.ts';
import { scoresOf } from './decide-leaderboards.ts';
import { decideMemberships } from './decide-memberships.ts';
import type { DecidedMemberships } from './decide-memberships.ts';
import { decideOccasions } from './decide-occasions.ts';
import { decidePlayed } from './decide-played.ts';
import type { ReferralChange } from './decide-referrals.ts';
import { orderTargets, withdrawn } from './decide-targets.ts';
import { decideRedemptions } from './decide-redemptions.ts';
import { beginDeciding, compareIds, outsideOf } from './deciding.ts';
import type { Deciding, MemberCase } from './deciding.ts';
import { decideTiers } from './deciding-tiers.ts';
import { baseRule } from './earning/limits.ts';
import { roomChanged } from './earning/room-changed.ts';
import { bonusKey } from './campaigns/bonus.ts';
import { turnsChanged } from './campaigns/turns.ts';
import type { MemberEvent } from './events.ts';
import type { Membership } from './members/membership.ts';
import type { OrderFacts } from './orders/order-facts.ts';
import type { ScoreRow } from './leaderboards/scores.ts';
import type { Award } from './points/awards.ts';
import type { Grace, Redemption } from './points/redemption.ts';
import { isAllowed } from './rewards/missing-scopes.ts';
import { settleGifts } from './rewards/gifts.ts';
import type { NewGift } from './rewards/gifts.ts';
import { usedPrizes } from './reaches/used-prizes.ts';
import type { UsedPrizes } from './reaches/used-prizes.ts';
import { remindersOf } from './points/reminders.ts';
import { inForce, termsForOrder } from './programme/terms.ts';
import type { ProgrammeTerms, ShopTerms } from './programme/terms.ts';
import type { StreakRow } from './streaks/shown.ts';
import { streaksOf } from './streaks/streaks-of.ts';
import { standBefore } from './tiers/climb.ts';
import type { Stand } from './tiers/climb.ts';
import type { LadderProgress } from './tiers/missing.ts';
import type { Moment } from './time/shop-time.ts';

export interface Decision extends DecidedMemberships, DecidedGames {
  readonly membership: Membership;
  readonly awards: readonly Award[];
  readonly progress: readonly ProgressRow[];
  readonly stand: Stand | null;
  /** Progress to the next tier, for the storefront and the admin. */
  readonly ladder: LadderProgress | null;
  /** How friends stand who came by the member's codes, where that is new. */
  readonly referrals: readonly ReferralChange[];
  /** Null where no version of the programme has streaks. */
  readonly streaks: readonly StreakRow[] | null;
  /** Scores of the seasons that are open; null of who takes part in no leaderboard. */
  readonly scores: readonly ScoreRow[] | null;
  /** Rewards of what is no longer complete that were used; null where nobody has used any. */
  readonly prizesUsed: UsedPrizes | null;
  readonly events: readonly MemberEvent[];
  /** Those that this decision changed. */
  readonly redemptions: readonly Redemption[];
  /** New ones that cost nothing: they are among the redemptions, too. */
  readonly given: readonly NewGift[];
  /** How points come back by hand after this decision. */
  readonly grace: Grace;
  /** When time alone will change something; null when it never will. */
  readonly dueAt: Moment | null;
  /** Orders whose tier at the time turned out to be another than their award was made with. */
  readonly lookAgainAt: readonly string[];
  /** What was posted moves dates by which this decision went: it is to be made once more. */
  readonly onceMore: boolean;
}

/** The passes, in their order: each sees what the ones before it posted. */
export function decide(member: MemberCase, shop: ShopTerms, now: Moment): Decision {
  const begun = beginDeciding(member, shop, now);
  if (member.erased) return concludeErased(begun);
  // What another clock told ahead of ours makes a member then.
  for (const [at] of member.tags ?? []) begun.wakeAt(at);
  const ran = streaksOf(begun);
  const boosts = rehearseBoosts(begun, (rehearsal) => {
    decidePlayed(rehearsal, ran);
    decideReaches(rehearsal);
  });
  const deciding = { ...begun, boosts };
  deciding.revive(deciding.awards);
  decideOrders(deciding);
  decideOccasions(deciding);
  const { referrals, streaks, games } = decidePlayed(deciding, ran);
  leaveNothing(deciding);
  const { progress, due } = decideReaches(deciding);
  const ladder = decideTiers(deciding);
  const bought = decideMemberships(deciding);
  decideRedemptions(deciding);
  const prizesUsed = usedPrizes(deciding, due);
  const given = decideGifts(deciding);
  deciding.revive(deciding.awards);
  decideTime(deciding);
  const scores = scoresOf(deciding);
  return {
    ...conclude(deciding, progress, ladder),
    ...{ ...bought, ...games, referrals, streaks, given, scores, prizesUsed },
  };
}

/** Facts say nothing of who was erased, but orders that turn out to be another's, and redemptions. */
function concludeErased(deciding: Deciding): Decision {
  leaveOrders(deciding);
  decideRedemptions(deciding);
  endAll(deciding, 'left');
  const nothing = { stand: null, events: [], dueAt: null, lookAgainAt: [], onceMore: false };
  return { ...conclude(deciding, [], null), ...nothing };
}

function decideOrders(deciding: Deciding): void {
  const { member, post, stands } = deciding;
  const orders = [...member.orders].sort(
    (a, b) => placedAt(a) - placedAt(b) || compareIds(a.id, b.id),
  );
  for (const facts of orders) {
    const stand = standBefore(stands(), placedAt(facts));
    for (const target of orderTargets(facts, deciding, stand)) post(target);
  }
  leaveOrders(deciding);
}

function leaveOrders({ member, awardsOf, post }: Deciding): void {
  for (const orderId of member.leftOrderIds) {
    for (const target of withdrawn('order', orderId, awardsOf('order', orderId))) post(target);
  }
}

/** Whoever turns out never to have joined keeps nothing of what was awarded. */
function leaveNothing({ membership, awards, awardsOf, post }: Deciding): void {
  if (membership.state !== 'not-joined') return;
  for (const { sourceKind, sourceId } of [...awards.values()]) {
    if (sourceKind === 'adjustment') continue;
    for (const target of withdrawn(sourceKind, sourceId, awardsOf(sourceKind, sourceId)))
      post(outsideOf(target, 'not-a-member'));
  }
}

/** Prizes that are due are given, those that are due no more end; so does what is valid no longer. */
function decideGifts(deciding: Deciding): readonly NewGift[] {
  const { member, shop, now, membership, gifts, redemptions } = deciding;
  const due = membership.state === 'not-joined' ? [] : gifts;
  let made = redemptions.size;
  const newId = member.newId ?? (() => `gift-${(made += 1)}`);
  const settled = settleGifts(due, redemptions.values(), {
    ...{ memberId: member.memberId, now, newId },
    mayGive: ({ rewardKey, programmeVersion }) => {
      const terms = shop.versions.find(({ version }) => version.version === programmeVersion);
      const offer = terms?.rewards.find(({ key }) => key === rewardKey);
      return offer === undefined || isAllowed(offer.item.kind, shop.scopes);
    },
  });
  for (const redemption of settled.ending) redemptions.set(redemption.id, redemption);
  for (const { redemption } of settled.given) redemptions.set(redemption.id, redemption);
  endAll(deciding, 'expired');
  return settled.given;
}

function endAll({ redemptions, now, wakeAt }: Deciding, because: 'expired' | 'left'): void {
  for (const redemption of redemptions.values()) {
    const { id, state, ending, validUntil } = redemption;
    if (state !== 'reserved' || ending !== null) continue;
    const isOver = because === 'left' || (validUntil !== null && validUntil <= now);
    if (isOver) redemptions.set(id, { ...redemption, ending: because });
    else wakeAt(validUntil);
  }
}

/** What fell due by now happens, and reminders of what will expire are told. */
function decideTime({ member, shop, now, calendar, tell, wakeAt }: Deciding): void {
  calendar.upTo(now);
  for (const due of calendar.dues()) wakeAt(due);
  const days = inForce(shop, now)?.version.document.expiry.reminderDays ?? [];
  const reminders = remindersOf(member.books, days, now, shop.timeZone);
  for (const reminder of reminders.due) tell(reminder);
  for (const moment of reminders.later) wakeAt(moment);
}

function conclude(
  deciding: Deciding,
  progress: readonly ProgressRow[],
  ladder: LadderProgress | null,
): Decision {
  const { membership, changed, events, wakings } = deciding;
  const stands = deciding.stands();
  return {
    awards: [...changed.values()],
    progress,
    stand: stands.at(-1) ?? null,
    ladder,
    prizesUsed: null,
    ...{ memberships: null, deposits: [], tickets: null, played: [] },
    referrals: [],
    ...{ scores: null, streaks: null },
    membership,
    events,
    grace: deciding.grace,
    given: [],
    redemptions: [...deciding.redemptions.values()].filter(
      (redemption) => !deciding.member.redemptions?.includes(redemption),
    ),
    dueAt: wakings.length === 0 ? null : Math.min(...wakings),
    lookAgainAt: [
      ...new Set([
        ...tierChangedUnder(deciding, stands),
        ...roomChanged(deciding),
        ...turnsChanged(deciding),
        ...boostsChanged(deciding),
      ]),
    ],
    onceMore: deciding.isOutlived(deciding.awards.values()),
  };
}

/** A fact that came late can change the tier under which other orders were placed. */
function tierChangedUnder(
  { member, shop, standings, awards }: Deciding,
  stands: readonly Stand[],
): string[] {
  const placed = new Map(standings.map((standing) => [standing.orderId, standing.placedAt]));
  const left = new Set(member.leftOrderIds);
  const again = new Set<string>();
  for (const award of awards.values()) {
    if (award.sourceKind !== 'order' || award.ruleKey === '-' || left.has(award.sourceId)) continue;
    const at = placed.get(award.sourceId);
    if (at === undefined) continue;
    const key = baseRule(award.ruleKey);
    // What an edit added is decided by the edit's version, and only while it is anything.
    const isAdded = key !== award.ruleKey;
    if (isAdded && award.steps.every(([, points]) => points === 0)) continue;
    const terms = isAdded
      ? shop.versions.find(({ version }) => version.version === award.programmeVersion)
      : termsForOrder(shop, at);
    if (!terms || !knowsRule(terms, key, award)) continue;
    const rung = standBefore(stands, at)?.rung ?? null;
    if ((rung?.key ?? null) !== award.tierKey) again.add(award.sourceId);
  }
  return [...again];
}

/** Of a campaign only what it still has a say in: what was withdrawn keeps no allowance. */
function knowsRule({ earning, campaigns }: ProgrammeTerms, key: string, award: Award): boolean {
  return (
    earning.some((rule) => rule.key === key) ||
    (award.allowance !== null && campaigns.some((campaign) => bonusKey(campaign.key) === key))
  );
}

function placedAt(facts: OrderFacts): Moment {
  return facts.snapshot?.placedAt ?? 0;
}

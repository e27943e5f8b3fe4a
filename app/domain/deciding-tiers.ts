/** Tiers while something is decided: where the member stood, and what follows from where they stand. */
import type { Deciding } from './deciding.ts';
import type { Membership } from './members/membership.ts';
import { spansBought } from './memberships/course.ts';
import { admitted, noPlaces } from './memberships/places.ts';
import type { Places } from './memberships/places.ts';
import { purchasesOf } from './memberships/purchases.ts';
import type { Purchase } from './memberships/purchases.ts';
import type { Standing } from './orders/standing.ts';
import type { Award } from './points/awards.ts';
import type { ShopTerms } from './programme/terms.ts';
import type { Climb, Stand } from './tiers/climb.ts';
import { entryGifts, entryRewards } from './tiers/entry-rewards.ts';
import type { TierGrant } from './tiers/grants.ts';
import { changesOf, ladderProgress } from './tiers/missing.ts';
import type { LadderProgress } from './tiers/missing.ts';
import { noticesOf } from './tiers/notices.ts';
import { climbOf, climbsByPoints, countingOrders } from './tiers/stands.ts';
import type { Moment } from './time/shop-time.ts';

/** What the member's case says for tiers. */
export interface TierCase {
  /** Tiers that agents granted. */
  readonly tierGrants?: readonly TierGrant[];
  /** When Laurel met the member; null when nothing is to be told of them yet. */
  readonly enrolledAt?: Moment | null;
  /** The tier by the decision before this one. */
  readonly tierKey?: string | null;
  /** Places of memberships with a limit: kept up as they are given. */
  readonly places?: Places;
}

export interface Climbs {
  /** Since when they are a member: its day is their anniversary. */
  readonly joinedAt: Moment;
  /** Where the member stood, by all that is posted so far. */
  readonly climbed: () => Climb;
  readonly stands: () => readonly Stand[];
  /** What bought a term of a membership, or a reward; without what got no place. */
  readonly purchases: readonly Purchase[];
}

export function climbsOf(
  member: TierCase,
  known: {
    readonly membership: Membership;
    readonly standings: readonly Standing[];
    readonly awards: ReadonlyMap<string, Award>;
  },
  shop: ShopTerms,
  now: Moment,
): Climbs & { readonly forget: () => void } {
  const { membership, standings, awards } = known;
  const joinedAt = membership.joinedAt ?? member.enrolledAt ?? 0;
  const open = membership.state === 'not-joined' ? { ...shop, versions: [] } : shop;
  const purchases = admitted(
    purchasesOf(countingOrders(standings, open, now), open),
    member.places ?? noPlaces(),
    shop.timeZone,
    now,
  );
  const climbing = {
    ...{ standings, awards, joinedAt, grants: member.tierGrants ?? [] },
    bought: spansBought(purchases, shop.timeZone),
  };
  let last: Climb | null = null;
  const climbed = (): Climb => (last ??= climbOf(climbing, open, now));
  return {
    joinedAt,
    climbed,
    stands: () => climbed().stands,
    purchases,
    // Only ladders that climb by points depend on what is being posted.
    forget: climbsByPoints(shop) ? () => void (last = null) : () => undefined,
  };
}

/** Rewards for entering, what the member is told, and when time changes any of it. */
export function decideTiers(deciding: Deciding): LadderProgress | null {
  const { member, shop, now, joinedAt, awards, post, tell, wakeAt } = deciding;
  const climbed = deciding.climbed();
  for (const target of entryRewards(climbed, joinedAt, shop, awards.values())) post(target);
  for (const gift of entryGifts(climbed, joinedAt, shop)) deciding.give(gift);
  const progress = ladderProgress(climbed, now);
  const watched = { metAt: member.enrolledAt ?? null, joinedAt, tierKey: member.tierKey ?? null };
  const notices = noticesOf(climbed, progress, watched, now);
  for (const event of notices.events) tell(event);
  for (const moment of notices.later) wakeAt(moment);
  for (const moment of progress ? changesOf(climbed, progress, now) : []) wakeAt(moment);
  wakeAt(climbed.stands.at(-1)?.termEnds ?? null);
  wakeAt(climbed.counting);
  return progress;
}

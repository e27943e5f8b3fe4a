/**
 * Who is a member, since when, and what counts: a pure function of the customer's facts and of the
 * policies that the versions of the programme had. What happened shortly before joining is claimed
 * with it; what happened outside of a membership is kept as a fact and earns nothing.
 */
import { boreTag, firstBorne } from './tags.ts';
import type { TagTidings } from './tags.ts';
import type { ShopTerms } from '../programme/terms.ts';
import { addDays } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface JoiningFacts {
  readonly customerCreatedAt: Moment | null;
  /** When the customer, signed in, asked to join. */
  readonly optedInAt: Moment | null;
  readonly tags: readonly TagTidings[];
  /** Of those who were merged into the member. */
  readonly joinedWith?: readonly JoinedWith[];
}

export interface JoinedWith extends Omit<JoiningFacts, 'joinedWith'> {
  readonly memberId: string;
  /** Null once the customer was erased. */
  readonly customerId: string | null;
  readonly mergedAt: Moment;
}

/** `lapsed`: was a member, and lost what made them one. Their points stay. */
export type MembershipState = 'joined' | 'not-joined' | 'lapsed';
export const JOINED_BY = ['account', 'opt-in', 'tag', 'policy'] as const;
export type JoinedBy = (typeof JOINED_BY)[number];
export type OutsideReason = 'not-a-member' | 'before-joining';

export interface Membership {
  readonly state: MembershipState;
  /** Null before joining, and where a member's account began nobody knows when. */
  readonly joinedAt: Moment | null;
  readonly joinedBy: JoinedBy | null;
  /**
   * When they joined by something they did; a policy that makes everybody a member welcomes nobody. Whoever
   * is two who were merged may have been welcomed as each: one of the welcomes is kept.
   */
  readonly welcomes: readonly Moment[];
  /** Why what happened then earns nothing; null where it counts. */
  readonly outside: (at: Moment) => OutsideReason | null;
}

export interface Reign {
  readonly policy: 'everyone' | 'opted-in' | 'tagged';
  readonly tag: string;
  readonly claimDays: number;
  /** The first policy holds for what was before it, too. */
  readonly from: Moment;
  readonly to: Moment;
}

export function membershipOf(facts: JoiningFacts, shop: ShopTerms, now: Moment): Membership {
  const reigns = reignsOf(shop, now);
  const own = membershipBy(facts, reigns, shop.timeZone, now);
  const others = (facts.joinedWith ?? [])
    .map((one) => {
      // From the merge on the survivor's own tags are asked for.
      const tags: readonly TagTidings[] = [...one.tags, [one.mergedAt, 'all', []]];
      const membership = membershipBy({ ...one, tags }, reigns, shop.timeZone, now);
      return { ...membership, mergedAt: one.mergedAt };
    })
    .filter(({ state }) => state !== 'not-joined');
  return others.length === 0 ? own : together(own, others);
}

/** Whoever of them joined first, both have; what counted for one of them counts. */
function together(
  own: Membership,
  others: readonly (Membership & { readonly mergedAt: Moment })[],
): Membership {
  const all = [own, ...others];
  const joined = own.state === 'not-joined' ? others : all;
  const first = joined.reduce<Membership>(
    (a, b) => ((b.joinedAt ?? Infinity) < (a.joinedAt ?? Infinity) ? b : a),
    joined[0] ?? own,
  );
  // Who was a member by then is not welcomed any more.
  const welcomes = own.welcomes.filter((at) => others.every(({ mergedAt }) => at <= mergedAt));
  return {
    state: joined.some(({ state }) => state === 'joined') ? 'joined' : 'lapsed',
    joinedAt: first.joinedAt,
    joinedBy: first.joinedBy,
    welcomes: [...welcomes, ...others.flatMap((one) => one.welcomes)],
    outside: (at) => (all.some((one) => one.outside(at) === null) ? null : first.outside(at)),
  };
}

function membershipBy(
  facts: JoiningFacts,
  reigns: readonly Reign[],
  zone: string,
  now: Moment,
): Membership {
  if (reigns.every(({ policy }) => policy === 'everyone')) return memberFromTheStart(facts);
  const joining = firstJoining(facts, reigns);
  const claimsFrom = joining ? claimStart(joining, reigns, zone) : Infinity;
  const outside = (at: Moment): OutsideReason | null => {
    if (!joining) return 'not-a-member';
    const reign = reignAt(reigns, at);
    if (reign.policy === 'everyone') return null;
    if (at < joining.at) return at >= claimsFrom ? null : 'before-joining';
    return reign.policy === 'tagged' && !boreTag(facts.tags, reign.tag, at) ? 'not-a-member' : null;
  };
  const present = reigns.at(-1);
  const bears = present?.policy !== 'tagged' || boreTag(facts.tags, present.tag, now);
  return {
    state: !joining ? 'not-joined' : bears ? 'joined' : 'lapsed',
    joinedAt: joining && Number.isFinite(joining.at) ? joining.at : null,
    joinedBy: joining?.by ?? null,
    welcomes: joining?.acted ? [joining.at] : [],
    outside,
  };
}

/** What the programme says of membership at a moment; its first version also for what was before it. */
export function membershipTerms(shop: ShopTerms, at: Moment): Reign | null {
  const reigns = reignsOf(shop, Infinity);
  return reigns.length === 0 ? null : reignAt(reigns, at);
}

/** Whether joining depends on more than being a customer, in any version. */
export function asksToJoin(shop: ShopTerms): boolean {
  return shop.versions.some(({ version }) => version.document.membership.policy !== 'everyone');
}

function memberFromTheStart({ customerCreatedAt }: JoiningFacts): Membership {
  return {
    state: 'joined',
    joinedAt: customerCreatedAt,
    joinedBy: 'account',
    welcomes: customerCreatedAt === null ? [] : [customerCreatedAt],
    outside: () => null,
  };
}

function reignsOf(shop: ShopTerms, now: Moment): readonly Reign[] {
  const versions = shop.versions
    .filter(({ version }) => version.effectiveAt <= now)
    .sort((a, b) => a.version.effectiveAt - b.version.effectiveAt);
  return versions.map(({ version }, index) => ({
    ...version.document.membership,
    from: index === 0 ? -Infinity : version.effectiveAt,
    to: versions[index + 1]?.version.effectiveAt ?? Infinity,
  }));
}

function reignAt(reigns: readonly Reign[], at: Moment): Reign {
  const found = reigns.find(({ from, to }) => at >= from && at < to) ?? reigns.at(-1);
  if (!found) throw new Error('a membership is asked for where there is no programme');
  return found;
}

interface Joining {
  readonly at: Moment;
  readonly by: JoinedBy;
  /** It was the customer's doing, or their account's beginning: not the change of a policy. */
  readonly acted: boolean;
}

/** The first moment at which some version's policy made them a member. */
function firstJoining(facts: JoiningFacts, reigns: readonly Reign[]): Joining | null {
  for (const reign of reigns) {
    const joining = joiningIn(facts, reign);
    if (joining && joining.at < reign.to) return joining;
  }
  return null;
}

function joiningIn(facts: JoiningFacts, reign: Reign): Joining | null {
  const { from, to } = reign;
  switch (reign.policy) {
    case 'everyone':
      return facts.customerCreatedAt === null
        ? { at: from, by: 'account', acted: false }
        : since(facts.customerCreatedAt, from, 'account');
    case 'opted-in':
      return facts.optedInAt === null ? null : since(facts.optedInAt, from, 'opt-in');
    case 'tagged': {
      const at = firstBorne(facts.tags, reign.tag, from, to);
      return at === null ? null : { at, by: 'tag', acted: at !== from };
    }
  }
}

function since(acted: Moment, from: Moment, by: JoinedBy): Joining {
  return acted >= from ? { at: acted, by, acted: true } : { at: from, by: 'policy', acted: false };
}

/** The same time of the shop's day, so many days before joining. */
function claimStart(joining: Joining, reigns: readonly Reign[], zone: string): Moment {
  if (!Number.isFinite(joining.at)) return -Infinity;
  return addDays(joining.at, -reignAt(reigns, joining.at).claimDays, zone);
}

/**
 * Multipliers for a time that challenges and streaks gave. Orders earn with them, so they are found out
 * before any order is decided: the passes that give them are rehearsed, and post nothing. What they come
 * to in the end is compared with that, and with what awards remember: an order that was made with
 * others is decided again. Where a refund takes a challenge back, all ends as if it had never been.
 */
import type { Deciding } from './deciding.ts';
import { bonusKey } from './campaigns/bonus.ts';
import { boostsAt, boostText } from './prizes/boosts.ts';
import type { Boost } from './prizes/boosts.ts';
import type { Award } from './points/awards.ts';
import type { ShopTerms } from './programme/terms.ts';
import type { Moment } from './time/shop-time.ts';

/** @param passes those whose prizes are multipliers, and those whose outcome they look at */
export function rehearseBoosts(
  deciding: Deciding,
  passes: (rehearsal: Deciding) => void,
): readonly Boost[] {
  if (deciding.membership.state === 'not-joined' || !givesBoosts(deciding.shop)) return [];
  const boosts: Boost[] = [];
  const badgesWon = new Map<string, readonly Moment[]>();
  const friends: { readonly id: string; readonly at: Moment }[] = [];
  const reached = new Map<string, Moment>();
  const silent = (): void => undefined;
  passes({
    ...deciding,
    ...{ badgesWon, friends, reached },
    ...{ post: silent, give: silent, tell: silent, wakeAt: silent },
    winBadge: (key, at) => void badgesWon.set(key, [...(badgesWon.get(key) ?? []), at]),
    bringFriend: (id, at) => void friends.push({ id, at }),
    noteReached: (what, at) => void reached.set(what, Math.min(at, reached.get(what) ?? Infinity)),
    boostOrders: (boost) => void boosts.push(boost),
  });
  return boosts;
}

function givesBoosts({ versions }: ShopTerms): boolean {
  return versions.some(
    ({ challenges, streaks }) =>
      challenges.some(({ item }) => item.prizeMultiplier !== '') ||
      streaks.some(({ milestones }) => milestones.some(({ boost }) => boost !== null)),
  );
}

/** What an order placed at that moment is multiplied by; outside of the membership by nothing. */
export function boostsFor(
  { membership }: Pick<Deciding, 'membership'>,
  boosts: readonly Boost[],
  placedAt: Moment,
): readonly Boost[] {
  if (boosts.length === 0 || membership.outside(placedAt) !== null) return [];
  return boostsAt(boosts, placedAt);
}

/** Orders whose awards were made with other multipliers than have turned out to be due. */
export function boostsChanged(deciding: Deciding): readonly string[] {
  const { member, shop, standings, awardsOf, boosts, boostsDue } = deciding;
  if (!givesBoosts(shop)) return [];
  const left = new Set(member.leftOrderIds);
  const decided = new Set(member.orders.map(({ id }) => id));
  return standings.flatMap(({ orderId, placedAt }) => {
    if (left.has(orderId)) return [];
    const wanted = textOf(boostsFor(deciding, boostsDue, placedAt));
    const used = decided.has(orderId)
      ? textOf(boostsFor(deciding, boosts, placedAt))
      : rememberedBy(awardsOf('order', orderId), wanted);
    return used === wanted ? [] : orderId;
  });
}

/** @param otherwise of an order that no rule multiplies */
function rememberedBy(awards: readonly Award[], otherwise: string): string {
  const bonus = bonusKey('');
  const multiplied = awards.filter(({ ruleKey }) => ruleKey !== '-' && !ruleKey.startsWith(bonus));
  if (multiplied.length === 0) return otherwise;
  const remembered = multiplied.flatMap(({ allowance }) => allowance?.boosts ?? []);
  return [...new Set(remembered)].sort().join();
}

function textOf(boosts: readonly Boost[]): string {
  return boosts.map(boostText).sort().join();
}

/** The facts of one decision as goals look at them: each kind put in order when it is first asked for. */
import type { ActivityKind } from '../activities/activity.ts';
import type { Deciding } from '../deciding.ts';
import type { DeedDone, GoalFacts, Topic } from '../goals/goal-facts.ts';
import { traitsOf } from '../goals/line-filter.ts';
import type { Standing } from '../orders/standing.ts';
import type { Moment } from '../time/shop-time.ts';

export interface KnownFacts {
  /** Kinds of facts that are known of the member. */
  readonly topics: () => ReadonlySet<Topic>;
  /** What their kept goods can be named by. */
  readonly traits: () => ReadonlySet<string>;
  /** Moments at which something of these kinds happened; of what simply holds, since when. */
  readonly moments: (topics: readonly Topic[]) => readonly Moment[];
  /** What counts from that moment until just before this one. */
  readonly within: (from: Moment, until: Moment, testOrdersCount: boolean) => GoalFacts;
  /** What was reached so far: it grows while badges and challenges are worked out. */
  reached: ReadonlyMap<string, Moment>;
}

type Deciders = Pick<
  Deciding,
  'member' | 'shop' | 'now' | 'membership' | 'standings' | 'climbed' | 'friends' | 'reached'
>;

export function knownFacts(deciding: Deciders): KnownFacts {
  const { member, membership, shop, now, standings, friends } = deciding;
  const inside = (at: Moment): boolean => membership.outside(at) === null;
  const orders = once(() => standings.filter((order) => order.counts && inside(order.placedAt)));
  const noTests = once(() => orders().filter(({ test }) => !test));
  const reviews = once(() =>
    member.reviews
      .filter((review) => review.published && inside(review.createdAt))
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
  );
  const deeds = once(() => deedsOf(member.activities ?? [], now).filter(({ at }) => inside(at)));
  const referrals = once(() => friends.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)));
  const tiers = once(() => tiersOf(deciding));
  const joinedAt = membership.joinedAt ?? member.enrolledAt ?? null;
  const [withTests, withoutTests] = [new Map<string, GoalFacts>(), new Map<string, GoalFacts>()];
  const make = (from: Moment, until: Moment, testOrdersCount: boolean): GoalFacts =>
    slice({
      orders: () => between((testOrdersCount ? orders : noTests)(), placed, from, until),
      reviews: () => between(reviews(), ({ createdAt }) => createdAt, from, until),
      deeds: () => between(deeds(), ({ at }) => at, from, until),
      referrals: () => between(referrals(), ({ at }) => at, from, until),
      tiers: () => heldWithin(tiers(), from, until),
      reached: () => reachedWithin(known.reached, from, until),
      fixed: { joinedAt, now, timeZone: shop.timeZone, currency: shop.currency },
    });
  const momentsBy: Partial<Record<Topic, () => readonly Moment[]>> = {
    order: () => orders().map(placed),
    review: () => reviews().map(({ createdAt }) => createdAt),
    referral: () => referrals().map(({ at }) => at),
    tier: () => tiers().map(({ at }) => at),
    membership: () => (joinedAt === null ? [] : [joinedAt]),
    reached: () => [...known.reached.values()],
  };
  const known: KnownFacts = {
    reached: deciding.reached,
    topics: once(() =>
      topicsOf(
        { standings, joinedAt, friends, reviews: member.reviews, reached: deciding.reached },
        deeds(),
      ),
    ),
    traits: once(
      () => new Set(orders().flatMap(({ kept }) => kept.flatMap((line) => traitsOf(line)))),
    ),
    moments: (topics) =>
      topics.flatMap((topic) => {
        const named = momentsBy[topic];
        if (named) return named();
        const kind = topic.slice('activity:'.length);
        return deeds().flatMap((deed) => (deed.kind === kind ? deed.at : []));
      }),
    within: (from, until, testOrdersCount) => {
      // Most have no bounds: they all share what is made for the first of them.
      const bounds = from === -Infinity && until === Infinity ? '' : `${from} ${until}`;
      const shared = testOrdersCount ? withTests : withoutTests;
      const made = shared.get(bounds) ?? make(from, until, testOrdersCount);
      shared.set(bounds, made);
      return made;
    },
  };
  return known;
}

type Lists = 'orders' | 'reviews' | 'deeds' | 'referrals' | 'tiers';
type Lazily = { readonly [List in Lists]: () => GoalFacts[List] } & {
  readonly reached: () => GoalFacts['reached'];
  readonly fixed: Pick<GoalFacts, 'joinedAt' | 'now' | 'timeZone' | 'currency'>;
};

function slice(lazily: Lazily): GoalFacts {
  const [orders, reviews, deeds] = [once(lazily.orders), once(lazily.reviews), once(lazily.deeds)];
  const [referrals, tiers] = [once(lazily.referrals), once(lazily.tiers)];
  return {
    ...lazily.fixed,
    get orders() {
      return orders();
    },
    get reviews() {
      return reviews();
    },
    get deeds() {
      return deeds();
    },
    get referrals() {
      return referrals();
    },
    get tiers() {
      return tiers();
    },
    get reached() {
      return lazily.reached();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function placed({ placedAt }: Standing): Moment {
  return placedAt;
}

/** What was done, is approved and was not taken back. */
function deedsOf(
  activities: NonNullable<Deciding['member']['activities']>,
  now: Moment,
): DeedDone[] {
  return activities
    .flatMap(({ kind, id, occurredAt, withdrawnAt, state, content }): DeedDone[] =>
      occurredAt === null || occurredAt > now || withdrawnAt !== null || state !== 'approved'
        ? []
        : [{ kind, id, at: occurredAt, content }],
    )
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** Each tier with when it was entered, as it is known now. */
function tiersOf({ climbed }: Deciders): { readonly key: string | null; readonly at: Moment }[] {
  const entered: { readonly key: string | null; readonly at: Moment }[] = [];
  for (const { rung, from } of climbed().believed) {
    const key = rung?.key ?? null;
    if (entered.length === 0 || entered.at(-1)?.key !== key) entered.push({ key, at: from });
  }
  return entered;
}

function heldWithin(tiers: GoalFacts['tiers'], from: Moment, until: Moment): GoalFacts['tiers'] {
  const before = tiers.findLast(({ at }) => at <= from);
  return [
    ...(before ? [{ ...before, at: from }] : []),
    ...tiers.filter(({ at }) => at > from && at < until),
  ];
}

function topicsOf(
  known: Pick<Deciders, 'standings' | 'friends' | 'reached'> & {
    readonly reviews: readonly unknown[];
    readonly joinedAt: Moment | null;
  },
  deeds: readonly DeedDone[],
): ReadonlySet<Topic> {
  const topics = new Set<Topic>(['tier']);
  if (known.standings.length > 0) topics.add('order');
  if (known.reviews.length > 0) topics.add('review');
  if (known.friends.length > 0) topics.add('referral');
  if (known.joinedAt !== null) topics.add('membership');
  if (known.reached.size > 0) topics.add('reached');
  for (const { kind } of deeds) topics.add(`activity:${kind satisfies ActivityKind}`);
  return topics;
}

/** A streak is as long as it became within the time; what else was reached holds on. */
function reachedWithin(
  reached: GoalFacts['reached'],
  from: Moment,
  until: Moment,
): GoalFacts['reached'] {
  if (from === -Infinity && until === Infinity) return reached;
  const counts = (what: string, at: Moment): boolean =>
    !what.startsWith('streak:') || (at >= from && at < until);
  return new Map([...reached].filter(([what, at]) => counts(what, at)));
}

/** Those of a list in time that lie within; most often it is all of them. */
function between<T>(
  list: readonly T[],
  at: (one: T) => Moment,
  from: Moment,
  until: Moment,
): readonly T[] {
  const start = firstFrom(list, at, from);
  const end = firstFrom(list, at, until);
  return start === 0 && end === list.length ? list : list.slice(start, end);
}

function firstFrom<T>(list: readonly T[], at: (one: T) => Moment, moment: Moment): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = list[middle];
    if (one !== undefined && at(one) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

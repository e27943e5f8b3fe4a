/** From a member's activities and dates to the facts that ways to earn look at, each with its moment. */
import { PLAYED_KINDS } from './activity.ts';
import type { Activity, ActivityKind, DeedKind } from './activity.ts';
import { anniversaries, birthdays } from './yearly.ts';
import type { OccasionFact } from '../earning/definition.ts';
import type { ReviewFacts } from '../reviews/review-facts.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Occasion {
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly at: Moment;
  readonly fact: OccasionFact;
}

export interface MemberHistory {
  /** When they joined by something they did; see members/membership.ts. The first that pays counts. */
  readonly welcomes: readonly Moment[];
  readonly joinedAt: Moment | null;
  readonly reviews: readonly ReviewFacts[];
  readonly activities: readonly Activity[];
}

export interface Occasions {
  /** Those that have come, oldest first. */
  readonly past: readonly Occasion[];
  /** Days that will come by themselves. */
  readonly coming: readonly (Moment | null)[];
}

/**
 * Of these there can be several of one source, of which the first that pays counts: two who were merged
 * may each have been welcomed, and a later version may ask for more of a profile.
 */
export const ONCE_FOR_ALL: ReadonlySet<string> = new Set(['join', 'newsletter', 'sms', 'profile']);

export function occasionsOf(history: MemberHistory, zone: string, now: Moment): Occasions {
  const byKind = Map.groupBy(history.activities, ({ kind }) => kind);
  const birthday = birthdays(byKind.get('birthday') ?? [], zone, now);
  const { welcomes, joinedAt } = history;
  const joined = joinedAt === null ? null : anniversaries(joinedAt, zone, now);
  const past: Occasion[] = [
    ...welcomes.map((at) => occasion('join', 'member', at, { kind: 'join' })),
    ...birthday.past.map(({ year, at, knownSince }) =>
      occasion('birthday', String(year), at, { kind: 'birthday', year, knownSince, zone }),
    ),
    ...(joined?.past ?? []).map(({ year, at }, index) =>
      occasion('anniversary', String(year), at, { kind: 'anniversary', years: index + 1 }),
    ),
    ...reviewOccasions(history.reviews),
    ...(['newsletter', 'sms'] as const).flatMap((channel) =>
      consentOccasions(channel, byKind.get(channel) ?? [], zone),
    ),
    ...profileOccasions(byKind.get('profile') ?? [], byKind.get('birthday') ?? []),
    ...history.activities.flatMap((one) => deedOccasions(one, zone)),
  ];
  past.sort(byTime);
  return { past, coming: [birthday.next, joined?.next ?? null] };
}

/** Of one moment and kind, in the order in which limits look at them. */
function byTime(
  a: Pick<Occasion, 'at' | 'sourceKind' | 'sourceId'>,
  b: Pick<Occasion, 'at' | 'sourceKind' | 'sourceId'>,
): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.sourceKind !== b.sourceKind) return a.sourceKind < b.sourceKind ? -1 : 1;
  return a.sourceId.length - b.sourceId.length || (a.sourceId < b.sourceId ? -1 : 1);
}

type Undated<F> = F extends unknown ? Omit<F, 'at'> : never;

function occasion(
  sourceKind: string,
  sourceId: string,
  at: Moment,
  fact: Undated<OccasionFact>,
): Occasion {
  return { sourceKind, sourceId, at, fact: { ...fact, at } };
}

/** Each knows which reviews of its product the member wrote before. */
function reviewOccasions(reviews: readonly ReviewFacts[]): Occasion[] {
  const written = new Map<string, readonly string[]>();
  return reviews
    .map((review) => ({
      review,
      sourceKind: 'review',
      sourceId: keyOf(review),
      at: review.createdAt,
    }))
    .sort(byTime)
    .map(({ review, sourceId, at }) => {
      const { productId } = review;
      const before = productId === null ? [] : (written.get(productId) ?? []);
      if (productId !== null) written.set(productId, [...before, sourceId]);
      return occasion('review', sourceId, at, { kind: 'review', review, before });
    });
}

function keyOf({ provider, id }: ReviewFacts): string {
  return `${provider}:${id}`;
}

/**
 * The first consent counts, and the first withdrawal after it: what comes later pays nothing again. Of two
 * who were merged each consented for themselves; from then on a withdrawal is for both.
 */
function consentOccasions(
  channel: 'newsletter' | 'sms',
  told: readonly Activity[],
  zone: string,
): Occasion[] {
  const read = told.flatMap(({ occurredAt: at, content: { given, merged } }) =>
    at === null ? [] : [{ at, given, merged: typeof merged === 'number' ? merged : 0 }],
  );
  return [...new Set(read.map(({ merged }) => merged))].flatMap((whose) => {
    const own = read.filter(({ merged }) => merged === whose);
    const givenAt = least(own.flatMap(({ at, given }) => (given === 1 ? [at] : [])));
    if (givenAt === null) return [];
    const left = read.filter(
      ({ at, given, merged }) =>
        given === 0 && at >= givenAt && (merged === whose || (whose > 0 && at >= whose)),
    );
    const withdrawnAt = least(left.map(({ at }) => at));
    return [occasion(channel, 'consent', givenAt, { kind: 'consent', channel, withdrawnAt, zone })];
  });
}

/** One for each moment at which a field was first filled in. */
function profileOccasions(
  told: readonly Activity[],
  birthdaysTold: readonly Activity[],
): Occasion[] {
  const fields = [
    ...told.flatMap(({ content }) => Object.entries(content)),
    ...birthdaysTold.map(({ occurredAt }) => ['birthday', occurredAt] as const),
  ].flatMap(([field, at]) => (typeof at === 'number' ? [{ field, at }] : []));
  const moments = [...new Set(fields.map(({ at }) => at))].sort((a, b) => a - b);
  return moments.map((at) => {
    const upTo = (holds: (moment: Moment) => boolean): ReadonlySet<string> =>
      new Set(fields.filter((one) => holds(one.at)).map(({ field }) => field));
    const given = upTo((moment) => moment <= at);
    const before = upTo((moment) => moment < at);
    return occasion('profile', 'profile', at, { kind: 'profile', given, before });
  });
}

/** What was done and is approved; a claim that waits, or was refused, is no fact. */
function deedOccasions(activity: Activity, zone: string): Occasion[] {
  const { kind, id, occurredAt, withdrawnAt, state, content } = activity;
  if (!isDeed(kind) || occurredAt === null || state !== 'approved') return [];
  return [occasion(kind, id, occurredAt, { kind, id, withdrawnAt, content, zone })];
}

const NO_DEEDS: ReadonlySet<ActivityKind> = new Set([
  ...(['birthday', 'newsletter', 'sms', 'profile'] as const),
  ...PLAYED_KINDS,
]);

function isDeed(kind: ActivityKind): kind is DeedKind {
  return !NO_DEEDS.has(kind);
}

function least(moments: readonly Moment[]): Moment | null {
  return moments.length === 0 ? null : Math.min(...moments);
}

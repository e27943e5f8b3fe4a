/**
 * What a member did, other than buying and reviewing: one row for each deed, under a key of its own,
 * so that telling it again is not doing it again.
 */
import { earliest, inOneOrder } from '../orders/merging.ts';
import type { Moment } from '../time/shop-time.ts';

export const ACTIVITY_KINDS = [
  'birthday',
  'newsletter',
  'sms',
  'social-follow',
  'social-share',
  'visit',
  'profile',
  'survey',
  'custom',
  'receipt',
  /** Given by hand, under the badge's key and the gift's. */
  'badge',
  /** Taking part in a challenge, under its key and its round. */
  'challenge-joined',
  /** A freeze of a streak that was bought, under the redemption that paid for it. */
  'freeze',
  /** The answers to a quiz or a vote, under its key. */
  'answers',
  /** The rank at the end of a leaderboard's season, under both. */
  'rank',
  /** What a game of chance gave, under the draw. */
  'draw',
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];
/** What was played or given: passes of their own look at it, and no way to earn. */
export const PLAYED_KINDS = [
  'badge',
  'challenge-joined',
  'freeze',
  'answers',
  'rank',
  'draw',
] as const satisfies readonly ActivityKind[];
export type PlayedKind = (typeof PLAYED_KINDS)[number];
/** Those of which each row is an occasion of its own. */
export type DeedKind = Exclude<
  ActivityKind,
  'birthday' | 'newsletter' | 'sms' | 'profile' | PlayedKind
>;

export const CLAIM_STATES = ['pending', 'approved', 'refused'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

export interface Activity {
  readonly kind: ActivityKind;
  /** Unique for the member and the kind: a shop's day, a network, a receipt's number. */
  readonly id: string;
  /** Null while only its withdrawal is known. */
  readonly occurredAt: Moment | null;
  readonly withdrawnAt: Moment | null;
  /** What a person said to it; what needs nobody's word is approved from the start. */
  readonly state: ClaimState;
  readonly decidedAt: Moment | null;
  /** When what stands in `content` was told. */
  readonly toldAt: Moment;
  readonly content: ActivityContent;
}

/** Numbers, keys and texts that a rule needs; nothing else of a person. */
export type ActivityContent = Readonly<Record<string, string | number | null>>;

/** Takes tidings in. The result is the same in whatever order, and however often, they come. */
export function takeInActivity(known: Activity | null, told: Activity): Activity {
  if (!known) return told;
  return {
    kind: known.kind,
    id: known.id,
    occurredAt: earliest(known.occurredAt, told.occurredAt),
    withdrawnAt: earliest(known.withdrawnAt, told.withdrawnAt),
    ...laterDecision(known, told),
    toldAt: lastTold(known, told),
    content: together(known, told),
  };
}

/** One that nobody has to approve. */
export function deed(
  kind: ActivityKind,
  id: string,
  at: Moment,
  content: ActivityContent = {},
): Activity {
  return {
    ...{ kind, id, content, occurredAt: at, toldAt: at },
    withdrawnAt: null,
    state: 'approved',
    decidedAt: null,
  };
}

/** Each telling is kept: what counts is the first consent ever, and the first withdrawal after it. */
export function consent(channel: 'newsletter' | 'sms', given: boolean, at: Moment): Activity {
  const id = `${given ? 'given' : 'withdrawn'}:${at}`;
  return deed(channel, id, at, { given: given ? 1 : 0 });
}

/** Somebody's word beats nobody's, and the later word the earlier; of two at once the refusal stands. */
function laterDecision(known: Activity, told: Activity): Pick<Activity, 'state' | 'decidedAt'> {
  const rank = ({ decidedAt, state }: Activity): readonly [number, number] => [
    decidedAt ?? -Infinity,
    CLAIM_STATES.indexOf(state),
  ];
  const [a, b] = [rank(known), rank(told)];
  const { state, decidedAt } = b[0] > a[0] || (b[0] === a[0] && b[1] > a[1]) ? told : known;
  return { state, decidedAt };
}

function lastTold(known: Activity, told: Activity): Moment {
  if ((known.occurredAt === null) !== (told.occurredAt === null)) {
    return known.occurredAt === null ? told.toldAt : known.toldAt;
  }
  return Math.max(known.toldAt, told.toldAt);
}

/** What was decided is what stands; a withdrawal does not say what was done. */
function newer(known: Activity, told: Activity): ActivityContent {
  const [before, after] = [known.decidedAt ?? -Infinity, told.decidedAt ?? -Infinity];
  if (before !== after) return after > before ? told.content : known.content;
  if (known.occurredAt === null && told.occurredAt !== null) return told.content;
  if (told.occurredAt === null && known.occurredAt !== null) return known.content;
  if (told.toldAt !== known.toldAt) {
    return told.toldAt > known.toldAt ? told.content : known.content;
  }
  return inOneOrder(told.content) > inOneOrder(known.content) ? told.content : known.content;
}

function together(known: Activity, told: Activity): ActivityContent {
  if (known.kind === 'profile') return firstSeen(known.content, told.content);
  if (known.kind === 'rank') return betterRank(known, told);
  return newer(known, told);
}

/** Of two members who turn out to be one, the better rank counts. */
function betterRank(known: Activity, told: Activity): ActivityContent {
  const [a, b] = [known.content['rank'], told.content['rank']];
  if (typeof a !== 'number' || typeof b !== 'number' || a === b) return newer(known, told);
  return a < b ? known.content : told.content;
}

/** A profile's fields, each with the moment at which it was first seen filled in. */
function firstSeen(known: ActivityContent, told: ActivityContent): ActivityContent {
  const all = { ...known };
  for (const [field, at] of Object.entries(told)) {
    const before = all[field];
    if (typeof at === 'number') all[field] = typeof before === 'number' ? Math.min(before, at) : at;
  }
  return all;
}

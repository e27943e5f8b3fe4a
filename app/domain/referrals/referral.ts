/**
 * A friend who came by a member's code. Facts only: who claimed what and when, what of the friend's
 * orders is kept, what the two have in common, and what a person said. How it stands is worked out.
 */
import type { Moment } from '../time/shop-time.ts';

export interface ReferralFacts {
  readonly id: string;
  readonly advocateId: string;
  readonly friendId: string;
  /** The earliest of the claim at the storefront and of the friend's orders with the code; null when none is left. */
  readonly claimedAt: Moment | null;
  /** When the friend was first seen signed in, from the claim on. */
  readonly seenAt: Moment | null;
  /** The friend came by another code before. */
  readonly superseded: boolean;
  /** Claims of the advocate's codes within a day up to this one, with it. */
  readonly nearby: number;
  readonly course: FriendCourse;
  /** What was found in common, each since when; see signals.ts. */
  readonly findings: Readonly<Record<string, Moment>>;
  readonly ruling: Ruling | null;
  /** As it was last decided. */
  readonly kept: ReferralStanding;
}

/** What somebody of the staff said; it beats the score. */
export interface Ruling {
  readonly says: 'approved' | 'refused';
  readonly at: Moment;
}

/** What is needed of the friend's orders, so that nobody has to read them for the advocate. */
export interface FriendCourse {
  /** The first paid order before the claim. */
  readonly earlierAt: Moment | null;
  /** When the friend's account began. */
  readonly accountSince: Moment | null;
  /** Paid orders since the claim, oldest first: as many as can ever be the first or the second of some minimum. */
  readonly orders: readonly FriendOrder[];
  /** The last of those since the claim of which something went back. */
  readonly lost: LostOrder | null;
  /** What was kept of all of them, in minor units. */
  readonly spentMinor: number;
}

export interface FriendOrder {
  readonly id: string;
  readonly placedAt: Moment;
  readonly paidAt: Moment;
  readonly fulfilledAt: Moment | null;
  /** Goods that are kept, in minor units of the shop's currency. */
  readonly minor: number;
  readonly test: boolean;
}

export interface LostOrder {
  readonly id: string;
  readonly at: Moment;
  readonly hadMinor: number;
  readonly minor: number;
}

export const REFERRAL_STATES = [
  'claimed',
  'joined',
  'ordered',
  'rewarded',
  'limited',
  'returned',
  'flagged',
  'refused',
] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

export const REFERRAL_REASONS = [
  'same-person',
  'came-before',
  'no-claim',
  'not-offered',
  'by-hand',
  'not-new',
  'score',
  'limit',
  'other-tier',
  'no-tag',
  'excluded-tag',
  'not-a-member',
] as const;
export type ReferralReason = (typeof REFERRAL_REASONS)[number];

/** How a referral stands: worked out from its facts, and kept so that lists can be drawn. */
export interface ReferralStanding {
  readonly state: ReferralState;
  readonly because: ReferralReason | null;
  readonly score: number;
  /** Kinds of the signals that counted. */
  readonly signals: readonly string[];
  /** When the advocate's prize is, or was, due. */
  readonly dueAt: Moment | null;
  readonly orderId: string | null;
}

export const NOTHING_ORDERED: FriendCourse = {
  earlierAt: null,
  accountSince: null,
  orders: [],
  lost: null,
  spentMinor: 0,
};

export const JUST_CLAIMED: ReferralStanding = {
  state: 'claimed',
  because: null,
  score: 0,
  signals: [],
  dueAt: null,
  orderId: null,
};

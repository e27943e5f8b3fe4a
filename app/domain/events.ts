/**
 * What happened to a member that others may want to know: e-mails, Flow, the member's page. Told
 * once each, in the transaction that made it so.
 */
import type { Moment } from './time/shop-time.ts';

export const EVENT_KINDS = [
  'tier-reached',
  'tier-left',
  'tier-kept',
  'tier-at-risk',
  'points-expiring',
  'membership-started',
  'membership-renewed',
  'membership-ends-soon',
  'membership-lapsed',
  'badge-earned',
  'challenge-joined',
  'challenge-completed',
  'streak-milestone',
  'streak-at-risk',
  'streak-broken',
  'friend-joined',
  'referral-rewarded',
  'reward-given',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface MemberEvent {
  readonly kind: EventKind;
  /** Derived from what happened, so that it is told once however often it is found out. */
  readonly key: string;
  readonly at: Moment;
  /** Numbers and keys of the programme; never personal data. */
  readonly content: Readonly<Record<string, string | number | null>>;
}

/**
 * Tiers that are given: by an agent, or by a membership that was bought. A grant lifts the member to
 * its tier for its time; what they reach by counting goes on beside it.
 */
import type { GrantedSpans } from '../memberships/course.ts';
import type { Moment } from '../time/shop-time.ts';

/** By an agent. */
export interface TierGrant {
  readonly tierKey: string;
  readonly from: Moment;
  /** Null for good. */
  readonly until: Moment | null;
  readonly revokedAt: Moment | null;
}

/** A time in which a tier is granted. */
export interface Span {
  readonly tierKey: string;
  readonly from: Moment;
  readonly until: Moment | null;
}

export interface Granted {
  readonly grants: readonly TierGrant[];
  /** By memberships that were bought. */
  readonly bought: GrantedSpans;
}

/** As was known at each time: what is given back grants until then. */
export function spansOf({ grants, bought }: Granted): readonly Span[] {
  return [...grants.flatMap(spanOf), ...bought.known];
}

/** As if it had been known from the beginning what would be given back. */
export function spansKept({ grants, bought }: Granted): readonly Span[] {
  return [...grants.flatMap(spanOf), ...bought.kept];
}

function spanOf({ tierKey, from, until, revokedAt }: TierGrant): Span[] {
  const ends = [until, revokedAt].filter((end) => end !== null);
  const end = ends.length === 0 ? null : Math.min(...ends);
  return end !== null && end <= from ? [] : [{ tierKey, from, until: end }];
}

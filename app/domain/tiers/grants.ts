/**
 * Tiers that are given: by an agent, or by buying a product. A grant lifts the member to its tier for
 * its time; what they reach by counting goes on beside it.
 */
import { distinct } from './tally.ts';
import type { Windows } from './windows.ts';
import type { Moment } from '../time/shop-time.ts';

/** By an agent. */
export interface TierGrant {
  readonly tierKey: string;
  readonly from: Moment;
  /** Null for good. */
  readonly until: Moment | null;
  readonly revokedAt: Moment | null;
}

/** Of a product that grants a tier. */
export interface GrantingPurchase {
  readonly tierKey: string;
  readonly at: Moment;
  /** Null for good. */
  readonly days: number | null;
  /** When the last piece of it was given back; null while one is kept. */
  readonly lostAt: Moment | null;
}

/** A time in which a tier is granted. */
export interface Span {
  readonly tierKey: string;
  readonly from: Moment;
  readonly until: Moment | null;
}

export interface Granted {
  readonly grants: readonly TierGrant[];
  readonly purchases: readonly GrantingPurchase[];
}

/** As was known at each time: what is given back grants until then. */
export function spansOf({ grants, purchases }: Granted, windows: Windows): readonly Span[] {
  const byTier = Map.groupBy(purchases, ({ tierKey }) => tierKey);
  return [
    ...grants.flatMap(spanOf),
    ...[...byTier].flatMap(([tierKey, bought]) => boughtSpans(tierKey, bought, windows)),
  ];
}

/** As if it had been known from the beginning what would be given back. */
export function spansKept({ grants, purchases }: Granted, windows: Windows): readonly Span[] {
  return spansOf({ grants, purchases: purchases.filter(({ lostAt }) => lostAt === null) }, windows);
}

function spanOf({ tierKey, from, until, revokedAt }: TierGrant): Span[] {
  const ends = [until, revokedAt].filter((end) => end !== null);
  const end = ends.length === 0 ? null : Math.min(...ends);
  return end !== null && end <= from ? [] : [{ tierKey, from, until: end }];
}

/** Whoever buys again before the end adds the new days to it. */
function boughtSpans(
  tierKey: string,
  purchases: readonly GrantingPurchase[],
  windows: Windows,
): readonly Span[] {
  const bought = [...purchases].sort((a, b) => a.at - b.at);
  const losses = new Set(bought.flatMap(({ lostAt }) => lostAt ?? []));
  const prolonged = (end: Moment, { at, days }: GrantingPurchase): Moment =>
    days === null ? Infinity : end === Infinity ? end : windows.later(Math.max(at, end), days);
  const spans: Span[] = [];
  let [from, end, next] = [null as Moment | null, Number.NEGATIVE_INFINITY, 0];
  const close = (until: Moment): void => {
    if (from !== null) spans.push({ tierKey, from, until: until === Infinity ? null : until });
    from = null;
  };
  for (const moment of distinct([...bought.map(({ at }) => at), ...losses])) {
    if (end < moment) close(end);
    for (let one = bought[next]; one && one.at <= moment; one = bought[next]) {
      if (one.lostAt === null || one.lostAt > moment) end = prolonged(end, one);
      next += 1;
    }
    if (losses.has(moment)) {
      const kept = bought.slice(0, next).filter(({ lostAt }) => lostAt === null || lostAt > moment);
      end = kept.reduce(prolonged, Number.NEGATIVE_INFINITY);
    }
    if (end > moment) from ??= moment;
    else close(moment);
  }
  close(end);
  return spans;
}

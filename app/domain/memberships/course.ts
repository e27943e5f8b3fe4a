/**
 * How a membership runs: each piece that is bought adds its term to the end of the running one, also
 * in the days of grace after it; what is bought later begins anew. What is given back adds nothing.
 */
import { runs } from './purchases.ts';
import type { Purchase } from './purchases.ts';
import type { Span } from '../tiers/grants.ts';
import { addDays, endOfSpan } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** The time for which one piece was bought. */
export interface Term {
  readonly purchase: Purchase;
  readonly from: Moment;
  /** Infinity for good. */
  readonly until: Moment;
}

/** Terms without a gap. */
export interface Run {
  readonly from: Moment;
  readonly terms: readonly Term[];
  readonly until: Moment;
  /** With the days of grace of what was bought last. */
  readonly lapsesAt: Moment;
}

/** @param purchases of one membership, oldest first */
export function runsOf(purchases: readonly Purchase[], zone: string): readonly Run[] {
  const found: Run[] = [];
  let counted = { since: 0, months: 0, days: 0 };
  for (const purchase of purchases) {
    const before = found.at(-1);
    const goesOn = before !== undefined && purchase.from < before.lapsesAt;
    const start = goesOn ? counted : { since: purchase.from, months: 0, days: 0 };
    counted = longer(start, purchase);
    let until = goesOn && before.until === Infinity ? Infinity : endOf(counted, purchase, zone);
    if (until <= purchase.from) {
      // A short term that was bought late in a long grace is not over before it was bought.
      counted = longer({ since: purchase.from, months: 0, days: 0 }, purchase);
      until = endOf(counted, purchase, zone);
    }
    const term = { purchase, from: goesOn ? before.until : purchase.from, until };
    const { graceDays } = purchase.membership;
    const lapsesAt =
      until === Infinity || graceDays === 0 ? until : addDays(until, graceDays, zone);
    if (goesOn)
      found[found.length - 1] = { ...before, terms: [...before.terms, term], until, lapsesAt };
    else found.push({ from: purchase.from, terms: [term], until, lapsesAt });
  }
  return found;
}

interface Counted {
  readonly since: Moment;
  readonly months: number;
  readonly days: number;
}

function longer({ since, months, days }: Counted, { plan }: Purchase): Counted {
  const length = plan.length ?? 0;
  return plan.unit === 'months'
    ? { since, months: months + length, days }
    : { since, months, days: days + length };
}

function endOf({ since, ...length }: Counted, { plan }: Purchase, zone: string): Moment {
  return plan.length === null ? Infinity : endOfSpan(since, length, zone);
}

/** Tiers that purchases granted, as it was known at each time, and as if refunds had always been known. */
export interface GrantedSpans {
  readonly known: readonly Span[];
  readonly kept: readonly Span[];
}

export function spansBought(purchases: readonly Purchase[], zone: string): GrantedSpans {
  const byKey = Map.groupBy(purchases.filter(runs), ({ membership }) => membership.key);
  const all = [...byKey.values()];
  return {
    known: all.flatMap((bought) => spansKnown(bought, zone)),
    kept: all.flatMap((bought) => spansOfRuns(runsOf(bought.filter(isKept), zone))),
  };
}

export function isKept({ lostAt }: Purchase): boolean {
  return lostAt === null;
}

/** What is given back counts until then, and from then on as if it had never been bought. */
function spansKnown(bought: readonly Purchase[], zone: string): Span[] {
  const losses = [...new Set(bought.flatMap(({ lostAt }) => lostAt ?? []))].sort((a, b) => a - b);
  const spans: Span[] = [];
  [Number.NEGATIVE_INFINITY, ...losses].forEach((begin, index) => {
    const end = losses[index] ?? Infinity;
    const there = bought.filter(({ lostAt }) => lostAt === null || lostAt > begin);
    for (const { tierKey, ...span } of spansOfRuns(runsOf(there, zone))) {
      const from = Math.max(span.from, begin);
      const until = Math.min(span.until ?? Infinity, end);
      if (until > from) join(spans, tierKey, from, until);
    }
  });
  return spans;
}

/** A span for each tier in its time; the last one holds through the days of grace. */
function spansOfRuns(all: readonly Run[]): Span[] {
  const spans: Span[] = [];
  for (const { terms, lapsesAt } of all) {
    terms.forEach(({ purchase, from, until }, index) => {
      const end = index === terms.length - 1 ? lapsesAt : until;
      const { tier } = purchase.membership;
      if (tier !== null && end > from) join(spans, tier, from, end);
    });
  }
  return spans;
}

/** What follows without a gap is one span. */
function join(spans: Span[], tierKey: string, from: Moment, until: Moment): void {
  const end = until === Infinity ? null : until;
  const touching = spans.findIndex((span) => span.tierKey === tierKey && span.until === from);
  const before = spans[touching];
  if (before) spans[touching] = { ...before, until: end };
  else spans.push({ tierKey, from, until: end });
}

/** Where a member stands with each membership that they bought, and how that is kept. */
import { isKept, runsOf } from './course.ts';
import type { Run } from './course.ts';
import { runs } from './purchases.ts';
import type { Purchase } from './purchases.ts';
import type { Moment } from '../time/shop-time.ts';

export interface HeldMembership {
  readonly key: string;
  /** As it was called when it was bought last. */
  readonly name: string;
  /** The run of today, or the last one. */
  readonly run: Run;
  /** What of it was given back, newest last. */
  readonly lost: readonly Purchase[];
}

/** One for each membership that was ever bought and not wholly given back; what has yet to begin is not there. */
export function heldOf(
  purchases: readonly Purchase[],
  zone: string,
  now: Moment,
): readonly HeldMembership[] {
  const byKey = Map.groupBy(purchases.filter(runs), ({ membership }) => membership.key);
  return [...byKey].flatMap(([key, bought]) => {
    const kept = bought.filter((one) => isKept(one) && one.from <= now);
    const run = runsOf(kept, zone).at(-1);
    const name = kept.at(-1)?.membership.name ?? key;
    return run ? [{ key, name, run, lost: bought.filter((one) => !isKept(one)) }] : [];
  });
}

export type MembershipState = 'running' | 'grace' | 'lapsed';

/** A row of progress: see docs/architecture.md. */
export interface MembershipRow {
  readonly key: string;
  /** Terms of the present run. */
  readonly have: number;
  readonly need: number;
  /** Its name, the last moment of its terms (empty for good), and the orders that bought it, newest first. */
  readonly counted: readonly string[];
  /** Since when it runs. */
  readonly completedAt: Moment;
  /** When it lapses, grace included; null for never. */
  readonly until: Moment | null;
}

const MOST_ORDERS = 24;

export function membershipRow({ key, name, run }: HeldMembership): MembershipRow {
  const orders = [...new Set(run.terms.map(({ purchase }) => purchase.orderId))].reverse();
  const ends = run.until === Infinity ? '' : new Date(run.until).toISOString();
  return {
    key: `membership:${key}`,
    have: run.terms.length,
    need: 0,
    counted: [name, ends, ...orders.slice(0, MOST_ORDERS)],
    completedAt: run.from,
    until: run.lapsesAt === Infinity ? null : run.lapsesAt,
  };
}

/** What a row says, for whoever shows it. */
export interface ShownMembership {
  readonly key: string;
  readonly name: string;
  readonly since: Moment | null;
  /** The first moment after its terms; null for good. */
  readonly until: Moment | null;
  readonly lapsesAt: Moment | null;
  readonly terms: number;
  readonly orderIds: readonly string[];
  readonly state: MembershipState;
}

export function shownMembership(
  row: {
    readonly key: string;
    readonly have: number;
    readonly counted: readonly string[];
    readonly completedAt?: Moment | null;
    readonly until: Moment | null;
  },
  now: Moment,
): ShownMembership | null {
  if (!row.key.startsWith('membership:')) return null;
  const [name = '', ends = '', ...orderIds] = row.counted;
  const until = ends === '' ? null : Date.parse(ends);
  return {
    key: row.key.slice('membership:'.length),
    ...{ name, until, orderIds },
    since: row.completedAt ?? null,
    lapsesAt: row.until,
    terms: row.have,
    state: stateAt({ until, lapsesAt: row.until }, now),
  };
}

function stateAt(
  { until, lapsesAt }: { readonly until: Moment | null; readonly lapsesAt: Moment | null },
  now: Moment,
): MembershipState {
  if (lapsesAt !== null && lapsesAt <= now) return 'lapsed';
  return until !== null && until <= now ? 'grace' : 'running';
}

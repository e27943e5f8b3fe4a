/** A streak as it is kept, and as members and staff see it. */
import type { StreakTerms } from './streak-terms.ts';
import type { MemberStreak } from './streaks-of.ts';
import { shopDay } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** A row of progress: see docs/architecture.md. */
export interface StreakRow {
  readonly key: string;
  /** Periods in a row. */
  readonly have: number;
  /** The next milestone; 0 for none. */
  readonly need: number;
  /** The longest, the freezes that are held, whether the period of now is done, first days that freezes bridge. */
  readonly counted: readonly string[];
  /** Since when it runs. */
  readonly completedAt: Moment | null;
  /** The end of the period in which the next deed must come. */
  readonly until: Moment | null;
}

const MOST_BRIDGED = 20;

/** Of what the programme has now. */
export function streakRow(
  { key, terms, course, milestones }: MemberStreak,
  zone: string,
): StreakRow[] {
  if (!terms) return [];
  const { length, best, freezes, safe, bridged, root, since, by } = course;
  const isReached = (at: number): boolean =>
    milestones.some((one) => one.milestone.at === at && (!terms.again || one.since === root));
  const coming = terms.milestones.map(({ at }) => at).filter((at) => at > length && !isReached(at));
  const days = bridged.slice(-MOST_BRIDGED).map((at) => shopDay(at, zone));
  return [
    {
      key: `streak:${key}`,
      have: length,
      need: coming.length === 0 ? 0 : Math.min(...coming),
      counted: [String(best), String(freezes), safe ? 'done' : 'open', ...days],
      completedAt: since,
      until: by,
    },
  ];
}

/** What a row says, for whoever shows it. */
export interface ShownStreak {
  readonly now: number;
  readonly best: number;
  readonly freezes: number;
  /** Whether this period is done. */
  readonly safe: boolean;
  /** First days of the periods that freezes bridge. */
  readonly bridged: readonly string[];
  /** Periods in a row up to the next milestone; null where there is none. */
  readonly nextAt: number | null;
  readonly since: Moment | null;
  readonly by: Moment | null;
}

/** @param row undefined for who has done nothing yet */
export function shownStreak(
  row:
    | {
        readonly have: number;
        readonly need: number;
        readonly counted: readonly string[];
        readonly completedAt?: Moment | null;
        readonly until: Moment | null;
      }
    | undefined,
  { milestones }: { readonly milestones: readonly { readonly at: number }[] },
): ShownStreak {
  const [best = '0', freezes = '0', safe = 'open', ...bridged] = row?.counted ?? [];
  const first = milestones.length === 0 ? 0 : Math.min(...milestones.map(({ at }) => at));
  const need = row ? row.need : first;
  return {
    now: row?.have ?? 0,
    ...{ best: Number(best), freezes: Number(freezes), safe: safe === 'done', bridged },
    nextAt: need === 0 ? null : need,
    since: row?.completedAt ?? null,
    by: row?.until ?? null,
  };
}

/** What a freeze costs the member now, in points; null where none can be bought. */
export function freezeCost(
  { freezes: { cost, most } }: Pick<StreakTerms, 'freezes'>,
  { now, freezes }: Pick<ShownStreak, 'now' | 'freezes'>,
): number | null {
  return now > 0 && freezes < most ? cost : null;
}

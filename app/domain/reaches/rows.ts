/** How far a member is, as it is kept: only of what was begun, joined or completed. */
import type { Reachable, ReachKind, Span } from './compile.ts';
import type { Completion, Outcome, Stand } from './complete.ts';
import { NO_FACTS } from '../goals/goal-facts.ts';
import type { GoalFacts, StepReach } from '../goals/goal-facts.ts';
import type { ShopTerms } from '../programme/terms.ts';
import { roundAt } from '../time/rounds.ts';
import type { Moment } from '../time/shop-time.ts';

export interface ProgressRow {
  /** "challenge:explorer", "badge:fan"; of a season "badge:fan@2026-11". */
  readonly key: string;
  readonly kind: ReachKind;
  readonly have: number;
  readonly need: number;
  readonly counted: readonly string[];
  readonly completedAt: Moment | null;
  /** The end of the round, or of the member's own time. */
  readonly until: Moment | null;
  readonly details: ProgressDetails | null;
}

/** What there is to say besides; each part is left out where there is none. */
export interface ProgressDetails {
  /** When each level of a badge was earned, by its key. */
  readonly levels?: Readonly<Record<string, Moment>>;
  readonly steps?: readonly StepReach[];
  /** When the member joined it. */
  readonly joinedAt?: Moment;
  /** The round, and when its time began, of what comes again or has a time for each member. */
  readonly round?: string;
  readonly from?: Moment;
}

export function rowsOf(
  { kind, name, spans }: Reachable,
  { completions, stand }: Outcome,
  { timeZone: zone, currency }: Pick<ShopTerms, 'timeZone' | 'currency'>,
  now: Moment,
): readonly ProgressRow[] {
  const span = spans.at(-1);
  if (span?.until !== Infinity) return [];
  const byRound = Map.groupBy(completions, ({ round }) => round);
  if (kind === 'challenge') {
    const row = stand && challengeRow(name, stand, byRound.get(stand.window.round) ?? []);
    return row ? [row] : [];
  }
  const present = span.every === null ? '' : roundAt(now, span.every, zone).id;
  const rounds = new Set([...byRound.keys(), present]);
  return [...rounds].flatMap((round): ProgressRow | [] => {
    // In another rhythm than it has now it is known without its season.
    const key = round === '' ? name : `${name}@${round}`;
    const own = byRound.get(round) ?? [];
    const nobody = { ...NO_FACTS, currency };
    const here = stand?.window.round === round ? stand : null;
    return badgeRow({ key, span, nobody }, here, own) ?? [];
  });
}

function challengeRow(
  key: string,
  { window, span, reach }: Stand,
  completions: readonly Completion[],
): ProgressRow | null {
  const completedAt = completions[0]?.at ?? null;
  const { have, need, counted, steps } = reach;
  const isBegun = have > 0 || (steps ?? []).some((step) => step.have > 0);
  if (!isBegun && completedAt === null && window.joinedAt === null) return null;
  const item = span.item.kind === 'challenge' ? span.item.item : null;
  return {
    ...{ key, kind: 'challenge', have, need, counted, completedAt },
    until: finite(window.until),
    details: told({
      ...(steps && { steps }),
      ...(window.joinedAt !== null && { joinedAt: window.joinedAt }),
      ...(window.round !== '' && { round: window.round }),
      ...(item?.window.kind !== 'fixed' && Number.isFinite(window.from) && { from: window.from }),
    }),
  };
}

function badgeRow(
  { key, span, nobody }: { readonly key: string; readonly span: Span; readonly nobody: GoalFacts },
  stand: Stand | null,
  completions: readonly Completion[],
): ProgressRow | null {
  const completedAt = completions[0]?.at ?? null;
  const { counted = [], steps } = stand?.reach ?? {};
  const earned = new Map(completions.map(({ level, at }) => [level, at]));
  const level = stand
    ? (span.levels.find((one) => !earned.has(one.key)) ?? span.levels.at(-1))
    : span.levels.findLast((one) => earned.has(one.key));
  const need =
    stand && span.levels.length === 1
      ? stand.reach.need
      : level
        ? span.item.definition.reach(level.settings, nobody).need
        : 0;
  // Of a season that is over it is known what was earned, and no more.
  const have = stand?.reach.have ?? need;
  const isBegun = have > 0 || (steps ?? []).some((step) => step.have > 0);
  if (!(stand && isBegun) && completedAt === null) return null;
  const levels = completions.flatMap(({ level: name, at }) =>
    name === null ? [] : [[name, at] as const],
  );
  return {
    ...{ key, kind: 'badge', have, need, counted, completedAt },
    until: stand ? finite(stand.window.until) : null,
    details: told({
      ...(levels.length > 0 && { levels: Object.fromEntries(levels) }),
      ...(steps && { steps }),
    }),
  };
}

function finite(moment: Moment): Moment | null {
  return Number.isFinite(moment) ? moment : null;
}

function told(details: ProgressDetails): ProgressDetails | null {
  return Object.keys(details).length === 0 ? null : details;
}

/**
 * Limits cut awards: each of them, and what a member gets of a rule in a period of the shop's
 * calendar. The cut is a function of the member's awards in the order of what they are for, never of
 * when they were told, so that a late order cuts those after it and a refund gives them room again.
 */
import type { LIMIT_PERIODS, ProgrammeDocument } from '../programme/document.ts';
import { startOfPeriod } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export type Limits = ProgrammeDocument['earning'][number]['limits'];
export type LimitPeriod = (typeof LIMIT_PERIODS)[number];
type MemberLimit = Limits['perMember'][number];

/** What an award is for, in the order in which limits look at them. */
export interface Use {
  readonly at: Moment;
  readonly sourceId: string;
  readonly ruleKey: string;
  /** Points that were given for it in the end. */
  readonly points: number;
}

/** What a limit leaves to the next award, and which limit it is. */
export interface Room {
  readonly points: number;
  readonly limit: MemberLimit | null;
}

/**
 * @param earlier awards of the same rule to the same member, oldest first, all before this one
 * @returns the least that any limit leaves; Infinity where none does
 */
export function roomFor(
  limits: Limits,
  one: Pick<Use, 'at' | 'sourceId'>,
  earlier: readonly Use[],
  zone: string,
): Room {
  let room: Room = { points: Infinity, limit: null };
  for (const limit of limits.perMember) {
    const from = startOfPeriod(one.at, limit.per, zone);
    const points =
      limit.of === 'points' ? leftOf(limit, from, earlier) : timesLeft(limit, from, one, earlier);
    if (points < room.points) room = { points, limit };
  }
  return room;
}

/** What `each` leaves, where an earlier part of the same occasion has had some of it. */
export function roomEach(
  { each }: Limits,
  { sourceId }: Pick<Use, 'sourceId'>,
  earlier: readonly Use[],
): number {
  if (each === null) return Infinity;
  const had = earlier.reduce((sum, use) => sum + (use.sourceId === sourceId ? use.points : 0), 0);
  return Math.max(0, each - had);
}

function leftOf(limit: MemberLimit, from: Moment, earlier: readonly Use[]): number {
  let had = 0;
  for (const use of earlier) if (use.at >= from) had += use.points;
  return Math.max(0, limit.most - had);
}

/** An occasion that was rewarded already is no further time. */
function timesLeft(
  limit: MemberLimit,
  from: Moment,
  one: Pick<Use, 'sourceId'>,
  earlier: readonly Use[],
): number {
  const times = new Set<string>();
  for (const use of earlier) if (use.points > 0 && use.at >= from) times.add(use.sourceId);
  return times.has(one.sourceId) || times.size < limit.most ? Infinity : 0;
}

/** By moment, then by what it is for: ids of Shopify grow, so the shorter is the older. */
export function compareUses(a: Use, b: Use): number {
  return (
    a.at - b.at ||
    a.sourceId.length - b.sourceId.length ||
    compareTexts(a.sourceId, b.sourceId) ||
    a.ruleKey.length - b.ruleKey.length ||
    compareTexts(a.ruleKey, b.ruleKey)
  );
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The rule that an award is of: what an edit added earns under "<rule>@<version>". */
export function baseRule(ruleKey: string): string {
  const [base = ruleKey] = ruleKey.split('@');
  return base;
}

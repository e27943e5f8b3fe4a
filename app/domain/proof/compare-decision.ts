/**
 * The engine is run again over a member's facts, as of the moment by which the member was last decided
 * about. If the books are right, it has nothing to propose, and what it says of awards, tier and
 * progress is what is kept.
 */
import type { Decision } from '../decide.ts';
import type { Membership } from '../members/membership.ts';
import { membershipRow } from '../memberships/held.ts';
import { inOneOrder } from './difference.ts';
import type { Difference } from './difference.ts';
import { awardKey } from '../points/awards.ts';
import type { Award } from '../points/awards.ts';
import type { Books, Lot } from '../points/books.ts';
import type { Redemption } from '../points/redemption.ts';
import type { ScoreRow } from '../leaderboards/scores.ts';
import { ladderRows } from '../tiers/missing.ts';
import type { Moment } from '../time/shop-time.ts';

export interface KeptProgress {
  readonly key: string;
  readonly have: number;
  readonly need: number;
  readonly counted: readonly string[];
  readonly completedAt: Moment | null;
  readonly until: Moment | null;
  /** Of badges and challenges. */
  readonly details: unknown;
}

/** What is kept of a member and follows from facts. */
export interface KeptState {
  readonly memberId: string;
  readonly tierKey: string | null;
  readonly tierSince: Moment | null;
  readonly tierDueAt: Moment | null;
  /** When the member is to be looked at again. */
  readonly dueAt: Moment | null;
  readonly membership: Pick<Membership, 'state' | 'joinedAt' | 'joinedBy'>;
  readonly redemptions: readonly Redemption[];
  readonly awards: readonly Award[];
  readonly progress: readonly KeptProgress[];
  /** In seasons that are open, and whether a season, as "board@season", is so no more. */
  readonly scores: readonly ScoreRow[];
  readonly isClosed: (season: string) => boolean;
}

export interface Proposal {
  readonly books: Books;
  readonly decision: Decision;
}

/** @returns nothing when the engine proposes nothing */
export function compareDecision(kept: KeptState, proposal: Proposal): Difference[] {
  const { memberId } = kept;
  const found: Difference[] = [];
  const differ = (law: string, figure: string, was: unknown, is: unknown): void => {
    const [a, b] = [inOneOrder(was), inOneOrder(is)];
    if (a !== b) found.push({ law, memberId, figure, kept: a, proved: b });
  };
  for (const entry of proposal.books.entries) {
    const proved = `${entry.points} ${entry.from} to ${entry.to} (${entry.key})`;
    found.push({ law: 'I8', memberId, figure: 'entry that is missing', kept: 'none', proved });
  }
  if (proposal.books.entries.length === 0) {
    for (const lot of proposal.books.touchedLots) found.push(undated(memberId, lot));
  }
  const awards = new Map(kept.awards.map((award) => [awardKey(award), award]));
  for (const award of proposal.decision.awards) {
    const known = awards.get(awardKey(award)) ?? null;
    differ('I8', `award ${awardKey(award)}`, known && shownOf(known), shownOf(award));
  }
  const { stand } = proposal.decision;
  differ('I12', 'tier', kept.tierKey, stand?.rung?.key ?? null);
  differ('I12', 'in the tier since', kept.tierSince, stand?.rung ? stand.since : null);
  differ('I12', 'end of the term', kept.tierDueAt, stand?.termEnds ?? null);
  differ('I12', 'next due', kept.dueAt, proposal.decision.dueAt);
  const { state, joinedAt, joinedBy } = proposal.decision.membership;
  differ('I12', 'membership', kept.membership, { state, joinedAt, joinedBy });
  // The decision names only what is kept otherwise.
  for (const { id, standing } of proposal.decision.referrals) {
    differ('I12', `referral ${id}`, 'another', standing);
  }
  const redemptions = new Map(kept.redemptions.map((redemption) => [redemption.id, redemption]));
  for (const redemption of proposal.decision.redemptions) {
    differ(
      'I12',
      `redemption ${redemption.id}`,
      redemptions.get(redemption.id) ?? null,
      redemption,
    );
  }
  const scoreOf = (rows: readonly ScoreRow[]): Map<string, ScoreRow> =>
    new Map(rows.map((row) => [`${row.board}@${row.season}`, row]));
  const [was, is] = [scoreOf(kept.scores), scoreOf(proposal.decision.scores ?? [])];
  for (const season of new Set([...was.keys(), ...is.keys()])) {
    if (kept.isClosed(season)) continue;
    differ('I12', `score in ${season}`, was.get(season) ?? null, is.get(season) ?? null);
  }
  const progress = new Map(kept.progress.map((row) => [row.key, row]));
  for (const { key, have } of kept.progress) {
    const rows = rowsLike(key, proposal.decision);
    const isGone = rows !== null && !rows.some((row) => row.key === key);
    if (isGone) differ('I12', `progress ${key}`, have, null);
  }
  for (const row of progressRows(proposal.decision)) {
    const known = progress.get(row.key);
    differ('I12', `progress ${row.key}`, known ?? null, row);
  }
  return found;
}

/** Rows of progress among which the decision would name one of this key; null where it speaks of none. */
function rowsLike(
  key: string,
  { progress, memberships, streaks, tickets }: Decision,
): readonly { readonly key: string }[] | null {
  const kind = key.slice(0, key.indexOf(':'));
  if (kind === 'badge' || kind === 'challenge') return progress;
  if (kind === 'membership') return memberships?.map(membershipRow) ?? null;
  if (kind === 'streak') return streaks;
  return kind === 'game' ? tickets : null;
}

function undated(memberId: string, lot: Lot): Difference {
  const { state, availableAt, expiresAt, keptUntil } = lot;
  const proved = inOneOrder({ state, availableAt, expiresAt, keptUntil });
  return { law: 'I12', memberId, figure: `date of lot ${lot.lot}`, kept: 'another', proved };
}

/** Everything about an award but which one it is; what is not there and what is null are the same. */
function shownOf(award: Award): object {
  const told = Object.entries(award).filter(
    ([name, value]) => value !== null && !['sourceKind', 'sourceId', 'ruleKey'].includes(name),
  );
  return Object.fromEntries(told);
}

/** Rows of progress as they are kept. */
function progressRows(decision: Decision): readonly KeptProgress[] {
  const { progress, ladder, memberships, streaks, tickets } = decision;
  const tiers = ladder ? ladderRows(ladder) : [];
  return [
    ...progress.map(({ key, have, need, counted, completedAt, until, details }) => ({
      ...{ key, have, need, counted, completedAt, until, details },
    })),
    ...[
      ...tiers.map((row) => ({ ...row, completedAt: null })),
      ...(memberships ?? []).map(membershipRow),
      ...(streaks ?? []),
      ...(tickets ?? []).map((row) => ({ ...row, completedAt: null, until: null })),
    ].map((row) => ({ ...row, details: null })),
  ];
}

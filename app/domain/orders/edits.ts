/**
 * Edits of an order: which pieces came when. Webhooks tell edits one by one as they are committed;
 * reading the order tells all of them, under other ids, so that reading stands for every edit up to it.
 */
import { inOneOrder } from './merging.ts';
import type { OrderSnapshot } from './order-facts.ts';
import type { Moment } from '../time/shop-time.ts';

export interface EditFacts {
  readonly id: string;
  readonly at: Moment;
  readonly added: readonly { readonly lineId: string; readonly quantity: number }[];
}

export interface Agreements {
  /** The order's `updatedAt` when it was read. */
  readonly asOf: Moment;
  readonly edits: readonly EditFacts[];
}

/** Pieces of one line that came together: with the placement (null), or with an edit. */
export interface Arrival {
  readonly edit: { readonly id: string; readonly at: Moment } | null;
  readonly pieces: number;
}

interface KnownEdits {
  readonly edits: readonly EditFacts[];
  readonly agreements: Agreements | null;
}

export function mergeEdits(
  known: readonly EditFacts[],
  told: readonly EditFacts[],
): readonly EditFacts[] {
  if (told.length === 0) return known;
  const byId = new Map(known.map((edit) => [edit.id, edit]));
  for (const edit of told) {
    const before = byId.get(edit.id);
    if (!before || inOneOrder(edit) > inOneOrder(before)) byId.set(edit.id, edit);
  }
  return [...byId.values()].sort(byMoment);
}

/** The edits that a state of the order already shows, oldest first. */
export function editsOf({ edits, agreements }: KnownEdits, asOf: Moment): readonly EditFacts[] {
  const read = agreements?.asOf ?? -Infinity;
  const listed = agreements?.edits ?? [];
  return [
    ...(read <= asOf ? listed : listed.filter(({ at }) => at <= asOf)),
    ...edits.filter(({ at }) => at > read && at <= asOf),
  ].sort(byMoment);
}

/** Whether an edit was told of that no reading of the order covers. */
export function hasUnreadEdits({ edits, agreements }: KnownEdits): boolean {
  return edits.some(({ at }) => agreements === null || at > agreements.asOf);
}

/**
 * How the pieces of a line came, oldest first. What edits are said to have added beyond what was ever
 * ordered is not there: the newest additions are cut first.
 */
export function arrivalsOf(
  edits: readonly EditFacts[],
  { id, quantity }: { readonly id: string; readonly quantity: number },
): readonly Arrival[] {
  const ordered = Math.max(0, quantity);
  const added = edits.flatMap((edit): Arrival[] => {
    const pieces = edit.added
      .filter(({ lineId }) => lineId === id)
      .reduce((sum, part) => sum + Math.max(0, part.quantity), 0);
    return pieces === 0 ? [] : [{ edit: { id: edit.id, at: edit.at }, pieces }];
  });
  const total = added.reduce((sum, { pieces }) => sum + pieces, 0);
  let left = ordered - Math.max(0, ordered - total);
  const cut = added.map((arrival) => {
    const pieces = Math.min(left, arrival.pieces);
    left -= pieces;
    return { ...arrival, pieces };
  });
  return [{ edit: null, pieces: Math.max(0, ordered - total) }, ...cut];
}

/** When edits brought pieces that are there. */
export function momentsOfAdditions(
  known: KnownEdits,
  { updatedAt, lines }: Pick<OrderSnapshot, 'updatedAt' | 'lines'>,
): ReadonlySet<Moment> {
  const edits = editsOf(known, updatedAt);
  if (edits.length === 0) return new Set();
  return new Set(
    lines.flatMap((line) =>
      arrivalsOf(edits, line).flatMap(({ edit, pieces }) => (edit && pieces > 0 ? [edit.at] : [])),
    ),
  );
}

function byMoment(a: EditFacts, b: EditFacts): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

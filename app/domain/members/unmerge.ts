/**
 * Undoing a merge: what was the one member's goes back to them, as it is by now. What was spent
 * together comes from the survivor's own points first, then from the other's; nobody owes for it.
 */
import { give, receive, spend } from '../points/books.ts';
import type { Books, Lot, Movement, Source } from '../points/books.ts';
import { spendingOrder } from '../points/lots-of.ts';
import { take, write } from '../points/postings.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Share {
  readonly mergeId: string;
  /** What they brought, and what happened to their awards since; below nothing where they owe. */
  readonly net: number;
  /** Spent since the merge, by whoever was both of them. */
  readonly spent: number;
  readonly isTheirs: (lot: Lot) => boolean;
}

interface Way {
  readonly mergeId: string;
  readonly now: Moment;
}

/** @returns how many points of theirs were spent and stay spent */
export function unmerge(kept: Books, gone: Books, share: Share, now: Moment): number {
  const together = kept.available + kept.pending - kept.debt;
  const missing = Math.max(0, share.net - together);
  const spent = Math.min(missing, share.spent, Math.max(0, share.net));
  const due = share.net - spent;
  const way = { mergeId: share.mergeId, now };
  let left = due;
  for (const lot of kept.lots.filter((one) => one.state === 'pending' && share.isTheirs(one))) {
    left -= hand(kept, gone, lot, lot.remaining, way);
  }
  for (const lot of available(kept, share)) {
    if (left > 0) left -= hand(kept, gone, lot, Math.min(left, lot.remaining), way);
  }
  if (left > 0) {
    const owed = movementOf(way, 'debt', left);
    write(kept, owed, { kind: 'merge', from: 'debt', to: 'merged', points: left }, null, 'debt');
    give(gone, owed, 'merge', 'merged', left, now);
  } else if (left < 0) {
    const owed = movementOf(way, 'debt', -left);
    give(kept, owed, 'merge', 'merged', -left, now);
    spend(gone, owed, 'merge', 'merged', -left, true);
  }
  return spent;
}

/** Their own first; then, for what was spent of theirs, the survivor's in the order of spending. */
function available(kept: Books, { isTheirs }: Share): readonly Lot[] {
  const open = kept.lots
    .filter(({ state, remaining }) => state === 'available' && remaining > 0)
    .sort(spendingOrder);
  return [...open.filter(isTheirs), ...open.filter((lot) => !isTheirs(lot))];
}

function hand(kept: Books, gone: Books, lot: Lot, points: number, way: Way): number {
  if (points === 0) return 0;
  const { state, availableAt, expiresAt, keptUntil } = lot;
  take(
    kept,
    lot,
    movementOf(way, 'out', points),
    { kind: 'merge', to: 'merged', points },
    `lot${lot.lot}`,
  );
  const movement = movementOf(way, `lot${lot.lot}`, points, lot);
  receive(gone, movement, 'merge', 'merged', {
    ...{ state, availableAt, expiresAt, keptUntil },
    remaining: points,
  });
  return points;
}

/** @param lot whose points they are; none where nobody had them */
function movementOf({ mergeId, now }: Way, part: string, points: number, lot?: Lot): Movement {
  const own: Source = { sourceKind: 'merge', sourceId: mergeId, ruleKey: 'undo' };
  const { sourceKind, sourceId, ruleKey } = lot ?? own;
  return {
    ...{ sourceKind, sourceId, ruleKey },
    key: `undo:${mergeId}:${part}`,
    programmeVersion: null,
    explanation: { rule: 'merge', points },
    occurredAt: lot?.occurredAt ?? now,
  };
}

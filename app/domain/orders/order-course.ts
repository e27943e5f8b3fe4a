/**
 * The course of an order: what of it is kept after it was placed, after each refund, and after a
 * cancellation. Every rule that looks at orders reads this, so they cannot disagree on what counts.
 */
import { paidAmount } from './order-amounts.ts';
import type { OrderFacts, OrderLine, OrderSnapshot } from './order-facts.ts';
import { add, floor, ZERO } from '../money/rational.ts';
import type { Moment } from '../time/shop-time.ts';

/** Pieces of a line that are kept; `line.quantity` is what its amounts are for. */
export interface KeptLine {
  readonly line: OrderLine;
  readonly kept: number;
}

export interface OrderStage {
  /** 'earn', 'refund:<id>' or 'cancel'. */
  readonly step: string;
  readonly at: Moment;
  readonly lines: readonly KeptLine[];
  /** Money given back for kept goods without naming lines, so far. */
  readonly extraRefundedMinor: number;
  readonly shippingRefundedMinor: number;
  readonly nothingLeft: boolean;
}

/** Stages in the order of their moments; the first is the order as placed, after edits. */
export function courseOf(facts: OrderFacts, snapshot: OrderSnapshot): readonly OrderStage[] {
  const kept = new Map(
    snapshot.lines.map((line) => [line.id, orderedAfterEdits(facts, snapshot, line)]),
  );
  const removed = paidForRemoved(snapshot, kept);
  const lost = snapshot.payment === 'voided' || facts.deletedAt !== null;
  const stages: OrderStage[] = [];
  let extra = 0;
  let shipping = 0;
  let over = lost;

  const stage = (step: string, at: Moment): void => {
    stages.push({
      step,
      at,
      lines: snapshot.lines.map((line) => ({ line, kept: kept.get(line.id) ?? 0 })),
      extraRefundedMinor: Math.max(0, extra - removed),
      shippingRefundedMinor: shipping,
      nothingLeft: over,
    });
  };

  stage('earn', snapshot.placedAt);
  const cancel = snapshot.cancelledAt;
  for (const refund of facts.refunds) {
    if (cancel !== null && cancel < refund.createdAt && !over) {
      over = true;
      stage('cancel', cancel);
    }
    for (const { lineId, quantity } of refund.lines) {
      kept.set(lineId, Math.max(0, (kept.get(lineId) ?? 0) - quantity));
    }
    // A refund in another currency than the order's is never used raw.
    if (refund.currency === null || refund.currency === snapshot.currency) {
      extra += refund.extraMinor;
      shipping += refund.shippingMinor;
    }
    stage(`refund:${refund.id}`, refund.createdAt);
  }
  if (cancel !== null && !over) {
    over = true;
    stage('cancel', cancel);
  }
  return stages;
}

/** As placed, less what edits removed: what is current plus what the snapshot's refunds took. */
function orderedAfterEdits(facts: OrderFacts, snapshot: OrderSnapshot, line: OrderLine): number {
  let refunded = 0;
  for (const refund of facts.refunds) {
    if (!snapshot.knownRefundIds.includes(refund.id)) continue;
    for (const part of refund.lines) if (part.lineId === line.id) refunded += part.quantity;
  }
  return Math.min(line.quantity, line.currentQuantity + refunded);
}

/** What an edit removed is paid back without naming a line: that money is not given back twice. */
function paidForRemoved(snapshot: OrderSnapshot, kept: ReadonlyMap<string, number>): number {
  const removed = snapshot.lines.map((line) => {
    const pieces = line.quantity - (kept.get(line.id) ?? 0);
    return paidAmount({ line, kept: pieces }, snapshot);
  });
  return floor(removed.reduce(add, ZERO));
}

/**
 * The course of an order: what of it is kept after it was placed, after each refund, and after a
 * cancellation. Every rule that looks at orders reads this, so they cannot disagree on what counts.
 */
import { disputeNow, lostMinor } from './disputes.ts';
import { arrivalsOf, editsOf } from './edits.ts';
import { beyondGoods, NOTHING_GIVEN, shareLeft, withRefund } from './given-back.ts';
import type { GivenBack } from './given-back.ts';
import { paidAmount } from './order-amounts.ts';
import { paidBeyond } from './paid-beyond.ts';
import { takenOffSince } from './prices-paid.ts';
import type { Addition } from './paid-beyond.ts';
import type { OrderFacts, OrderLine, OrderSnapshot, RefundFacts } from './order-facts.ts';
import { add, floor, ratio, ZERO } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';
import type { Moment } from '../time/shop-time.ts';

/** Pieces of a line that are kept; `line.quantity` is what its amounts are for. */
export interface KeptLine {
  readonly line: OrderLine;
  /** Pieces that came with this portion of the order. */
  readonly came: number;
  readonly kept: number;
}

/** Pieces of one origin: as placed (null), or added by an edit at this moment. */
export type Portion = (addedAt: Moment | null) => boolean;

export interface OrderStage extends GivenBack {
  /** 'earn', 'refund:<id>', 'dispute:<id>' or 'cancel'. */
  readonly step: string;
  readonly at: Moment;
  readonly lines: readonly KeptLine[];
  /** What money for no piece leaves of every kept line, of whatever portion: from 1 down to 0. */
  readonly shareLeft: Rational;
  /** What of that money was more than all the goods were paid with: it was for what is beside them. */
  readonly beyondGoods: Rational;
  /** Whether shipping, tips and duties belong to this portion: they come with the placement. */
  readonly withPlacement: boolean;
  readonly nothingLeft: boolean;
}

/**
 * Stages in the order of their moments; the first is the order as placed, after edits.
 * @param portion only what came so; all of the order where it is left out
 */
export function courseOf(
  facts: OrderFacts,
  snapshot: OrderSnapshot,
  portion: Portion = () => true,
): readonly OrderStage[] {
  const pieces = piecesOf(facts, snapshot);
  const removed = paidForRemoved(facts, snapshot, pieces);
  const beyond = paidBeyond(facts.refunds, snapshot, removed, additionsOf(snapshot, pieces));
  const stages: OrderStage[] = [];
  let given = NOTHING_GIVEN;
  let over = snapshot.payment === 'voided' || facts.deletedAt !== null;
  const all = snapshot.lines.map((line) => ({ line, of: pieces.get(line.id) ?? [] }));
  const paidForKept = (): Rational =>
    all
      .map(({ line, of }) => paidAmount({ line, kept: sumOf(of, 'left') }, snapshot))
      .reduce(add, ZERO);

  const stage = (step: string, at: Moment): void => {
    const paid = given.extraRefundedMinor > 0 ? paidForKept() : ZERO;
    stages.push({
      ...given,
      step,
      at,
      lines: all.map(({ line, of }) => {
        const own = of.filter(({ addedAt }) => portion(addedAt));
        return { line, came: sumOf(own, 'came'), kept: sumOf(own, 'left') };
      }),
      shareLeft: shareLeft(given, paid),
      beyondGoods: beyondGoods(given, paid),
      withPlacement: portion(null),
      nothingLeft: over,
    });
  };

  stage('earn', portion(null) ? snapshot.placedAt : firstOf(pieces, portion, snapshot));
  for (const event of eventsOf(facts, snapshot)) {
    if ('refund' in event) {
      const { refund } = event;
      const worth = takeRefunded(refund, snapshot, pieces);
      given = withRefund(given, refund, snapshot, beyond.get(refund.id) ?? 0, worth);
    } else if ('lost' in event) {
      if (isWhole(event.lost, snapshot)) over = true;
      else given = { ...given, extraRefundedMinor: given.extraRefundedMinor + event.lost };
    } else {
      if (over) continue;
      over = true;
    }
    stage(event.step, event.at);
  }
  return stages;
}

type CourseEvent = { readonly step: string; readonly at: Moment } & (
  { readonly refund: RefundFacts } | { readonly lost: number } | { readonly cancelled: true }
);

/** What happened after the placement, oldest first; of one second the refunds, then the disputes. */
function eventsOf(facts: OrderFacts, snapshot: OrderSnapshot): readonly CourseEvent[] {
  const events: CourseEvent[] = facts.refunds.map((refund) => ({
    step: `refund:${refund.id}`,
    at: refund.createdAt,
    refund,
  }));
  for (const dispute of facts.disputes) {
    const { state, at } = disputeNow(dispute);
    const lost = state === 'lost' ? lostMinor(dispute, snapshot) : null;
    if (lost !== null) events.push({ step: `dispute:${dispute.id}`, at, lost });
  }
  if (snapshot.cancelledAt !== null)
    events.push({ step: 'cancel', at: snapshot.cancelledAt, cancelled: true });
  return events.sort((a, b) => a.at - b.at);
}

function isWhole(lost: number, { totalMinor }: OrderSnapshot): boolean {
  return lost === Infinity || (totalMinor > 0 && lost >= totalMinor);
}

/** Pieces of a line that came together, and how many of them are left. */
interface Pieces {
  readonly addedAt: Moment | null;
  readonly came: number;
  left: number;
}

/** What was ordered, less what edits removed without a refund: the newest additions go first. */
function piecesOf(facts: OrderFacts, snapshot: OrderSnapshot): Map<string, Pieces[]> {
  const edits = editsOf(facts, snapshot.updatedAt);
  return new Map(
    snapshot.lines.map((line) => {
      const arrived = arrivalsOf(edits, line).map(({ edit, pieces }) => ({
        addedAt: edit?.at ?? null,
        came: pieces,
        left: pieces,
      }));
      takeBack(arrived, Math.max(0, line.quantity) - orderedAfterEdits(facts, snapshot, line));
      return [line.id, arrived];
    }),
  );
}

/**
 * Takes pieces back: the newest additions first, so that adding and giving back leaves what was there
 * before; what came only later is taken last.
 */
function takeBack(pieces: readonly Pieces[], quantity: number, at: Moment = Infinity): void {
  const newestFirst = [...pieces].reverse();
  const there = newestFirst.filter(({ addedAt }) => addedAt === null || addedAt <= at);
  let left = Math.max(0, quantity);
  for (const arrival of [...there, ...newestFirst.filter((one) => !there.includes(one))]) {
    const taken = Math.min(left, arrival.left);
    arrival.left -= taken;
    left -= taken;
  }
}

/** Takes what a refund names. @returns what it was worth, tips among it */
function takeRefunded(
  { lines, createdAt }: RefundFacts,
  snapshot: OrderSnapshot,
  pieces: ReadonlyMap<string, Pieces[]>,
): Rational {
  return lines
    .map(({ lineId, quantity }) => {
      const of = pieces.get(lineId) ?? [];
      const before = sumOf(of, 'left');
      takeBack(of, quantity, createdAt);
      const line = snapshot.lines.find(({ id }) => id === lineId);
      const kept = before - sumOf(of, 'left');
      if (!line) return ZERO;
      return line.tip ? ratio(kept * line.priceMinor) : paidAmount({ line, kept }, snapshot);
    })
    .reduce(add, ZERO);
}

/** As placed, less what edits removed: what is current plus what the snapshot's refunds took. */
function orderedAfterEdits(facts: OrderFacts, snapshot: OrderSnapshot, line: OrderLine): number {
  let refunded = 0;
  for (const refund of facts.refunds) {
    if (!snapshot.knownRefundIds.includes(refund.id)) continue;
    for (const part of refund.lines)
      if (part.lineId === line.id) refunded += Math.max(0, part.quantity);
  }
  return Math.min(Math.max(0, line.quantity), Math.max(0, line.currentQuantity) + refunded);
}

function additionsOf(
  snapshot: OrderSnapshot,
  pieces: ReadonlyMap<string, readonly Pieces[]>,
): readonly Addition[] {
  return snapshot.lines.flatMap((line) =>
    (pieces.get(line.id) ?? []).flatMap(({ addedAt: at, came }) =>
      at === null ? [] : [{ at, minor: floor(paidAmount({ line, kept: came }, snapshot)) }],
    ),
  );
}

/** What pieces were worth that an edit removed and no refund tells of, and what one took off those that are left. */
function paidForRemoved(
  facts: OrderFacts,
  snapshot: OrderSnapshot,
  pieces: ReadonlyMap<string, readonly Pieces[]>,
): number {
  const removed = snapshot.lines.map((line) => {
    const gone = Math.max(0, line.quantity) - sumOf(pieces.get(line.id) ?? [], 'left');
    return paidAmount({ line, kept: gone }, snapshot);
  });
  const takenOff = takenOffSince(facts, snapshot, ({ id }) => sumOf(pieces.get(id) ?? [], 'left'));
  return floor(removed.reduce(add, takenOff));
}

function firstOf(
  pieces: ReadonlyMap<string, readonly Pieces[]>,
  portion: Portion,
  { placedAt }: OrderSnapshot,
): Moment {
  const moments = [...pieces.values()]
    .flat()
    .flatMap(({ addedAt, came }) =>
      addedAt !== null && came > 0 && portion(addedAt) ? [addedAt] : [],
    );
  return moments.length === 0 ? placedAt : Math.min(...moments);
}

function sumOf(pieces: readonly Pieces[], of: 'came' | 'left'): number {
  return pieces.reduce((sum, part) => sum + part[of], 0);
}

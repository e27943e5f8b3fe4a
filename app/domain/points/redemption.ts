/**
 * The ledger's side of a redemption. Reserving takes the points out of their lots and remembers which;
 * releasing, or giving back for what was refunded, puts them into the same lots again.
 */
import { give, putBack, spend } from './books.ts';
import type { Books, Lot, Movement, Source } from './books.ts';
import { endOfGrace } from './expiry.ts';
import type { DateOfLot } from './expiry.ts';
import { touch } from './postings.ts';
import type { Moment } from '../time/shop-time.ts';

/** Why a reward ends, or ended, unused. */
export type Ending =
  /** Its time is over. */
  | 'expired'
  /** An agent took it back, or the member gave it back. */
  | 'cancelled'
  /** A prize whose ground is gone: the order was refunded. */
  | 'withdrawn'
  /** The merchant deleted it in Shopify. */
  | 'removed'
  /** It could not be made. */
  | 'refused'
  /** The member was erased. */
  | 'left';

export type RedemptionState = 'reserved' | 'captured' | 'released' | 'returned';

/** Points that the redemption took from a lot and has not given back, with the lot's dates. */
export interface HeldPart extends Source {
  /** Whose lot it is: where they were merged away since, the points come back as a lot of their own. */
  readonly memberId: string;
  readonly lot: number;
  readonly points: number;
  readonly occurredAt: Moment;
  readonly availableAt: Moment | null;
  readonly keptUntil: Moment | null;
}

export interface Redemption {
  readonly id: string;
  readonly memberId: string;
  /** The same key of a member is the same redemption. */
  readonly requestKey: string;
  /** What the points are for: another purpose under the same key is refused. */
  readonly purpose: string;
  readonly points: number;
  readonly state: RedemptionState;
  /** In the order in which they were spent. */
  readonly held: readonly HeldPart[];
  /** The discount code by which an order uses it. */
  readonly code: string | null;
  readonly orderId: string | null;
  /** What it took off the order's lines, where the order does not tell by its code. */
  readonly discountLines: readonly DiscountOnLine[] | null;
  /**
   * What was given back, one after the other, by step of the order's course; negative what was taken
   * again, "left" what could not be.
   */
  readonly returns: readonly ReturnStep[];
  readonly reservedAt: Moment;
  readonly capturedAt: Moment | null;
  readonly releasedAt: Moment | null;
  /** Until when it can be used; null for good. */
  readonly validUntil: Moment | null;
  /** Set before Shopify is asked to end it: an order that used it before that captures it all the same. */
  readonly ending: Ending | null;
}

export interface DiscountOnLine {
  readonly lineId: string;
  readonly minor: number;
}

export type ReturnStep = readonly [step: string, points: number];

/** Until when points that come back after their date can be spent. */
export interface Grace {
  readonly now: Moment;
  readonly days: number;
  readonly zone: string;
  readonly dateOf: DateOfLot;
}

/** Takes the points: the caller has made sure that they are there and that nothing is owed. */
export function reserve(
  books: Books,
  asked: Pick<
    Redemption,
    'id' | 'memberId' | 'requestKey' | 'purpose' | 'points' | 'code' | 'validUntil'
  >,
  now: Moment,
): Redemption {
  const movement = movementOf(asked.id, 'reserve', now);
  return {
    ...asked,
    state: 'reserved',
    held: asked.points === 0 ? [] : take(books, movement, asked.points, asked),
    orderId: null,
    discountLines: null,
    returns: [],
    reservedAt: now,
    capturedAt: null,
    releasedAt: null,
    ending: null,
  };
}

/** All points go back into the lots that they came from. */
export function release(books: Books, redemption: Redemption, grace: Grace): Redemption {
  const movement = movementOf(redemption.id, 'release', grace.now);
  return {
    ...redemption,
    state: 'released',
    held: putBackFrom(books, redemption, movement, pointsHeld(redemption), grace),
    releasedAt: grace.now,
  };
}

export interface DueReturn {
  readonly step: string;
  readonly at: Moment;
  /** Points that are to have come back from this step on. */
  readonly total: number;
}

/** What could not be taken again stays with the member, and is not asked for once more. */
const LEFT = 'left';

/**
 * Gives back what is due by the order's course less what was given back before. What turns out not to
 * be due is taken again as far as the balance reaches; only a code that was used after its points had
 * come back may leave debt.
 */
export function settleReturns(
  books: Books,
  redemption: Redemption,
  due: readonly DueReturn[],
  grace: Grace,
  upTo: (moment: Moment) => void,
  mayOwe = false,
): Redemption {
  const { memberId } = redemption;
  const returns = [...redemption.returns];
  let { held } = redemption;
  const goal = due.at(-1)?.total ?? 0;
  const given = (): number => redemption.points - pointsHeld({ held });
  const moves = (step: string, at: Moment, points: number): Movement => {
    upTo(at);
    const key = `redemption:${redemption.id}:return${returns.push([step, points])}:${step}`;
    return { ...movementOf(redemption.id, 'return', at), key };
  };
  for (const { step, at, total } of due) {
    const points = Math.min(total, goal) - given();
    if (points > 0)
      held = putBackFrom(books, { held, memberId }, moves(step, at, points), points, grace);
  }
  upTo(grace.now);
  const left = returns.reduce((sum, [step, points]) => sum + (step === LEFT ? points : 0), 0);
  const wrongly = given() - goal - left;
  const taken = mayOwe ? wrongly : Math.min(wrongly, books.available);
  if (taken > 0) {
    const movement = moves('undone', grace.now, -taken);
    held = [...held, ...take(books, movement, taken, redemption, mayOwe)];
  }
  if (wrongly > taken) returns.push([LEFT, wrongly - taken]);
  const isAllBack = held.length === 0 && redemption.points > 0;
  const state = isAllBack ? 'returned' : 'captured';
  if (returns.length === redemption.returns.length && state === redemption.state) return redemption;
  return { ...redemption, held, returns, state };
}

export function pointsHeld({ held }: Pick<Redemption, 'held'>): number {
  return held.reduce((sum, part) => sum + part.points, 0);
}

/** Points that have come back to the member. */
export function pointsBack({
  state,
  points,
  returns,
}: Pick<Redemption, 'state' | 'points' | 'returns'>): number {
  if (state === 'released') return points;
  return returns.reduce((sum, [step, back]) => sum + (step === LEFT ? 0 : back), 0);
}

/** Spends, and notes from which lots; what is owed for it comes from none. */
function take(
  books: Books,
  movement: Movement,
  points: number,
  { memberId }: Pick<Redemption, 'memberId'>,
  mayOwe = false,
): HeldPart[] {
  const before = books.entries.length;
  spend(books, movement, 'redeem', 'redeemed', points, mayOwe);
  return books.entries.slice(before).map((entry) => {
    const lot = books.lots.find((one) => one.lot === entry.lot);
    return lot ? heldOf(lot, entry.points, memberId) : owedOf(movement, entry.points, memberId);
  });
}

/** Lots are counted from 1. */
const NO_LOT = 0;

function owedOf({ occurredAt, ...source }: Movement, points: number, memberId: string): HeldPart {
  const { sourceKind, sourceId, ruleKey } = source;
  return {
    ...{ memberId, lot: NO_LOT, points, sourceKind, sourceId, ruleKey },
    ...{ occurredAt, availableAt: occurredAt, keptUntil: null },
  };
}

function heldOf(lot: Lot, points: number, memberId: string): HeldPart {
  const { sourceKind, sourceId, ruleKey, occurredAt, availableAt, keptUntil } = lot;
  return {
    ...{ memberId, lot: lot.lot, points, sourceKind, sourceId, ruleKey },
    ...{ occurredAt, availableAt, keptUntil },
  };
}

/** What was spent last comes back first. @returns what is still held */
function putBackFrom(
  books: Books,
  { held, memberId }: Pick<Redemption, 'held' | 'memberId'>,
  movement: Movement,
  points: number,
  grace: Grace,
): readonly HeldPart[] {
  const left = [...held];
  let rest = points;
  for (let part = left.pop(); part; part = left.pop()) {
    const moved = Math.min(rest, part.points);
    if (moved > 0)
      returnPart(
        books,
        part,
        memberId,
        { ...movement, key: partKey(movement, left) },
        moved,
        grace,
      );
    rest -= moved;
    if (moved < part.points) {
      left.push({ ...part, points: part.points - moved });
      break;
    }
  }
  return left;
}

/** Parts are a stack, so their place tells them apart. */
function partKey(movement: Movement, below: readonly HeldPart[]): string {
  return `${movement.key}/part${below.length + 1}`;
}

function returnPart(
  books: Books,
  part: HeldPart,
  memberId: string,
  movement: Movement,
  points: number,
  grace: Grace,
): void {
  const own = part.memberId === memberId && books.lots.find(({ lot }) => lot === part.lot);
  if (own) {
    putBack(books, own, movement, points);
    keep(books, own, grace);
    return;
  }
  const { sourceKind, sourceId, ruleKey, occurredAt } = part;
  const came = { ...movement, sourceKind, sourceId, ruleKey };
  const since = part.availableAt ?? occurredAt;
  const opened = give(books, came, 'return', 'redeemed', points, since);
  if (!opened) return;
  opened.occurredAt = occurredAt;
  opened.keptUntil = part.keptUntil;
  keep(books, opened, grace);
}

/** Where the date of a lot has passed, its points can still be spent for the days of grace. */
function keep(books: Books, lot: Lot, { now, days, zone, dateOf }: Grace): void {
  const date = dateOf(lot);
  if (date === null || date > now) return;
  // Later than any before: points that come back twice expire twice.
  lot.keptUntil = Math.max(endOfGrace(now, days, zone), (lot.keptUntil ?? 0) + 1);
  touch(books, lot);
}

function movementOf(redemptionId: string, step: string, at: Moment): Movement {
  return {
    key: `redemption:${redemptionId}:${step}`,
    sourceKind: 'redemption',
    sourceId: redemptionId,
    ruleKey: 'redemption',
    programmeVersion: null,
    explanation: { rule: 'step', step },
    occurredAt: at,
  };
}

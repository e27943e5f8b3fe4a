/** Points of a gift in a member's books: given once, and what is left of them taken back. */
import type { Award } from '../points/awards.ts';
import { give } from '../points/books.ts';
import type { Books, Movement } from '../points/books.ts';
import { ruleEnding } from '../points/own-end.ts';
import { takeOwn } from '../points/take-own.ts';
import type { Moment } from '../time/shop-time.ts';

export interface PointsGift {
  readonly giftId: string;
  /** Whom it was meant for: they may have been merged away since. */
  readonly memberId: string;
  readonly points: number;
  readonly reason: string;
  /** The first moment at which they cannot be spent; null for as the programme says. */
  readonly end: Moment | null;
}

export function givePoints(books: Books, gift: PointsGift, now: Moment): Award {
  const movement = movementOf(gift, 'give', gift.points, now);
  give(books, movement, 'adjust', 'adjusted', gift.points, now);
  const { sourceKind, sourceId, ruleKey, explanation, occurredAt } = movement;
  return {
    ...{ sourceKind, sourceId, ruleKey, explanation, occurredAt, availableAt: occurredAt },
    ...{ programmeVersion: 0, tierKey: null, qualifies: false, corrections: 0 },
    posted: gift.points,
    steps: [['earn', gift.points, occurredAt]],
  };
}

/** @returns what was left, and the award as it is then; null where nothing was */
export function takeBackPoints(
  books: Books,
  gift: PointsGift,
  awards: Iterable<Award>,
  now: Moment,
): { readonly taken: number; readonly award: Award | null } {
  const movement = movementOf(gift, 'undo', gift.points, now);
  const taken = takeOwn(books, movement, 'adjust', 'adjusted');
  const known = [...awards].find(
    ({ sourceKind, sourceId }) =>
      sourceKind === movement.sourceKind && sourceId === movement.sourceId,
  );
  if (taken === 0 || !known) return { taken, award: null };
  return {
    taken,
    award: {
      ...known,
      posted: known.posted - taken,
      steps: [...known.steps, ['undo', -taken, now]],
      corrections: known.corrections + 1,
    },
  };
}

function movementOf(
  { giftId, memberId, reason, end }: PointsGift,
  step: 'give' | 'undo',
  points: number,
  now: Moment,
): Movement {
  const sourceId = `gift:${giftId}:${memberId}`;
  return {
    ...{ sourceKind: 'adjustment', sourceId, ruleKey: ruleEnding('gift', end) },
    key: `adjustment:${sourceId}:${step}`,
    programmeVersion: null,
    explanation: { rule: 'gift', step, reason, points },
    occurredAt: now,
  };
}

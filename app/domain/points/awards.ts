/**
 * Target minus posted. An award remembers, step by step, what was due; when the facts say
 * otherwise, the difference is posted. So a duplicate, late, replayed or reconciled event is
 * always the same case: the difference is zero.
 */
import { earn, mature, reverse } from './books.ts';
import type { Books, ClawbackPolicy, Movement, Source } from './books.ts';
import type { Explanation } from './explanation.ts';
import type { WorthStep } from '../earning/definition.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Award extends Source {
  readonly programmeVersion: number;
  readonly tierKey: string | null;
  /** Points in the ledger for this award: what was given less what could be taken back. */
  readonly posted: number;
  /** [step, points due by it, its moment]: the sum is the target. */
  readonly steps: readonly AwardStep[];
  /** How often a step that was already posted had to be put right. */
  readonly corrections: number;
  /** Whether it counts for tiers that climb by points. */
  readonly qualifies: boolean;
  readonly explanation: Explanation;
  readonly occurredAt: Moment;
}

export type AwardStep = readonly [step: string, points: number, at: Moment];

/** What an award should be, by the facts. */
export interface Target extends Source {
  readonly programmeVersion: number;
  readonly tierKey: string | null;
  readonly qualifies: boolean;
  readonly explanation: Explanation;
  readonly occurredAt: Moment;
  readonly steps: readonly WorthStep[];
  /** When the points can be spent; null while it is not known. */
  readonly availableAt: Moment | null;
  readonly clawback: ClawbackPolicy;
}

/** Posts the difference. @returns the award as it is now, or null when nothing about it changed */
export function settle(
  books: Books,
  known: Award | null,
  target: Target,
  now: Moment,
): Award | null {
  const due = stepDifferences(target.steps);
  const before = new Map(known?.steps.map(([step, points]) => [step, points]));
  const steps = new Set([...due.map(({ step }) => step), ...before.keys()]);
  let corrections = known?.corrections ?? 0;
  let posted = known?.posted ?? 0;
  // What a clawback had to leave is set off before anything more is given: no award pays twice.
  let untaken = posted - (known?.steps ?? []).reduce((sum, [, points]) => sum + points, 0);

  const differences = [...steps].map((step) => {
    const wanted = due.find((one) => one.step === step);
    return { step, wanted, difference: (wanted?.points ?? 0) - (before.get(step) ?? 0) };
  });
  // Gains come first, so that a correction takes from the award's own lots and never from another's.
  for (const { step, wanted, difference } of [
    ...differences.filter((one) => one.difference > 0),
    ...differences.filter((one) => one.difference < 0),
  ]) {
    const correction = before.has(step) ? (corrections += 1) : 0;
    const movement = movementOf(target, step, wanted?.at ?? target.occurredAt, correction);
    if (difference > 0) {
      const given = Math.max(0, difference - untaken);
      untaken -= difference - given;
      posted += given;
      if (given > 0) earn(books, movement, given, { availableAt: target.availableAt, now });
    } else {
      const left = reverse(books, movement, -difference, target.clawback);
      untaken += left;
      posted += difference + left;
    }
  }
  dateLots(books, target, now);
  const award: Award = {
    ...sourceOf(target),
    programmeVersion: target.programmeVersion,
    tierKey: target.tierKey,
    posted,
    steps: rememberedSteps(due, known?.steps ?? []),
    corrections,
    qualifies: target.qualifies,
    explanation: target.explanation,
    occurredAt: target.occurredAt,
  };
  return known && sameAward(known, award) ? null : award;
}

/** Pending points of the award get the date on which they mature, or mature now. */
function dateLots(books: Books, target: Target, now: Moment): void {
  for (const lot of books.lots) {
    if (lot.state !== 'pending' || lot.remaining === 0 || !sameSource(lot, target)) continue;
    if (lot.availableAt !== target.availableAt) {
      lot.availableAt = target.availableAt;
      books.touchedLots.add(lot);
    }
    if (lot.availableAt !== null && lot.availableAt <= now) {
      mature(books, lot, maturing(lot, lot.lot, lot.availableAt));
    }
  }
}

/** The movement by which a lot matures: its key is the lot, so it happens once. */
export function maturing(source: Source, lot: number, at: Moment): Movement {
  return {
    ...sourceOf(source),
    key: `${keyOf(source)}:mature:lot${lot}`,
    programmeVersion: null,
    explanation: { rule: 'step', step: 'mature' },
    occurredAt: at,
  };
}

function movementOf(target: Target, step: string, at: Moment, correction: number): Movement {
  return {
    ...sourceOf(target),
    key: `${keyOf(target)}:${step}${correction > 0 ? `:again${correction}` : ''}`,
    programmeVersion: target.programmeVersion,
    explanation: { rule: 'step', step },
    occurredAt: at,
  };
}

function keyOf(source: Source): string {
  return `${source.sourceKind}:${source.sourceId}:${source.ruleKey}`;
}

function sourceOf({ sourceKind, sourceId, ruleKey }: Source): Source {
  return { sourceKind, sourceId, ruleKey };
}

function sameSource(a: Source, b: Source): boolean {
  return a.sourceKind === b.sourceKind && a.sourceId === b.sourceId && a.ruleKey === b.ruleKey;
}

/** From running totals to what each step changes; steps that change nothing are left out. */
function stepDifferences(
  steps: readonly WorthStep[],
): { step: string; points: number; at: Moment }[] {
  let total = 0;
  return steps.flatMap((step) => {
    const points = step.total - total;
    total = step.total;
    return points === 0 ? [] : [{ step: step.step, points, at: step.at }];
  });
}

/** A step that is no longer due stays as 0, so that its key is never taken for unused. */
function rememberedSteps(
  due: readonly { step: string; points: number; at: Moment }[],
  known: readonly AwardStep[],
): readonly AwardStep[] {
  const gone = known.filter(([step]) => !due.some((difference) => difference.step === step));
  return [
    ...due.map(({ step, points, at }): AwardStep => [step, points, at]),
    ...gone.map(([step, , at]): AwardStep => [step, 0, at]),
  ];
}

export function awardKey({ sourceKind, sourceId, ruleKey }: Source): string {
  return `${sourceKind} ${sourceId} ${ruleKey}`;
}

function sameAward(a: Award, b: Award): boolean {
  return (
    a.posted === b.posted &&
    a.corrections === b.corrections &&
    a.tierKey === b.tierKey &&
    a.programmeVersion === b.programmeVersion &&
    JSON.stringify(a.steps) === JSON.stringify(b.steps) &&
    JSON.stringify(a.explanation) === JSON.stringify(b.explanation)
  );
}

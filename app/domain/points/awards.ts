/**
 * Target minus posted. An award remembers, step by step, what was due; when the facts say
 * otherwise, the difference is posted. So a duplicate, late, replayed or reconciled event is
 * always the same case: the difference is zero.
 */
import { earn, mature, reverse, sourceKey } from './books.ts';
import type { Books, ClawbackPolicy, Lot, Movement, Source } from './books.ts';
import type { Explanation } from './explanation.ts';
import { lotsOf } from './lots-of.ts';
import { touch } from './postings.ts';
import { sameAllowance } from '../earning/cut-steps.ts';
import type { Allowance } from '../earning/cut-steps.ts';
import type { WorthStep } from '../earning/definition.ts';
import { sameContent } from '../same-content.ts';
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
  /** When its points can be spent; null while that is not known. */
  readonly availableAt?: Moment | null;
  /** Points of it that expired; the books count on while something is decided. */
  readonly expired?: number;
  /** What limits and budgets left to it; null or left out where nothing limits it. */
  readonly allowance?: Allowance | null;
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
  /** What may be taken when points were spent; null for what the version of the award says. */
  readonly clawback: ClawbackPolicy | null;
  readonly allowance?: Allowance | null;
}

/**
 * Posts the difference.
 * @param upTo lets time pass in the books, so that each step finds them as they were at its moment
 * @returns the award as it is now, or null when nothing about it changed
 */
export function settle(
  books: Books,
  known: Award | null,
  target: Target,
  now: Moment,
  upTo: (moment: Moment) => void = () => undefined,
): Award | null {
  const due = stepDifferences(target.steps);
  const before = new Map(known?.steps.map(([step, points]) => [step, points]));
  const steps = new Set([...due.map(({ step }) => step), ...before.keys()]);
  let corrections = known?.corrections ?? 0;
  let posted = known?.posted ?? 0;
  // What a clawback had to leave is set off before anything more is given: no award pays twice.
  let untaken = posted - (known?.steps ?? []).reduce((sum, [, points]) => sum + points, 0);
  const expired = (): number => books.expired.get(sourceKey(target))?.points ?? 0;
  dateLots(books, target);

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
    const movement = movementOf(target, step, wanted, correction);
    upTo(movement.occurredAt);
    if (difference > 0) {
      const given = Math.max(0, difference - untaken);
      untaken -= difference - given;
      posted += given;
      if (given > 0) earn(books, movement, given, { availableAt: target.availableAt, now });
    } else {
      const gone = Math.max(0, expired() - Math.max(0, untaken));
      const left = reverse(books, movement, -difference, target.clawback ?? 'unlimited', gone);
      untaken += left;
      posted += difference + left;
    }
  }
  matureLots(books, target, now);
  const award: Award = {
    ...sourceOf(target),
    programmeVersion: target.programmeVersion,
    tierKey: target.tierKey,
    posted,
    steps: rememberedSteps(due, known?.steps ?? []),
    corrections,
    qualifies: target.qualifies,
    explanation: withUntaken(target.explanation, untaken, expired()),
    occurredAt: target.occurredAt,
    availableAt: target.availableAt,
    allowance: target.allowance ?? null,
  };
  return known && sameAward(known, award) ? null : award;
}

/** What a clawback could not take stays visible with the award. */
function withUntaken(explanation: Explanation, untaken: number, expired: number): Explanation {
  if (untaken <= 0 || (explanation.rule !== 'order' && explanation.rule !== 'fixed')) {
    return explanation;
  }
  const lapsed = Math.min(untaken, expired);
  return {
    ...explanation,
    ...(lapsed > 0 && { lapsed }),
    ...(untaken > lapsed && { waived: untaken - lapsed }),
  };
}

/** Whether the award is already what the target says; its points can be spent since it happened. */
export function isPosted(known: Award, target: Target): boolean {
  const due = stepDifferences(target.steps);
  const held = known.steps.filter(([, points]) => points !== 0);
  return (
    known.programmeVersion === target.programmeVersion &&
    known.tierKey === target.tierKey &&
    known.occurredAt === target.occurredAt &&
    sameContent(
      due.map(({ step, points, at }) => [step, points, at]),
      held,
    ) &&
    sameAllowance(known.allowance ?? null, target.allowance ?? null) &&
    sameContent(known.explanation, target.explanation)
  );
}

/** Pending points of the award get the date on which they mature. */
function dateLots(books: Books, target: Target): void {
  for (const lot of pendingLots(books, target)) {
    if (lot.availableAt === target.availableAt) continue;
    lot.availableAt = target.availableAt;
    touch(books, lot);
  }
}

function matureLots(books: Books, target: Target, now: Moment): void {
  for (const lot of pendingLots(books, target)) {
    if (lot.availableAt === null || lot.availableAt > now) continue;
    mature(books, lot, maturing(lot, lot.lot, lot.availableAt));
  }
}

function pendingLots(books: Books, target: Target): Lot[] {
  // Of thousands of lots most often none is pending.
  if (books.pending === 0) return [];
  return lotsOf(books, target).filter((lot) => lot.state === 'pending' && lot.remaining > 0);
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

function movementOf(
  target: Target,
  step: string,
  wanted: DueStep | undefined,
  correction: number,
): Movement {
  const left = wanted && wanted.points < 0 ? { of: wanted.given, remain: wanted.total } : {};
  return {
    ...sourceOf(target),
    key: `${keyOf(target)}:${step}${correction > 0 ? `:again${correction}` : ''}`,
    programmeVersion: target.programmeVersion,
    explanation: { rule: 'step', step, ...left },
    occurredAt: wanted?.at ?? target.occurredAt,
  };
}

function keyOf(source: Source): string {
  return `${source.sourceKind}:${source.sourceId}:${source.ruleKey}`;
}

function sourceOf({ sourceKind, sourceId, ruleKey }: Source): Source {
  return { sourceKind, sourceId, ruleKey };
}

interface DueStep {
  readonly step: string;
  readonly points: number;
  readonly at: Moment;
  /** What is due with it and all before, and what all of them gave, whatever was taken. */
  readonly total: number;
  readonly given: number;
}

/** From running totals to what each step changes; steps that change nothing are left out. */
function stepDifferences(steps: readonly WorthStep[]): DueStep[] {
  let [before, given] = [0, 0];
  return steps.flatMap(({ step, total, at }) => {
    const points = total - before;
    before = total;
    given += Math.max(0, points);
    return points === 0 ? [] : [{ step, points, at, total, given }];
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

export { sourceKey as awardKey };

function sameAward(a: Award, b: Award): boolean {
  return (
    a.posted === b.posted &&
    a.corrections === b.corrections &&
    a.tierKey === b.tierKey &&
    a.programmeVersion === b.programmeVersion &&
    a.availableAt === b.availableAt &&
    JSON.stringify(a.steps) === JSON.stringify(b.steps) &&
    sameAllowance(a.allowance ?? null, b.allowance ?? null) &&
    sameContent(a.explanation, b.explanation)
  );
}

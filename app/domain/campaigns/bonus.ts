/**
 * Points that a campaign gives beside what ways to earn give: once for an order, or for every piece
 * that fits. They are an award of the order of their own, so refunds, edits and cancellations take them
 * back as they take any other.
 */
import { isForLine } from './campaign.ts';
import type { CampaignTerms } from './campaign.ts';
import { amountsOf, isOn, reaches, turnFor } from './running.ts';
import type { CampaignContext, OrderFact } from './running.ts';
import { asksForTurn } from './turns.ts';
import { outsideOf } from '../earning/audience.ts';
import { drawOf } from '../earning/budgets.ts';
import type { Budgets, Draw, Draws } from '../earning/budgets.ts';
import { remembered } from '../earning/cut-steps.ts';
import type { Earned } from '../earning/earn.ts';
import { refusal, whyUndone } from '../earning/order-rule.ts';
import { multiply, ratio, wholePoints } from '../money/rational.ts';
import { allGivenBack } from '../orders/order-amounts.ts';
import { courseOf } from '../orders/order-course.ts';
import type { KeptLine, OrderStage } from '../orders/order-course.ts';
import type { Explanation, NothingReason } from '../points/explanation.ts';

export interface BonusContext extends CampaignContext {
  readonly version: number;
  readonly currency: string;
  /** What an edit added under another version: an order is placed only once. */
  readonly isAdded: boolean;
  readonly budgets: Budgets;
  /** What the award of this key drew before. */
  readonly drawn: (ruleKey: string) => Draws;
}

/** No rule's key has a slash in it. */
export function bonusKey(campaignKey: string): string {
  return `campaign/${campaignKey}`;
}

/** Each is to be posted before the next is asked for: they share budgets. */
export function* bonusesOf(
  campaigns: readonly CampaignTerms[],
  order: OrderFact,
  context: BonusContext,
): Generator<{ readonly key: string; readonly earned: Earned }> {
  if (refusal(order.snapshot, context)) return;
  const amounts = amountsOf(order);
  for (const campaign of campaigns) {
    if (campaign.bonus.points === 0) continue;
    if (context.isAdded && campaign.bonus.per === 'order') continue;
    if (!isOn(campaign, order, context)) continue;
    const course = courseOf(order.facts, order.snapshot, order.portion);
    if (!course.some(({ lines }) => lines.some((part) => part.came > 0 && isIt(campaign, part)))) {
      continue;
    }
    const reached = course.map((_, step) => reaches(campaign.minimumMinor, amounts, step));
    yield {
      key: bonusKey(campaign.key),
      earned: earnedOf(campaign, order, course, reached, context),
    };
  }
}

function isIt(campaign: CampaignTerms, { line }: Pick<KeptLine, 'line'>): boolean {
  return isForLine(campaign, line);
}

function earnedOf(
  campaign: CampaignTerms,
  order: OrderFact,
  course: readonly OrderStage[],
  reached: readonly boolean[],
  context: BonusContext,
): Earned {
  const { key, bonus } = campaign;
  const pieces = course.map((stage) => keptPieces(campaign, stage));
  const wanted = pieces.map((count, step) =>
    reached[step] === true
      ? wholePoints(
          multiply(ratio(bonus.points), ratio(bonus.per === 'piece' ? count : Math.min(1, count))),
        )
      : 0,
  );
  const outside = outsideOf(campaign.audience, context.member);
  const noTurn = !outside && asksForTurn(campaign) ? turnFor(campaign, order, context) : null;
  const due = (outside ?? noTurn) ? wanted.map(() => 0) : wanted;
  const { totals, draw, cut } = granted(campaign, due, context);
  const points = totals.at(-1) ?? 0;
  const because =
    outside ??
    noTurn ??
    (cut > 0 ? 'limit-reached' : whyNothing(order, pieces.at(-1) ?? 0, reached.at(-1) === true));
  const last = course.at(-1);
  const explanation: Explanation = {
    rule: 'fixed',
    programmeVersion: context.version,
    ruleName: campaign.name,
    because: bonus.per === 'piece' ? 'piece-bonus' : 'order-bonus',
    ...(bonus.per === 'piece' && {
      each: bonus.points,
      lines: last ? linesOf(campaign, last) : [],
    }),
    ...(cut > 0 && {
      limits: [
        { limit: 'budget', most: campaign.budgetPoints ?? 0, name: campaign.name, cut } as const,
      ],
    }),
    ...(points === 0 && { nothingBecause: because }),
    points,
  };
  const adds: Record<string, number> = points > 0 ? { [key]: points } : {};
  const turns: Record<string, boolean> =
    !outside && asksForTurn(campaign) ? { [key]: noTurn === null } : {};
  const draws: Draws = draw && draw.asked > 0 ? { [key]: draw } : {};
  return {
    steps: course.map(({ step, at }, index) => ({ step, at, total: totals[index] ?? 0 })),
    explanation,
    allowance: {
      ...{ most: Math.max(0, ...due), last: due.at(-1) ?? 0, room: null, by: null },
      ...{ draws, ...remembered(adds, turns) },
    },
  };
}

/** What the campaign's budget leaves of it. */
function granted(
  { key, budgetPoints }: CampaignTerms,
  wanted: readonly number[],
  { budgets, drawn }: BonusContext,
): { readonly totals: readonly number[]; readonly draw: Draw | null; readonly cut: number } {
  if (budgetPoints === null) return { totals: wanted, draw: null, cut: 0 };
  const before = drawn(bonusKey(key))[key];
  const draw = drawOf(budgets, { key, budgetPoints }, before, wanted);
  const totals = wanted.map((points, step) =>
    Math.min(points, step === wanted.length - 1 ? draw.held : Math.max(draw.granted, draw.held)),
  );
  return { totals, draw, cut: (wanted.at(-1) ?? 0) - (totals.at(-1) ?? 0) };
}

function keptPieces(campaign: CampaignTerms, stage: OrderStage): number {
  if (stage.nothingLeft || allGivenBack(stage)) return 0;
  return stage.lines.reduce((sum, part) => sum + (isIt(campaign, part) ? part.kept : 0), 0);
}

function linesOf(
  campaign: CampaignTerms,
  stage: OrderStage,
): { title: string; kept: number; ordered: number }[] {
  const nothing = keptPieces(campaign, stage) === 0;
  return stage.lines.flatMap((part) =>
    part.came > 0 && isIt(campaign, part)
      ? [{ title: part.line.title, kept: nothing ? 0 : part.kept, ordered: part.came }]
      : [],
  );
}

function whyNothing(
  { facts, snapshot }: OrderFact,
  pieces: number,
  reached: boolean,
): NothingReason {
  if (pieces === 0) return whyUndone(facts, snapshot) ?? 'nothing-eligible';
  return reached ? 'limit-reached' : 'below-minimum';
}

/** Which campaigns have a say in what something earns, on which of its lines and at which of its steps. */
import {
  isForLine,
  isFor,
  isFrom,
  looksAtOrders,
  multiplies,
  namesLines,
  runsAt,
} from './campaign.ts';
import type { CampaignTerms } from './campaign.ts';
import { asksForTurn } from './turns.ts';
import type { TurnOf } from './turns.ts';
import type { Beheld } from '../earning/audience.ts';
import type { EarningFact, Worth } from '../earning/definition.ts';
import { marketOf } from '../earning/markets.ts';
import type { Market } from '../earning/markets.ts';
import { add, compare, ratio, subtract, ZERO } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';
import { GOODS_ONLY, stageAmount } from '../orders/order-amounts.ts';
import { courseOf } from '../orders/order-course.ts';
import type { OrderStage } from '../orders/order-course.ts';
import type { OrderLine } from '../orders/order-facts.ts';
import type { Moment } from '../time/shop-time.ts';

export type OrderFact = Extract<EarningFact, { kind: 'order' }>;

/** What is known beside the fact. */
export interface CampaignContext {
  readonly at: Moment;
  readonly zone: string;
  readonly member: Beheld;
  readonly markets: readonly Market[];
  readonly testOrdersCount: boolean;
  readonly turnOf: TurnOf;
}

export interface RunningCampaign extends CampaignTerms {
  /** By step: whether the order comes to enough. */
  readonly active: readonly boolean[];
}

export interface Running {
  readonly campaigns: readonly RunningCampaign[];
  /** What those that ask for a turn were told, by their key. */
  readonly turns: Readonly<Record<string, boolean>>;
}

/** Those that multiply what this rule gives for the fact. */
export function multiplying(
  campaigns: readonly CampaignTerms[],
  rule: { readonly key: string },
  fact: EarningFact,
  steps: number,
  context: CampaignContext,
): Running {
  const order = fact.kind === 'order' ? fact : null;
  const amounts = amountsOf(order);
  const running: RunningCampaign[] = [];
  const turns: Record<string, boolean> = {};
  for (const campaign of campaigns) {
    if (!multiplies(campaign) || !isForRule(campaign, rule.key, order !== null)) continue;
    if (!isOn(campaign, order, context) || !isFor(campaign, context.member)) continue;
    if (order && asksForTurn(campaign)) {
      turns[campaign.key] = turnFor(campaign, order, context) === null;
      if (!turns[campaign.key]) continue;
    }
    const { minimumMinor } = campaign;
    const active = Array.from({ length: steps }, (_, step) => reaches(minimumMinor, amounts, step));
    running.push({ ...campaign, active });
  }
  return { campaigns: running, turns };
}

function isForRule(campaign: CampaignTerms, rule: string, looksAtOrder: boolean): boolean {
  if (!looksAtOrder && looksAtOrders(campaign)) return false;
  return campaign.rules.length === 0 ? looksAtOrder : campaign.rules.includes(rule);
}

/** By moment, market and channel; the rest depends on the member, the lines and on other orders. */
export function isOn(
  campaign: CampaignTerms,
  order: OrderFact | null,
  { at, zone, markets }: Pick<CampaignContext, 'at' | 'zone' | 'markets'>,
): boolean {
  if (!runsAt(campaign, at, zone)) return false;
  if (!order) return true;
  const market = campaign.when.markets.length > 0 ? marketOf(markets, order.snapshot) : null;
  return isFrom(campaign, order.snapshot, market?.key ?? null);
}

export function turnFor(
  campaign: CampaignTerms,
  { facts, snapshot }: OrderFact,
  { turnOf, testOrdersCount }: Pick<CampaignContext, 'turnOf' | 'testOrdersCount'>,
): ReturnType<TurnOf> {
  const placed = { orderId: facts.id, placedAt: snapshot.placedAt };
  return turnOf(campaign, placed, testOrdersCount);
}

/** What the goods of the whole order come to, stage by stage; worked out once, and only if asked for. */
export function amountsOf(order: OrderFact | null): () => readonly Rational[] {
  let amounts: readonly Rational[] | null = null;
  return () =>
    (amounts ??= order
      ? courseOf(order.facts, order.snapshot).map((stage) => goodsOf(stage, order))
      : []);
}

function goodsOf(stage: OrderStage, { snapshot }: OrderFact): Rational {
  return stageAmount(stage, snapshot, GOODS_ONLY, (line) => !line.giftCard);
}

export function reaches(
  minimumMinor: number | null,
  amounts: () => readonly Rational[],
  step: number,
): boolean {
  if (minimumMinor === null) return true;
  return compare(amounts()[step] ?? ZERO, ratio(minimumMinor)) >= 0;
}

/** A part of what something is worth, on which the same campaigns lie. */
export interface Share {
  /** Worth in points at each step, before any multiplier. */
  readonly exact: readonly Rational[];
  /** Keys of campaigns. */
  readonly campaigns: ReadonlySet<string>;
  /** Titles of its lines; empty for all that no campaign names. */
  readonly titles: readonly string[];
}

/** The first share is what no campaign names, be it lines or shipping; campaigns for all lie on every one. */
export function sharesOf(
  worth: Worth,
  fact: EarningFact,
  campaigns: readonly RunningCampaign[],
): readonly Share[] {
  const whole = worth.steps.map(({ exact, total }) => exact ?? ratio(total));
  const general = campaigns.filter((campaign) => !namesLines(campaign)).map(({ key }) => key);
  const particular = campaigns.filter(namesLines);
  if (particular.length === 0 || fact.kind !== 'order') {
    return [{ exact: whole, campaigns: new Set(general), titles: [] }];
  }
  const byLine = worth.byLine?.() ?? [];
  const groups = Map.groupBy(fact.snapshot.lines, (line) => keysFor(particular, line).join(' '));
  const shares = [...groups].flatMap(([keys, lines]): Share[] => {
    if (keys === '') return [];
    const earning = lines.filter(({ id }) => byLine.some((step) => step.has(id)));
    if (earning.length === 0) return [];
    return [
      {
        exact: whole.map((_, step) =>
          earning.map(({ id }) => byLine[step]?.get(id) ?? ZERO).reduce(add, ZERO),
        ),
        campaigns: new Set([...general, ...keys.split(' ')]),
        titles: earning.map(({ title }) => title),
      },
    ];
  });
  const rest = whole.map((exact, step) =>
    shares.map((share) => share.exact[step] ?? ZERO).reduce(subtract, exact),
  );
  return [{ exact: rest, campaigns: new Set(general), titles: [] }, ...shares];
}

function keysFor(campaigns: readonly RunningCampaign[], line: OrderLine): string[] {
  return campaigns.filter((campaign) => isForLine(campaign, line)).map(({ key }) => key);
}

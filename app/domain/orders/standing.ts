/**
 * A member's order in a nutshell: what tiers, badges and challenges need of it. Kept beside the
 * facts, so that deciding about a member never reads the full facts of all their orders.
 */
import { allGivenBack, GOODS_ONLY, stageAmount } from './order-amounts.ts';
import { courseOf } from './order-course.ts';
import type { OrderStage } from './order-course.ts';
import type { OrderFacts } from './order-facts.ts';
import { floor } from '../money/rational.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Standing {
  readonly orderId: string;
  readonly placedAt: Moment;
  /** Paid, and in the shop's currency. */
  readonly counts: boolean;
  readonly test: boolean;
  /** Changes of what the order is worth to tiers: [moment, minor units, orders]. */
  readonly changes: readonly (readonly [Moment, number, number])[];
  /** Traits of each kept line that is no gift card. */
  readonly kept: readonly KeptTraits[];
  /** Products of which nothing is kept any more, and since when; left out where there are none. */
  readonly gone?: readonly (readonly [product: string, at: Moment])[];
}

export interface KeptTraits {
  readonly product: string | null;
  readonly category: string | null;
  readonly type: string | null;
  readonly vendor: string | null;
  readonly collections: readonly string[];
  /** Pieces that were kept. */
  readonly quantity: number;
  readonly subscription: boolean;
}

/** @returns null while only refunds of the order are known. */
export function standingOf(facts: OrderFacts, shopCurrency: string): Standing | null {
  const { snapshot } = facts;
  if (!snapshot) return null;
  const changes: [Moment, number, number][] = [];
  let spend = 0;
  let orders = 0;
  const course = courseOf(facts, snapshot);
  for (const stage of course) {
    const goods = stageAmount(stage, snapshot, GOODS_ONLY, (line) => !line.giftCard);
    const isOrder = somethingKept(stage) ? 1 : 0;
    const minor = floor(goods);
    if (minor !== spend || isOrder !== orders) {
      changes.push([stage.at, minor - spend, isOrder - orders]);
    }
    spend = minor;
    orders = isOrder;
  }
  const last = course.at(-1);
  const gone = goneProducts(course);
  return {
    orderId: facts.id,
    placedAt: snapshot.placedAt,
    counts: facts.paidAt !== null && snapshot.currency === shopCurrency,
    test: snapshot.test,
    changes,
    kept:
      !last || !somethingKept(last)
        ? []
        : last.lines.filter(({ kept, line }) => kept > 0 && !line.giftCard).map(keptTraits),
    ...(gone.length > 0 && { gone }),
  };
}

function goneProducts(course: readonly OrderStage[]): [string, Moment][] {
  const gone: [string, Moment][] = [];
  let before = new Set<string>();
  for (const stage of course) {
    const kept = new Set(
      !somethingKept(stage)
        ? []
        : stage.lines.flatMap(({ kept, line }) =>
            kept > 0 && !line.giftCard ? (line.productId ?? []) : [],
          ),
    );
    for (const product of before) if (!kept.has(product)) gone.push([product, stage.at]);
    before = kept;
  }
  return gone;
}

function somethingKept(stage: OrderStage): boolean {
  return !stage.nothingLeft && stage.lines.some(({ kept }) => kept > 0) && !allGivenBack(stage);
}

function keptTraits({ line, kept }: OrderStage['lines'][number]): KeptTraits {
  const traits = line.product;
  return {
    product: line.productId,
    category: traits?.category ?? null,
    type: traits?.type ?? null,
    vendor: traits?.vendor ?? line.vendor,
    collections: traits?.collectionIds ?? [],
    quantity: kept,
    subscription: line.subscription,
  };
}

/**
 * A member's order in a nutshell: what tiers, badges and challenges need of it. Kept beside the
 * facts, so that deciding about a member never reads the full facts of all their orders.
 */
import { allGivenBack, GOODS_ONLY, stageAmount } from './order-amounts.ts';
import { courseOf } from './order-course.ts';
import type { OrderStage } from './order-course.ts';
import type { OrderFacts, ProductTraits } from './order-facts.ts';
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
}

export interface KeptTraits {
  readonly product: string | null;
  readonly category: string | null;
  readonly type: string | null;
  readonly vendor: string | null;
  readonly collections: readonly string[];
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
  return {
    orderId: facts.id,
    placedAt: snapshot.placedAt,
    counts: facts.paidAt !== null && snapshot.currency === shopCurrency,
    test: snapshot.test,
    changes,
    kept:
      !last || !somethingKept(last)
        ? []
        : last.lines
            .filter(({ kept, line }) => kept > 0 && !line.giftCard)
            .map(({ line }) => keptTraits(line.productId, line.vendor, line.product)),
  };
}

function somethingKept(stage: OrderStage): boolean {
  return !stage.nothingLeft && stage.lines.some(({ kept }) => kept > 0) && !allGivenBack(stage);
}

function keptTraits(
  product: string | null,
  vendor: string | null,
  traits: ProductTraits | null,
): KeptTraits {
  return {
    product,
    category: traits?.category ?? null,
    type: traits?.type ?? null,
    vendor: traits?.vendor ?? vendor,
    collections: traits?.collectionIds ?? [],
  };
}

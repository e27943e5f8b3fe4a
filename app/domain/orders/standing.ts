/**
 * A member's order in a nutshell: what tiers, badges and challenges need of it. Kept beside the
 * facts, so that deciding about a member never reads the full facts of all their orders.
 */
import { allGivenBack, GOODS_ONLY, stageAmount } from './order-amounts.ts';
import { courseOf } from './order-course.ts';
import type { OrderStage } from './order-course.ts';
import { momentsOfAdditions } from './edits.ts';
import type { OrderFacts, OrderSnapshot } from './order-facts.ts';
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
  /** Pieces of products that are no gift cards, by when they came and went. */
  readonly pieces?: readonly Pieces[];
}

/** Pieces of one line that were there from and until the same moments. */
export type Pieces = readonly [
  lineId: string,
  product: string | null,
  variant: string | null,
  quantity: number,
  /** When they came and were paid. */
  from: Moment,
  /** When they were given back; null while they are kept. */
  lostAt: Moment | null,
];

export interface KeptTraits {
  readonly product: string | null;
  readonly category: string | null;
  readonly type: string | null;
  readonly vendor: string | null;
  readonly collections: readonly string[];
  /** Left out where there are none. */
  readonly tags?: readonly string[];
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
  const pieces = piecesOf(facts, snapshot, course);
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
            .filter(({ kept, line }) => kept > 0 && !line.giftCard && !line.tip)
            .map(keptTraits),
    ...(pieces.length > 0 && { pieces }),
  };
}

function piecesOf(
  facts: OrderFacts,
  snapshot: OrderSnapshot,
  whole: readonly OrderStage[],
): Pieces[] {
  const additions = momentsOfAdditions(facts, snapshot);
  if (additions.size === 0) return piecesIn(whole, whole, cameAt(facts, snapshot.placedAt));
  return [null, ...additions].flatMap((addedAt) => {
    const course = courseOf(facts, snapshot, (at) => at === addedAt);
    return piecesIn(course, whole, cameAt(facts, addedAt ?? snapshot.placedAt));
  });
}

function cameAt({ paidAt }: OrderFacts, at: Moment): Moment {
  return Math.max(at, paidAt ?? at);
}

/** @param whole the course of all of the order: once nothing of it is kept, none of its parts is */
function piecesIn(
  course: readonly OrderStage[],
  whole: readonly OrderStage[],
  from: Moment,
): Pieces[] {
  return (course[0]?.lines ?? []).flatMap(({ line }, index) => {
    if (line.giftCard || (line.productId === null && line.variantId === null)) return [];
    const keptAt = whole.map((all, stage) =>
      somethingKept(all) ? (course[stage]?.lines[index]?.kept ?? 0) : 0,
    );
    return keptAt.flatMap((kept, stage): Pieces[] => {
      const after = keptAt[stage + 1];
      const lost = kept - (after ?? 0);
      const lostAt = after === undefined ? null : (whole[stage + 1]?.at ?? null);
      if (lost <= 0) return [];
      return [[line.id, line.productId, line.variantId, lost, from, lostAt]];
    });
  });
}

function somethingKept(stage: OrderStage): boolean {
  return (
    !stage.nothingLeft &&
    stage.lines.some(({ kept, line }) => kept > 0 && !line.tip) &&
    !allGivenBack(stage)
  );
}

function keptTraits({ line, kept }: OrderStage['lines'][number]): KeptTraits {
  const traits = line.product;
  return {
    product: line.productId,
    category: traits?.category ?? null,
    type: traits?.type ?? null,
    vendor: traits?.vendor ?? line.vendor,
    collections: traits?.collectionIds ?? [],
    ...(traits && traits.tags.length > 0 && { tags: traits.tags }),
    quantity: kept,
    subscription: line.subscription,
  };
}

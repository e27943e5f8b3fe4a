/** Products as orders need them: pinned to the lines when known, asked for when not. */
import type { OrderChange } from './decide-members.ts';
import type { OrderFacts, ProductTraits } from '../domain/orders/order-facts.ts';
import type { FactTidings } from '../domain/tidings.ts';
import type { WantedEffect } from '../storage/effects/effects.ts';
import type { StoredOrder } from '../storage/orders/lock-orders.ts';

export function productsWithoutTraits(orders: Iterable<StoredOrder>): string[] {
  return [...orders].flatMap(({ facts }) =>
    (facts.snapshot?.lines ?? []).flatMap(({ product, productId }) =>
      product ? [] : (productId ?? []),
    ),
  );
}

export function withTraits(
  facts: OrderFacts,
  traits: ReadonlyMap<string, ProductTraits>,
): OrderFacts {
  const { snapshot } = facts;
  if (!snapshot) return facts;
  const lines = snapshot.lines.map((line) => {
    const found = line.product ? undefined : traits.get(line.productId ?? '');
    return found ? { ...line, product: found } : line;
  });
  return { ...facts, snapshot: { ...snapshot, lines } };
}

/** A webhook tells a product without its collections: they are read anew. */
export function changedProducts(tidings: readonly FactTidings[]): WantedEffect[] {
  return tidings.flatMap((told) => {
    if (told.kind !== 'product' || !told.product.traits || told.product.traits.collectionIds)
      return [];
    const { productId } = told.product;
    return [
      {
        key: `look-up-product:${productId}`,
        kind: 'look-up-products',
        memberId: null,
        payload: { orderId: null, productIds: [productId] },
      },
    ];
  });
}

/** Lines whose product we do not know are looked up, and the order is then decided again. */
export function productLookUps(changed: readonly OrderChange[]): WantedEffect[] {
  return changed.flatMap(({ facts, memberId }) => {
    const productIds = (facts.snapshot?.lines ?? []).flatMap(({ product, productId }) =>
      product ? [] : (productId ?? []),
    );
    if (productIds.length === 0 || memberId === null) return [];
    return [
      {
        key: `look-up-products:${facts.id}`,
        kind: 'look-up-products',
        memberId,
        payload: { orderId: facts.id, productIds: [...new Set(productIds)] },
      },
    ];
  });
}

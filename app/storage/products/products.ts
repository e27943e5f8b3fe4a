import type pg from 'pg';
import type { ProductTraits } from '../../domain/orders/order-facts.ts';
import type { ProductTidings } from '../../domain/tidings.ts';
import { sortIds } from '../orders/lock-orders.ts';

/** A deleted product keeps its traits: orders of it may still be told. */
export async function writeProducts(
  client: pg.PoolClient,
  shopId: string,
  tidings: readonly ProductTidings[],
): Promise<void> {
  const rows = tidings
    .flatMap(({ productId, traits, updatedAt }) =>
      traits
        ? [{ product_id: productId, facts: traits, facts_at: new Date(updatedAt).toISOString() }]
        : [],
    )
    .sort((a, b) => (BigInt(a.product_id) < BigInt(b.product_id) ? -1 : 1));
  const newest = [...new Map(rows.map((row) => [row.product_id, row])).values()];
  if (newest.length === 0) return;
  await client.query({
    name: 'write-products',
    text: `INSERT INTO products AS p (shop_id, product_id, facts, facts_at)
      SELECT $1, w.product_id, w.facts, w.facts_at
      FROM jsonb_to_recordset($2::jsonb) AS w (product_id bigint, facts jsonb, facts_at timestamptz)
      ON CONFLICT (shop_id, product_id) DO UPDATE SET facts_at = EXCLUDED.facts_at,
        -- A webhook does not tell collections; the look-up that did is not forgotten.
        facts = CASE WHEN EXCLUDED.facts ? 'collectionIds' THEN EXCLUDED.facts
          WHEN p.facts ? 'collectionIds' THEN EXCLUDED.facts || jsonb_build_object('collectionIds', p.facts -> 'collectionIds')
          ELSE EXCLUDED.facts END
      WHERE EXCLUDED.facts_at >= p.facts_at`,
    values: [shopId, JSON.stringify(newest)],
  });
}

export async function readProducts(
  client: pg.PoolClient,
  shopId: string,
  productIds: Iterable<string>,
): Promise<Map<string, ProductTraits>> {
  const sorted = sortIds(productIds);
  if (sorted.length === 0) return new Map();
  const { rows } = await client.query<{ product_id: string; facts: Partial<ProductTraits> }>({
    name: 'read-products',
    text: `SELECT product_id, facts FROM products WHERE shop_id = $1 AND product_id = ANY($2::bigint[])`,
    values: [shopId, sorted],
  });
  return new Map(
    rows.flatMap(({ product_id, facts }) =>
      // Without its collections a product is known by half only, and is looked up.
      facts.collectionIds
        ? [
            [
              product_id,
              {
                category: facts.category ?? null,
                type: facts.type ?? null,
                vendor: facts.vendor ?? null,
                tags: facts.tags ?? [],
                collectionIds: facts.collectionIds,
              },
            ] as const,
          ]
        : [],
    ),
  );
}

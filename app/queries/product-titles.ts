import type { World } from '../world.ts';

/** Titles of products that we have heard of, by id. */
export async function productTitles(
  world: World,
  shopId: string,
  productIds: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const ids = productIds.filter((id) => /^\d{1,18}$/.test(id));
  if (ids.length === 0) return {};
  const { rows } = await world.db(shopId).query<{ product_id: string; title: string }>(
    `SELECT product_id, facts ->> 'title' AS title FROM products
      WHERE shop_id = $1 AND product_id = ANY($2::bigint[]) AND facts ? 'title'`,
    [shopId, ids],
  );
  return Object.fromEntries(rows.map((row) => [row.product_id, row.title]));
}

import type { World } from '../world.ts';

export interface NewestOrder {
  readonly name: string;
  readonly placedAt: number;
}

const MOST = 6;

/** Orders of the shop's own numbering, the newest first. */
export async function newestOrders(world: World, shopId: string): Promise<readonly NewestOrder[]> {
  const { rows } = await world.db(shopId).query<{ name: string; placed_at: Date }>(
    `SELECT name, placed_at FROM orders WHERE shop_id = $1 AND placed_at IS NOT NULL AND name IS NOT NULL
      ORDER BY placed_at DESC LIMIT $2`,
    [shopId, MOST],
  );
  return rows.map(({ name, placed_at: placedAt }) => ({ name, placedAt: placedAt.getTime() }));
}

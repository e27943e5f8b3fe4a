import type pg from 'pg';
import { readOrder } from './lock-orders.ts';
import type { OrderRow } from './lock-orders.ts';
import type { OrderFacts } from '../../domain/orders/order-facts.ts';

/**
 * Orders that bear a discount code, whoever placed them. It reads every order since then: asked only
 * where Shopify counts a use of a code and its member has no order with it.
 */
export async function ordersWithCode(
  pool: pg.Pool,
  shopId: string,
  code: string,
  since: Date,
): Promise<readonly OrderFacts[]> {
  const { rows } = await pool.query<OrderRow>(
    `SELECT order_id, member_id, facts, pinned FROM orders
      WHERE shop_id = $1 AND placed_at >= $2 AND strpos(lower(facts::text), lower($3)) > 0
      ORDER BY placed_at, order_id`,
    [shopId, since, code],
  );
  const isIts = ({ snapshot }: OrderFacts): boolean =>
    snapshot?.discountCodes.some((use) => use.code.toLowerCase() === code.toLowerCase()) ?? false;
  return rows.map((row) => readOrder(row).facts).filter(isIts);
}

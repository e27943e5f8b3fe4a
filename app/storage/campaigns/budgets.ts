/**
 * What is drawn of the budgets of campaigns. The rows are locked last, sorted by their key, and only
 * where somebody may draw: awards of one campaign with a budget wait for each other, others never.
 * Whatever is written of awards keeps them up by a trigger.
 */
import type pg from 'pg';
import type { Budgets } from '../../domain/earning/budgets.ts';

export async function lockBudgets(
  client: pg.PoolClient,
  shopId: string,
  keys: Iterable<string>,
): Promise<Budgets> {
  const sorted = [...new Set(keys)].sort();
  if (sorted.length === 0) return { held: new Map() };
  await client.query({
    name: 'make-budgets',
    text: `INSERT INTO campaign_budgets (shop_id, campaign_key)
      SELECT $1, key FROM unnest($2::text[]) AS key ORDER BY key
      ON CONFLICT (shop_id, campaign_key) DO NOTHING`,
    values: [shopId, sorted],
  });
  return readRows(client, shopId, sorted, 'FOR UPDATE');
}

export async function readBudgets(
  client: pg.PoolClient,
  shopId: string,
  keys: Iterable<string>,
): Promise<Budgets> {
  const sorted = [...new Set(keys)].sort();
  return sorted.length === 0 ? { held: new Map() } : readRows(client, shopId, sorted, '');
}

async function readRows(
  client: pg.PoolClient,
  shopId: string,
  keys: readonly string[],
  lock: '' | 'FOR UPDATE',
): Promise<Budgets> {
  const { rows } = await client.query<{ campaign_key: string; held: string }>({
    name: `read-budgets${lock}`,
    text: `SELECT campaign_key, held FROM campaign_budgets
      WHERE shop_id = $1 AND campaign_key = ANY($2::text[]) ORDER BY campaign_key ${lock}`,
    values: [shopId, keys],
  });
  return { held: new Map(rows.map((row) => [row.campaign_key, Number(row.held)])) };
}

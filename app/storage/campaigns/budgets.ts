/**
 * What is drawn of the budgets of campaigns. The rows are locked last, sorted by their key, all that a
 * transaction needs at once, and only where somebody may draw: awards of one campaign with a budget
 * wait for each other, others never. Whoever writes awards writes here what they hold more or less.
 */
import type pg from 'pg';
import { invariant } from '../../domain/invariant.ts';
import type { Budgets } from '../../domain/earning/budgets.ts';
import type { Allowance } from '../../domain/earning/cut-steps.ts';
import type { KeptRow } from '../members/merges.ts';

export type OpenBudgets = typeof readBudgets;

export interface BudgetsInHand {
  readonly open: OpenBudgets;
  /** Beside the awards that drew: in the transaction that opened them. */
  readonly write: (client: pg.PoolClient, shopId: string) => Promise<void>;
}

/** @param moved what awards hold more or less that were put back or deleted before, by key */
export function budgetsInHand(moved: ReadonlyMap<string, number> = new Map()): BudgetsInHand {
  let budgets: Budgets = { held: new Map() };
  let before: ReadonlyMap<string, number> = new Map();
  return {
    open: async (client, shopId, keys) => {
      budgets = await lockBudgets(client, shopId, [...keys, ...moved.keys()]);
      before = new Map(budgets.held);
      for (const [key, points] of moved) {
        budgets.held.set(key, (budgets.held.get(key) ?? 0) + points);
      }
      return budgets;
    },
    write: async (client, shopId) => {
      const drawn = [...budgets.held].flatMap(([key, held]) => {
        const points = held - (before.get(key) ?? 0);
        return points === 0 ? [] : [{ key, points }];
      });
      if (drawn.length === 0) return;
      const { rowCount } = await client.query({
        name: 'write-budgets',
        text: `UPDATE campaign_budgets b SET held = b.held + w.points
          FROM unnest($2::text[], $3::bigint[]) AS w (key, points) WHERE b.shop_id = $1 AND b.campaign_key = w.key`,
        values: [shopId, drawn.map(({ key }) => key), drawn.map(({ points }) => points)],
      });
      invariant(rowCount === drawn.length, 'a budget is locked before it is drawn on');
    },
  };
}

/** What these rows of awards hold of budgets, by key; negative where they go. */
export function heldBy(awards: readonly KeptRow[], way: 'come' | 'go'): Map<string, number> {
  const moved = new Map<string, number>();
  for (const row of awards) {
    const allowance = row['allowance'] as Allowance | null;
    for (const [key, { held }] of Object.entries(allowance?.draws ?? {})) {
      moved.set(key, (moved.get(key) ?? 0) + (way === 'come' ? held : -held));
    }
  }
  return moved;
}

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

/** As if one member had never drawn: for whoever decides about all that they did anew. */
export function budgetsWithout(memberId: string): OpenBudgets {
  return async (client, shopId, keys) => {
    const budgets = await readBudgets(client, shopId, keys);
    const { rows } = await client.query<KeptRow>({
      name: 'read-draws-of-member',
      text: `SELECT allowance FROM awards WHERE shop_id = $1 AND member_id = $2 AND allowance IS NOT NULL`,
      values: [shopId, memberId],
    });
    const held = new Map(budgets.held);
    for (const [key, points] of heldBy(rows, 'go')) held.set(key, (held.get(key) ?? 0) + points);
    return { held };
  };
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

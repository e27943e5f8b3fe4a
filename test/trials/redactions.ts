/** Trial R18: after erasures in the middle of everything nothing of the person is left, nor of a shop. */
import type { TrialWorld } from './trial-world.ts';

/** In which tables, and how often, anything of these people still stands. */
export async function tracesOf(
  here: TrialWorld,
  tables: readonly string[],
  customerIds: readonly string[],
): Promise<string[]> {
  const emails = customerIds.map((id) => `%c${id}@trial.example%`);
  const found: string[] = [];
  for (const table of tables) {
    // Bodies are bytes, which a row's text would show as hex.
    const text = table === 'deliveries' ? `convert_from(t.body, 'UTF8')` : 't::text';
    const [row] = await here.rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${table} t WHERE ${text} LIKE ANY ($1::text[])`,
      [emails],
    );
    if (row && row.n > 0) found.push(`${table}: ${row.n}`);
  }
  return found;
}

/** Tables in which there are rows of the shop. */
export async function tablesWith(
  here: TrialWorld,
  tables: readonly string[],
  shopId: string,
): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    const rows = await here.rows(`SELECT 1 FROM ${table} WHERE shop_id = $1 LIMIT 1`, [shopId]);
    if (rows.length > 0) found.push(table);
  }
  return found;
}

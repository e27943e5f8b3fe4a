/** Of which rewards a member does not meet the conditions, by what is known now. */
import type pg from 'pg';
import { segmentSql } from './segment-sql.ts';
import type { Segment } from '../../domain/segments/segment.ts';

export interface Conditioned {
  readonly key: string;
  readonly item: { readonly audience: { readonly segment: Segment } };
}

/** Where no reward has conditions, nobody is asked. */
export async function outsideSegments(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  memberId: string,
  rewards: readonly Conditioned[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const asking = rewards.filter(({ item }) => item.audience.segment.conditions.length > 0);
  if (asking.length === 0) return new Set();
  const values: unknown[] = [shopId, memberId];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const asked = asking.map(({ key, item }) => {
    const { segment } = item.audience;
    return `WHEN ${bind(key)} THEN (${segmentSql(segment, bind, now)})`;
  });
  const keys = bind(asking.map(({ key }) => key));
  const { rows } = await client.query<{ key: string }>(
    `SELECT w.key FROM members m CROSS JOIN unnest(${keys}::text[]) AS w (key)
      WHERE m.shop_id = $1 AND m.id = $2 AND (CASE w.key ${asked.join(' ')} END) IS NOT TRUE`,
    values,
  );
  return new Set(rows.map(({ key }) => key));
}

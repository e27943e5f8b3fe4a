import type pg from 'pg';
import type { KeptProgress } from '../../domain/storefront/figures.ts';

export interface MemberFigures {
  readonly id: string;
  readonly customerId: string;
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  readonly tierKey: string | null;
  readonly progress: readonly KeptProgress[];
}

/** Members that stand for a customer of the shop, with what the storefront shows of them. */
export async function readMemberFigures(
  pool: pg.Pool,
  shopId: string,
  memberIds: readonly string[],
): Promise<readonly MemberFigures[]> {
  const { rows } = await pool.query<{
    id: string;
    customer_id: string;
    available: string;
    pending: string;
    debt: string;
    tier_key: string | null;
    progress: (Omit<KeptProgress, 'until'> & { readonly until: string | null })[];
  }>({
    name: 'read-member-figures',
    text: `SELECT m.id, m.customer_id, m.available, m.pending, m.debt, m.tier_key, coalesce(p.rows, '[]') AS progress
      FROM members m LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('key', key, 'have', have, 'need', need, 'counted', counted,
          'completed', completed_at IS NOT NULL, 'until', until)) AS rows
        FROM progress WHERE shop_id = $1 AND member_id = m.id) p ON true
      WHERE m.shop_id = $1 AND m.id = ANY($2::uuid[]) AND m.customer_id IS NOT NULL AND m.state = 'active'`,
    values: [shopId, memberIds],
  });
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    available: Number(row.available),
    pending: Number(row.pending),
    debt: Number(row.debt),
    tierKey: row.tier_key,
    progress: row.progress.map((line) => ({
      ...line,
      until: line.until === null ? null : Date.parse(line.until),
    })),
  }));
}

/** What is kept beside other rows and follows from them: where lots began, and what a whole shop shares. */
import type pg from 'pg';
import type { Difference } from '../../domain/proof/difference.ts';
import type { Range } from './prove-rows.ts';

interface FollowingRow {
  readonly member_id: string | null;
  readonly law: string;
  readonly figure: string;
  readonly kept: string;
  readonly proved: string;
}

function differenceOf({ member_id: memberId, ...told }: FollowingRow): Difference {
  const { law, figure, kept, proved } = told;
  return { law, memberId, figure, kept, proved };
}

/** A lot says what its first entry says, an empty one too: clawbacks and points that come back find it by that. */
export async function proveLotOrigins(
  client: pg.PoolClient,
  shopId: string,
  { after, upTo }: Range,
): Promise<Difference[]> {
  const { rows } = await client.query<FollowingRow>({
    name: 'prove-lot-origins',
    text: `SELECT e.member_id, 'I5' AS law, 'source of lot ' || e.lot AS figure,
        concat_ws(' ', coalesce(l.source_kind, 'none'), l.source_id, l.rule_key, l.occurred_at) AS kept,
        concat_ws(' ', e.source_kind, e.source_id, e.rule_key, e.occurred_at) AS proved
      FROM entries e LEFT JOIN lots l ON l.shop_id = $1 AND l.member_id = e.member_id AND l.lot = e.lot
      WHERE e.shop_id = $1 AND e.member_id > $2 AND e.member_id <= $3 AND e.lot = e.seq
        AND (l.source_kind, l.source_id, l.rule_key, l.occurred_at)
          IS DISTINCT FROM (e.source_kind, e.source_id, e.rule_key, e.occurred_at)
      ORDER BY e.member_id, e.lot`,
    values: [shopId, after, upTo],
  });
  return rows.map(differenceOf);
}

/** Rows that lead nowhere, or that are missing: entries of nobody, members merged into nobody, budgets, the audit's head. */
export const ROWS_OF_ALL = `SELECT e.member_id::text AS member_id, 'I6' AS law, 'entries of nobody' AS figure, count(*)::text AS kept, '0' AS proved
      FROM entries e WHERE e.shop_id = $1
        AND NOT EXISTS (SELECT FROM members m WHERE m.shop_id = $1 AND m.id = e.member_id)
      GROUP BY e.member_id
      UNION ALL
      SELECT m.id::text, 'I12', 'member it was merged into', 'none', 'one' FROM members m
      WHERE m.shop_id = $1 AND m.state = 'merged'
        AND NOT EXISTS (SELECT FROM merges w WHERE w.shop_id = $1 AND w.gone_member_id = m.id AND w.undone_at IS NULL)
      UNION ALL
      SELECT m.id::text, 'I12', 'state of who was merged away', m.state, 'merged'
      FROM merges w JOIN members m ON m.shop_id = $1 AND m.id = w.gone_member_id
      WHERE w.shop_id = $1 AND w.undone_at IS NULL AND m.state NOT IN ('merged', 'redacted')
      UNION ALL
      SELECT w.kept_member_id::text, 'I12', 'merge ' || w.id, coalesce(a.member_id::text, 'leads nowhere'), w.kept_member_id::text
      FROM merges w JOIN members k ON k.shop_id = $1 AND k.id = w.kept_member_id AND k.state <> 'merged'
        LEFT JOIN member_aliases a ON a.shop_id = $1 AND a.merged_member_id = w.gone_member_id
      WHERE w.shop_id = $1 AND w.undone_at IS NULL AND k.state <> 'redacted' AND a.member_id IS DISTINCT FROM w.kept_member_id
      UNION ALL
      SELECT NULL, 'I8', 'drawn on the budget of ' || key, coalesce(b.held, 0)::text, coalesce(d.held, 0)::text
      FROM (SELECT campaign_key AS key, held FROM campaign_budgets WHERE shop_id = $1) b FULL JOIN (
        SELECT draw.key, sum((draw.value ->> 'held')::bigint) AS held
        FROM awards a, jsonb_each(coalesce(a.allowance -> 'draws', '{}')) AS draw WHERE a.shop_id = $1 GROUP BY draw.key
      ) d USING (key) WHERE coalesce(b.held, 0) <> coalesce(d.held, 0)
      UNION ALL
      SELECT NULL, 'I11', 'hash of audit head', 'none', 'of the last line' WHERE EXISTS (SELECT FROM audit WHERE shop_id = $1)
        AND NOT EXISTS (SELECT FROM audit_chains WHERE shop_id = $1)`;

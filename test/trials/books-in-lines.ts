/**
 * A shop's books, written so that two runs can be compared line by line. In it is everything that must
 * be the same however the facts arrived: balances, points ever earned, tiers and their dates, open lots
 * by what opened them, awards with their explanations, progress, and what each award came to by the
 * entries. Left out is what came and went (a badge, an entry reward that is worth 0 by now), and what truly depends on the order of arrival or on chance: ids, the number and
 * order of entries, moments of recording, what was told on the way; and, where members were merged, on
 * whose account an entry stands (entries are never moved, so what came before the merge stays behind).
 */
import type { TrialWorld } from './trial-world.ts';

export async function booksInLines(
  here: TrialWorld,
  shopId: string,
  without: readonly string[],
): Promise<string[]> {
  const parts = await Promise.all(
    Object.entries(FIGURES).map(async ([name, sql]) => {
      const rows = await here.rows(sql, [shopId, without]);
      return rows.map((row) => `${name} ${JSON.stringify(row)}`);
    }),
  );
  return parts.flat().sort();
}

const MEMBERS = `(SELECT * FROM members WHERE shop_id = $1 AND state = 'active'
    AND customer_id IS NOT NULL AND NOT customer_id::text = ANY ($2::text[]))`;

/** Whose account an entry concerns by now: that of the one who stayed. */
const OWNERS = `(SELECT m.id AS member_id, m.customer_id FROM ${MEMBERS} m
    UNION ALL SELECT g.gone_member_id, m.customer_id FROM merges g
      JOIN ${MEMBERS} m ON m.shop_id = g.shop_id AND m.id = g.kept_member_id)`;

const FIGURES: Readonly<Record<string, string>> = {
  member: `SELECT m.customer_id, m.state, m.available, m.pending, m.debt, m.earned_total, m.tier_key, m.tier_since,
      m.tier_due_at, m.membership, m.joined_at, m.joined_by FROM ${MEMBERS} m`,
  lot: `SELECT m.customer_id, l.source_kind, l.source_id, l.rule_key, l.state, sum(l.remaining) AS remaining,
      min(l.expires_at) AS expires_at
    FROM lots l JOIN ${MEMBERS} m ON m.id = l.member_id WHERE l.shop_id = $1 AND l.remaining > 0 GROUP BY 1, 2, 3, 4, 5`,
  award: `SELECT m.customer_id, a.source_kind, a.source_id, a.rule_key, a.programme_version, a.tier_key, a.posted,
      a.explanation, a.occurred_at, a.available_at
    FROM awards a JOIN ${MEMBERS} m ON m.id = a.member_id
    WHERE a.shop_id = $1 AND (a.posted <> 0 OR a.source_kind = 'order')`,
  progress: `SELECT m.customer_id, p.key, p.have, p.need, p.counted, p.completed_at
    FROM progress p JOIN ${MEMBERS} m ON m.id = p.member_id WHERE p.shop_id = $1`,
  issued: `SELECT o.customer_id, e.source_kind, e.source_id, e.rule_key,
      sum(CASE WHEN e.from_account = 'issued' THEN e.points WHEN e.to_account = 'issued' THEN -e.points ELSE 0 END) AS net
    FROM entries e JOIN ${OWNERS} o ON o.member_id = e.member_id WHERE e.shop_id = $1 AND e.kind <> 'merge'
    GROUP BY 1, 2, 3, 4 HAVING sum(CASE WHEN e.from_account = 'issued' THEN e.points
      WHEN e.to_account = 'issued' THEN -e.points ELSE 0 END) <> 0`,
  order: `SELECT order_id, customer_id, facts FROM orders WHERE shop_id = $1
      AND NOT customer_id::text = ANY ($2::text[])`,
  review: `SELECT review_id, facts FROM reviews WHERE shop_id = $1
      AND NOT coalesce(facts->>'customerId', '') = ANY ($2::text[])`,
};

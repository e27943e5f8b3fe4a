import type pg from 'pg';
import type { CountedAnswer } from '../../domain/quizzes/tally.ts';

/**
 * How a quiz was answered, by the rows as they are: whoever was merged counts once, whoever was erased not at
 * all. Many members answer alike, so equal answers are put together before they are taken apart.
 */
export async function countAnswers(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
  quizKey: string,
): Promise<readonly CountedAnswer[]> {
  const { rows } = await pool.query<{
    question: string | null;
    choice: string | null;
    members: string;
    weight: string;
  }>({
    name: 'count-answers',
    text: `WITH alike AS MATERIALIZED (
        SELECT content, count(*) AS members, count(*) * coalesce((content ->> '_weight')::bigint, 1) AS weight
        FROM activities WHERE shop_id = $1 AND kind = 'answers' AND activity_id = $2
          AND occurred_at IS NOT NULL AND withdrawn_at IS NULL
        GROUP BY content
      ), told AS MATERIALIZED (
        SELECT a.key AS question, a.value AS chosen, sum(members) AS members, sum(weight) AS weight
        FROM alike CROSS JOIN LATERAL jsonb_each_text(content) AS a WHERE a.key <> '_weight' GROUP BY 1, 2
      )
      SELECT NULL AS question, NULL AS choice, coalesce(sum(members), 0) AS members, coalesce(sum(weight), 0) AS weight
        FROM alike
      UNION ALL SELECT question, NULL, sum(members), sum(weight) FROM told GROUP BY 1
      UNION ALL SELECT question, c.choice, sum(members), sum(weight)
        FROM told CROSS JOIN LATERAL string_to_table(chosen, ' ') AS c (choice) GROUP BY 1, 2`,
    values: [shopId, quizKey],
  });
  return rows.map(({ question, choice, members, weight }) => ({
    ...{ question, choice, members: Number(members), weight: Number(weight) },
  }));
}

/** How many members have answered each quiz. */
export async function countQuizzes(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ activity_id: string; members: string }>(
    `SELECT activity_id, count(*) AS members FROM activities
      WHERE shop_id = $1 AND kind = 'answers' AND occurred_at IS NOT NULL AND withdrawn_at IS NULL GROUP BY 1`,
    [shopId],
  );
  return new Map(rows.map((row) => [row.activity_id, Number(row.members)]));
}

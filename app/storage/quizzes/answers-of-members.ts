import type pg from 'pg';
import type { ActivityContent } from '../../domain/activities/activity.ts';
import { answersIn } from '../../domain/quizzes/answers.ts';
import type { Answers } from '../../domain/quizzes/answers.ts';

export interface AnswersOfMember {
  readonly customerId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly answeredAt: number;
  readonly answers: Answers;
}

/** Who answered what, the newest first. */
export async function answersOfMembers(
  client: pg.PoolClient,
  shopId: string,
  quizKey: string,
  most: number,
): Promise<readonly AnswersOfMember[]> {
  const { rows } = await client.query<{
    customer_id: string | null;
    name: string | null;
    email: string | null;
    told_at: Date;
    content: ActivityContent;
  }>(
    `SELECT m.customer_id, m.name, m.email, a.told_at, a.content FROM activities a
      JOIN members m ON m.shop_id = $1 AND m.id = a.member_id
      WHERE a.shop_id = $1 AND a.kind = 'answers' AND a.activity_id = $2 AND a.occurred_at IS NOT NULL
        AND a.withdrawn_at IS NULL
      ORDER BY a.told_at DESC, a.member_id LIMIT $3`,
    [shopId, quizKey, most],
  );
  return rows.map((row) => ({
    ...{ customerId: row.customer_id, name: row.name, email: row.email },
    ...{ answeredAt: row.told_at.getTime(), answers: answersIn(row.content) },
  }));
}

import type pg from 'pg';
import type { Movement } from '../../domain/points/books.ts';

/** An adjustment is an award, too: ladders that climb by points count it when the agent says so. */
export async function writeAdjustmentAward(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  adjustment: {
    readonly movement: Movement;
    readonly points: number;
    readonly qualifies: boolean;
    readonly at: Date;
  },
): Promise<void> {
  const { movement, points, qualifies, at } = adjustment;
  await client.query(
    `INSERT INTO awards (shop_id, member_id, source_kind, source_id, rule_key, programme_version, posted, steps,
        qualifies, explanation, occurred_at)
      VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10)`,
    [
      shopId,
      memberId,
      movement.sourceKind,
      movement.sourceId,
      movement.ruleKey,
      points,
      JSON.stringify([['earn', points, at.getTime()]]),
      qualifies,
      JSON.stringify(movement.explanation),
      at,
    ],
  );
}

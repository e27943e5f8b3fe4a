/** Who joined challenges: the first so many take part in those that only so many can join. */
import type pg from 'pg';

/** How many joined each of these rounds, by "key@round". */
export async function countJoined(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  rounds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (rounds.length === 0) return new Map();
  const { rows } = await client.query<{ activity_id: string; members: string }>({
    name: 'count-joined',
    text: `SELECT activity_id, count(*) AS members FROM activities
      WHERE shop_id = $1 AND kind = 'challenge-joined' AND activity_id = ANY($2::text[]) GROUP BY activity_id`,
    values: [shopId, rounds],
  });
  return new Map(rows.map((row) => [row.activity_id, Number(row.members)]));
}

/** Held to the end of the transaction, before anybody's row is locked: whoever comes next waits, in the order of arrival. */
export async function lockPlaces(
  client: pg.PoolClient,
  shopId: string,
  round: string,
): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `challenge ${shopId} ${round}`,
  ]);
}

/** Facts and awards of a member that was merged away become the survivor's. */
import type pg from 'pg';
import { takeOverActivities } from '../activities/activities.ts';
import { moveBoards } from '../leaderboards/move-boards.ts';
import { moveReferrals } from '../referrals/move-referrals.ts';
import { copyTraces } from '../referrals/referral-traces.ts';
import type { KeptRow, Moved } from './merges.ts';

interface Pair {
  readonly kept: string;
  readonly gone: string;
}

/** What the clawback policy left of a bonus that both had. */
export interface WaivedTwice {
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly ruleKey: string;
  readonly points: number;
}

interface Merged extends Pair {
  readonly customerId: string | null;
  readonly named: boolean;
  readonly at: Date;
  readonly waived: readonly WaivedTwice[];
}

/** @returns what moved, so that it can be moved back */
export async function moveHistory(
  client: pg.PoolClient,
  shopId: string,
  merged: Merged,
): Promise<Moved> {
  const { kept, gone, at } = merged;
  const ask = async <R extends pg.QueryResultRow>(text: string): Promise<R[]> =>
    (await client.query<R>(text, [shopId, gone, kept])).rows;
  const orders = await ask<{ order_id: string }>(
    `UPDATE orders SET member_id = $3 WHERE shop_id = $1 AND member_id = $2 RETURNING order_id`,
  );
  const reviews = await ask<{ provider: string; review_id: string }>(
    `UPDATE reviews SET member_id = $3 WHERE shop_id = $1 AND member_id = $2 RETURNING provider, review_id`,
  );
  const grants = await ask<{ id: string }>(
    `UPDATE tier_grants SET member_id = $3 WHERE shop_id = $1 AND member_id = $2 RETURNING id`,
  );
  const activities = await bothRows(client, shopId, merged, 'activities', 'kind, activity_id');
  await takeOverActivities(client, shopId, { kept, gone, at });
  const logins = await bothRows(client, shopId, merged, 'member_logins', 'email_key');
  await moveLogins(client, shopId, merged);
  const referrals = await moveReferrals(client, shopId, { from: gone, to: kept });
  await copyTraces(client, shopId, { kept, gone });
  const boards = await moveBoards(client, shopId, { from: gone, to: kept });
  const redemptions = await moveRedemptions(client, shopId, merged);
  const { once, awards } = await moveAwards(client, shopId, merged);
  await ask(`DELETE FROM progress WHERE shop_id = $1 AND member_id = $2 AND member_id <> $3`);
  const aliases = await ask<{ customer_id: string }>(
    `UPDATE member_aliases SET member_id = $3 WHERE shop_id = $1 AND member_id = $2 RETURNING customer_id`,
  );
  await leave(client, shopId, merged);
  return {
    orders: orders.map((row) => row.order_id),
    reviews: reviews.map((row) => [row.provider, row.review_id] as const),
    grants: grants.map((row) => row.id),
    aliases: aliases.map((row) => row.customer_id),
    ...{ activities, logins, redemptions, once, awards, referrals, boards },
  };
}

/** Rows of both as they are before one takes over the other's: for the survivor only those that both have. */
async function bothRows(
  client: pg.PoolClient,
  shopId: string,
  { kept, gone }: Pair,
  table: 'activities' | 'member_logins',
  key: string,
): Promise<{ gone: readonly KeptRow[]; kept: readonly KeptRow[] }> {
  const { rows } = await client.query<{ own: boolean; row: KeptRow }>(
    `SELECT t.member_id = $3 AS own, to_jsonb(t) - 'shop_id' AS row FROM ${table} t WHERE t.shop_id = $1
        AND (t.member_id = $2 OR (t.member_id = $3 AND (${key}) IN
          (SELECT ${key} FROM ${table} WHERE shop_id = $1 AND member_id = $2)))`,
    [shopId, gone, kept],
  );
  return {
    gone: rows.filter(({ own }) => !own).map(({ row }) => row),
    kept: rows.filter(({ own }) => own).map(({ row }) => row),
  };
}

async function moveLogins(
  client: pg.PoolClient,
  shopId: string,
  { kept, gone }: Pair,
): Promise<void> {
  await client.query(
    `INSERT INTO member_logins AS l (shop_id, member_id, email_key, first_at, last_at)
      SELECT $1, $3, email_key, first_at, last_at FROM member_logins WHERE shop_id = $1 AND member_id = $2
      ON CONFLICT (shop_id, member_id, email_key) DO UPDATE SET
        first_at = least(l.first_at, EXCLUDED.first_at), last_at = greatest(l.last_at, EXCLUDED.last_at)`,
    [shopId, gone, kept],
  );
  await client.query(`DELETE FROM member_logins WHERE shop_id = $1 AND member_id = $2`, [
    shopId,
    gone,
  ]);
}

async function moveRedemptions(
  client: pg.PoolClient,
  shopId: string,
  { kept, gone }: Pair,
): Promise<Moved['redemptions']> {
  const { rows } = await client.query<{ id: string; request_key: string; held_points: string }>(
    `SELECT id, request_key, held_points FROM redemptions WHERE shop_id = $1 AND member_id = $2 ORDER BY id`,
    [shopId, gone],
  );
  await client.query(
    `UPDATE redemptions r SET member_id = $3, request_key = CASE WHEN EXISTS (SELECT 1 FROM redemptions k
        WHERE k.shop_id = $1 AND k.member_id = $3 AND k.request_key = r.request_key)
        THEN r.request_key || ' of ' || $2::text ELSE r.request_key END
      WHERE r.shop_id = $1 AND r.member_id = $2`,
    [shopId, gone, kept],
  );
  return rows.map((row) => ({
    id: row.id,
    requestKey: row.request_key,
    heldPoints: Number(row.held_points),
  }));
}

async function moveAwards(
  client: pg.PoolClient,
  shopId: string,
  { kept, gone, waived }: Merged,
): Promise<Pick<Moved, 'once' | 'awards'>> {
  const both = [shopId, gone, kept];
  // What had expired of a bonus that both had was not taken back by the merge: it stays booked with the one kept.
  await client.query(
    `UPDATE awards k SET posted = k.posted + g.expired, expired = k.expired + g.expired FROM awards g
      WHERE k.shop_id = $1 AND g.shop_id = $1 AND g.member_id = $2 AND k.member_id = $3 AND g.expired > 0
        AND k.source_kind = g.source_kind AND k.source_id = g.source_id AND k.rule_key = g.rule_key`,
    both,
  );
  // Nor what the clawback policy left: it is set off before the award gives anything more.
  const left = JSON.stringify(waived);
  const isLeft = `w ->> 'sourceKind' = k.source_kind AND w ->> 'sourceId' = k.source_id AND w ->> 'ruleKey' = k.rule_key`;
  if (waived.length > 0) {
    await client.query(
      `UPDATE awards k SET posted = k.posted + (w ->> 'points')::bigint FROM jsonb_array_elements($3::jsonb) w
        WHERE k.shop_id = $1 AND k.member_id = $2 AND ${isLeft}`,
      [shopId, kept, left],
    );
  }
  const once = await client.query<{ row: KeptRow }>(
    `DELETE FROM awards g USING awards k WHERE g.shop_id = $1 AND k.shop_id = $1 AND g.member_id = $2 AND k.member_id = $3
        AND k.source_kind = g.source_kind AND k.source_id = g.source_id AND k.rule_key = g.rule_key
      RETURNING to_jsonb(g) - 'shop_id' || jsonb_build_object('waived', coalesce((SELECT (w ->> 'points')::bigint
        FROM jsonb_array_elements($4::jsonb) w WHERE ${isLeft}), 0)) AS row`,
    [...both, left],
  );
  const moved = await client.query<{
    source_kind: string;
    source_id: string;
    rule_key: string;
    posted: string;
    expired: string;
  }>(
    `UPDATE awards SET member_id = $3 WHERE shop_id = $1 AND member_id = $2
      RETURNING source_kind, source_id, rule_key, posted, expired`,
    both,
  );
  return {
    once: once.rows.map(({ row }) => row),
    awards: moved.rows.map((row) => ({
      ...{ kind: row.source_kind, id: row.source_id, rule: row.rule_key },
      ...{ posted: Number(row.posted), expired: Number(row.expired) },
    })),
  };
}

/** The old customer's id leads to the survivor. Who an agent merged may come back: their name stays. */
async function leave(
  client: pg.PoolClient,
  shopId: string,
  { kept, gone, customerId, named, at }: Merged,
): Promise<void> {
  await client.query(
    `UPDATE members SET state = 'merged', customer_id = NULL, tier_key = NULL, tier_since = NULL, tier_due_at = NULL,
        due_at = NULL, email = CASE WHEN $3 THEN email END, name = CASE WHEN $3 THEN name END
      WHERE shop_id = $1 AND id = $2`,
    [shopId, gone, named],
  );
  if (customerId === null) return;
  await client.query(
    `INSERT INTO member_aliases (shop_id, customer_id, member_id, merged_member_id, merged_at)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (shop_id, customer_id) DO UPDATE SET member_id = EXCLUDED.member_id`,
    [shopId, customerId, kept, gone, at],
  );
}

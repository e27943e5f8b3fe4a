/** Undoing a merge: facts and awards go back to the member who was gone. */
import type pg from 'pg';
import { moveBoardsBack } from '../leaderboards/move-boards.ts';
import { moveReferrals } from '../referrals/move-referrals.ts';
import { dropCopiedTraces } from '../referrals/referral-traces.ts';
import type { KeptRow, Merge, MergeRecord } from './merges.ts';

export interface WayBack extends Pick<Merge, 'kept' | 'gone' | 'at'> {
  readonly record: MergeRecord;
  readonly orderIds: readonly string[];
  readonly awards: readonly {
    readonly sourceKind: string;
    readonly sourceId: string;
    readonly ruleKey: string;
  }[];
  /** Shopify's customer is gone for good: its id goes on leading to the survivor, and orders stay where they are put. */
  readonly forGood: boolean;
}

/** The orders that are theirs: those that moved, and what their customers bought since. */
export async function ordersOfTheGone(
  client: pg.PoolClient,
  shopId: string,
  kept: string,
  { orders, customerId, aliases }: MergeRecord,
): Promise<readonly string[]> {
  const customers = [...aliases, ...(customerId === null ? [] : [customerId])];
  const { rows } = await client.query<{ order_id: string }>({
    name: 'orders-of-the-gone',
    text: `SELECT order_id FROM orders WHERE shop_id = $1 AND member_id = $2
        AND (order_id = ANY($3::bigint[]) OR customer_id = ANY($4::bigint[])) ORDER BY order_id`,
    values: [shopId, kept, orders, customers],
  });
  return rows.map((row) => row.order_id);
}

/** What of their redemptions is still held, by their ids. */
export async function heldNow(
  client: pg.PoolClient,
  shopId: string,
  { redemptions }: MergeRecord,
): Promise<number> {
  const { rows } = await client.query<{ held: string }>(
    `SELECT coalesce(sum(held_points), 0) AS held FROM redemptions WHERE shop_id = $1 AND id = ANY($2::uuid[])`,
    [shopId, redemptions.map(({ id }) => id)],
  );
  return Number(rows[0]?.held ?? 0);
}

export async function moveBack(client: pg.PoolClient, shopId: string, way: WayBack): Promise<void> {
  const { kept, gone, record } = way;
  const both = [shopId, kept, gone];
  await client.query(
    `UPDATE orders SET member_id = $3, pinned = $5 WHERE shop_id = $1 AND member_id = $2 AND order_id = ANY($4::bigint[])`,
    [...both, way.orderIds, way.forGood],
  );
  await client.query(
    `UPDATE reviews SET member_id = $3 WHERE shop_id = $1 AND member_id = $2
        AND (provider, review_id) IN (SELECT * FROM unnest($4::text[], $5::text[]))`,
    [...both, record.reviews.map(([provider]) => provider), record.reviews.map(([, id]) => id)],
  );
  await client.query(
    `UPDATE tier_grants SET member_id = $3 WHERE shop_id = $1 AND member_id = $2 AND id = ANY($4::uuid[])`,
    [...both, record.grants],
  );
  await client.query(
    `UPDATE redemptions r SET member_id = $3, request_key = w.request_key
      FROM unnest($4::uuid[], $5::text[]) AS w (id, request_key)
      WHERE r.shop_id = $1 AND r.member_id = $2 AND r.id = w.id`,
    [
      ...both,
      record.redemptions.map(({ id }) => id),
      record.redemptions.map((one) => one.requestKey),
    ],
  );
  await moveRowsBack(client, shopId, way, 'activities', ['kind', 'activity_id']);
  await client.query(
    `UPDATE activities SET content = content - 'merged'
      WHERE shop_id = $1 AND member_id = $2 AND kind IN ('birthday', 'newsletter', 'sms')
        AND content -> 'merged' = to_jsonb($3::bigint)`,
    [shopId, gone, way.at],
  );
  await moveRowsBack(client, shopId, way, 'member_logins', ['email_key']);
  if (record.referrals) {
    await moveReferrals(client, shopId, { from: kept, to: gone }, record.referrals);
  }
  await dropCopiedTraces(client, shopId, { kept, gone });
  if (record.boards) await moveBoardsBack(client, shopId, { kept, gone }, record.boards);
  await moveAwardsBack(client, shopId, way);
  await comeBack(client, shopId, way);
}

/** What both had is as it was; what only the one had goes back as it is by now. */
async function moveRowsBack(
  client: pg.PoolClient,
  shopId: string,
  { kept, gone, record }: WayBack,
  table: 'activities' | 'member_logins',
  key: readonly string[],
): Promise<void> {
  const rows = table === 'activities' ? record.activities : record.logins;
  const keyOf = (row: KeptRow): string => JSON.stringify(key.map((column) => row[column]));
  const shared = new Set(rows.kept.map(keyOf));
  const same = key.map((column) => `t.${column} = w.${column}`).join(' AND ');
  const from = `jsonb_populate_recordset(NULL::${table}, $3::jsonb) w`;
  await client.query(
    `UPDATE ${table} t SET member_id = $4 FROM ${from} WHERE t.shop_id = $1 AND t.member_id = $2 AND ${same}`,
    [shopId, kept, JSON.stringify(rows.gone.filter((row) => !shared.has(keyOf(row)))), gone],
  );
  const before = [...rows.kept, ...rows.gone.filter((row) => shared.has(keyOf(row)))];
  await client.query(
    `DELETE FROM ${table} t USING ${from} WHERE t.shop_id = $1 AND t.member_id = $2 AND ${same}`,
    [shopId, kept, JSON.stringify(rows.kept)],
  );
  await restore(client, shopId, table, before);
}

async function moveAwardsBack(
  client: pg.PoolClient,
  shopId: string,
  { kept, gone, record, awards }: WayBack,
): Promise<void> {
  await client.query(
    `UPDATE awards SET member_id = $3 WHERE shop_id = $1 AND member_id = $2
        AND (source_kind, source_id, rule_key) IN (SELECT * FROM unnest($4::text[], $5::text[], $6::text[]))`,
    [
      ...[shopId, kept, gone],
      awards.map(({ sourceKind }) => sourceKind),
      awards.map(({ sourceId }) => sourceId),
      awards.map(({ ruleKey }) => ruleKey),
    ],
  );
  await client.query(
    `UPDATE awards k SET posted = k.posted - w.expired - w.waived, expired = k.expired - w.expired
      FROM (SELECT r.*, coalesce((o.row ->> 'waived')::bigint, 0) AS waived
        FROM jsonb_array_elements($3::jsonb) AS o (row), jsonb_populate_record(NULL::awards, o.row) AS r) w
      WHERE k.shop_id = $1 AND k.member_id = $2 AND k.source_kind = w.source_kind AND k.source_id = w.source_id
        AND k.rule_key = w.rule_key AND w.expired + w.waived > 0`,
    [shopId, kept, JSON.stringify(record.once)],
  );
  await restore(client, shopId, 'awards', record.once);
}

async function restore(
  client: pg.PoolClient,
  shopId: string,
  table: 'activities' | 'member_logins' | 'awards',
  rows: readonly KeptRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO ${table} SELECT r.* FROM jsonb_array_elements($2::jsonb) AS w (row),
        jsonb_populate_record(NULL::${table}, w.row || jsonb_build_object('shop_id', $1::bigint)) AS r
      WHERE r.shop_id = $1`,
    [shopId, JSON.stringify(rows)],
  );
}

async function comeBack(
  client: pg.PoolClient,
  shopId: string,
  { kept, gone, record, forGood }: WayBack,
): Promise<void> {
  const { aliases, customerId, keptOptedInAt } = record;
  await client.query(
    `UPDATE member_aliases SET member_id = $3 WHERE shop_id = $1 AND member_id = $2 AND customer_id = ANY($4::bigint[])`,
    [shopId, kept, gone, aliases],
  );
  if (keptOptedInAt !== undefined) {
    await client.query(`UPDATE members SET opted_in_at = $3 WHERE shop_id = $1 AND id = $2`, [
      ...[shopId, kept],
      keptOptedInAt === null ? null : new Date(keptOptedInAt),
    ]);
  }
  await client.query(
    `UPDATE members g SET customer_created_at = to_timestamp((w ->> 'customerCreatedAt')::bigint / 1000.0)
      FROM members k, jsonb_array_elements(k.joined_with) w
      WHERE k.shop_id = $1 AND k.id = $2 AND g.shop_id = $1 AND g.id = $3::uuid AND g.customer_created_at IS NULL
        AND w ->> 'memberId' = $3::text`,
    [shopId, kept, gone],
  );
  await client.query(
    `UPDATE members k SET joined_with = coalesce((SELECT jsonb_agg(w.one ORDER BY w.place)
        FROM jsonb_array_elements(k.joined_with) WITH ORDINALITY AS w (one, place)
        WHERE w.one ->> 'memberId' <> $3::text AND NOT EXISTS (SELECT 1
          FROM jsonb_array_elements(g.joined_with) b WHERE b ->> 'memberId' = w.one ->> 'memberId')), '[]')
      FROM members g WHERE k.shop_id = $1 AND k.id = $2 AND g.shop_id = $1 AND g.id = $3::uuid`,
    [shopId, kept, gone],
  );
  const own = forGood ? null : customerId;
  await client.query(
    `DELETE FROM member_aliases WHERE shop_id = $1 AND member_id = $2 AND customer_id = $3`,
    [shopId, kept, own],
  );
  await client.query(
    `UPDATE members SET state = 'active', customer_id = $3 WHERE shop_id = $1 AND id = $2`,
    [shopId, gone, own],
  );
}

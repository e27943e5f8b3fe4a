/**
 * Claims: a worker takes one lane of one shop (a hash of the member), so that a member's deliveries
 * are taken in order by one worker at a time while other lanes go on.
 */
import type pg from 'pg';
import type { Lane } from './lanes.ts';

export interface ClaimedDelivery {
  readonly id: string;
  readonly topic: string;
  readonly subject: string;
  readonly attempts: number;
  /** When it was sent, or came: what a body without a date tells happened then, however late it is read. */
  readonly toldAt: Date;
  readonly body: Buffer | string;
  readonly redacted: boolean;
}

/** Lanes that have work, from `after` on: each lane costs one index look-up, however long its queue. */
export async function findLanes(
  pool: pg.Pool,
  after: Lane,
  most: number,
): Promise<readonly Lane[]> {
  const { rows } = await pool.query<{ shop_id: string; lane: number }>({
    name: 'find-lanes',
    text: `/* cross-shop: find-lanes */
      WITH RECURSIVE busy AS (
        (SELECT shop_id, lane, 1 AS n FROM deliveries
          WHERE state = 'ready' AND (shop_id, lane) > ($1::bigint, $2::smallint)
          ORDER BY shop_id, lane LIMIT 1)
        UNION ALL
        SELECT next.shop_id, next.lane, busy.n + 1 FROM busy CROSS JOIN LATERAL (
          SELECT d.shop_id, d.lane FROM deliveries d
          WHERE d.state = 'ready' AND (d.shop_id, d.lane) > (busy.shop_id, busy.lane)
          ORDER BY d.shop_id, d.lane LIMIT 1) next
        WHERE busy.n < $3
      )
      SELECT shop_id, lane FROM busy`,
    values: [after.shopId, after.lane, most],
  });
  return rows.map((row) => ({ shopId: row.shop_id, lane: row.lane }));
}

/** Takes the lane for this transaction, or says that another worker has it. */
export async function takeLane(client: pg.PoolClient, { shopId, lane }: Lane): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>({
    name: 'take-lane',
    text: `SELECT pg_try_advisory_xact_lock(hashtextextended('lane ' || $1::text || ' ' || $2::text, 0)) AS taken`,
    values: [shopId, String(lane)],
  });
  return rows[0]?.taken ?? false;
}

const CLAIMABLE = `d.shop_id = $1 AND d.lane = $2 AND d.state = 'ready' AND NOT EXISTS (SELECT 1 FROM deliveries w
  WHERE w.shop_id = $1 AND w.subject = d.subject AND w.state = 'waiting' AND w.id < d.id)`;

const BODY_AS = { text: `convert_from(c.body, 'UTF8')`, bytes: 'c.body' };

/** Bodies are up to 5 MB, and a batch is held in memory. */
const MOST_BYTES_AT_ONCE = 4 * 1024 * 1024;

/**
 * The lane's oldest deliveries, less those behind one of the same subject that waits to be tried
 * again. Fewer than `most` when they are large, at least one when there is one.
 * @param after only those behind this one: to read them before they are claimed, without the lane
 * @param as text costs a third of bytes, which travel as hex; PostgreSQL refuses it (22021) when one
 * of the bodies is no UTF-8
 */
export async function claimDeliveries(
  client: pg.Pool | pg.PoolClient,
  { shopId, lane }: Lane,
  most: number,
  as: 'text' | 'bytes',
  after = '0',
): Promise<readonly ClaimedDelivery[]> {
  const { rows } = await client.query<{
    id: string;
    topic: string;
    subject: string;
    attempts: number;
    told_at: Date;
    body: Buffer | string;
    redacted: boolean;
  }>({
    name: `claim-deliveries-as-${as}`,
    text: `SELECT c.id, c.topic, c.subject, c.attempts, c.told_at, ${BODY_AS[as]} AS body, c.redacted FROM (
        SELECT d.id, d.topic, d.subject, d.attempts, d.body, least(d.triggered_at, d.received_at) AS told_at,
          d.redacted_at IS NOT NULL AS redacted,
          sum(octet_length(d.body)) OVER (ORDER BY d.id ROWS UNBOUNDED PRECEDING) - octet_length(d.body) AS bytes_before
        FROM deliveries d
        WHERE ${CLAIMABLE} AND d.id > $5
        ORDER BY d.id LIMIT $3) c
      WHERE c.bytes_before < $4 ORDER BY c.id`,
    values: [shopId, lane, most, MOST_BYTES_AT_ONCE, after],
  });
  return rows.map((row) => ({
    id: row.id,
    topic: row.topic,
    subject: row.subject,
    attempts: row.attempts,
    toldAt: row.told_at,
    body: row.body,
    redacted: row.redacted,
  }));
}

/** The same of deliveries whose bodies were read before. */
export async function claimKnown(
  client: pg.PoolClient,
  { shopId, lane }: Lane,
  most: number,
): Promise<readonly Pick<ClaimedDelivery, 'id' | 'redacted'>[]> {
  const { rows } = await client.query<Pick<ClaimedDelivery, 'id' | 'redacted'>>({
    name: 'claim-known-deliveries',
    text: `SELECT d.id, d.redacted_at IS NOT NULL AS redacted FROM deliveries d
      WHERE ${CLAIMABLE} ORDER BY d.id LIMIT $3`,
    values: [shopId, lane, most],
  });
  return rows;
}

export interface DeliveryOutcome {
  readonly id: string;
  readonly outcome: string;
  readonly detail: string | null;
}

export async function markDone(
  client: pg.PoolClient,
  shopId: string,
  outcomes: readonly DeliveryOutcome[],
  at: Date,
): Promise<void> {
  await client.query({
    name: 'mark-deliveries-done',
    text: `UPDATE deliveries d SET state = 'done', outcome = o.outcome, detail = o.detail, done_at = $5, run_after = NULL,
        attempts = d.attempts + 1
      FROM unnest($2::bigint[], $3::text[], $4::text[]) AS o (id, outcome, detail)
      WHERE d.shop_id = $1 AND d.id = o.id`,
    values: [
      shopId,
      outcomes.map(({ id }) => id),
      outcomes.map(({ outcome }) => outcome),
      outcomes.map(({ detail }) => detail),
      at,
    ],
  });
}

/** @param runAfter null: given up, a person must look */
export async function markFailed(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  failed: { readonly id: string; readonly outcome: string; readonly detail: string },
  runAfter: Date | null,
  at: Date,
): Promise<void> {
  await client.query(
    `UPDATE deliveries SET attempts = attempts + 1, detail = $3, run_after = $4,
        state = CASE WHEN $4::timestamptz IS NULL THEN 'dead' ELSE 'waiting' END,
        outcome = CASE WHEN $4::timestamptz IS NULL THEN $5 END,
        done_at = CASE WHEN $4::timestamptz IS NULL THEN $6::timestamptz END
      WHERE shop_id = $1 AND id = $2 AND state IN ('ready', 'waiting')`,
    [shopId, failed.id, failed.detail.slice(0, 1000), runAfter, failed.outcome, at],
  );
}

/** Deliveries whose wait is over are ready again. @returns how many */
export async function wakeWaiting(pool: pg.Pool, now: Date): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'wake-waiting',
    text: `/* cross-shop: wake-waiting */ UPDATE deliveries SET state = 'ready', run_after = NULL
      WHERE state = 'waiting' AND run_after <= $1`,
    values: [now],
  });
  return rowCount ?? 0;
}

/** Back-tests as they run: whoever claims one has it until its lease ends, and only the newest turn writes. */
import type pg from 'pg';
import { drawnSchema } from '../../domain/back-test/drawn.ts';
import type { Drawn } from '../../domain/back-test/drawn.ts';

export interface ClaimedBackTest {
  readonly shopId: string;
  readonly id: string;
  readonly document: unknown;
  readonly askedAt: number;
  /** The last member that was looked at; null at the beginning. */
  readonly cursor: string | null;
  readonly turn: number;
  readonly attempts: number;
  /** The campaign that is tried; null for the whole draft. */
  readonly campaignKey: string | null;
  /** In the shape of what is tried. */
  readonly tally: unknown;
  readonly drawn: Drawn;
}

/** The one that runs is put away for the new one: who asks again wants the newest draft. */
export async function addBackTest(
  client: pg.PoolClient,
  shopId: string,
  asked: {
    readonly id: string;
    readonly askedBy: string;
    readonly document: unknown;
    readonly revision: number;
    readonly at: Date;
    readonly campaignKey: string | null;
    readonly tally: object;
  },
): Promise<void> {
  await client.query(
    `UPDATE back_tests SET state = 'cancelled', finished_at = $2
      WHERE shop_id = $1 AND state = 'running' AND campaign_key IS NOT DISTINCT FROM $3`,
    [shopId, asked.at, asked.campaignKey],
  );
  await client.query(
    `INSERT INTO back_tests (shop_id, id, asked_by, asked_at, document, revision, state, run_after, members, tally,
        campaign_key)
      SELECT $1, $2, $3, $4, $5, $6, 'running', $4, count(*), $7, $8 FROM members
      WHERE shop_id = $1 AND state = 'active'`,
    [
      ...[shopId, asked.id, asked.askedBy, asked.at, JSON.stringify(asked.document)],
      ...[asked.revision, JSON.stringify(asked.tally), asked.campaignKey],
    ],
  );
  await client.query(
    `DELETE FROM back_tests WHERE shop_id = $1 AND campaign_key IS NOT DISTINCT FROM $2 AND id NOT IN (
      SELECT id FROM back_tests WHERE shop_id = $1 AND campaign_key IS NOT DISTINCT FROM $2
      ORDER BY asked_at DESC LIMIT 10)`,
    [shopId, asked.campaignKey],
  );
}

/** @returns whether one ran */
export async function cancelBackTest(
  pool: pg.Pool,
  shopId: string,
  campaignKey: string | null,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE back_tests SET state = 'cancelled', finished_at = $2
      WHERE shop_id = $1 AND state = 'running' AND campaign_key IS NOT DISTINCT FROM $3`,
    [shopId, at, campaignKey],
  );
  return (rowCount ?? 0) > 0;
}

/** One back-test that is due, of whichever installed shop. */
export async function claimBackTest(
  pool: pg.Pool,
  times: { readonly now: Date; readonly leaseUntil: Date },
): Promise<ClaimedBackTest | null> {
  const { rows } = await pool.query<{
    shop_id: string;
    id: string;
    document: unknown;
    asked_at: Date;
    cursor: string | null;
    turn: number;
    attempts: number;
    tally: unknown;
    drawn: unknown;
    campaign_key: string | null;
  }>({
    name: 'claim-back-test',
    text: `/* cross-shop: due-back-tests */ UPDATE back_tests b SET run_after = $2, turn = b.turn + 1
      FROM (SELECT w.shop_id, w.id FROM back_tests w WHERE w.state = 'running' AND w.run_after <= $1
        ORDER BY w.run_after LIMIT 1 FOR UPDATE SKIP LOCKED) due
      WHERE b.shop_id = due.shop_id AND b.id = due.id
      RETURNING b.shop_id, b.id, b.document, b.asked_at, b.cursor, b.turn, b.attempts, b.tally, b.drawn,
        b.campaign_key`,
    values: [times.now, times.leaseUntil],
  });
  const [row] = rows;
  if (!row) return null;
  return {
    ...{ shopId: row.shop_id, id: row.id, document: row.document, cursor: row.cursor },
    ...{ turn: row.turn, attempts: row.attempts, askedAt: row.asked_at.getTime() },
    ...{ tally: row.tally, campaignKey: row.campaign_key },
    drawn: drawnSchema.parse(row.drawn),
  };
}

/** @returns false when it was cancelled, or another worker has it now: nothing was written then */
export async function moveBackTestOn(
  pool: pg.Pool,
  { shopId, id, turn }: ClaimedBackTest,
  so: {
    readonly cursor: string | null;
    /** However it counts, it says of how many members. */
    readonly tally: { readonly members: number };
    readonly drawn: Drawn;
  },
  at: Date,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE back_tests SET attempts = 0, run_after = $4, cursor = coalesce($5, cursor), tally = $6,
        members_done = $7, drawn = $8, state = CASE WHEN $5::uuid IS NULL THEN 'finished' ELSE 'running' END,
        finished_at = CASE WHEN $5::uuid IS NULL THEN $4::timestamptz END
      WHERE shop_id = $1 AND id = $2 AND turn = $3 AND state = 'running'`,
    [
      ...[shopId, id, turn, at, so.cursor, JSON.stringify(so.tally), so.tally.members],
      JSON.stringify(so.drawn),
    ],
  );
  return rowCount === 1;
}

/** @param runAfter null: given up */
export async function putOffBackTest(
  pool: pg.Pool,
  { shopId, id, turn }: ClaimedBackTest,
  reason: string,
  runAfter: Date | null,
  at: Date,
): Promise<void> {
  await pool.query(
    `UPDATE back_tests SET attempts = attempts + 1, detail = $4, run_after = coalesce($5, run_after),
        state = CASE WHEN $5::timestamptz IS NULL THEN 'failed' ELSE 'running' END,
        finished_at = CASE WHEN $5::timestamptz IS NULL THEN $6::timestamptz END
      WHERE shop_id = $1 AND id = $2 AND turn = $3 AND state = 'running'`,
    [shopId, id, turn, reason, runAfter, at],
  );
}

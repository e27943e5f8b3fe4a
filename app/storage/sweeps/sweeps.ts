/** Sweeps as they run: whoever claims one has it until its lease ends, and only the newest turn writes. */
import type pg from 'pg';
import type { SweepCounts, SweepSubject } from '../../domain/sweeps/sweep.ts';

export interface ClaimedSweep {
  readonly shopId: string;
  readonly id: string;
  readonly askedBy: string;
  readonly subject: SweepSubject;
  readonly since: number;
  readonly until: number;
  /** The oldest change that the pages from here on show; null: from `since`. */
  readonly pageFrom: number | null;
  readonly cursor: string | null;
  /** How many items the present run of pages has shown. */
  readonly onPages: number;
  readonly turn: number;
  readonly attempts: number;
}

/** Another worker has the sweep now: what this one did must not stand. */
export class LostLease extends Error {
  override name = 'LostLease';
}

/** One sweep that is due, of whichever installed shop. */
export async function claimSweep(
  pool: pg.Pool,
  times: { readonly now: Date; readonly leaseUntil: Date },
): Promise<ClaimedSweep | null> {
  const { rows } = await pool.query<{
    shop_id: string;
    id: string;
    asked_by: string;
    subject: SweepSubject;
    since_at: Date;
    until_at: Date;
    page_from: Date | null;
    cursor: string | null;
    on_pages: number;
    turn: number;
    attempts: number;
  }>({
    name: 'claim-sweep',
    text: `/* cross-shop: due-sweeps */ UPDATE sweeps s SET run_after = $2, turn = s.turn + 1
      FROM (SELECT w.shop_id, w.id FROM sweeps w WHERE w.state = 'running' AND w.run_after <= $1
        ORDER BY w.run_after LIMIT 1 FOR UPDATE SKIP LOCKED) due
      WHERE s.shop_id = due.shop_id AND s.id = due.id
      RETURNING s.shop_id, s.id, s.asked_by, s.subject, s.since_at, s.until_at, s.page_from, s.cursor, s.on_pages, s.turn, s.attempts`,
    values: [times.now, times.leaseUntil],
  });
  const [row] = rows;
  if (!row) return null;
  return {
    ...{ shopId: row.shop_id, id: row.id, askedBy: row.asked_by, subject: row.subject },
    ...{ cursor: row.cursor, onPages: row.on_pages, turn: row.turn, attempts: row.attempts },
    since: row.since_at.getTime(),
    until: row.until_at.getTime(),
    pageFrom: row.page_from?.getTime() ?? null,
  };
}

/** Where a sweep goes on. */
export interface NextPage {
  readonly subject: SweepSubject;
  readonly pageFrom: number | null;
  readonly cursor: string | null;
  readonly onPages: number;
}

/** @throws LostLease */
export async function moveOn(
  client: pg.PoolClient,
  { shopId, id, turn }: ClaimedSweep,
  counts: SweepCounts,
  next: NextPage | null,
  at: Date,
): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE sweeps SET attempts = 0, run_after = $4, looked_at = looked_at + $5, already_right = already_right + $6,
        repaired = repaired + $7, missed = missed + $8, failures = failures + $9, points_given = points_given + $10,
        points_taken = points_taken + $11, detail = coalesce($12, detail), subject = coalesce($13, subject),
        page_from = $14, cursor = $15, on_pages = coalesce($16, on_pages), rewards_ended = rewards_ended + $17,
        state = CASE WHEN $13::text IS NULL THEN 'finished' ELSE 'running' END,
        finished_at = CASE WHEN $13::text IS NULL THEN $4::timestamptz END
      WHERE shop_id = $1 AND id = $2 AND turn = $3 AND state = 'running'`,
    [
      ...[shopId, id, turn, at],
      counts.alreadyRight + counts.repaired + counts.missed + counts.failures,
      ...[counts.alreadyRight, counts.repaired, counts.missed, counts.failures],
      ...[counts.pointsGiven, counts.pointsTaken, counts.failure],
      ...[next?.subject ?? null, next?.pageFrom ? new Date(next.pageFrom) : null],
      ...[next?.cursor ?? null, next?.onPages ?? null, counts.rewardsEnded],
    ],
  );
  if (rowCount !== 1) throw new LostLease('another worker has the sweep');
}

export async function keepLease(
  pool: pg.Pool,
  { shopId, id, turn }: ClaimedSweep,
  leaseUntil: Date,
): Promise<void> {
  const { rowCount } = await pool.query(
    `UPDATE sweeps SET run_after = $4 WHERE shop_id = $1 AND id = $2 AND turn = $3 AND state = 'running'`,
    [shopId, id, turn, leaseUntil],
  );
  if (rowCount !== 1) throw new LostLease('another worker has the sweep');
}

/** @param runAfter null: given up */
export async function putOffSweep(
  pool: pg.Pool,
  { shopId, id, turn }: ClaimedSweep,
  reason: string,
  runAfter: Date | null,
  at: Date,
): Promise<void> {
  await pool.query(
    `UPDATE sweeps SET attempts = attempts + 1, detail = $4, run_after = coalesce($5, run_after),
        state = CASE WHEN $5::timestamptz IS NULL THEN 'failed' ELSE 'running' END,
        finished_at = CASE WHEN $5::timestamptz IS NULL THEN $6::timestamptz END
      WHERE shop_id = $1 AND id = $2 AND turn = $3 AND state = 'running'`,
    [shopId, id, turn, reason.slice(0, 500), runAfter, at],
  );
}

/** Reports of long ago are of no use to anybody. */
export async function forgetOldSweeps(
  client: pg.PoolClient,
  shopId: string,
  keep: number,
): Promise<void> {
  await client.query(
    `DELETE FROM sweeps WHERE shop_id = $1 AND state <> 'running' AND id NOT IN (
        SELECT id FROM sweeps WHERE shop_id = $1 ORDER BY started_at DESC LIMIT $2)`,
    [shopId, keep],
  );
}

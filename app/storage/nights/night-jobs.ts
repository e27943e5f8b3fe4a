/** What is due in which shop's night. */
import type pg from 'pg';

export const NIGHT_JOBS = ['sweep', 'prove'] as const;
export type NightJob = (typeof NIGHT_JOBS)[number];

export interface DueJob {
  readonly shopId: string;
  readonly job: NightJob;
  readonly timeZone: string;
  /** Only shops that are installed are worked for. */
  readonly installed: boolean;
}

/** The job that has been due longest, leased: a worker that dies leaves it to the next. */
export async function claimNightJob(
  pool: pg.Pool,
  times: { readonly now: Date; readonly leaseUntil: Date },
): Promise<DueJob | null> {
  const { rows } = await pool.query<{
    shop_id: string;
    job: NightJob;
    time_zone: string;
    state: string;
  }>({
    name: 'claim-night-job',
    text: `/* cross-shop: due-nights */ UPDATE night_jobs n SET due_at = $2
      FROM (SELECT j.shop_id, j.job, s.time_zone, s.state FROM night_jobs j JOIN shops s ON s.id = j.shop_id
        WHERE j.due_at <= $1 ORDER BY j.due_at LIMIT 1 FOR UPDATE OF j SKIP LOCKED) due
      WHERE n.shop_id = due.shop_id AND n.job = due.job
      RETURNING n.shop_id, n.job, due.time_zone, due.state`,
    values: [times.now, times.leaseUntil],
  });
  const [row] = rows;
  if (!row) return null;
  const { shop_id: shopId, job, time_zone: timeZone, state } = row;
  return { shopId, job, timeZone, installed: state === 'installed' };
}

export async function nightJobDueAt(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
  job: NightJob,
  dueAt: Date,
): Promise<void> {
  await pool.query(
    `INSERT INTO night_jobs (shop_id, job, due_at) VALUES ($1, $2, $3)
      ON CONFLICT (shop_id, job) DO UPDATE SET due_at = EXCLUDED.due_at`,
    [shopId, job, dueAt],
  );
}

/** Those that are missing, or that nobody would come to, are due at that moment. @returns which */
export async function planNights(
  client: pg.PoolClient,
  shopId: string,
  night: { readonly at: Date; readonly latest: Date },
): Promise<readonly string[]> {
  const { rows } = await client.query<{ job: string }>(
    `INSERT INTO night_jobs AS n (shop_id, job, due_at) SELECT $1, w.job, $3 FROM unnest($2::text[]) AS w (job)
      ON CONFLICT (shop_id, job) DO UPDATE SET due_at = EXCLUDED.due_at WHERE n.due_at >= $4 RETURNING job`,
    [shopId, NIGHT_JOBS, night.at, night.latest],
  );
  return rows.map(({ job }) => job);
}

/** @param found the first of the differences */
export async function keepProof(
  client: pg.PoolClient,
  shopId: string,
  proof: {
    readonly id: string;
    readonly startedAt: Date;
    readonly finishedAt: Date;
    readonly members: number;
    readonly entries: number;
    readonly differences: number;
    readonly found: readonly unknown[];
  },
): Promise<void> {
  await client.query(
    `INSERT INTO proofs (shop_id, id, started_at, finished_at, members, entries, differences, found)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[shopId, proof.id, proof.startedAt, proof.finishedAt, proof.members, proof.entries],
      ...[proof.differences, JSON.stringify(proof.found)],
    ],
  );
  await client.query(
    `DELETE FROM proofs WHERE shop_id = $1 AND id NOT IN (
        SELECT id FROM proofs WHERE shop_id = $1 ORDER BY started_at DESC, id DESC LIMIT 30)`,
    [shopId],
  );
}

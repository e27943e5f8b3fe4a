/** Requests of customers for what is held of them, with the answer for the merchant to pass on. */
import type pg from 'pg';

export interface DataRequest {
  readonly requestId: string;
  readonly memberId: string | null;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly keepUntil: Date;
  readonly content: string;
}

/** @returns false where it was answered before */
export async function writeDataRequest(
  client: pg.PoolClient,
  shopId: string,
  request: DataRequest,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'write-data-request',
    text: `INSERT INTO data_requests (shop_id, request_id, member_id, asked_at, due_at, keep_until, content)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (shop_id, request_id) DO NOTHING`,
    values: [
      shopId,
      request.requestId,
      request.memberId,
      request.askedAt,
      request.dueAt,
      request.keepUntil,
      request.content,
    ],
  });
  return rowCount === 1;
}

/** The answer, where it is still kept; that it was fetched is noted. */
export async function fetchAnswer(
  client: pg.PoolClient,
  shopId: string,
  requestId: string,
  at: Date,
): Promise<{ readonly content: string; readonly memberId: string | null } | null> {
  const { rows } = await client.query<{ content: string; member_id: string | null }>({
    name: 'fetch-answer',
    text: `UPDATE data_requests SET downloaded_at = $3
      WHERE shop_id = $1 AND request_id = $2 AND content IS NOT NULL AND keep_until >= $3
      RETURNING content, member_id`,
    values: [shopId, requestId, at],
  });
  const row = rows[0];
  return row ? { content: row.content, memberId: row.member_id } : null;
}

export async function eraseAnswersBefore(pool: pg.Pool, now: Date): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'erase-answers',
    text: `/* cross-shop: old-answers */ UPDATE data_requests SET content = NULL
      WHERE content IS NOT NULL AND keep_until < $1`,
    values: [now],
  });
  return rowCount ?? 0;
}

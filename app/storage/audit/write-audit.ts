import type pg from 'pg';

export interface AuditLine {
  readonly id: string;
  readonly at: Date;
  /** E.g. "staff:12345" or "laurel". */
  readonly actor: string;
  readonly action: string;
  /** What it was done to, e.g. "member:<id>". */
  readonly subject: string;
  readonly requestKey: string | null;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Whether a request with this key was carried out before. */
export async function isAudited(
  client: pg.PoolClient,
  shopId: string,
  requestKey: string,
): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM audit WHERE shop_id = $1 AND request_key = $2`,
    [shopId, requestKey],
  );
  return rows.length > 0;
}

export async function writeAudit(
  client: pg.PoolClient,
  shopId: string,
  line: AuditLine,
): Promise<void> {
  await client.query(
    `INSERT INTO audit (shop_id, id, at, actor, action, subject, request_key, content)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      shopId,
      line.id,
      line.at,
      line.actor,
      line.action,
      line.subject,
      line.requestKey,
      JSON.stringify(line.content),
    ],
  );
}

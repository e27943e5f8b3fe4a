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
  /** What staff wrote of a member in their own words: it goes when the member is erased. */
  readonly words?: { readonly memberId: string; readonly text: string };
}

/** What was kept of the request with this key, where it was carried out before. */
export async function readAudited(
  client: pg.PoolClient,
  shopId: string,
  requestKey: string,
): Promise<AuditLine['content'] | null> {
  const { rows } = await client.query<{ content: AuditLine['content'] }>(
    `SELECT content FROM audit WHERE shop_id = $1 AND request_key = $2`,
    [shopId, requestKey],
  );
  return rows[0]?.content ?? null;
}

/** Whether a request with this key was carried out before. */
export async function isAudited(
  client: pg.PoolClient,
  shopId: string,
  requestKey: string,
): Promise<boolean> {
  return (await readAudited(client, shopId, requestKey)) !== null;
}

/** Each line is chained to the shop's line before it; the chain's head is locked to the end of the transaction. */
export async function writeAudit(
  client: pg.PoolClient,
  shopId: string,
  line: AuditLine,
): Promise<void> {
  await client.query(
    `WITH line AS (
        SELECT $1::bigint AS shop_id, $2::uuid AS id, $3::timestamptz AS at, $4::text AS actor, $5::text AS action,
          $6::text AS subject, $7::text AS request_key, $8::jsonb AS content
      ), head AS (
        INSERT INTO audit_chains AS c (shop_id, last_seq, head)
        SELECT shop_id, 1, sha256(audit_content(shop_id, 1, id, at, actor, action, subject, request_key, content)) FROM line
        ON CONFLICT (shop_id) DO UPDATE SET last_seq = c.last_seq + 1,
          head = (SELECT sha256(c.head || audit_content($1, c.last_seq + 1, id, at, actor, action, subject, request_key,
            content)) FROM line)
        RETURNING last_seq, head
      )
      INSERT INTO audit (shop_id, id, at, actor, action, subject, request_key, content, seq, hash)
      SELECT $1, id, at, actor, action, subject, request_key, content, last_seq, head FROM line, head`,
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
  if (line.words && line.words.text !== '') await writeWords(client, shopId, line.id, line.words);
}

async function writeWords(
  client: pg.PoolClient,
  shopId: string,
  auditId: string,
  { memberId, text }: NonNullable<AuditLine['words']>,
): Promise<void> {
  await client.query(
    `INSERT INTO staff_words (shop_id, audit_id, member_id, words) VALUES ($1, $2, $3, $4)`,
    [shopId, auditId, memberId, text],
  );
}

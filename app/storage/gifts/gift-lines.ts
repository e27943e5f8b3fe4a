/** Lines of a gift: whom it is for, and what became of it. */
import type pg from 'pg';
import type { LineRefusal } from '../../domain/gifts/gift.ts';

export interface FileLine {
  /** As an editor numbers it. */
  readonly line: number;
  readonly written: string;
  readonly points: number | null;
  readonly refusal: LineRefusal | null;
}

const TOGETHER = 5_000;

export async function insertFileLines(
  client: pg.PoolClient,
  shopId: string,
  giftId: string,
  lines: readonly FileLine[],
): Promise<void> {
  for (let from = 0; from < lines.length; from += TOGETHER) {
    await client.query(
      `INSERT INTO gift_lines (shop_id, gift_id, line, written, points, state, refusal)
        SELECT $1, $2, w.line, w.written, w.points, CASE WHEN w.refusal IS NULL THEN 'read' ELSE 'refused' END, w.refusal
        FROM jsonb_to_recordset($3::jsonb) AS w (line int, written text, points bigint, refusal text)`,
      [shopId, giftId, JSON.stringify(lines.slice(from, from + TOGETHER))],
    );
  }
}

/**
 * Plans the gift for the members after the cursor who meet the condition.
 * @returns how many were looked at, and the last of them
 */
export async function planSegment(
  client: pg.PoolClient,
  shopId: string,
  giftId: string,
  asked: {
    readonly after: string | null;
    readonly most: number;
    readonly points: number | null;
    readonly condition: string;
    /** What the condition binds, from $6 on. */
    readonly values: readonly unknown[];
  },
): Promise<{ readonly looked: number; readonly last: string | null }> {
  const { rows } = await client.query<{ looked: string; last: string | null }>(
    `WITH next AS (
        SELECT id FROM members WHERE shop_id = $1 AND ($3::uuid IS NULL OR id > $3::uuid) ORDER BY id LIMIT $4
      ), planned AS (
        INSERT INTO gift_lines (shop_id, gift_id, line, member_id, points, state)
        SELECT $1, $2, (SELECT count(*) FROM gift_lines l WHERE l.shop_id = $1 AND l.gift_id = $2) +
            row_number() OVER (ORDER BY m.id), m.id, $5, 'planned'
        FROM members m WHERE m.shop_id = $1 AND m.id IN (SELECT id FROM next) AND m.state = 'active'
          AND m.membership = 'joined' AND (${asked.condition})
        ON CONFLICT DO NOTHING
      )
      SELECT count(*) AS looked, max(id::text) AS last FROM next`,
    [shopId, giftId, asked.after, asked.most, asked.points, ...asked.values],
  );
  return { looked: Number(rows[0]?.looked ?? 0), last: rows[0]?.last ?? null };
}

export interface ReadLine {
  readonly line: number;
  readonly written: string;
  readonly points: number | null;
}

export async function readFileLines(
  client: pg.PoolClient,
  shopId: string,
  giftId: string,
  most: number,
): Promise<readonly ReadLine[]> {
  const { rows } = await client.query<{ line: number; written: string; points: string | null }>(
    `SELECT line, written, points FROM gift_lines
      WHERE shop_id = $1 AND gift_id = $2 AND state = 'read' ORDER BY line LIMIT $3`,
    [shopId, giftId, most],
  );
  return rows.map(({ line, written, points }) => ({
    ...{ line, written },
    points: points === null ? null : Number(points),
  }));
}

export interface FoundMember {
  readonly memberId: string;
  readonly state: string;
  readonly membership: string;
}

/** By customer id, also of one who was merged into another. */
export async function membersByCustomer(
  client: pg.PoolClient,
  shopId: string,
  customerIds: readonly string[],
): Promise<Map<string, FoundMember[]>> {
  return findMembers(
    client,
    `SELECT w.id::text AS key, m.id, m.state, m.membership FROM unnest($2::bigint[]) AS w (id)
      JOIN members m ON m.shop_id = $1 AND m.id = coalesce(
        (SELECT a.member_id FROM member_aliases a WHERE a.shop_id = $1 AND a.customer_id = w.id),
        (SELECT o.id FROM members o WHERE o.shop_id = $1 AND o.customer_id = w.id))
      WHERE m.shop_id = $1`,
    [shopId, customerIds],
  );
}

export async function membersByMail(
  client: pg.PoolClient,
  shopId: string,
  emails: readonly string[],
): Promise<Map<string, FoundMember[]>> {
  return findMembers(
    client,
    `SELECT lower(m.email) AS key, m.id, m.state, m.membership FROM members m
      WHERE m.shop_id = $1 AND m.state = 'active' AND lower(m.email) = ANY($2::text[])`,
    [shopId, emails],
  );
}

async function findMembers(
  client: pg.PoolClient,
  text: string,
  [shopId, keys]: readonly [string, readonly string[]],
): Promise<Map<string, FoundMember[]>> {
  if (keys.length === 0) return new Map();
  const { rows } = await client.query<{
    key: string;
    id: string;
    state: string;
    membership: string;
  }>(text, [shopId, keys]);
  const found = new Map<string, FoundMember[]>();
  for (const { key, id: memberId, state, membership } of rows) {
    found.set(key, [...(found.get(key) ?? []), { memberId, state, membership }]);
  }
  return found;
}

export interface MatchedLine {
  readonly line: number;
  readonly memberId: string | null;
  readonly points: number | null;
  readonly refusal: LineRefusal | null;
}

/** What was written is forgotten where its member was found; whoever is there already is there twice. */
export async function writeMatches(
  client: pg.PoolClient,
  shopId: string,
  giftId: string,
  lines: readonly MatchedLine[],
): Promise<void> {
  await client.query(
    `WITH told AS (
        SELECT w.*, w."memberId" IS NOT NULL AND (
            row_number() OVER (PARTITION BY w."memberId" ORDER BY w.line) > 1
            OR EXISTS (SELECT FROM gift_lines k WHERE k.shop_id = $1 AND k.gift_id = $2 AND k.member_id = w."memberId"
              AND k.state <> 'refused')) AS twice
        FROM jsonb_to_recordset($3::jsonb) AS w (line int, "memberId" uuid, points bigint, refusal text)
      )
      UPDATE gift_lines l SET member_id = CASE WHEN t.twice THEN NULL ELSE t."memberId" END, points = t.points,
        refusal = CASE WHEN t.twice THEN 'twice' ELSE t.refusal END,
        state = CASE WHEN t.twice OR t.refusal IS NOT NULL THEN 'refused' ELSE 'planned' END,
        written = CASE WHEN t.twice OR t.refusal IS NOT NULL THEN l.written END
      FROM told t WHERE l.shop_id = $1 AND l.gift_id = $2 AND l.line = t.line`,
    [shopId, giftId, JSON.stringify(lines)],
  );
}

export interface LineToDo {
  readonly line: number;
  readonly memberId: string;
  readonly points: number | null;
}

/** @param state 'planned' ones are to be given, 'given' ones to be taken back */
export async function nextLines(
  client: pg.PoolClient,
  shopId: string,
  giftId: string,
  state: 'planned' | 'given',
  most: number,
): Promise<readonly LineToDo[]> {
  const { rows } = await client.query<{ line: number; member_id: string; points: string | null }>({
    name: 'next-gift-lines',
    text: `SELECT line, member_id, points FROM gift_lines
      WHERE shop_id = $1 AND gift_id = $2 AND state = $3 ORDER BY line LIMIT $4`,
    values: [shopId, giftId, state, most],
  });
  return rows.map((row) => ({
    line: row.line,
    memberId: row.member_id,
    points: row.points === null ? null : Number(row.points),
  }));
}

export interface LineDone {
  readonly line: number;
  readonly state: 'given' | 'refused' | 'kept' | 'undone';
  readonly refusal: LineRefusal | null;
  /** Points that were taken back. */
  readonly taken: number | null;
}

export async function writeDone(
  client: pg.PoolClient,
  shopId: string,
  giftId: string,
  lines: readonly LineDone[],
): Promise<void> {
  if (lines.length === 0) return;
  await client.query({
    name: 'write-gift-lines',
    text: `UPDATE gift_lines l SET state = w.state, refusal = w.refusal, taken = w.taken
      FROM jsonb_to_recordset($3::jsonb) AS w (line int, state text, refusal text, taken bigint)
      WHERE l.shop_id = $1 AND l.gift_id = $2 AND l.line = w.line`,
    values: [shopId, giftId, JSON.stringify(lines)],
  });
}

/** Those of these members who have a line of their own. */
export async function membersWithLines(
  client: pg.PoolClient,
  shopId: string,
  giftId: string,
  memberIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ member_id: string }>(
    `SELECT member_id FROM gift_lines
      WHERE shop_id = $1 AND gift_id = $2 AND state <> 'refused' AND member_id = ANY($3::uuid[])`,
    [shopId, giftId, memberIds],
  );
  return new Set(rows.map((row) => row.member_id));
}

/** Who leads to whom now, for members who were merged away since. */
export async function survivorsOf(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ gone: string; kept: string }>({
    name: 'survivors-of-merges',
    text: `SELECT merged_member_id AS gone, member_id AS kept FROM member_aliases
      WHERE shop_id = $1 AND merged_member_id = ANY($2::uuid[])`,
    values: [shopId, memberIds],
  });
  return new Map(rows.map(({ gone, kept }) => [gone, kept]));
}

/** What was written of whom nobody found, when it is no longer of use. */
export async function forgetWritten(pool: pg.Pool, before: Date): Promise<void> {
  await pool.query(
    `/* cross-shop: old-gift-lines */ UPDATE gift_lines l SET written = NULL
      FROM gifts g WHERE g.shop_id = l.shop_id AND g.id = l.gift_id AND g.made_at < $1 AND l.written IS NOT NULL`,
    [before],
  );
}

export async function forgetWrittenBy(
  client: pg.PoolClient,
  shopId: string,
  refs: readonly string[],
): Promise<void> {
  await client.query(
    `UPDATE gift_lines SET written = NULL WHERE shop_id = $1 AND lower(written) = ANY($2::text[])`,
    [shopId, refs.map((ref) => ref.toLowerCase())],
  );
}

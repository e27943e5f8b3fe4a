/** Awards by the entries that posted them, and awards written again from these. The members are locked by whoever writes. */
import type pg from 'pg';
import { awardKey } from '../../domain/points/awards.ts';
import type { Source } from '../../domain/points/books.ts';
import type { AwardByEntries, Posting } from '../../domain/proof/award-by-entries.ts';

/** Whose entries tell of whose awards: those merged in brought theirs along. */
const HOLDERS = `SELECT id AS holder, id AS writer FROM unnest($2::uuid[]) AS w (id)
    UNION SELECT a.member_id, a.merged_member_id FROM member_aliases a
      WHERE a.shop_id = $1 AND a.member_id = ANY($2::uuid[]) AND a.merged_member_id IS NOT NULL`;

/**
 * Of these, who was parted from another again. What was posted while they were one stands in the survivor's
 * ledger, whoever's it is now: only the shop's sums can tell whether it is right.
 */
export async function partedAmong(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ holder: string }>(
    `SELECT DISTINCT h.holder FROM (${HOLDERS}) h JOIN merges w ON w.shop_id = $1 AND w.undone_at IS NOT NULL
        AND (w.kept_member_id = h.writer OR w.gone_member_id = h.writer)`,
    [shopId, memberIds],
  );
  return new Set(rows.map(({ holder }) => holder));
}

/** What entries posted for awards, by who holds the award now: those merged in brought theirs along. */
export async function readPostings(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<Map<string, Posting[]>> {
  const { rows } = await client.query<{
    holder: string;
    source_kind: string;
    source_id: string;
    rule_key: string;
    key: string;
    points: string;
    programme_version: number | null;
    occurred_at: Date;
  }>(
    `SELECT h.holder, e.source_kind, e.source_id, e.rule_key, e.key, e.programme_version, e.occurred_at,
        CASE WHEN e.from_account IN ('issued', 'adjusted') THEN e.points ELSE -e.points END AS points
      FROM (${HOLDERS}) h JOIN entries e ON e.shop_id = $1 AND e.member_id = h.writer
      WHERE (e.kind IN ('earn', 'reverse') AND 'issued' IN (e.from_account, e.to_account))
        OR (e.kind = 'adjust' AND 'adjusted' IN (e.from_account, e.to_account))
      ORDER BY h.holder, e.recorded_at, e.member_id, e.seq`,
    [shopId, memberIds],
  );
  const found = new Map<string, Posting[]>();
  for (const row of rows) {
    const posting = {
      sourceKind: row.source_kind,
      sourceId: row.source_id,
      ruleKey: row.rule_key,
      key: row.key,
      points: Number(row.points),
      programmeVersion: row.programme_version,
      occurredAt: row.occurred_at.getTime(),
    };
    const list = found.get(row.holder);
    if (list) list.push(posting);
    else found.set(row.holder, [posting]);
  }
  return found;
}

/**
 * The explanation, the tier and the version are written by whoever decides next; of what a hand gave the entry
 * tells why, and nobody whether it was to count for tiers.
 */
export async function mendAward(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  award: AwardByEntries,
  expired: number,
): Promise<void> {
  const { sourceKind, sourceId, ruleKey, programmeVersion, posted, steps, corrections } = award;
  await client.query(
    `INSERT INTO awards (shop_id, member_id, source_kind, source_id, rule_key, programme_version, posted, steps,
        corrections, qualifies, explanation, occurred_at, available_at, expired)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $3 <> 'adjustment', coalesce(CASE WHEN $3 = 'adjustment' THEN (
        SELECT e.explanation::json FROM entries e WHERE e.shop_id = $1 AND e.member_id = $2 AND e.kind = 'adjust'
          AND e.source_kind = $3 AND e.source_id = $4 ORDER BY e.seq LIMIT 1) END, '{"rule": "step", "step": "not-read"}'), $10,
        CASE WHEN $3 = 'adjustment' THEN $10::timestamptz END, $11)
      ON CONFLICT (shop_id, member_id, source_kind, source_id, rule_key) DO UPDATE SET posted = EXCLUDED.posted,
        steps = EXCLUDED.steps, corrections = EXCLUDED.corrections`,
    [
      ...[shopId, memberId, sourceKind, sourceId, ruleKey, programmeVersion, posted],
      ...[JSON.stringify(steps), corrections, new Date(award.occurredAt), expired],
    ],
  );
}

/** What cannot be read is asked for anew by whoever decides next. */
export async function forgetAllowances(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
): Promise<void> {
  await client.query(`UPDATE awards SET allowance = NULL WHERE shop_id = $1 AND member_id = $2`, [
    shopId,
    memberId,
  ]);
}

export async function mendPosted(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  { sourceKind, sourceId, ruleKey, posted }: AwardByEntries,
): Promise<void> {
  await client.query(
    `UPDATE awards SET posted = $6 WHERE shop_id = $1 AND member_id = $2 AND source_kind = $3 AND source_id = $4
        AND rule_key = $5`,
    [shopId, memberId, sourceKind, sourceId, ruleKey, posted],
  );
}

/** No entry tells of it. */
export async function dropAward(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  { sourceKind, sourceId, ruleKey }: Source,
): Promise<void> {
  await client.query(
    `DELETE FROM awards WHERE shop_id = $1 AND member_id = $2 AND source_kind = $3 AND source_id = $4 AND rule_key = $5`,
    [shopId, memberId, sourceKind, sourceId, ruleKey],
  );
}

/** What expired of awards less what came back, by who holds them now and by the award. */
export async function readLapses(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const { rows } = await client.query<{
    holder: string;
    source_kind: string;
    source_id: string;
    rule_key: string;
    points: string;
  }>(
    `SELECT h.holder, e.source_kind, e.source_id, e.rule_key,
        sum(CASE WHEN e.kind = 'expire' THEN e.points ELSE -e.points END) AS points
      FROM (${HOLDERS}) h JOIN entries e ON e.shop_id = $1 AND e.member_id = h.writer
      WHERE e.kind IN ('expire', 'revive') AND e.to_account <> 'debt' AND e.source_kind <> 'redemption'
      GROUP BY 1, 2, 3, 4`,
    [shopId, memberIds],
  );
  const found = new Map<string, Map<string, number>>();
  for (const { holder, source_kind: sourceKind, source_id: sourceId, ...row } of rows) {
    const own = found.get(holder) ?? new Map<string, number>();
    own.set(awardKey({ sourceKind, sourceId, ruleKey: row.rule_key }), Number(row.points));
    found.set(holder, own);
  }
  return found;
}

export async function mendExpired(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  { sourceKind, sourceId, ruleKey }: Source,
  expired: number,
): Promise<void> {
  await client.query(
    `UPDATE awards SET expired = $6 WHERE shop_id = $1 AND member_id = $2 AND source_kind = $3 AND source_id = $4
        AND rule_key = $5`,
    [shopId, memberId, sourceKind, sourceId, ruleKey, expired],
  );
}

/** What the engine needs of members, read for many at once, and what it decided, written for many at once. */
import type pg from 'pg';
import type { Decision } from '../../domain/decide.ts';
import type { Allowance } from '../../domain/earning/cut-steps.ts';
import type { Award, AwardStep } from '../../domain/points/awards.ts';
import type { Books, Lot } from '../../domain/points/books.ts';
import type { Explanation } from '../../domain/points/explanation.ts';
import { readLot, writeLots } from './lots.ts';
import type { LotRow } from './lots.ts';
import { writeProgress } from './progress.ts';
import { writeScores } from '../leaderboards/scores.ts';
import { writeExpired, writeRedemptions } from './redemptions.ts';
import { cutFrom, inOneRun } from '../one-run.ts';
import { isoOrNull } from '../orders/lock-orders.ts';
import { writeReferralStandings } from '../referrals/referrals.ts';
import { together } from '../transaction.ts';

export async function readAwards(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
  orderIds: readonly string[],
): Promise<Map<string, Award[]>> {
  const { rows } = await client.query<AwardRow>({
    name: 'read-awards',
    // Orders that are not looked at come without their explanation, which is most of a row.
    text: `SELECT member_id, source_kind, source_id, rule_key, programme_version, tier_key, posted, steps, corrections,
        qualifies, occurred_at, available_at, expired, allowance,
        CASE WHEN source_kind <> 'order' OR source_id = ANY($3::text[]) THEN explanation END AS explanation
      FROM awards WHERE shop_id = $1 AND member_id = ANY($2::uuid[])`,
    values: [shopId, memberIds, orderIds],
  });
  return byMember(rows, (row) => ({
    sourceKind: row.source_kind,
    sourceId: row.source_id,
    ruleKey: row.rule_key,
    programmeVersion: row.programme_version,
    tierKey: row.tier_key,
    posted: Number(row.posted),
    steps: row.steps,
    corrections: row.corrections,
    qualifies: row.qualifies,
    explanation: row.explanation ?? NOT_READ,
    occurredAt: row.occurred_at.getTime(),
    availableAt: row.available_at?.getTime() ?? null,
    expired: Number(row.expired),
    allowance: row.allowance,
  }));
}

const NOT_READ: Explanation = { rule: 'step', step: 'not-read' };

interface AwardRow {
  readonly member_id: string;
  readonly source_kind: string;
  readonly source_id: string;
  readonly rule_key: string;
  readonly programme_version: number;
  readonly tier_key: string | null;
  readonly posted: string;
  readonly steps: readonly AwardStep[];
  readonly corrections: number;
  readonly qualifies: boolean;
  readonly explanation: Explanation | null;
  readonly occurred_at: Date;
  readonly available_at: Date | null;
  readonly expired: string;
  readonly allowance: Allowance | null;
}

/** Lots with something left: nothing else can move, but what a redemption took from. */
export async function readOpenLots(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<Map<string, Lot[]>> {
  const { rows } = await client.query<LotRow>({
    name: 'read-open-lots',
    text: `SELECT member_id, lot, state, original, remaining, source_kind, source_id, rule_key, occurred_at,
        available_at, expires_at, kept_until
      FROM lots WHERE shop_id = $1 AND member_id = ANY($2::uuid[]) AND remaining > 0`,
    values: [shopId, memberIds],
  });
  return byMember(rows, readLot);
}

export function byMember<R extends { readonly member_id: string }, T>(
  rows: readonly R[],
  read: (row: R) => T,
): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const list = found.get(row.member_id);
    if (list) list.push(read(row));
    else found.set(row.member_id, [read(row)]);
  }
  return found;
}

export interface MemberChange {
  readonly memberId: string;
  readonly books: Books;
  /** Null when only the books moved. */
  readonly decision: Decision | null;
}

/**
 * Entries, lots, balances, awards and progress, each for all members in one statement.
 * @returns the version of each member's row as it is now
 */
export async function writeMemberChanges(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly MemberChange[],
  recordedAt: Date,
): Promise<ReadonlyMap<string, string>> {
  const referrals = changes.flatMap(({ decision }) => decision?.referrals ?? []);
  const [, , versions] = await together([
    writeEntries(client, shopId, changes, recordedAt),
    writeLots(client, shopId, changes),
    writeBalances(client, shopId, changes, recordedAt),
    writeAwards(client, shopId, changes),
    writeExpired(client, shopId, changes),
    writeRedemptions(client, shopId, changes),
    writeProgress(client, shopId, changes),
    writeReferralStandings(client, shopId, referrals),
    writeScores(client, shopId, changes),
  ]);
  return versions;
}

/** Each entry is chained to the member's entry before it. */
async function writeEntries(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly MemberChange[],
  recordedAt: Date,
): Promise<void> {
  const rows = changes.flatMap(({ memberId, books }) =>
    books.entries.map((entry) => ({
      member_id: memberId,
      seq: entry.seq,
      key: entry.key,
      kind: entry.kind,
      from_account: entry.from,
      to_account: entry.to,
      points: entry.points,
      lot: entry.lot,
      source_kind: entry.sourceKind,
      source_id: entry.sourceId,
      rule_key: entry.ruleKey,
      programme_version: entry.programmeVersion,
      explanation: entry.explanation,
      occurred_at: isoOrNull(entry.occurredAt),
    })),
  );
  if (rows.length === 0) return;
  await client.query({
    name: 'write-entries',
    text: `INSERT INTO entries (shop_id, member_id, seq, key, kind, from_account, to_account, points, lot, source_kind,
        source_id, rule_key, programme_version, explanation, occurred_at, recorded_at, hash)
      SELECT $1, w.*, $3, chain_hash(m.chain_head, entry_content($1, w.member_id, w.seq, w.key, w.kind, w.from_account,
          w.to_account, w.points, w.lot, w.source_kind, w.source_id, w.rule_key, w.programme_version, w.explanation,
          w.occurred_at, $3)) OVER (PARTITION BY w.member_id ORDER BY w.seq)
      FROM jsonb_to_recordset($2::jsonb) AS w (member_id uuid, seq int, key text, kind text,
        from_account text, to_account text, points bigint, lot int, source_kind text, source_id text, rule_key text,
        programme_version int, explanation jsonb, occurred_at timestamptz)
      LEFT JOIN members m ON m.shop_id = $1 AND m.id = w.member_id`,
    values: [shopId, JSON.stringify(rows), recordedAt],
  });
}

/**
 * The whole row at once, after the entries, whose newest is the head of the chain. Whoever was erased keeps
 * the membership that they had.
 */
async function writeBalances(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly MemberChange[],
  recordedAt: Date,
): Promise<ReadonlyMap<string, string>> {
  const rows = changes.map(({ memberId, books, decision }) => ({
    id: memberId,
    available: books.available,
    pending: books.pending,
    debt: books.debt,
    last_seq: books.lastSeq,
    earned_total: books.earnedTotal,
    moved: books.entries.length > 0,
    decided: decision !== null,
    tier_key: decision?.stand?.rung?.key ?? null,
    tier_since: isoOrNull(decision?.stand?.rung ? decision.stand.since : null),
    tier_due_at: isoOrNull(decision?.stand?.termEnds),
    due_at: isoOrNull(decision?.dueAt),
    membership: decision?.membership.state ?? null,
    joined_at: isoOrNull(decision?.membership.joinedAt),
    joined_by: decision?.membership.joinedBy ?? null,
  }));
  if (rows.length === 0) return new Map();
  const { rows: written } = await client.query<{ id: string; version: string }>({
    name: 'write-balances',
    text: `UPDATE members m SET available = w.available, pending = w.pending, debt = w.debt, last_seq = w.last_seq,
        earned_total = w.earned_total, chain_head = CASE WHEN w.moved THEN (SELECT e.hash FROM entries e
          WHERE e.shop_id = $1 AND e.member_id = w.id AND e.seq = w.last_seq) ELSE m.chain_head END,
        decided_at = CASE WHEN w.decided THEN $3 ELSE m.decided_at END,
        last_active_at = CASE WHEN w.moved THEN $3 ELSE m.last_active_at END,
        tier_key = CASE WHEN w.decided THEN w.tier_key ELSE m.tier_key END,
        tier_since = CASE WHEN w.decided THEN w.tier_since ELSE m.tier_since END,
        tier_due_at = CASE WHEN w.decided THEN w.tier_due_at ELSE m.tier_due_at END,
        due_at = CASE WHEN w.decided THEN w.due_at ELSE m.due_at END,
        membership = CASE WHEN w.decided AND m.state <> 'redacted' THEN w.membership ELSE m.membership END,
        joined_at = CASE WHEN w.decided AND m.state <> 'redacted' THEN w.joined_at ELSE m.joined_at END,
        joined_by = CASE WHEN w.decided AND m.state <> 'redacted' THEN w.joined_by ELSE m.joined_by END
      FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, available bigint, pending bigint, debt bigint, last_seq int,
        earned_total bigint, moved boolean, decided boolean, tier_key text, tier_since timestamptz,
        tier_due_at timestamptz, due_at timestamptz, membership text, joined_at timestamptz, joined_by text)
      WHERE m.shop_id = $1 AND m.id = w.id RETURNING m.id, m.xmin::text AS version`,
    values: [shopId, JSON.stringify(rows), recordedAt],
  });
  return new Map(written.map(({ id, version }) => [id, version]));
}

async function writeAwards(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly MemberChange[],
): Promise<void> {
  const awards = changes.flatMap(({ memberId, decision }) =>
    (decision?.awards ?? []).map((award) => ({ ...award, memberId })),
  );
  if (awards.length === 0) return;
  await client.query({
    name: 'write-awards',
    text: WRITE_AWARDS,
    values: [
      shopId,
      ...inOneRun(awards.map(({ explanation }) => JSON.stringify(explanation))),
      ...Object.values(AWARD_COLUMNS).map(([, said]) => awards.map(said)),
    ],
  });
}

type WrittenAward = Award & { readonly memberId: string };

/** Beside the explanation, each with its type and what it says. */
const AWARD_COLUMNS: Readonly<
  Record<string, readonly [string, (award: WrittenAward) => string | number | boolean | null]>
> = {
  member_id: ['uuid', ({ memberId }) => memberId],
  source_kind: ['text', ({ sourceKind }) => sourceKind],
  source_id: ['text', ({ sourceId }) => sourceId],
  rule_key: ['text', ({ ruleKey }) => ruleKey],
  programme_version: ['int', ({ programmeVersion }) => programmeVersion],
  tier_key: ['text', ({ tierKey }) => tierKey],
  posted: ['bigint', ({ posted }) => posted],
  steps: ['jsonb', ({ steps }) => JSON.stringify(steps)],
  corrections: ['int', ({ corrections }) => corrections],
  qualifies: ['boolean', ({ qualifies }) => qualifies],
  occurred_at: ['timestamptz', ({ occurredAt }) => isoOrNull(occurredAt)],
  available_at: ['timestamptz', ({ availableAt }) => isoOrNull(availableAt)],
  allowance: ['jsonb', ({ allowance }) => (allowance ? JSON.stringify(allowance) : null)],
};
const AWARD_NAMES = Object.keys(AWARD_COLUMNS);
const AWARD_KEY = ['member_id', 'source_kind', 'source_id', 'rule_key'];

const WRITE_AWARDS = `INSERT INTO awards (shop_id, ${AWARD_NAMES.join(', ')}, explanation)
  SELECT $1, ${AWARD_NAMES.map((name) => `t.${name}`).join(', ')}, ${cutFrom('$2', 't.start', 't.length')}::json
  FROM unnest($3::int[], $4::int[],
    ${Object.values(AWARD_COLUMNS)
      .map(([type], index) => `$${index + 5}::${type}[]`)
      .join(', ')}) AS t (start, length, ${AWARD_NAMES.join(', ')})
  ON CONFLICT (shop_id, ${AWARD_KEY.join(', ')}) DO UPDATE SET
    ${[...AWARD_NAMES, 'explanation']
      .filter((name) => !AWARD_KEY.includes(name))
      .map((name) => `${name} = EXCLUDED.${name}`)
      .join(', ')}`;

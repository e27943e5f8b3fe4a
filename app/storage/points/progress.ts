import type pg from 'pg';
import type { MemberChange } from './member-books.ts';
import type { Decision } from '../../domain/decide.ts';
import { membershipRow } from '../../domain/memberships/held.ts';
import { ladderRows } from '../../domain/tiers/missing.ts';
import { isoOrNull } from '../orders/lock-orders.ts';
import { together } from '../transaction.ts';

/** What is missing to tiers is kept beside badges and challenges, under the keys "tier" and "tier-kept". */
export async function writeProgress(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly MemberChange[],
): Promise<void> {
  const decided = changes.flatMap(({ memberId, decision }) =>
    decision ? [{ memberId, decision }] : [],
  );
  if (decided.length === 0) return;
  const rows = decided.flatMap(({ memberId, decision }) => [
    ...decision.progress.map((row) => ({
      member_id: memberId,
      key: row.key,
      kind: row.kind,
      have: row.have,
      need: row.need,
      counted: row.counted,
      completed_at: isoOrNull(row.completedAt),
      until: isoOrNull(row.until),
      details: row.details,
    })),
    ...(decision.ladder ? ladderRows(decision.ladder) : []).map((row) => ({
      ...row,
      member_id: memberId,
      kind: 'tier',
      completed_at: null,
      until: isoOrNull(row.until),
    })),
    ...(decision.memberships ?? []).map((held) => {
      const { completedAt, until, ...row } = membershipRow(held);
      return {
        ...{ ...row, member_id: memberId, kind: 'membership' },
        ...{ completed_at: isoOrNull(completedAt), until: isoOrNull(until) },
      };
    }),
    ...(decision.streaks ?? []).map(({ completedAt, until, ...row }) => ({
      ...{ ...row, member_id: memberId, kind: 'streak' },
      ...{ completed_at: isoOrNull(completedAt), until: isoOrNull(until) },
    })),
    ...(decision.tickets ?? []).map((row) => ({
      ...{ ...row, member_id: memberId, kind: 'game', completed_at: null, until: null },
    })),
  ]);
  await together([forgetGone(client, shopId, decided, rows), insertProgress(client, shopId, rows)]);
}

async function insertProgress(
  client: pg.PoolClient,
  shopId: string,
  rows: readonly object[],
): Promise<void> {
  await client.query({
    name: 'write-progress',
    // Most is as it was: what is not written is not locked either, and leaves nothing behind.
    text: `INSERT INTO progress (shop_id, member_id, key, kind, have, need, counted, completed_at, until,
        details)
      SELECT $1, w.* FROM jsonb_to_recordset($2::jsonb) AS w (member_id uuid, key text, kind text, have bigint,
        need bigint, counted jsonb, completed_at timestamptz, until timestamptz, details jsonb)
      WHERE NOT EXISTS (SELECT FROM progress p
        WHERE p.shop_id = $1 AND p.member_id = w.member_id AND p.key = w.key
          AND (p.have, p.need, p.counted, p.completed_at, p.until, p.details) IS NOT DISTINCT FROM
            (w.have, w.need, w.counted, w.completed_at, w.until, w.details))
      ON CONFLICT (shop_id, member_id, key) DO UPDATE SET have = EXCLUDED.have, need = EXCLUDED.need,
        counted = EXCLUDED.counted, completed_at = EXCLUDED.completed_at, until = EXCLUDED.until,
        details = EXCLUDED.details`,
    values: [shopId, JSON.stringify(rows)],
  });
}

type Decided = { readonly memberId: string; readonly decision: Decision };

/** What the facts say nothing of any more: it was given back, or turned out to be another's, or is over. */
async function forgetGone(
  client: pg.PoolClient,
  shopId: string,
  decided: readonly Decided[],
  kept: readonly { readonly member_id: string; readonly key: string }[],
): Promise<void> {
  const keys = Map.groupBy(kept, (row) => row.member_id);
  const spoken = decided.map(({ memberId, decision }) => ({
    member_id: memberId,
    kinds: kindsOf(decision),
    keys: (keys.get(memberId) ?? []).map(({ key }) => key),
  }));
  await client.query({
    name: 'forget-progress',
    text: `DELETE FROM progress p USING jsonb_to_recordset($2::jsonb) AS s (member_id uuid, kinds text[], keys text[])
      WHERE p.shop_id = $1 AND p.member_id = s.member_id AND p.kind = ANY(s.kinds) AND p.key <> ALL(s.keys)`,
    values: [shopId, JSON.stringify(spoken)],
  });
}

/** Kinds of progress that a decision speaks of. */
function kindsOf({ memberships, tickets, streaks }: Decision): readonly string[] {
  return [
    ...['badge', 'challenge'],
    ...(memberships === null ? [] : ['membership']),
    ...(tickets === null ? [] : ['game']),
    ...(streaks === null ? [] : ['streak']),
  ];
}

/** Those of these members who have a badge already, by its row. */
export async function whoHasBadge(
  client: pg.PoolClient,
  shopId: string,
  key: string,
  memberIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ member_id: string }>(
    `SELECT member_id FROM progress
      WHERE shop_id = $1 AND member_id = ANY($2::uuid[]) AND key = $3 AND completed_at IS NOT NULL`,
    [shopId, memberIds, key],
  );
  return new Set(rows.map((row) => row.member_id));
}

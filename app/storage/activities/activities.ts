/** Activities of members. Their members are locked, so nobody else writes them meanwhile. */
import type pg from 'pg';
import { takeInActivity } from '../../domain/activities/activity.ts';
import { toldByTheGone } from '../../domain/activities/yearly.ts';
import type {
  Activity,
  ActivityContent,
  ActivityKind,
  ClaimState,
} from '../../domain/activities/activity.ts';
import { isoOrNull } from '../orders/lock-orders.ts';

export interface MembersActivity {
  readonly memberId: string;
  readonly activity: Activity;
}

/** Those of these members under these ids, as far as they are known; by `activityKey`. */
export async function readSomeActivities(
  client: pg.PoolClient,
  shopId: string,
  wanted: readonly { readonly memberId: string; readonly kind: string; readonly id: string }[],
): Promise<Map<string, Activity>> {
  if (wanted.length === 0) return new Map();
  const { rows } = await client.query<ActivityRow>({
    name: 'read-some-activities',
    text: `SELECT a.* FROM unnest($2::uuid[], $3::text[], $4::text[]) AS w (member_id, kind, activity_id)
      CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM activities WHERE shop_id = $1 AND member_id = w.member_id
        AND kind = w.kind AND activity_id = w.activity_id) a`,
    values: [
      shopId,
      wanted.map(({ memberId }) => memberId),
      wanted.map(({ kind }) => kind),
      wanted.map(({ id }) => id),
    ],
  });
  return new Map(rows.map((row) => [activityKey(row.member_id, readRow(row)), readRow(row)]));
}

export function activityKey(
  memberId: string,
  { kind, id }: { readonly kind: string; readonly id: string },
): string {
  return `${memberId} ${kind} ${id}`;
}

export async function readActivities(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<Map<string, Activity[]>> {
  const { rows } = await client.query<ActivityRow>({
    name: 'read-activities',
    text: `SELECT ${COLUMNS} FROM activities WHERE shop_id = $1 AND member_id = ANY($2::uuid[])`,
    values: [shopId, memberIds],
  });
  const found = new Map<string, Activity[]>();
  for (const row of rows) {
    const list = found.get(row.member_id);
    if (list) list.push(readRow(row));
    else found.set(row.member_id, [readRow(row)]);
  }
  return found;
}

const COLUMNS =
  'member_id, kind, activity_id, occurred_at, withdrawn_at, state, decided_at, told_at, content';

interface ActivityRow {
  readonly member_id: string;
  readonly kind: ActivityKind;
  readonly activity_id: string;
  readonly occurred_at: Date | null;
  readonly withdrawn_at: Date | null;
  readonly state: ClaimState;
  readonly decided_at: Date | null;
  readonly told_at: Date;
  readonly content: ActivityContent;
}

function readRow(row: ActivityRow): Activity {
  return {
    kind: row.kind,
    id: row.activity_id,
    occurredAt: row.occurred_at?.getTime() ?? null,
    withdrawnAt: row.withdrawn_at?.getTime() ?? null,
    state: row.state,
    decidedAt: row.decided_at?.getTime() ?? null,
    toldAt: row.told_at.getTime(),
    content: row.content,
  };
}

export async function writeActivities(
  client: pg.PoolClient,
  shopId: string,
  changed: readonly MembersActivity[],
): Promise<void> {
  if (changed.length === 0) return;
  const rows = changed
    .map(({ memberId, activity }) => ({
      member_id: memberId,
      kind: activity.kind,
      activity_id: activity.id,
      occurred_at: isoOrNull(activity.occurredAt),
      withdrawn_at: isoOrNull(activity.withdrawnAt),
      state: activity.state,
      decided_at: isoOrNull(activity.decidedAt),
      told_at: isoOrNull(activity.toldAt),
      content: activity.content,
    }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  await client.query({
    name: 'write-activities',
    text: `INSERT INTO activities (shop_id, ${COLUMNS})
      SELECT $1, ${COLUMNS} FROM jsonb_to_recordset($2::jsonb) AS w (member_id uuid, kind text, activity_id text,
        occurred_at timestamptz, withdrawn_at timestamptz, state text, decided_at timestamptz, told_at timestamptz,
        content jsonb)
      ON CONFLICT (shop_id, member_id, kind, activity_id) DO UPDATE SET occurred_at = EXCLUDED.occurred_at,
        withdrawn_at = EXCLUDED.withdrawn_at, state = EXCLUDED.state, decided_at = EXCLUDED.decided_at,
        told_at = EXCLUDED.told_at, content = EXCLUDED.content`,
    values: [shopId, JSON.stringify(rows)],
  });
}

function keyOf(row: {
  readonly member_id: string;
  readonly kind: string;
  readonly activity_id: string;
}): string {
  return `${row.member_id} ${row.kind} ${row.activity_id}`;
}

/** Whose receipt it is already, unless it was refused. */
export async function claimerOf(
  client: pg.PoolClient,
  shopId: string,
  receiptId: string,
): Promise<string | null> {
  const { rows } = await client.query<{ member_id: string }>(
    `SELECT member_id FROM activities
      WHERE shop_id = $1 AND kind = 'receipt' AND activity_id = $2 AND state <> 'refused'`,
    [shopId, receiptId],
  );
  return rows[0]?.member_id ?? null;
}

/** Whose custom action has this id, in the whole shop. */
export async function readCustomAction(
  pool: pg.Pool,
  shopId: string,
  id: string,
): Promise<MembersActivity | null> {
  const { rows } = await pool.query<ActivityRow>({
    name: 'read-custom-action',
    text: `SELECT ${COLUMNS} FROM activities WHERE shop_id = $1 AND kind = 'custom' AND activity_id = $2`,
    values: [shopId, id],
  });
  const row = rows[0];
  return row ? { memberId: row.member_id, activity: readRow(row) } : null;
}

/** What a member did goes to the survivor of a merge; what both did is one. */
export async function takeOverActivities(
  client: pg.PoolClient,
  shopId: string,
  { kept, gone, at }: { readonly kept: string; readonly gone: string; readonly at: Date },
): Promise<void> {
  const found = await readActivities(client, shopId, [kept, gone]);
  const own = new Map((found.get(kept) ?? []).map((one) => [activityKey('', one), one]));
  const moved = (found.get(gone) ?? []).map((one) => ({
    memberId: kept,
    activity: takeInActivity(
      own.get(activityKey('', one)) ?? null,
      toldByTheGone(one, at.getTime()),
    ),
  }));
  await client.query(`DELETE FROM activities WHERE shop_id = $1 AND member_id = $2`, [
    shopId,
    gone,
  ]);
  await writeActivities(client, shopId, moved);
}

/** Birthdays, answers and open claims go, and what a claim said; that something was done stays under the random id. */
export async function eraseActivities(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
): Promise<void> {
  await client.query(
    `DELETE FROM activities WHERE shop_id = $1 AND member_id = $2
      AND (kind IN ('birthday', 'profile', 'answers') OR state = 'pending' OR (kind = 'draw' AND activity_id LIKE 'age:%'))`,
    [shopId, memberId],
  );
  await client.query(
    `UPDATE activities SET content = content - 'attachment' - 'note' - 'number'
      WHERE shop_id = $1 AND member_id = $2 AND kind IN ('custom', 'receipt')`,
    [shopId, memberId],
  );
}

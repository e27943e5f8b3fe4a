/** What happened to members. The key makes it happen once: what is told again is not written again. */
import type pg from 'pg';
import type { MemberEvent } from '../../domain/events.ts';

export async function writeMemberEvents(
  client: pg.PoolClient,
  shopId: string,
  told: readonly { readonly memberId: string; readonly events: readonly MemberEvent[] }[],
  recordedAt: Date,
): Promise<void> {
  const rows = told.flatMap(({ memberId, events }) =>
    events.map(({ key, kind, at, content }) => ({
      member_id: memberId,
      key,
      kind,
      occurred_at: new Date(at).toISOString(),
      content,
    })),
  );
  if (rows.length === 0) return;
  await client.query({
    name: 'write-member-events',
    text: `INSERT INTO member_events (shop_id, member_id, key, kind, occurred_at, recorded_at, content)
      SELECT $1, w.member_id, w.key, w.kind, w.occurred_at, $3, w.content
      FROM jsonb_to_recordset($2::jsonb) AS w (member_id uuid, key text, kind text, occurred_at timestamptz, content jsonb)
      ORDER BY w.member_id, w.key
      ON CONFLICT (shop_id, member_id, key) DO NOTHING`,
    values: [shopId, JSON.stringify(rows), recordedAt],
  });
}

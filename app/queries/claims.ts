/** Claims that wait for somebody's word, the longest waiting first. */
import { z } from 'zod';
import type { World } from '../world.ts';

export interface ClaimRow {
  readonly memberId: string;
  readonly member: string | null;
  readonly kind: 'custom' | 'receipt';
  readonly id: string;
  readonly toldAt: number;
  /** The action's name, or the receipt's number. */
  readonly title: string;
  readonly amount: string | null;
  readonly purchasedOn: string | null;
  readonly note: string | null;
  readonly attachment: string | null;
}

export interface ClaimPage {
  readonly claims: readonly ClaimRow[];
  readonly waiting: number;
  /** Where the next page begins. */
  readonly next: string | null;
}

const PAGE = 30;
/** More are not counted one by one. */
const MOST_COUNTED = 1_000;
const AFTER = /^(\d{1,16})~([0-9a-f-]{36})~(custom|receipt)~(.{1,200})$/;
const text = z.string().optional().catch(undefined);
const content = z.object({
  action: text,
  number: text,
  amount: text,
  purchasedOn: text,
  note: text,
  attachment: text,
});

export async function claims(
  world: World,
  shopId: string,
  after: string | null,
): Promise<ClaimPage> {
  const [, at, member, kind, id] = AFTER.exec(after ?? '') ?? [];
  const pool = world.db(shopId);
  const { rows } = await pool.query<{
    member_id: string;
    member: string | null;
    kind: 'custom' | 'receipt';
    activity_id: string;
    told_at: Date;
    content: unknown;
  }>(
    `SELECT a.member_id, coalesce(m.name, m.email) AS member, a.kind, a.activity_id, a.told_at, a.content
      FROM activities a JOIN members m ON m.shop_id = a.shop_id AND m.id = a.member_id
      WHERE a.shop_id = $1 AND a.state = 'pending' AND m.state = 'active' AND ($2::timestamptz IS NULL
        OR (a.told_at, a.member_id, a.kind, a.activity_id) > ($2, $3::uuid, $4::text, $5::text))
      ORDER BY a.told_at, a.member_id, a.kind, a.activity_id LIMIT $6`,
    [shopId, at ? new Date(Number(at)) : null, member ?? null, kind ?? null, id ?? null, PAGE + 1],
  );
  const counted = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM activities a
      JOIN members m ON m.shop_id = a.shop_id AND m.id = a.member_id
      WHERE a.shop_id = $1 AND a.state = 'pending' AND m.state = 'active' LIMIT $2) waiting`,
    [shopId, MOST_COUNTED],
  );
  const shown = rows.slice(0, PAGE).map((row): ClaimRow => {
    const said = content.parse(row.content);
    return {
      memberId: row.member_id,
      member: row.member,
      kind: row.kind,
      id: row.activity_id,
      toldAt: row.told_at.getTime(),
      title: said.action ?? said.number ?? '',
      amount: said.amount ?? null,
      purchasedOn: said.purchasedOn ?? null,
      note: said.note ?? null,
      attachment: said.attachment ?? null,
    };
  });
  const last = shown.at(-1);
  return {
    claims: shown,
    waiting: counted.rows[0]?.count ?? 0,
    next:
      rows.length > PAGE && last ? `${last.toldAt}~${last.memberId}~${last.kind}~${last.id}` : null,
  };
}

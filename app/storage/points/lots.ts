import type pg from 'pg';
import { byMember } from './member-books.ts';
import type { MemberChange } from './member-books.ts';
import type { Lot } from '../../domain/points/books.ts';
import { isoOrNull } from '../orders/lock-orders.ts';

/** Lots that are used up, and to which points of redemptions may come back. */
export async function readHeldLots(
  client: pg.PoolClient,
  shopId: string,
  lots: readonly { readonly memberId: string; readonly lot: number }[],
): Promise<Map<string, Lot[]>> {
  const { rows } = await client.query<LotRow>({
    name: 'read-held-lots',
    text: `SELECT l.member_id, l.lot, state, original, remaining, source_kind, source_id, rule_key, occurred_at,
        available_at, expires_at, kept_until
      FROM unnest($2::uuid[], $3::int[]) AS w (member_id, lot)
      JOIN lots l ON l.shop_id = $1 AND l.member_id = w.member_id AND l.lot = w.lot
      WHERE l.shop_id = $1 AND l.remaining = 0`,
    values: [shopId, lots.map(({ memberId }) => memberId), lots.map(({ lot }) => lot)],
  });
  return byMember(rows, readLot);
}

/** Lots of which something expired, with what of it has not come back. */
export async function readLapsedLots(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<Map<string, Lot[]>> {
  const { rows } = await client.query<LotRow & LapseRow>({
    name: 'read-lapsed-lots',
    text: `SELECT l.member_id, l.lot, state, original, remaining, source_kind, source_id, rule_key, occurred_at,
        available_at, expires_at, kept_until, w.lapsed, w.lapsed_at, w.lapses
      FROM (
        SELECT e.member_id, e.lot, sum(CASE WHEN e.kind = 'expire' THEN e.points ELSE -e.points END) AS lapsed,
          max(e.occurred_at) FILTER (WHERE e.kind = 'expire') AS lapsed_at,
          (count(*) FILTER (WHERE e.kind = 'expire'))::int AS lapses
        FROM entries e WHERE e.shop_id = $1 AND e.member_id = ANY($2::uuid[]) AND e.kind IN ('expire', 'revive')
          AND e.to_account <> 'debt' GROUP BY e.member_id, e.lot
      ) w JOIN lots l ON l.shop_id = $1 AND l.member_id = w.member_id AND l.lot = w.lot
      WHERE l.shop_id = $1`,
    values: [shopId, memberIds],
  });
  return byMember(rows, (row) => ({
    ...readLot(row),
    lapse: { points: Number(row.lapsed), at: row.lapsed_at.getTime(), times: row.lapses },
  }));
}

interface LapseRow {
  readonly lapsed: string;
  readonly lapsed_at: Date;
  readonly lapses: number;
}

export function readLot(row: LotRow): Lot {
  return {
    lot: row.lot,
    state: row.state,
    original: Number(row.original),
    remaining: Number(row.remaining),
    sourceKind: row.source_kind,
    sourceId: row.source_id,
    ruleKey: row.rule_key,
    occurredAt: row.occurred_at.getTime(),
    availableAt: row.available_at?.getTime() ?? null,
    expiresAt: row.expires_at?.getTime() ?? null,
    keptUntil: row.kept_until?.getTime() ?? null,
  };
}

export interface LotRow {
  readonly member_id: string;
  readonly lot: number;
  readonly state: 'pending' | 'available';
  readonly original: string;
  readonly remaining: string;
  readonly source_kind: string;
  readonly source_id: string;
  readonly rule_key: string;
  readonly occurred_at: Date;
  readonly available_at: Date | null;
  readonly expires_at: Date | null;
  readonly kept_until: Date | null;
}

export async function writeLots(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly MemberChange[],
): Promise<void> {
  const rows = changes.flatMap(({ memberId, books }) =>
    [...books.touchedLots].map((lot) => ({
      member_id: memberId,
      lot: lot.lot,
      state: lot.state,
      original: lot.original,
      remaining: lot.remaining,
      source_kind: lot.sourceKind,
      source_id: lot.sourceId,
      rule_key: lot.ruleKey,
      occurred_at: isoOrNull(lot.occurredAt),
      available_at: isoOrNull(lot.availableAt),
      expires_at: isoOrNull(lot.expiresAt),
      kept_until: isoOrNull(lot.keptUntil),
    })),
  );
  if (rows.length === 0) return;
  await client.query({
    name: 'write-lots',
    text: `INSERT INTO lots (shop_id, member_id, lot, state, original, remaining, source_kind, source_id, rule_key,
        occurred_at, available_at, expires_at, kept_until)
      SELECT $1, w.* FROM jsonb_to_recordset($2::jsonb) AS w (member_id uuid, lot int, state text, original bigint,
        remaining bigint, source_kind text, source_id text, rule_key text, occurred_at timestamptz,
        available_at timestamptz, expires_at timestamptz, kept_until timestamptz)
      ON CONFLICT (shop_id, member_id, lot) DO UPDATE SET state = EXCLUDED.state, remaining = EXCLUDED.remaining,
        available_at = EXCLUDED.available_at, expires_at = EXCLUDED.expires_at, kept_until = EXCLUDED.kept_until`,
    values: [shopId, JSON.stringify(rows)],
  });
}

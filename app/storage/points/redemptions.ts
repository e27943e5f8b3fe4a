/** Redemptions, read and written with the books of their members. */
import type pg from 'pg';
import { readHeldLots, readLapsedLots } from './lots.ts';
import { byMember, readOpenLots } from './member-books.ts';
import type { MemberChange } from './member-books.ts';
import type { Lot } from '../../domain/points/books.ts';
import type {
  DiscountOnLine,
  Ending,
  HeldPart,
  Redemption,
  RedemptionState,
  ReturnStep,
} from '../../domain/points/redemption.ts';
import { isoOrNull } from '../orders/lock-orders.ts';
import { together } from '../transaction.ts';

export async function readRedemptions(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<Map<string, Redemption[]>> {
  const { rows } = await client.query<RedemptionRow>({
    name: 'read-redemptions',
    text: `SELECT id, member_id, request_key, purpose, points, state, held, code, order_id, discount_lines, returns,
        reserved_at, captured_at, released_at, valid_until, ending
      FROM redemptions WHERE shop_id = $1 AND member_id = ANY($2::uuid[])`,
    values: [shopId, memberIds],
  });
  return byMember(rows, (row) => ({
    id: row.id,
    memberId: row.member_id,
    requestKey: row.request_key,
    purpose: row.purpose,
    points: Number(row.points),
    state: row.state,
    held: row.held,
    code: row.code,
    orderId: row.order_id,
    discountLines: row.discount_lines,
    returns: row.returns,
    reservedAt: row.reserved_at.getTime(),
    capturedAt: row.captured_at?.getTime() ?? null,
    releasedAt: row.released_at?.getTime() ?? null,
    validUntil: row.valid_until?.getTime() ?? null,
    ending: row.ending,
  }));
}

interface RedemptionRow {
  readonly id: string;
  readonly member_id: string;
  readonly request_key: string;
  readonly purpose: string;
  readonly points: string;
  readonly state: RedemptionState;
  readonly held: readonly HeldPart[];
  readonly code: string | null;
  readonly order_id: string | null;
  readonly discount_lines: readonly DiscountOnLine[] | null;
  readonly returns: readonly ReturnStep[];
  readonly reserved_at: Date;
  readonly captured_at: Date | null;
  readonly released_at: Date | null;
  readonly valid_until: Date | null;
  readonly ending: Ending | null;
}

/**
 * Open lots, and those to which points may come back: of these redemptions, and, where a balance ends by
 * inactivity, of what expired.
 */
export async function readLots(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
  redemptions: RedemptionsOf | Promise<RedemptionsOf>,
  withLapsed: boolean,
): Promise<Map<string, Lot[]>> {
  const [lots, lapsedLots, heldLots] = await together([
    readOpenLots(client, shopId, memberIds),
    withLapsed ? readLapsedLots(client, shopId, memberIds) : new Map<string, Lot[]>(),
    lotsHeldBy(client, shopId, redemptions),
  ]);
  for (const [memberId, lapsed] of lapsedLots) {
    const known = new Set(lapsed.map(({ lot }) => lot));
    lots.set(memberId, [
      ...(lots.get(memberId) ?? []).filter(({ lot }) => !known.has(lot)),
      ...lapsed,
    ]);
  }
  for (const [memberId, more] of heldLots) {
    const known = lots.get(memberId) ?? [];
    const read = new Set(known.map(({ lot }) => lot));
    lots.set(memberId, [...known, ...more.filter(({ lot }) => !read.has(lot))]);
  }
  return lots;
}

type RedemptionsOf = ReadonlyMap<string, readonly Redemption[]>;

async function lotsHeldBy(
  client: pg.PoolClient,
  shopId: string,
  redemptions: RedemptionsOf | Promise<RedemptionsOf>,
): Promise<ReadonlyMap<string, readonly Lot[]>> {
  const held = [...(await redemptions).values()]
    .flat()
    .flatMap((redemption) =>
      redemption.held.filter((part) => part.memberId === redemption.memberId),
    );
  if (held.length === 0) return new Map();
  const used = new Map(held.map((part) => [`${part.memberId} ${part.lot}`, part]));
  return readHeldLots(client, shopId, [...used.values()]);
}

export async function writeRedemptions(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly MemberChange[],
): Promise<void> {
  const rows = changes
    .flatMap(({ decision }) => decision?.redemptions ?? [])
    .map((redemption) => ({
      id: redemption.id,
      member_id: redemption.memberId,
      request_key: redemption.requestKey,
      purpose: redemption.purpose,
      points: redemption.points,
      state: redemption.state,
      held: redemption.held,
      held_points: redemption.held.reduce((sum, part) => sum + part.points, 0),
      code: redemption.code,
      order_id: redemption.orderId,
      discount_lines: redemption.discountLines,
      returns: redemption.returns,
      reserved_at: isoOrNull(redemption.reservedAt),
      captured_at: isoOrNull(redemption.capturedAt),
      released_at: isoOrNull(redemption.releasedAt),
      valid_until: isoOrNull(redemption.validUntil),
      ending: redemption.ending,
    }));
  if (rows.length === 0) return;
  await client.query({
    name: 'write-redemptions',
    text: `INSERT INTO redemptions (shop_id, ${COLUMNS}) SELECT $1, ${COLUMNS}
      FROM jsonb_to_recordset($2::jsonb) AS w (${COLUMN_TYPES}) ORDER BY id
      ON CONFLICT (shop_id, id) DO UPDATE SET state = EXCLUDED.state, held = EXCLUDED.held,
        held_points = EXCLUDED.held_points, order_id = EXCLUDED.order_id, discount_lines = EXCLUDED.discount_lines,
        returns = EXCLUDED.returns, captured_at = EXCLUDED.captured_at,
        released_at = EXCLUDED.released_at, ending = EXCLUDED.ending`,
    values: [shopId, JSON.stringify(rows)],
  });
}

const COLUMNS = `id, member_id, request_key, purpose, points, state, held, held_points, code, order_id,
  discount_lines, returns, reserved_at, captured_at, released_at, valid_until, ending`;
const COLUMN_TYPES = `id uuid, member_id uuid, request_key text, purpose text, points bigint, state text, held jsonb,
  held_points bigint, code text, order_id bigint, discount_lines jsonb, returns jsonb,
  reserved_at timestamptz, captured_at timestamptz, released_at timestamptz, valid_until timestamptz, ending text`;

/** What expired, by the award that had given it: the books counted it. */
export async function writeExpired(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly MemberChange[],
): Promise<void> {
  const rows = changes.flatMap(({ memberId, books }) =>
    [...books.expired.values()]
      .filter(({ touched }) => touched)
      .map(({ sourceKind, sourceId, ruleKey, points }) => ({
        member_id: memberId,
        source_kind: sourceKind,
        source_id: sourceId,
        rule_key: ruleKey,
        expired: points,
      })),
  );
  if (rows.length === 0) return;
  await client.query({
    name: 'write-expired',
    text: `UPDATE awards a SET expired = w.expired
      FROM jsonb_to_recordset($2::jsonb) AS w (member_id uuid, source_kind text, source_id text, rule_key text,
        expired bigint)
      WHERE a.shop_id = $1 AND a.member_id = w.member_id AND a.source_kind = w.source_kind
        AND a.source_id = w.source_id AND a.rule_key = w.rule_key`,
    values: [shopId, JSON.stringify(rows)],
  });
}

export async function memberOfRedemption(
  client: pg.PoolClient,
  shopId: string,
  redemptionId: string,
): Promise<string | null> {
  const { rows } = await client.query<{ member_id: string }>(
    `SELECT member_id FROM redemptions WHERE shop_id = $1 AND id = $2`,
    [shopId, redemptionId],
  );
  return rows[0]?.member_id ?? null;
}

/** A code leads to one redemption of the shop. */
export async function isRedemptionCode(
  client: pg.PoolClient,
  shopId: string,
  code: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM redemptions WHERE shop_id = $1 AND lower(code) = lower($2)`,
    [shopId, code],
  );
  return rowCount === 1;
}

/** By member: the redemption that each has under this key. */
export async function redemptionsByKey(
  client: pg.PoolClient,
  shopId: string,
  requestKey: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ member_id: string; id: string }>(
    `SELECT member_id, id FROM redemptions
      WHERE shop_id = $1 AND member_id = ANY($2::uuid[]) AND request_key = $3`,
    [shopId, memberIds, requestKey],
  );
  return new Map(rows.map((row) => [row.member_id, row.id]));
}

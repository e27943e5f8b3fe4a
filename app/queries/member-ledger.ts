import { explain } from './explain-entries.ts';
import type { LedgerLine } from './newest-entries.ts';
import type { World } from '../world.ts';

export interface LedgerPage {
  readonly lines: readonly LedgerLine[];
  /** Where the next page begins; null at the beginning of the books. */
  readonly next: string | null;
}

const PAGE = 50;
const BEFORE = /^(\d{1,15})~(\d{1,9})$/;

/**
 * A member's entries as they happened, the newest first: what was read of the past is written late, and
 * whoever explains a balance goes by the days. What happened in one moment stands as it was written.
 */
export async function memberLedger(
  world: World,
  shopId: string,
  memberId: string,
  before: string | null,
): Promise<LedgerPage> {
  const [, at, seq] = BEFORE.exec(before ?? '') ?? [];
  // Their entries are found by the key first: an index by time is of the whole shop.
  const { rows } = await world.db(shopId).query<{ seq: number }>(
    `WITH own AS MATERIALIZED
        (SELECT seq, occurred_at FROM entries WHERE shop_id = $1 AND member_id = $2)
      SELECT seq FROM own WHERE $3::timestamptz IS NULL OR (occurred_at, seq) < ($3, $4::int)
      ORDER BY occurred_at DESC, seq DESC LIMIT $5`,
    [shopId, memberId, at === undefined ? null : new Date(Number(at)), seq ?? null, PAGE + 1],
  );
  const shown = await world.prisma.entry.findMany({
    where: {
      shopId: BigInt(shopId),
      memberId,
      seq: { in: rows.slice(0, PAGE).map((row) => row.seq) },
    },
    orderBy: [{ occurredAt: 'desc' }, { seq: 'desc' }],
  });
  const last = shown.at(-1);
  return {
    lines: await explain(world, shopId, shown),
    next: rows.length > PAGE && last ? `${last.occurredAt.getTime()}~${last.seq}` : null,
  };
}

import { explain } from './explain-entries.ts';
import type { LedgerLine } from './newest-entries.ts';
import type { World } from '../world.ts';

export interface LedgerPage {
  readonly lines: readonly LedgerLine[];
  /** Entries before this one are on the next page; null at the beginning of the books. */
  readonly next: number | null;
}

const PAGE = 50;

/** A member's entries, newest first. */
export async function memberLedger(
  world: World,
  shopId: string,
  memberId: string,
  before: number | null,
): Promise<LedgerPage> {
  const rows = await world.prisma.entry.findMany({
    where: {
      shopId: BigInt(shopId),
      memberId,
      ...(before !== null && { seq: { lt: before } }),
    },
    orderBy: { seq: 'desc' },
    take: PAGE + 1,
  });
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  return {
    lines: await explain(world, shopId, shown),
    next: rows.length > PAGE && last ? last.seq : null,
  };
}

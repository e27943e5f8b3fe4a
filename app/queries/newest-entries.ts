import type { SpentOn } from '../domain/points/explain.ts';
import type { Explanation } from '../domain/points/explanation.ts';
import type { World } from '../world.ts';
import { explain } from './explain-entries.ts';

/** A line of the ledger as pages show it. Positive points are the member's gain. */
export interface LedgerLine {
  readonly seq: number;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly points: number;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly ruleKey: string;
  /** What the shop calls the source, e.g. "#1001", where it has a name. */
  readonly sourceName: string | null;
  readonly programmeVersion: number | null;
  readonly occurredAt: number;
  readonly recordedAt: number;
  /** What the entry itself says, e.g. which step of an award it is. */
  readonly said: Explanation | null;
  /** Why: the entry's own explanation, or that of the award it belongs to. */
  readonly because: Explanation | null;
  /** Whether it is explained, but in a way that only a later version of the app can read. */
  readonly unreadable: boolean;
  /** Of points that were spent or that came back: on what. */
  readonly spentOn: SpentOn | null;
}

export interface NewestLine extends LedgerLine {
  readonly memberId: string;
  readonly memberName: string | null;
  readonly memberEmail: string | null;
}

export async function newestEntries(
  world: World,
  shopId: string,
  most: number,
): Promise<readonly NewestLine[]> {
  const { prisma } = world;
  const rows = await prisma.entry.findMany({
    where: { shopId: BigInt(shopId), kind: { not: 'mature' } },
    orderBy: [{ occurredAt: 'desc' }, { seq: 'desc' }],
    take: most,
  });
  const members = await prisma.member.findMany({
    where: { shopId: BigInt(shopId), id: { in: rows.map((row) => row.memberId) } },
    select: { id: true, name: true, email: true },
  });
  const lines = await explain(world, shopId, rows);
  return lines.map((line) => {
    const member = members.find((one) => one.id === line.memberId);
    return { ...line, memberName: member?.name ?? null, memberEmail: member?.email ?? null };
  });
}

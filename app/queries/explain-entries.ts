/** Joins entries with the explanations of the awards they belong to, and with what points were spent on. */
import type { Entry } from '@prisma/client';
import { explanationSchema } from '../domain/points/explanation.ts';
import type { Explanation } from '../domain/points/explanation.ts';
import type { LedgerLine } from './newest-entries.ts';
import { spentOnBy } from './spent-on.ts';
import { notesOf, staffWords, withNote } from './staff-words.ts';
import type { World } from '../world.ts';

export async function explain(
  world: World,
  shopId: string,
  rows: readonly Entry[],
): Promise<readonly (LedgerLine & { memberId: string })[]> {
  const { prisma } = world;
  const orderIds = rows.filter((row) => row.sourceKind === 'order').map((row) => row.sourceId);
  const [awards, orders, spent, words] = await Promise.all([
    prisma.award.findMany({
      where: {
        shopId: BigInt(shopId),
        memberId: { in: [...new Set(rows.map((row) => row.memberId))] },
        sourceId: { in: [...new Set(rows.map((row) => row.sourceId))] },
      },
      select: {
        memberId: true,
        sourceKind: true,
        sourceId: true,
        ruleKey: true,
        explanation: true,
      },
    }),
    prisma.order.findMany({
      where: { shopId: BigInt(shopId), orderId: { in: [...new Set(orderIds)].map(BigInt) } },
      select: { orderId: true, name: true },
    }),
    spentOnBy(
      world,
      shopId,
      rows.filter((row) => row.sourceKind === 'redemption').map((row) => row.sourceId),
    ),
    staffWords(world, shopId, notesOf(rows.map((row) => row.explanation))),
  ]);
  const orderNames = new Map(orders.map(({ orderId, name }) => [String(orderId), name]));
  const byAward = new Map(awards.map((award) => [keyOf(award), award.explanation]));
  return rows.map((row) => {
    const said = withNote(readExplanation(row.explanation), words);
    const award = byAward.get(keyOf(row));
    const because = said?.rule === 'step' ? readExplanation(award) : said;
    return {
      memberId: row.memberId,
      seq: row.seq,
      kind: row.kind,
      from: row.fromAccount,
      to: row.toAccount,
      points: Number(row.points),
      sourceKind: row.sourceKind,
      sourceId: row.sourceId,
      ruleKey: row.ruleKey,
      sourceName:
        row.sourceKind === 'order' ? (orderNames.get(row.sourceId) ?? row.sourceId) : null,
      programmeVersion: row.programmeVersion,
      occurredAt: row.occurredAt.getTime(),
      recordedAt: row.recordedAt.getTime(),
      said,
      because,
      unreadable: said === null || (because === null && award !== undefined),
      spentOn: row.sourceKind === 'redemption' ? (spent.get(row.sourceId) ?? null) : null,
    };
  });
}

/** Null for an explanation of a later version of Laurel: the line is shown without its arithmetic. */
export function readExplanation(stored: unknown): Explanation | null {
  const parsed = explanationSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

function keyOf(of: {
  memberId: string;
  sourceKind: string;
  sourceId: string;
  ruleKey: string;
}): string {
  return [of.memberId, of.sourceKind, of.sourceId, of.ruleKey].join('\n');
}

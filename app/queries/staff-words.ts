/** What staff wrote with what they did, as long as it is kept. */
import { explanationSchema } from '../domain/points/explanation.ts';
import type { Explanation } from '../domain/points/explanation.ts';
import type { World } from '../world.ts';

/** @returns by the id of the audit's line */
export async function staffWords(
  { prisma }: World,
  shopId: string,
  auditIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (auditIds.length === 0) return new Map();
  const rows = await prisma.staffWords.findMany({
    where: { shopId: BigInt(shopId), auditId: { in: [...auditIds] } },
    select: { auditId: true, words: true },
  });
  return new Map(rows.map(({ auditId, words }) => [auditId, words]));
}

/** The lines of the audit with which the notes of these explanations stand. */
export function notesOf(explanations: readonly unknown[]): readonly string[] {
  return explanations.flatMap((stored) => {
    const parsed = explanationSchema.safeParse(stored);
    return parsed.success && parsed.data.rule === 'adjustment' ? (parsed.data.audit ?? []) : [];
  });
}

export function withNote<E extends Explanation | null>(
  explanation: E,
  words: ReadonlyMap<string, string>,
): E {
  if (explanation?.rule !== 'adjustment' || explanation.audit === undefined) return explanation;
  return { ...explanation, note: words.get(explanation.audit) ?? explanation.note };
}

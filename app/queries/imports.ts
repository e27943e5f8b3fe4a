import type { World } from '../world.ts';

export interface ImportState {
  readonly subject: 'products' | 'customers' | 'orders';
  readonly state: 'wanted' | 'asked' | 'reading' | 'finished' | 'failed';
  readonly found: number;
  readonly takenIn: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly detail: string | null;
}

const SUBJECTS = ['products', 'customers', 'orders'] as const;
const STATES = ['wanted', 'asked', 'reading', 'finished', 'failed'] as const;

/** The imports of the shop's history in the order in which they run. */
export async function importsOf(
  { prisma }: World,
  shopId: string,
): Promise<readonly ImportState[]> {
  const rows = await prisma.import.findMany({ where: { shopId: BigInt(shopId) } });
  return SUBJECTS.flatMap((subject) => {
    const row = rows.find((one) => one.subject === subject);
    const state = STATES.find((one) => one === row?.state);
    if (!row || !state) return [];
    return [
      {
        subject,
        state,
        found: row.found,
        takenIn: row.takenIn,
        startedAt: row.startedAt.getTime(),
        finishedAt: row.finishedAt?.getTime() ?? null,
        detail: row.detail,
      },
    ];
  });
}

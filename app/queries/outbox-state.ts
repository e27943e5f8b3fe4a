import type { World } from '../world.ts';

export interface OutboxState {
  /** Effects that were given up; a person can have them tried again. */
  readonly dead: number;
  readonly latest: readonly {
    readonly kind: string;
    readonly detail: string | null;
    readonly memberId: string | null;
    readonly attempts: number;
  }[];
}

/** What could not be done in Shopify. */
export async function outboxState({ prisma }: World, shopId: string): Promise<OutboxState> {
  const where = { shopId: BigInt(shopId), state: 'dead' };
  const [dead, latest] = await Promise.all([
    prisma.effect.count({ where }),
    prisma.effect.findMany({
      where,
      orderBy: { requestedAt: 'desc' },
      take: 5,
      select: { kind: true, detail: true, memberId: true, attempts: true },
    }),
  ]);
  return { dead, latest };
}

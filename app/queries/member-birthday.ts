import { z } from 'zod';
import type { World } from '../world.ts';

export interface MemberBirthday {
  readonly month: number;
  readonly day: number;
}

const content = z.object({ month: z.int(), day: z.int() });

/** As it was told last. */
export async function memberBirthday(
  { prisma }: World,
  shopId: string,
  memberId: string,
): Promise<MemberBirthday | null> {
  const row = await prisma.activity.findFirst({
    where: { shopId: BigInt(shopId), memberId, kind: 'birthday' },
    orderBy: { toldAt: 'desc' },
    select: { content: true },
  });
  return content.safeParse(row?.content).data ?? null;
}

import { z } from 'zod';
import type { World } from '../world.ts';

export interface MemberBirthday {
  readonly month: number;
  readonly day: number;
}

const content = z.object({ month: z.int(), day: z.int(), merged: z.int().optional() });

/** As it was told last; what somebody told who was merged into them only where they told none. */
export async function memberBirthday(
  { prisma }: World,
  shopId: string,
  memberId: string,
): Promise<MemberBirthday | null> {
  const rows = await prisma.activity.findMany({
    where: { shopId: BigInt(shopId), memberId, kind: 'birthday' },
    orderBy: { toldAt: 'desc' },
    select: { content: true },
  });
  const told = rows.flatMap((row) => content.safeParse(row.content).data ?? []);
  const found = told.find(({ merged }) => merged === undefined) ?? told[0];
  return found ? { month: found.month, day: found.day } : null;
}

import { z } from 'zod';
import { FLAG_KINDS } from '../domain/orders/flag-kinds.ts';
import type { OrderFlagContent } from '../domain/orders/flag-kinds.ts';
import type { World } from '../world.ts';

const figures = z.object({
  told: z.string(),
  limit: z.string(),
  currency: z.string().nullable(),
  of: z.string(),
});

const row = z.object({ orderId: z.bigint(), kind: z.enum(FLAG_KINDS), figures });

export interface OrderFlag extends OrderFlagContent {
  readonly orderId: string;
  readonly orderName: string;
}

const MOST = 5;

/** The newest flags that nobody put away, of the shop or of one member. */
export async function orderFlags(
  { prisma }: World,
  shopId: string,
  memberId: string | null = null,
): Promise<{ readonly open: number; readonly flags: readonly OrderFlag[] }> {
  const where = {
    shopId: BigInt(shopId),
    dismissedAt: null,
    ...(memberId === null ? {} : { order: { memberId } }),
  };
  const [open, rows] = await Promise.all([
    prisma.orderFlag.count({ where }),
    prisma.orderFlag.findMany({
      where,
      orderBy: [{ raisedAt: 'desc' }, { orderId: 'desc' }, { kind: 'asc' }],
      take: MOST,
      include: { order: { select: { name: true } } },
    }),
  ]);
  const flags = rows.map(({ order, ...flag }): OrderFlag => {
    const { orderId, kind, figures: told } = row.parse(flag);
    return {
      ...told,
      kind,
      orderId: String(orderId),
      orderName: order.name ?? `#${orderId}`,
    };
  });
  return { open, flags };
}

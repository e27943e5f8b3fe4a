import type { World } from '../world.ts';

export interface Connection {
  readonly provider: string;
  readonly connectedAt: number;
  readonly lastHeardAt: number | null;
}

/** Review apps that this shop connected; their secrets stay in the database. */
export async function connections(
  { prisma }: World,
  shopId: string,
): Promise<readonly Connection[]> {
  const rows = await prisma.integration.findMany({
    where: { shopId: BigInt(shopId) },
    select: { provider: true, connectedAt: true, lastHeardAt: true },
  });
  return rows.map((row) => ({
    provider: row.provider,
    connectedAt: row.connectedAt.getTime(),
    lastHeardAt: row.lastHeardAt?.getTime() ?? null,
  }));
}

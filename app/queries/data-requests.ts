/** Requests of customers for what is held of them. */
import type { World } from '../world.ts';

export interface RequestLine {
  readonly requestId: string;
  readonly askedAt: number;
  readonly dueAt: number;
  /** Whether the answer can still be fetched. */
  readonly kept: boolean;
  readonly fetchedAt: number | null;
}

/** @param memberId null for those of customers who are no member here, while their answer is kept */
export async function dataRequestsOf(
  world: World,
  shopId: string,
  memberId: string | null,
): Promise<readonly RequestLine[]> {
  const requests = await world.prisma.dataRequest.findMany({
    where: {
      shopId: BigInt(shopId),
      memberId,
      ...(memberId === null && { content: { not: null } }),
    },
    orderBy: { askedAt: 'desc' },
    take: 20,
  });
  return requests.map((request) => ({
    requestId: request.requestId,
    askedAt: request.askedAt.getTime(),
    dueAt: request.dueAt.getTime(),
    kept: request.content !== null && request.keepUntil.getTime() >= world.now(),
    fetchedAt: request.downloadedAt?.getTime() ?? null,
  }));
}

import type { World } from '../world.ts';

/** What a signed-in shopper may see of themselves. */
export interface StorefrontMember {
  /** Points that can be spent, less what is owed. */
  readonly points: number;
  readonly pending: number;
  readonly tier: { readonly key: string; readonly since: string | null } | null;
}

/** @param customerId from the signed query: the caller's own, never one they chose */
export async function storefrontMember(
  { prisma }: World,
  shopId: string,
  customerId: string,
): Promise<StorefrontMember | null> {
  const shop = { shopId: BigInt(shopId) };
  const member = await prisma.member.findUnique({
    where: { shopId_customerId: { ...shop, customerId: BigInt(customerId) } },
    select: {
      state: true,
      available: true,
      pending: true,
      debt: true,
      tierKey: true,
      tierSince: true,
    },
  });
  if (!member || member.state !== 'active') return null;
  return {
    points: Number(member.available) - Number(member.debt),
    pending: Number(member.pending),
    tier:
      member.tierKey === null
        ? null
        : { key: member.tierKey, since: member.tierSince?.toISOString() ?? null },
  };
}

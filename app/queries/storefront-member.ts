import type { World } from '../world.ts';
import { readVisitor } from '../storage/members/visitor.ts';

/** What a signed-in shopper may see of themselves. */
export interface StorefrontMember {
  /** Points that can be spent, less what is owed. */
  readonly points: number;
  readonly pending: number;
  readonly tier: { readonly key: string; readonly since: string | null } | null;
}

export interface StorefrontStanding {
  readonly member: StorefrontMember | null;
  /** Null for somebody that nobody has told us of. */
  readonly membership: string | null;
}

/** @param customerId from the signed query: the caller's own, never one they chose */
export async function storefrontMember(
  world: World,
  shopId: string,
  customerId: string,
): Promise<StorefrontStanding> {
  const visitor = await readVisitor(world.db(shopId), shopId, customerId);
  if (visitor?.state !== 'active') return { member: null, membership: null };
  const { membership } = visitor;
  if (membership === 'not-joined') return { member: null, membership };
  const member = await world.prisma.member.findUniqueOrThrow({
    where: { shopId_id: { shopId: BigInt(shopId), id: visitor.memberId } },
    select: { available: true, pending: true, debt: true, tierKey: true, tierSince: true },
  });
  return {
    membership,
    member: {
      points: Number(member.available) - Number(member.debt),
      pending: Number(member.pending),
      tier:
        member.tierKey === null
          ? null
          : { key: member.tierKey, since: member.tierSince?.toISOString() ?? null },
    },
  };
}

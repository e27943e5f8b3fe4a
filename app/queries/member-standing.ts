/** How a member became one, what waits for them, whom they were merged with, and what happened to them. */
import { z } from 'zod';
import { oneEmail } from '../domain/members/guests.ts';
import { addDays } from '../domain/time/shop-time.ts';
import { mergedInto } from '../storage/members/merges.ts';
import { dataRequestsOf } from './data-requests.ts';
import type { RequestLine } from './data-requests.ts';
import type { World } from '../world.ts';
import type { Tenant } from './shop-by-domain.ts';

export interface MemberStanding {
  readonly membership: string;
  readonly joinedAt: number | null;
  readonly joinedBy: string | null;
  /** Ids of customers who lead to this member. */
  readonly aliases: readonly string[];
  /** Orders of a guest with the member's e-mail, which wait until they sign in. */
  readonly waitingOrders: number;
  readonly merges: readonly MergeLine[];
  readonly events: readonly EventLine[];
  readonly dataRequests: readonly RequestLine[];
}

export interface MergeLine {
  readonly id: string;
  readonly goneId: string;
  readonly goneName: string | null;
  readonly at: number;
  readonly by: string;
  readonly reason: string;
  readonly undoneAt: number | null;
  /** Until when it can be undone; null when it cannot. */
  readonly undoUntil: number | null;
}

export interface EventLine {
  readonly key: string;
  readonly kind: string;
  readonly at: number;
  /** The key of the tier that it is about. */
  readonly tier: string | null;
  /** What it is about has this name: a membership, a streak, a reward. */
  readonly name: string | null;
  readonly points: number | null;
}

const MOST_EVENTS = 20;
const UNDO_DAYS = 30;

export async function memberStanding(
  world: World,
  shop: Tenant,
  memberId: string,
): Promise<MemberStanding> {
  const { prisma } = world;
  const own = { shopId: BigInt(shop.id) };
  const member = await prisma.member.findUniqueOrThrow({
    where: { shopId_id: { ...own, id: memberId } },
    select: { membership: true, joinedAt: true, joinedBy: true, email: true },
  });
  const [aliases, merges, events, dataRequests, waitingOrders] = await Promise.all([
    prisma.memberAlias.findMany({ where: { ...own, memberId }, orderBy: { customerId: 'asc' } }),
    mergesOf(world, shop, memberId),
    prisma.memberEvent.findMany({
      where: { ...own, memberId },
      orderBy: { occurredAt: 'desc' },
      take: MOST_EVENTS,
    }),
    dataRequestsOf(world, shop.id, memberId),
    member.email === null
      ? 0
      : prisma.order.count({
          where: {
            ...own,
            memberId: null,
            guestKey: { in: [...world.sealer.hashes(oneEmail(member.email), `guest ${shop.id}`)] },
          },
        }),
  ]);
  return {
    membership: member.membership,
    joinedAt: member.joinedAt?.getTime() ?? null,
    joinedBy: member.joinedBy,
    aliases: aliases.map(({ customerId }) => String(customerId)),
    waitingOrders,
    merges,
    events: events.map(({ key, kind, occurredAt, content }) => ({
      ...{ key, kind, at: occurredAt.getTime() },
      ...tellingIn(content),
    })),
    dataRequests,
  };
}

/** Of those who were merged into somebody who was merged into them, too. */
async function mergesOf(
  world: World,
  shop: Tenant,
  memberId: string,
): Promise<readonly MergeLine[]> {
  const client = await world.db(shop.id).connect();
  const into = await mergedInto(client, shop.id, memberId).finally(() => client.release());
  const merges = await world.prisma.merge.findMany({
    where: { shopId: BigInt(shop.id), keptMemberId: { in: [memberId, ...into] } },
    orderBy: { mergedAt: 'desc' },
    include: { gone: { select: { name: true, email: true, state: true } } },
  });
  return merges.map((merge) => {
    const until = addDays(merge.mergedAt.getTime(), UNDO_DAYS, shop.timeZone);
    const standing =
      merge.undoneAt === null &&
      merge.gone.state === 'merged' &&
      merge.keptMemberId === memberId &&
      world.now() <= until &&
      z.object({ net: z.number() }).safeParse(merge.record).success;
    return {
      id: merge.id,
      goneId: merge.goneMemberId,
      goneName: merge.gone.name ?? merge.gone.email,
      at: merge.mergedAt.getTime(),
      by: merge.mergedBy,
      reason: merge.reason,
      undoneAt: merge.undoneAt?.getTime() ?? null,
      undoUntil: standing ? until : null,
    };
  });
}

const telling = z.object({
  tier: z.string().nullish(),
  name: z.string().nullish(),
  points: z.number().nullish(),
});

function tellingIn(content: unknown): Pick<EventLine, 'tier' | 'name' | 'points'> {
  const { tier = null, name = null, points = null } = telling.catch({}).parse(content);
  return { tier, name, points };
}

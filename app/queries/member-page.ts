/** One member, as support sees them. */
import type { Lot } from '@prisma/client';
import { z } from 'zod';
import { channelOf } from '../domain/orders/channel.ts';
import type { Channel } from '../domain/orders/channel.ts';
import type { Explanation } from '../domain/points/explanation.ts';
import { readExplanation } from './explain-entries.ts';
import { staffWords } from './staff-words.ts';
import type { World } from '../world.ts';

export interface MemberPage {
  readonly id: string;
  readonly customerId: string | null;
  readonly state: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  readonly earnedTotal: number;
  readonly tierKey: string | null;
  readonly tierSince: number | null;
  readonly tierDueAt: number | null;
  /** When the customer's account was made, where Shopify said; else when we first met them. */
  readonly since: number;
  readonly lots: readonly OpenLot[];
  readonly progress: readonly ProgressLine[];
  /** Tiers that staff granted, newest first. */
  readonly grants: readonly GrantLine[];
  readonly orders: readonly OrderLine[];
  readonly audit: readonly AuditLine[];
}

export interface OpenLot {
  readonly lot: number;
  readonly state: string;
  readonly original: number;
  readonly remaining: number;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly occurredAt: number;
  readonly availableAt: number | null;
  readonly expiresAt: number | null;
}

export interface GrantLine {
  readonly id: string;
  readonly tierKey: string;
  readonly until: number | null;
  readonly revokedAt: number | null;
}

export interface ProgressLine {
  /** 'tier', 'tier-kept', 'badge:<key>' or 'challenge:<key>'. */
  readonly key: string;
  readonly kind: string;
  readonly have: number;
  readonly need: number;
  readonly counted: readonly string[];
  readonly completedAt: number | null;
  /** Of tiers: the end of the window, of the term or of the grant. */
  readonly until: number | null;
  /** Keys of the levels of a badge that were earned. */
  readonly levels: readonly string[];
}

export interface OrderLine {
  readonly orderId: string;
  readonly name: string | null;
  readonly placedAt: number | null;
  readonly totalMinor: number | null;
  readonly currency: string | null;
  readonly state: string;
  readonly channel: Channel;
  readonly awards: readonly {
    readonly ruleKey: string;
    readonly points: number;
    readonly explanation: Explanation | null;
  }[];
}

export interface AuditLine {
  readonly id: string;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  /** Where it was about points: how many, negative when they were taken. */
  readonly points: number | null;
  /** What was written with it. */
  readonly words: string | null;
}

const MOST_LOTS = 200;
const MOST_ORDERS = 50;
const MOST_AUDIT = 50;
const MOST_GRANTS = 50;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Null for an id that this shop has no member by. */
export async function memberPage(
  world: World,
  shopId: string,
  memberId: string,
): Promise<MemberPage | null> {
  if (!UUID.test(memberId)) return null;
  const { prisma } = world;
  const shop = { shopId: BigInt(shopId) };
  const ofMember = { ...shop, memberId };
  const member = await prisma.member.findUnique({
    where: { shopId_id: { ...shop, id: memberId } },
  });
  if (!member) return null;
  const [lots, progress, grants, orders, audit] = await Promise.all([
    prisma.lot.findMany({
      where: { ...ofMember, remaining: { gt: 0 } },
      orderBy: [{ occurredAt: 'desc' }, { lot: 'desc' }],
      take: MOST_LOTS,
    }),
    prisma.progress.findMany({ where: ofMember, orderBy: { key: 'asc' } }),
    prisma.tierGrant.findMany({
      where: ofMember,
      orderBy: { grantedAt: 'desc' },
      take: MOST_GRANTS,
    }),
    ordersOf(world, shopId, memberId),
    prisma.audit.findMany({
      where: { ...shop, subject: `member:${memberId}` },
      orderBy: { at: 'desc' },
      take: MOST_AUDIT,
      select: { id: true, at: true, actor: true, action: true, content: true },
    }),
  ]);
  const words = await staffWords(
    world,
    shopId,
    audit.map(({ id }) => id),
  );
  return {
    id: member.id,
    customerId: member.customerId === null ? null : String(member.customerId),
    state: member.state,
    name: member.name,
    email: member.email,
    available: Number(member.available),
    pending: Number(member.pending),
    debt: Number(member.debt),
    earnedTotal: Number(member.earnedTotal),
    tierKey: member.tierKey,
    tierSince: member.tierSince?.getTime() ?? null,
    tierDueAt: member.tierDueAt?.getTime() ?? null,
    since: (member.customerCreatedAt ?? member.enrolledAt).getTime(),
    lots: lots.map(openLot),
    progress: progress.map((row) => ({
      key: row.key,
      kind: row.kind,
      have: Number(row.have),
      need: Number(row.need),
      counted: countedIn(row.counted),
      completedAt: row.completedAt?.getTime() ?? null,
      until: row.until?.getTime() ?? null,
      levels: levelsIn(row.details),
    })),
    grants: grants.map(({ id, tierKey, until, revokedAt }) => ({
      ...{ id, tierKey },
      until: until?.getTime() ?? null,
      revokedAt: revokedAt?.getTime() ?? null,
    })),
    orders,
    audit: audit.map(({ id, at, actor, action, content }) => ({
      id,
      at: at.getTime(),
      actor,
      action,
      points: pointsIn(content),
      words: words.get(id) ?? null,
    })),
  };
}

function openLot(lot: Lot): OpenLot {
  return {
    lot: lot.lot,
    state: lot.state,
    original: Number(lot.original),
    remaining: Number(lot.remaining),
    sourceKind: lot.sourceKind,
    sourceId: lot.sourceId,
    occurredAt: lot.occurredAt.getTime(),
    availableAt: lot.availableAt?.getTime() ?? null,
    expiresAt: lot.expiresAt?.getTime() ?? null,
  };
}

async function ordersOf(
  { prisma }: World,
  shopId: string,
  memberId: string,
): Promise<readonly OrderLine[]> {
  const shop = { shopId: BigInt(shopId) };
  const orders = await prisma.order.findMany({
    where: { ...shop, memberId },
    orderBy: { placedAt: { sort: 'desc', nulls: 'last' } },
    take: MOST_ORDERS,
    select: {
      orderId: true,
      name: true,
      placedAt: true,
      totalMinor: true,
      currency: true,
      state: true,
      facts: true,
    },
  });
  const awards = await prisma.award.findMany({
    where: {
      ...shop,
      memberId,
      sourceKind: 'order',
      sourceId: { in: orders.map(({ orderId }) => String(orderId)) },
    },
    select: { sourceId: true, ruleKey: true, posted: true, explanation: true },
    orderBy: { ruleKey: 'asc' },
  });
  return orders.map((order) => ({
    orderId: String(order.orderId),
    name: order.name,
    placedAt: order.placedAt?.getTime() ?? null,
    totalMinor: order.totalMinor === null ? null : Number(order.totalMinor),
    currency: order.currency,
    state: order.state,
    channel: channelOf(aboutSource.safeParse(order.facts).data?.snapshot.source ?? null),
    awards: awards
      .filter((award) => award.sourceId === String(order.orderId))
      .map((award) => ({
        ruleKey: award.ruleKey,
        points: Number(award.posted),
        explanation: readExplanation(award.explanation),
      })),
  }));
}

function countedIn(stored: unknown): readonly string[] {
  const parsed = z.array(z.string()).safeParse(stored);
  return parsed.success ? parsed.data : [];
}

const aboutSource = z.object({ snapshot: z.object({ source: z.string().nullable() }) });

const aboutPoints = z.object({ points: z.number() });

function pointsIn(content: unknown): number | null {
  const parsed = aboutPoints.safeParse(content);
  return parsed.success ? parsed.data.points : null;
}

const withLevels = z.object({ levels: z.record(z.string(), z.number()) });

function levelsIn(details: unknown): readonly string[] {
  return Object.keys(withLevels.safeParse(details).data?.levels ?? {});
}

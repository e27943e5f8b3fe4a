/** Gifts to many, for the admin: what each is, how far, and what became of its lines. */
import type { Prisma } from '@prisma/client';
import { giftAudience, giftContent } from '../domain/gifts/gift.ts';
import type { GiftAudience, GiftContent, GiftState, LineRefusal } from '../domain/gifts/gift.ts';
import type { World } from '../world.ts';

const NEWEST = 50;
const FIRST = 20;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface GiftCounts {
  readonly planned: number;
  readonly given: number;
  readonly kept: number;
  readonly undone: number;
  readonly refused: number;
  /** Lines that were not looked at yet. */
  readonly read: number;
  /** Points of all lines that are planned or were given, and what was taken back of them. */
  readonly points: number;
  readonly givenPoints: number;
  readonly takenPoints: number;
}

export interface GiftLine {
  readonly id: string;
  readonly reason: string;
  readonly content: GiftContent;
  readonly audience: GiftAudience;
  readonly state: GiftState;
  readonly madeBy: string;
  readonly madeAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly lookedAt: number;
  readonly toLookAt: number;
  readonly detail: string | null;
  readonly counts: GiftCounts;
}

type GiftRow = Prisma.GiftGetPayload<Record<string, never>>;

export async function giftList(world: World, shopId: string): Promise<readonly GiftLine[]> {
  const rows = await world.prisma.gift.findMany({
    where: { shopId: BigInt(shopId) },
    orderBy: { madeAt: 'desc' },
    take: NEWEST,
  });
  const counts = await countsOf(
    world,
    shopId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => giftLine(row, counts.get(row.id) ?? NONE));
}

export interface GiftPage extends GiftLine {
  /** The first of those whom it is for. */
  readonly members: readonly {
    readonly memberId: string;
    readonly name: string | null;
    readonly points: number | null;
    readonly state: string;
  }[];
  readonly refused: readonly RefusedLine[];
  readonly why: readonly { readonly refusal: LineRefusal; readonly lines: number }[];
  readonly steps: readonly {
    readonly action: string;
    readonly actor: string;
    readonly at: number;
  }[];
}

export interface RefusedLine {
  readonly line: number;
  readonly written: string | null;
  readonly memberId: string | null;
  readonly refusal: LineRefusal;
}

/** Null for an id that this shop has no gift by. */
export async function giftPage(
  world: World,
  shopId: string,
  giftId: string,
): Promise<GiftPage | null> {
  if (!UUID.test(giftId)) return null;
  const { prisma } = world;
  const shop = { shopId: BigInt(shopId) };
  const ofGift = { ...shop, giftId };
  const row = await prisma.gift.findUnique({ where: { shopId_id: { ...shop, id: giftId } } });
  if (!row) return null;
  const [counts, members, refused, why, steps] = await Promise.all([
    countsOf(world, shopId, [giftId]),
    prisma.giftLine.findMany({
      where: { ...ofGift, memberId: { not: null }, state: { not: 'refused' } },
      orderBy: { line: 'asc' },
      take: FIRST,
      include: { member: { select: { name: true, email: true } } },
    }),
    refusedLines(world, shopId, giftId, FIRST),
    prisma.giftLine.groupBy({
      by: ['refusal'],
      where: { ...ofGift, state: 'refused' },
      _count: true,
    }),
    prisma.audit.findMany({
      where: { ...shop, subject: `gift:${giftId}` },
      orderBy: { at: 'asc' },
      select: { action: true, actor: true, at: true },
    }),
  ]);
  return {
    ...giftLine(row, counts.get(giftId) ?? NONE),
    members: members.flatMap(({ memberId, member, points, state }) =>
      memberId === null
        ? []
        : [
            {
              ...{ memberId, state, name: member?.name ?? member?.email ?? null },
              points: points === null ? null : Number(points),
            },
          ],
    ),
    refused,
    why: why
      .map(({ refusal, _count }) => ({ refusal: refusal as LineRefusal, lines: _count }))
      .sort((a, b) => b.lines - a.lines),
    steps: steps.map((step) => ({ ...step, at: step.at.getTime() })),
  };
}

export async function refusedLines(
  world: World,
  shopId: string,
  giftId: string,
  most: number,
): Promise<readonly RefusedLine[]> {
  if (!UUID.test(giftId)) return [];
  const rows = await world.prisma.giftLine.findMany({
    where: { shopId: BigInt(shopId), giftId, state: 'refused' },
    orderBy: { line: 'asc' },
    take: most,
    select: { line: true, written: true, memberId: true, refusal: true },
  });
  return rows.map((row) => ({ ...row, refusal: row.refusal as LineRefusal }));
}

const NONE: GiftCounts = {
  ...{ planned: 0, given: 0, kept: 0, undone: 0, refused: 0, read: 0 },
  ...{ points: 0, givenPoints: 0, takenPoints: 0 },
};

async function countsOf(
  { prisma }: World,
  shopId: string,
  giftIds: readonly string[],
): Promise<ReadonlyMap<string, GiftCounts>> {
  const groups = await prisma.giftLine.groupBy({
    by: ['giftId', 'state'],
    where: { shopId: BigInt(shopId), giftId: { in: [...giftIds] } },
    _count: true,
    _sum: { points: true, taken: true },
  });
  const found = new Map<string, GiftCounts>();
  for (const { giftId, state, _count, _sum } of groups) {
    const before = found.get(giftId) ?? NONE;
    const points = state === 'refused' ? 0 : Number(_sum.points ?? 0);
    const wasGiven = ['given', 'kept', 'undone'].includes(state);
    found.set(giftId, {
      ...before,
      [state]: _count,
      points: before.points + points,
      givenPoints: before.givenPoints + (wasGiven ? points : 0),
      takenPoints: before.takenPoints + Number(_sum.taken ?? 0),
    });
  }
  return found;
}

function giftLine(row: GiftRow, counts: GiftCounts): GiftLine {
  const { id, reason, madeBy, lookedAt, toLookAt, detail } = row;
  return {
    ...{ id, reason, madeBy, lookedAt, toLookAt, detail, counts },
    content: giftContent.parse(row.content),
    audience: giftAudience.parse(row.audience),
    state: row.state as GiftState,
    madeAt: row.madeAt.getTime(),
    startedAt: row.startedAt?.getTime() ?? null,
    finishedAt: row.finishedAt?.getTime() ?? null,
  };
}

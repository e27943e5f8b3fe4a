/** A shop with a programme and members with points, and a clock that a test moves. */
import { newMember, newShop, NOW, readingWorld } from './shop-rows.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import type { World } from '../../app/world.ts';

export interface PointsWorld {
  readonly world: World;
  readonly shopId: string;
  now: number;
  /** Publishes a programme that has nothing but these settings. */
  readonly publish: (over: Partial<ProgrammeInput>) => Promise<void>;
  readonly member: (points: number) => Promise<string>;
  readonly give: (memberId: string, points: number) => Promise<void>;
  readonly rows: <R extends Record<string, unknown>>(
    sql: string,
    ...more: unknown[]
  ) => Promise<R[]>;
  readonly balance: (
    memberId: string,
  ) => Promise<{ available: number; pending: number; debt: number }>;
  /** None, when the books are right. */
  readonly proof: () => Promise<Record<string, unknown>[]>;
}

export async function pointsWorld(databaseUrl?: string): Promise<PointsWorld> {
  const still = await readingWorld(databaseUrl);
  const { id: shopId } = await newShop(still);
  // What the orders of test/domain/fixtures.ts are in.
  await still.prisma.shop.update({ where: { id: BigInt(shopId) }, data: { currency: 'USD' } });
  let version = 0;
  let requests = 0;
  const here: PointsWorld = {
    world: { ...still, now: () => here.now },
    shopId,
    now: NOW,
    publish: async (over) => {
      version += 1;
      const document = JSON.stringify(programmeDocument.parse({ ...BARE, ...over }));
      await still.prisma.programmeVersion.create({
        data: {
          shopId: BigInt(shopId),
          version,
          document: JSON.parse(document) as object,
          effectiveAt: new Date(here.now),
          publishedAt: new Date(here.now),
          publishedBy: 'test',
        },
      });
    },
    member: async (points) => {
      const id = await newMember(still, shopId);
      if (points > 0) await here.give(id, points);
      return id;
    },
    give: async (memberId, points) => {
      requests += 1;
      const adjusted = await adjustPoints(here.world, {
        ...{ shopId, memberId, points, reason: 'test', note: '', actor: 'test' },
        ...{ requestKey: `give-${requests}`, allowDebt: true, countsForTier: false },
      });
      if (!adjusted.ok) throw new Error(`not given: ${adjusted.refusal.kind}`);
    },
    rows: async <R extends Record<string, unknown>>(sql: string, ...more: unknown[]) =>
      (await still.db(shopId).query<R>(sql, [shopId, ...more])).rows,
    balance: async (memberId) => {
      const row = await still.prisma.member.findUniqueOrThrow({
        where: { shopId_id: { shopId: BigInt(shopId), id: memberId } },
      });
      return {
        available: Number(row.available),
        pending: Number(row.pending),
        debt: Number(row.debt),
      };
    },
    proof: () => here.rows(`SELECT * FROM prove_books($1)`),
  };
  return here;
}

const BARE: ProgrammeInput = {
  schema: 1,
  name: 'Bare',
  word: { one: 'point', other: 'points' },
  earning: [],
  tiers: { metric: 'spend', window: { kind: 'lifetime' }, graceDays: 0, levels: [] },
  badges: [],
  challenges: [],
  maturityDays: 0,
  clawback: 'unlimited',
  pastOrdersEarn: false,
  testOrdersEarn: false,
};

/** Rewards as the merchant follows them: what was given of each, what became of it, and what waits. */
import { z } from 'zod';
import type { FiguresAge } from '../domain/figures/figure-asks.ts';
import { inForce } from '../domain/programme/terms.ts';
import { missingScopes } from '../domain/rewards/missing-scopes.ts';
import { ageOf, keptFigures } from '../storage/figures/kept-figures.ts';
import type { RewardFigures } from '../storage/figures/reward-figures.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { countPartnerCodes } from '../storage/rewards/partner-codes.ts';
import type { World } from '../world.ts';
import type { Tenant } from './shop-by-domain.ts';

export interface RewardsPage {
  /** Those of the programme in force first, in its order; then what was given and is offered no more. */
  readonly rewards: readonly RewardLine[];
  readonly waiting: readonly WaitingReward[];
  readonly moreWaiting: boolean;
  readonly problems: readonly RefusedReward[];
  readonly published: boolean;
  readonly age: FiguresAge;
}

export interface RewardLine extends RewardFigures {
  readonly key: string;
  readonly offer: RewardOfferLine | null;
  /** Of a partner's list. */
  readonly codes: { readonly given: number; readonly left: number } | null;
}

export interface RewardOfferLine {
  readonly kind: string;
  /** Whether it is a code for the checkout, so that codes for everybody can be made of it. */
  readonly byCode: boolean;
  readonly points: number;
  readonly forPoints: boolean;
  readonly description: string;
  readonly image: string;
  readonly stock: number | null;
  readonly left: number | null;
  readonly state: 'planned' | 'running' | 'over';
  /** Permissions that it needs and the merchant has not allowed: until then nobody is offered it. */
  readonly missing: readonly string[];
}

export interface WaitingReward {
  readonly id: string;
  readonly memberId: string;
  readonly member: string | null;
  readonly name: string;
  readonly points: number;
  readonly at: number;
}

export interface RefusedReward {
  readonly id: string;
  readonly memberId: string;
  readonly member: string | null;
  readonly name: string;
  readonly at: number;
  readonly reason: string;
  readonly scope: string | null;
  readonly message: string;
}

const MOST_WAITING = 50;
const MOST_PROBLEMS = 20;
const PROBLEM_DAYS = 30;

export async function rewardsPage(world: World, shop: Tenant): Promise<RewardsPage> {
  const db = world.db(shop.id);
  const now = world.now();
  const asks = { kind: 'rewards', currency: shop.currency } as const;
  const [all, kept, stocks, codes, waiting, problems] = await Promise.all([
    readShopTerms(db, shop.id, termsMemoryOf(db)),
    keptFigures(db, shop.id, asks, now),
    stocksByKey(world, shop.id),
    countPartnerCodes(db, shop.id),
    waitingRewards(world, shop.id),
    refusedRewards(world, shop.id),
  ]);
  const figures = kept.figures ?? {};
  const terms = inForce(all, now);
  const offered = (terms?.rewards ?? []).map(
    ({ key, name, item, definition, startsAt, endsAt }): RewardLine => {
      const left = item.stock === null ? null : Math.max(0, item.stock - (stocks.get(key) ?? 0));
      const isOver = endsAt !== null && now >= endsAt;
      const state = startsAt !== null && now < startsAt ? 'planned' : isOver ? 'over' : 'running';
      const { kind, points, forPoints, description, image, stock } = item;
      return {
        ...(figures[key] ?? NOTHING),
        ...{ key, name },
        offer: {
          kind,
          byCode: definition.byCode === true,
          points,
          forPoints,
          description,
          image,
          stock,
          left,
          state,
          missing: missingScopes(kind, all.scopes),
        },
        codes: kind === 'partner-code' ? (codes.get(key) ?? { given: 0, left: 0 }) : null,
      };
    },
  );
  const keys = new Set(offered.map(({ key }) => key));
  const former = Object.entries(figures)
    .filter(([key]) => !keys.has(key))
    .map(([key, line]): RewardLine => ({ ...line, key, offer: null, codes: null }));
  return {
    rewards: [...offered, ...former],
    waiting: waiting.slice(0, MOST_WAITING),
    moreWaiting: waiting.length > MOST_WAITING,
    problems,
    published: terms !== null,
    age: ageOf(kept),
  };
}

const NOTHING: RewardFigures = {
  ...{ name: '', given: 0, open: 0, used: 0, ended: 0, refused: 0, points: 0 },
  ...{ revenueMinor: 0, costMinor: 0 },
};

async function stocksByKey(world: World, shopId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await world.prisma.rewardStock.findMany({ where: { shopId: BigInt(shopId) } });
  return new Map(rows.map(({ rewardKey, given }) => [rewardKey, Number(given)]));
}

/** What a person has to do, the longest waiting first. */
async function waitingRewards(world: World, shopId: string): Promise<readonly WaitingReward[]> {
  const { rows } = await world.db(shopId).query<{
    id: string;
    member_id: string;
    member: string | null;
    name: string;
    points: string;
    at: Date;
  }>(
    `SELECT i.id, r.member_id, coalesce(m.name, m.email) AS member, i.name, r.points, i.asked_at AS at
      FROM issued_rewards i
      JOIN redemptions r ON r.shop_id = i.shop_id AND r.id = i.id
      JOIN members m ON m.shop_id = r.shop_id AND m.id = r.member_id
      WHERE i.shop_id = $1 AND i.making = 'made' AND r.state = 'reserved' AND r.ending IS NULL
        AND i.terms ->> 'kind' = 'by-hand'
      ORDER BY i.asked_at, i.id LIMIT $2`,
    [shopId, MOST_WAITING + 1],
  );
  return rows.map((row) => ({
    id: row.id,
    memberId: row.member_id,
    member: row.member,
    name: row.name,
    points: Number(row.points),
    at: row.at.getTime(),
  }));
}

const refusal = z.object({
  reason: z.string(),
  scope: z.string().nullable(),
  message: z.string(),
});

async function refusedRewards(world: World, shopId: string): Promise<readonly RefusedReward[]> {
  const { rows } = await world.db(shopId).query<{
    id: string;
    member_id: string;
    member: string | null;
    name: string;
    at: Date;
    refusal: unknown;
  }>(
    `SELECT i.id, r.member_id, coalesce(m.name, m.email) AS member, i.name, i.asked_at AS at, i.refusal
      FROM issued_rewards i
      JOIN redemptions r ON r.shop_id = i.shop_id AND r.id = i.id
      JOIN members m ON m.shop_id = r.shop_id AND m.id = r.member_id
      WHERE i.shop_id = $1 AND i.making = 'refused' AND i.asked_at > $2
      ORDER BY i.asked_at DESC, i.id LIMIT $3`,
    [shopId, new Date(world.now() - PROBLEM_DAYS * 86_400_000), MOST_PROBLEMS],
  );
  return rows.flatMap(({ refusal: why, at, member_id: memberId, ...row }) => {
    const read = refusal.safeParse(why);
    return read.success ? [{ ...row, ...read.data, memberId, at: at.getTime() }] : [];
  });
}

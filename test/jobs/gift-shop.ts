/** Gifts in a shop of their own: each test that asks for it begins with an empty one. */
import { beforeEach } from 'vitest';
import { EVERYBODY } from '../../app/domain/segments/segment.ts';
import { runGifts } from '../../app/jobs/run-gifts.ts';
import { planGift } from '../../app/operations/plan-gift.ts';
import { steerGift } from '../../app/operations/steer-gift.ts';
import { giftPage } from '../../app/queries/gifts.ts';
import type { GiftPage } from '../../app/queries/gifts.ts';
import { pointsWorld } from '../support/points-world.ts';
import type { PointsWorld } from '../support/points-world.ts';

export function giftShop() {
  let here: PointsWorld;
  beforeEach(async () => {
    here = await pointsWorld();
    await here.publish({});
  });

  const points = (over: object = {}): object => ({
    reason: 'Thank you',
    content: { kind: 'points', points: 50, lastDay: null, ...over },
    audience: { kind: 'segment', segment: EVERYBODY },
  });

  async function planned(wish: object, file: string | null = null): Promise<string> {
    const plan = await planGift(here.world, { shopId: here.shopId, actor: 'staff:1', wish, file });
    if (!plan.ok) throw new Error(`not planned: ${JSON.stringify(plan.refusal)}`);
    return plan.giftId;
  }

  async function work(batch?: number): Promise<void> {
    while (await runGifts(here.world, batch));
  }

  const steer = (giftId: string, step: 'start' | 'pause' | 'resume' | 'cancel' | 'undo') =>
    steerGift(here.world, { shopId: here.shopId, giftId, step, actor: 'staff:1' });

  async function page(giftId: string): Promise<GiftPage> {
    const found = await giftPage(here.world, here.shopId, giftId);
    if (!found) throw new Error('no such gift');
    return found;
  }

  async function joined(available: number): Promise<string> {
    const id = await here.member(available);
    await here.rows(
      `UPDATE members SET membership = 'joined', joined_at = '2026-01-01T00:00:00Z' WHERE shop_id = $1 AND id = $2`,
      id,
    );
    return id;
  }

  const available = async (id: string): Promise<number> => (await here.balance(id)).available;

  return {
    ...{ points, planned, work, steer, page, joined, available },
    get here() {
      return here;
    },
  };
}

/** Shopify has made it: the member can use it, and what one simply has is spent with that. */
import { captureRedemption } from './capture-redemption.ts';
import { usedBy } from '../domain/rewards/definition.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { readIssued, writeMade } from '../storage/rewards/issued-rewards.ts';
import type { World } from '../world.ts';
import { mirrorMember } from './decide-members.ts';

export async function rewardMade(
  world: World,
  wish: {
    readonly shopId: string;
    readonly redemptionId: string;
    readonly shopifyId: string | null;
  },
): Promise<void> {
  const { shopId, redemptionId, shopifyId } = wish;
  const db = world.db(shopId);
  await writeMade(db, shopId, redemptionId, { shopifyId, at: new Date(world.now()) });
  const reward = await readIssued(db, shopId, redemptionId);
  if (!reward) return;
  if (usedBy(reward.terms) === 'having') {
    await captureRedemption(world, { shopId, redemptionId, orderId: null });
  } else {
    await wantEffects(db, shopId, [mirrorMember(reward.memberId)], new Date(world.now()));
  }
}

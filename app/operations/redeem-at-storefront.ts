/** A shopper spends points on a reward at the storefront. Who they are the caller has made sure of. */
import { redeemReward } from './redeem-reward.ts';
import type { RewardAnswer } from './redeem-reward.ts';
import type { SignIn } from './sign-in.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import type { Visitor } from '../storage/members/visitor.ts';
import type { World } from '../world.ts';

/** Keys of a page are no keys of staff or of programs. */
const PREFIX = 'storefront:';

export async function meetVisitor(
  world: World,
  { shopId, customerId }: SignIn,
): Promise<Visitor | null> {
  return readVisitor(world.db(shopId), shopId, customerId);
}

/** @param visitor null for a customer whom nobody knows */
export async function redeemAtStorefront(
  world: World,
  shopId: string,
  visitor: Visitor | null,
  wish: { readonly reward: string; readonly steps: number; readonly key: string },
): Promise<RewardAnswer> {
  if (!visitor) return { ok: false, refusal: { kind: 'not-a-member' } };
  return redeemReward(world, {
    ...{ shopId, memberId: visitor.memberId, prompt: true },
    ...{ rewardKey: wish.reward, steps: wish.steps, requestKey: PREFIX + wish.key },
  });
}

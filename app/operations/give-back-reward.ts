/**
 * A member gives back a code that they have not used. It is ended in Shopify first, and its points come
 * back then; what an order has used by that time stays used.
 */
import { markEnding } from './end-reward.ts';
import type { SignIn } from './sign-in.ts';
import { mayBeGivenBack } from '../domain/storefront/rewards.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { readIssued } from '../storage/rewards/issued-rewards.ts';
import type { World } from '../world.ts';

export type GivenBack =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly refusal: { readonly kind: 'unknown-reward' | 'not-returnable' };
    };

/** @param redemptionId somebody else's is as unknown as none */
export async function giveBackReward(
  world: World,
  { shopId, customerId }: SignIn,
  redemptionId: string,
): Promise<GivenBack> {
  const pool = world.db(shopId);
  const visitor = await readVisitor(pool, shopId, customerId);
  const reward = await readIssued(pool, shopId, redemptionId);
  if (visitor?.state !== 'active' || reward?.memberId !== visitor.memberId) {
    return { ok: false, refusal: { kind: 'unknown-reward' } };
  }
  // Asked for once more: it is under way, or done.
  if (reward.ending === 'cancelled') return { ok: true };
  if (!mayBeGivenBack(reward)) return { ok: false, refusal: { kind: 'not-returnable' } };
  const marked = await markEnding(world, { shopId, redemptionId, because: 'cancelled' });
  return marked.ok ? { ok: true } : { ok: false, refusal: { kind: 'not-returnable' } };
}

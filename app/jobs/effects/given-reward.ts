/** A reward as Shopify's adapters take it, and what their refusals mean to the outbox. */
import type { Stage } from './performer.ts';
import { Refused, Throttled, Unreachable } from '../../shopify/admin-client.ts';
import { discountTitle } from '../../shopify/rewards/wish.ts';
import type { GivenReward, OutwardTerms, RewardRefusal } from '../../shopify/rewards/wish.ts';
import { readShopTerms, termsMemoryOf } from '../../storage/programme/shop-terms.ts';
import type { StoredReward } from '../../storage/rewards/issued-rewards.ts';
import { giftCardPlace } from '../../storage/sealing.ts';

export async function givenReward(
  { world, shopId }: Stage,
  reward: StoredReward,
  terms: OutwardTerms,
): Promise<GivenReward> {
  const { id, secret, customerId } = reward;
  const db = world.db(shopId);
  const { timeZone } = await readShopTerms(db, shopId, termsMemoryOf(db));
  return {
    ...{ id, terms, timeZone, customerId: customerId ?? '', code: reward.code },
    gid: reward.shopifyId,
    title: discountTitle(reward.name, customerId),
    giftCardCode: secret === null ? null : world.sealer.open(secret, giftCardPlace(shopId, id)),
    ...{ givenAt: reward.givenAt, validUntil: reward.validUntil },
  };
}

export function failure(refusal: RewardRefusal): Error {
  switch (refusal.kind) {
    case 'throttled':
      return new Throttled(refusal.waitMs);
    case 'unreachable':
      return new Unreachable(refusal.message);
    case 'code-taken':
      return new Refused('Somebody else’s code is the same.');
    case 'refused':
      return new Refused(refusal.message);
  }
}

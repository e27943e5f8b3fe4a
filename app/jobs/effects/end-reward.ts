/**
 * Ends a reward: first in Shopify, so that nobody can use it, and then its points go back. What an
 * order has used by then stays used.
 */
import { z } from 'zod';
import type { Performer, Stage } from './performer.ts';
import { concludeEnding } from '../../operations/end-reward.ts';
import { Refused, Throttled, Unreachable } from '../../shopify/admin-client.ts';
import { endReward } from '../../shopify/rewards/end-reward.ts';
import { discountTitle, isOutward } from '../../shopify/rewards/wish.ts';
import type { RewardRefusal } from '../../shopify/rewards/wish.ts';
import { readShopTerms, termsMemoryOf } from '../../storage/programme/shop-terms.ts';
import { readIssued, writeNeverMade } from '../../storage/rewards/issued-rewards.ts';
import type { StoredReward } from '../../storage/rewards/issued-rewards.ts';
import { giftCardPlace } from '../../storage/sealing.ts';

const payload = z.object({ redemptionId: z.string() });

export const endRewardEffect: Performer = {
  kind: 'end-reward',
  together: 1,
  tries: Infinity,
  perform: async (stage, [effect]) => {
    if (!effect) return new Map();
    const { redemptionId } = payload.parse(effect.payload);
    const note = await endIssued(stage, redemptionId);
    return new Map(note === null ? [] : [[effect.key, note]]);
  },
};

async function endIssued(stage: Stage, redemptionId: string): Promise<string | null> {
  const { world, shopId } = stage;
  const reward = await readIssued(world.db(shopId), shopId, redemptionId);
  const because = reward?.ending ?? 'cancelled';
  const conclude = async (): Promise<string | null> => {
    const changed = await concludeEnding(world, { shopId, redemptionId, because });
    return changed.ok ? null : 'It was used before it could be ended.';
  };
  if (!reward) return conclude();
  if (reward.state === 'captured' || reward.state === 'returned') {
    return 'It was used before it could be ended.';
  }
  if (reward.making === 'asked') {
    if (!(await writeNeverMade(world.db(shopId), shopId, redemptionId))) {
      throw new Unreachable('Shopify is being asked to make it.');
    }
    return conclude();
  }
  const isThere = reward.triedAt !== null || reward.shopifyId !== null;
  if (!isOutward(reward.terms) || !isThere) return conclude();
  const answer = await endThere(stage, reward);
  if (!answer.ok) throw failure(answer.refusal);
  if (answer.found === 'used' && reward.state === 'reserved') {
    // The order that used it tells: until then its points stay where they are.
    return 'It was used before it could be ended.';
  }
  return conclude();
}

async function endThere({ world, shopId, admin }: Stage, reward: StoredReward) {
  const { id, terms, secret, customerId } = reward;
  if (!isOutward(terms)) throw new Error('Shopify has no part in it.');
  const db = world.db(shopId);
  const { timeZone } = await readShopTerms(db, shopId, termsMemoryOf(db));
  return endReward(await admin(), {
    ...{ id, terms, timeZone, customerId: customerId ?? '', code: reward.code },
    gid: reward.shopifyId,
    title: discountTitle(reward.name, customerId),
    giftCardCode: secret === null ? null : world.sealer.open(secret, giftCardPlace(shopId, id)),
    ...{ givenAt: reward.givenAt, validUntil: reward.validUntil },
  });
}

function failure(refusal: RewardRefusal): Error {
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

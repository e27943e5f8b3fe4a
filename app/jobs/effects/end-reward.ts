/**
 * Ends a reward: first in Shopify, so that nobody can use it, and then its points go back. What an
 * order has used by then stays used.
 */
import { z } from 'zod';
import { failure, givenReward } from './given-reward.ts';
import type { Performer, Stage } from './performer.ts';
import { concludeEnding } from '../../operations/end-reward.ts';
import { Unreachable } from '../../shopify/admin-client.ts';
import { endReward } from '../../shopify/rewards/end-reward.ts';
import { isOutward } from '../../shopify/rewards/wish.ts';
import { readIssued, writeNeverMade } from '../../storage/rewards/issued-rewards.ts';

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
  const answer = await endReward(
    await stage.admin(),
    await givenReward(stage, reward, reward.terms),
  );
  if (!answer.ok) throw failure(answer.refusal);
  if (answer.found === 'used' && reward.state === 'reserved') {
    // The order that used it tells: until then its points stay where they are.
    return 'It was used before it could be ended.';
  }
  return conclude();
}

/**
 * A merchant edited or deleted a discount of ours. What its member can use no more ends, and its points
 * come back; what is only another than it was given stays, and is shown with what was changed.
 */
import { z } from 'zod';
import { failure, givenReward } from './given-reward.ts';
import type { Performer, Stage } from './performer.ts';
import { markEnding } from '../../operations/end-reward.ts';
import { readReward } from '../../shopify/rewards/read-reward.ts';
import { isOutward } from '../../shopify/rewards/wish.ts';
import { writeChanges } from '../../storage/rewards/changed-rewards.ts';
import { readIssued } from '../../storage/rewards/issued-rewards.ts';

const payload = z.object({ redemptionId: z.string() });

export const checkRewardEffect: Performer = {
  kind: 'check-reward',
  together: 1,
  perform: async (stage, [effect]) => {
    if (!effect) return new Map();
    const { redemptionId } = payload.parse(effect.payload);
    return new Map([[effect.key, await checkIssued(stage, redemptionId)]]);
  },
};

/** @returns what was found, in words for staff */
async function checkIssued(stage: Stage, redemptionId: string): Promise<string> {
  const { world, shopId } = stage;
  const db = world.db(shopId);
  const reward = await readIssued(db, shopId, redemptionId);
  const isHeld = reward?.making === 'made' && reward.state === 'reserved';
  if (!reward || !isHeld || reward.ending !== null || !isOutward(reward.terms)) {
    return 'No member holds it any more.';
  }
  const given = await givenReward(stage, reward, reward.terms);
  const seen = await readReward(await stage.admin(), given, world.now());
  if (!seen.ok) throw failure(seen.refusal);
  switch (seen.state) {
    case 'deleted':
    case 'deactivated':
    case 'expired':
      await markEnding(world, { shopId, redemptionId, because: 'removed' });
      return 'It was ended in Shopify: its points come back.';
    case 'scheduled':
    case 'changed':
    case 'active':
      await writeChanges(db, shopId, redemptionId, seen.changes);
      return seen.changes.length === 0
        ? 'It is as it was given.'
        : `Changed in Shopify: ${seen.changes.map(({ what }) => what).join(', ')}.`;
  }
}

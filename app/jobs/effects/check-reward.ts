/**
 * A merchant edited or deleted a discount of ours. What its member can use no more ends, and its points
 * come back; what is only another than it was given stays, and is shown with what was changed.
 */
import { z } from 'zod';
import { failure, givenReward } from './given-reward.ts';
import { NotYet } from './performer.ts';
import type { Performer, Stage } from './performer.ts';
import { markEnding } from '../../operations/end-reward.ts';
import { readReward } from '../../shopify/rewards/read-reward.ts';
import { isOutward } from '../../shopify/rewards/wish.ts';
import type { RewardChange } from '../../shopify/rewards/wish.ts';
import { aliasIdsOf } from '../../storage/members/alias-ids.ts';
import { writeChanges } from '../../storage/rewards/changed-rewards.ts';
import { readIssued } from '../../storage/rewards/issued-rewards.ts';

const LOOKS = 4;
const LOOK_AGAIN_MS = 10 * 60_000;

const payload = z.object({ redemptionId: z.string() });

export const checkRewardEffect: Performer = {
  kind: 'check-reward',
  together: 1,
  perform: async (stage, [effect]) => {
    if (!effect) return new Map();
    const { redemptionId } = payload.parse(effect.payload);
    return new Map([[effect.key, await checkIssued(stage, redemptionId, effect.attempts)]]);
  },
};

/** @returns what was found, in words for staff */
async function checkIssued(stage: Stage, redemptionId: string, attempts: number): Promise<string> {
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
  const aliases = await aliasIdsOf(db, shopId, reward.memberId);
  // Merged here by staff, they are two customers in Shopify, and it is for the one who redeemed.
  const changes = seen.changes.filter(
    ({ what, found }) => what !== 'customer' || !aliases.has(found),
  );
  switch (seen.state) {
    case 'deleted':
    case 'deactivated':
    case 'expired':
      await markEnding(world, { shopId, redemptionId, because: 'removed' });
      return 'It was ended in Shopify: its points come back.';
    case 'scheduled':
    case 'changed':
    case 'active':
      if (isOf('code', changes) || isOf('customer', changes)) {
        // Shopify moves the codes of a customer who is merged, and tells of the merge by itself.
        if (!isOf('code', changes) && attempts < LOOKS) {
          throw new NotYet('It is another customer’s: they may be one by now.', LOOK_AGAIN_MS);
        }
        await markEnding(world, { shopId, redemptionId, because: 'removed' });
        return 'Its member can use it no more as it is in Shopify: its points come back.';
      }
      await writeChanges(db, shopId, redemptionId, changes);
      return changes.length === 0
        ? 'It is as it was given.'
        : `Changed in Shopify: ${changes.map(({ what }) => what).join(', ')}.`;
  }
}

/** Whether the member is left out: without their code, or not among those who may use it. */
function isOf(what: 'code' | 'customer', changes: readonly RewardChange[]): boolean {
  return changes.some(
    (change) =>
      change.what === what &&
      change.found !== 'all' &&
      !change.found.split(', ').includes(change.given),
  );
}

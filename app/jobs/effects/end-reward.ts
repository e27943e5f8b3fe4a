/**
 * Ends a reward: first in Shopify, so that nobody can use it, and then its points go back. What an
 * order has used by then stays used.
 */
import { z } from 'zod';
import { failure, givenReward } from './given-reward.ts';
import { NotYet } from './performer.ts';
import type { Performer, Stage } from './performer.ts';
import { neverPaid } from '../../domain/orders/never-paid.ts';
import { captureRedemption } from '../../operations/capture-redemption.ts';
import { concludeEnding } from '../../operations/end-reward.ts';
import { DAY } from '../../domain/time/shop-time.ts';
import { Unreachable } from '../../shopify/admin-client.ts';
import { endReward } from '../../shopify/rewards/end-reward.ts';
import { isOutward } from '../../shopify/rewards/wish.ts';
import { ordersWithCode } from '../../storage/orders/orders-with-code.ts';
import { readIssued, writeNeverMade } from '../../storage/rewards/issued-rewards.ts';
import type { StoredReward } from '../../storage/rewards/issued-rewards.ts';

const payload = z.object({ redemptionId: z.string() });

export const endRewardEffect: Performer = {
  kind: 'end-reward',
  together: 1,
  tries: Infinity,
  perform: async (stage, [effect]) => {
    if (!effect) return new Map();
    const { redemptionId } = payload.parse(effect.payload);
    const note = await endIssued(stage, redemptionId, effect.attempts);
    return new Map(note === null ? [] : [[effect.key, note]]);
  },
};

async function endIssued(
  stage: Stage,
  redemptionId: string,
  attempts: number,
): Promise<string | null> {
  const { world, shopId } = stage;
  const reward = await readIssued(world.db(shopId), shopId, redemptionId);
  const because = reward?.ending ?? 'cancelled';
  const conclude = async (): Promise<string | null> => {
    const changed = await concludeEnding(world, { shopId, redemptionId, because });
    return changed.ok ? null : USED;
  };
  if (!reward) return conclude();
  if (reward.state === 'captured' || reward.state === 'returned') return USED;
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
  if (answer.found !== 'used' || reward.state !== 'reserved') return conclude();
  return settleUsed(stage, reward, { attempts, conclude });
}

const USED = 'It was used before it could be ended.';
const LOOK_AGAIN_MS = 6 * 3_600_000;
/** Three days: by then the nightly comparison has found an order whose every message was lost. */
const MOST_LOOKS = 12;

/** Shopify has counted a use, and no order of the member that was paid tells of it. */
async function settleUsed(
  { world, shopId }: Stage,
  { id, code, givenAt }: StoredReward,
  how: { readonly attempts: number; readonly conclude: () => Promise<string | null> },
): Promise<string | null> {
  // Shopify's clock is not ours.
  const since = new Date(givenAt - DAY);
  const orders = code === null ? [] : await ordersWithCode(world.db(shopId), shopId, code, since);
  const capture = async (orderId: string | null): Promise<string> => {
    await captureRedemption(world, { shopId, redemptionId: id, orderId });
    return USED;
  };
  const paid = orders.find(({ paidAt }) => paidAt !== null);
  if (paid) return capture(paid.id);
  if (orders.length > 0 && orders.every(neverPaid)) return how.conclude();
  if (orders.length === 0 && how.attempts >= MOST_LOOKS) return capture(null);
  throw new NotYet('The order that used it is not known, or not paid.', LOOK_AGAIN_MS);
}

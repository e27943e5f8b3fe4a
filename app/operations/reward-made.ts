/** Shopify has made it: the member can use it, and what one simply has is spent with that. */
import type pg from 'pg';
import { captureRedemption } from './capture-redemption.ts';
import { mirrorMember } from './decide-members.ts';
import { usedBy } from '../domain/rewards/definition.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { writeMade } from '../storage/rewards/issued-rewards.ts';
import type { StoredReward } from '../storage/rewards/issued-rewards.ts';
import { atOnce } from '../storage/transaction.ts';
import type { World } from '../world.ts';

/** Written with it: nothing is left to do. */
export type Conclude = (client: pg.Pool | pg.PoolClient, at: Date) => Promise<void>;

export async function rewardMade(
  world: World,
  {
    shopId,
    reward: { id, memberId, terms },
    shopifyId,
    conclude = () => Promise.resolve(),
  }: {
    readonly shopId: string;
    readonly reward: Pick<StoredReward, 'id' | 'memberId' | 'terms'>;
    readonly shopifyId: string | null;
    readonly conclude?: Conclude;
  },
): Promise<void> {
  const db = world.db(shopId);
  const at = new Date(world.now());
  const made = { shopifyId, at };
  if (usedBy(terms) === 'having') {
    await writeMade(db, shopId, id, made);
    await captureRedemption(world, { shopId, redemptionId: id, orderId: null });
    await conclude(db, at);
    return;
  }
  await atOnce(db, (client) => [
    writeMade(client, shopId, id, made),
    conclude(client, at),
    wantEffects(client, shopId, [mirrorMember(memberId)], at),
  ]);
}

/**
 * Compares the traces of these members' referrals once more: of two that were told at the same moment
 * neither saw the other.
 */
import { memberIsDue } from './take-in-referrals.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { findInCommon } from '../storage/referrals/referral-traces.ts';
import { readReferrals } from '../storage/referrals/referrals.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export async function compareReferrals(
  world: World,
  shopId: string,
  memberIds: readonly string[],
): Promise<void> {
  await inTransaction(world.db(shopId), async (client) => {
    const theirs = [...(await readReferrals(client, shopId, memberIds)).values()];
    const ids = theirs.flatMap(({ made, came }) => [...made, ...came].map(({ id }) => id));
    const found = await findInCommon(client, shopId, [...new Set(ids)]);
    const ends = found.flatMap(({ advocateId, friendId }) => [advocateId, friendId]);
    const due = [...new Set(ends)].map(memberIsDue);
    await wantEffects(client, shopId, due, new Date(world.now()));
  });
}

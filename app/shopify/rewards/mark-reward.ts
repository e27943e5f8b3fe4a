import { answered } from './answered.ts';
import { markCredits } from './store-credit.ts';
import type { MarkAnswer, RewardWish } from './wish.ts';
import type { AdminClient } from '../admin-client.ts';

/**
 * To be asked, and its answer stored, before a reward is first asked for: what cannot be found again
 * by a code is found by what came after the marker. @throws ShopLeft
 */
export async function markReward(
  admin: AdminClient,
  { terms, customerId }: Pick<RewardWish, 'terms' | 'customerId'>,
): Promise<MarkAnswer> {
  if (terms.kind !== 'store-credit') return { ok: true, marker: null };
  return answered(() => markCredits(admin, { terms, customerId }));
}

import type { IssuedReward } from './issued.ts';
import type { MemberEvent } from '../events.ts';
import type { Redemption } from '../points/redemption.ts';

/** A member was given a reward: a prize, a present of staff. What they spent points on they know. */
export function givenNews(
  { requestKey, reservedAt }: Pick<Redemption, 'requestKey' | 'reservedAt'>,
  { rewardKey, name, origin }: Pick<IssuedReward, 'rewardKey' | 'name' | 'origin'>,
): readonly MemberEvent[] {
  if (origin === 'points') return [];
  const key = `reward-given:${requestKey}`;
  const content = { reward: rewardKey, name, because: origin };
  return [{ kind: 'reward-given', key, at: reservedAt, content }];
}

/** The shopper says once that they are old enough; the moment is kept. */
import { takeInNow } from './take-in-now.ts';
import type { Shopper } from './tell-activity.ts';
import { ageActivity } from '../domain/games/plays.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import type { World } from '../world.ts';

/** @returns whether there is a member of whom it can be kept */
export async function confirmAge(
  world: World,
  { shopId, customerId }: Shopper,
  age: number,
): Promise<boolean> {
  const visitor = await readVisitor(world.db(shopId), shopId, customerId);
  if (visitor?.state !== 'active' || visitor.membership === 'not-joined') return false;
  const activity = ageActivity(age, world.now());
  const whose = { memberId: visitor.memberId };
  const [outcome] = await takeInNow(world, shopId, [{ kind: 'activity', whose, activity }]);
  return outcome !== 'gone';
}

import { answersInWords } from '../domain/quizzes/answers-in-words.ts';
import type { WordedAnswers } from '../domain/quizzes/answers-in-words.ts';
import { readActivities } from '../storage/activities/activities.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inSnapshot } from '../storage/transaction.ts';
import type { World } from '../world.ts';

/** What a member answered in quizzes and votes, the newest first. */
export async function memberAnswers(
  world: World,
  shopId: string,
  memberId: string,
): Promise<readonly WordedAnswers[]> {
  const pool = world.db(shopId);
  const shop = await readShopTerms(pool, shopId, termsMemoryOf(pool));
  if (!shop.versions.some(({ version }) => version.document.quizzes.length > 0)) return [];
  const done = await inSnapshot(pool, (client) => readActivities(client, shopId, [memberId]));
  return answersInWords(shop, done.get(memberId) ?? []);
}

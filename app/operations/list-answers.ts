/** Staff fetch who answered what: who did so is written down, as these are words of people about themselves. */
import { writeAudit } from '../storage/audit/write-audit.ts';
import { answersOfMembers } from '../storage/quizzes/answers-of-members.ts';
import type { AnswersOfMember } from '../storage/quizzes/answers-of-members.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

/** One file holds no more. */
const MOST = 100_000;

export async function listAnswers(
  world: World,
  { shopId, actor, quizKey }: { shopId: string; actor: string; quizKey: string },
): Promise<readonly AnswersOfMember[]> {
  const at = new Date(world.now());
  return inTransaction(world.db(shopId), async (client) => {
    const answers = await answersOfMembers(client, shopId, quizKey, MOST);
    await writeAudit(client, shopId, {
      ...{ id: world.newId(), at, actor, action: 'answers-listed', subject: `quiz:${quizKey}` },
      ...{ requestKey: null, content: { members: answers.length } },
    });
    return answers;
  });
}

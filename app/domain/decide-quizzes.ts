/** Prizes for answering: by the version under which a member first answered, for the answers as they are now. */
import type { Activity } from './activities/activity.ts';
import type { Deciding } from './deciding.ts';
import { givePrizes } from './prizes/give-prizes.ts';
import type { DuePrize } from './prizes/give-prizes.ts';
import { inForce } from './programme/terms.ts';
import { answersIn } from './quizzes/answers.ts';
import { scoreOf } from './quizzes/score.ts';

export function decideQuizzes(deciding: Deciding): void {
  const { member, membership, shop } = deciding;
  if (membership.state === 'not-joined') return;
  if (!shop.versions.some(({ quizzes }) => quizzes.length > 0)) return;
  const due = (member.activities ?? []).flatMap((activity) => duePrize(activity, deciding));
  givePrizes(deciding, 'quiz', due);
}

function duePrize(
  { kind, id, occurredAt: at, withdrawnAt, toldAt, content }: Activity,
  { shop, now, membership }: Deciding,
): DuePrize[] {
  if (kind !== 'answers' || at === null || at > now || withdrawnAt !== null) return [];
  if (membership.outside(at) !== null) return [];
  const terms = inForce(shop, at);
  const quiz = terms?.quizzes.find(({ key }) => key === id);
  if (!terms || !quiz) return [];
  // What is right goes by the questions that were asked when these answers were given.
  const asked = inForce(shop, toldAt)?.quizzes.find(({ key }) => key === id) ?? quiz;
  const score = scoreOf(asked.item.questions, answersIn(content));
  if (!quiz.definition.isWon(quiz.settings, score)) return [];
  const { name } = quiz;
  return [
    {
      ...{ sourceId: id, ruleKey: id, name, at, because: 'quiz-answered' },
      programmeVersion: terms.version.version,
      prize: quiz.item.prize,
    },
  ];
}

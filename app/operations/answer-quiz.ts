/**
 * A member answers a quiz, or votes. What they answered is a fact, written once under the member's lock,
 * with what their voice weighs by the tier that they have in that moment; the engine gives the prize.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { SignIn } from './sign-in.ts';
import { membershipOf } from '../domain/members/membership.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { takeInActivity } from '../domain/activities/activity.ts';
import { answersGiven, answersIn, readAnswers } from '../domain/quizzes/answers.ts';
import type { AnswerRefusal, AnswersAsked } from '../domain/quizzes/answers.ts';
import { quizRefusal, sameAnswers } from '../domain/quizzes/quiz-refusal.ts';
import type { QuizRefusal } from '../domain/quizzes/quiz-refusal.ts';
import type { QuizTerms } from '../domain/quizzes/quiz-terms.ts';
import { readSomeActivities, writeActivities } from '../storage/activities/activities.ts';
import { findMembers, lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction, isContention, MetOthers } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const MOST_TURNS = 5;

export type AnsweredQuiz =
  | { readonly ok: true; readonly already: boolean; readonly quizKey: string }
  | { readonly ok: false; readonly refusal: AnswerQuizRefusal };

export type AnswerQuizRefusal =
  | QuizRefusal
  | AnswerRefusal
  | { readonly kind: 'not-running' }
  | { readonly kind: 'not-a-member' }
  | { readonly kind: 'unknown-quiz' };

export async function answerQuiz(
  world: World,
  shopper: SignIn,
  wish: { readonly quiz: string; readonly answers: AnswersAsked },
): Promise<AnsweredQuiz> {
  const { shopId } = shopper;
  for (let turn = 1; ; turn += 1) {
    try {
      return await inTransaction(world.db(shopId), (client) =>
        answer(client, world, shopper, wish),
      );
    } catch (error) {
      if (turn === MOST_TURNS || !isContention(error)) throw error;
    }
  }
}

async function answer(
  client: pg.PoolClient,
  world: World,
  { shopId, customerId }: SignIn,
  wish: { readonly quiz: string; readonly answers: AnswersAsked },
): Promise<AnsweredQuiz> {
  const now = world.now();
  const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
  const terms = inForce(shop, now);
  if (!terms) return refuse({ kind: 'not-running' });
  const quiz = terms.quizzes.find(({ key }) => key === wish.quiz);
  if (!quiz) return refuse({ kind: 'unknown-quiz' });
  const member = await lockedMember(client, shopId, shop, customerId, now);
  if (!member) return refuse({ kind: 'not-a-member' });
  const read = readAnswers(quiz.item.questions, wish.answers);
  if (!read.ok) return refuse(read.refusal);
  const { id: memberId, tierKey, tags } = member;
  const asked = [{ memberId, kind: 'answers', id: quiz.key }];
  const [before = null] = (await readSomeActivities(client, shopId, asked)).values();
  const known = before && answersIn(before.content);
  if (known && sameAnswers(known, read.answers)) {
    return { ok: true, already: true, quizKey: quiz.key };
  }
  const refusal = quizRefusal(quiz, { tierKey, tags, known }, now);
  if (refusal) return refuse(refusal);
  const given = answersGiven(quiz.key, read.answers, weightOf(quiz, tierKey), now);
  // Of two at one moment it is not left to chance which is the newer.
  const told = { ...given, toldAt: Math.max(now, (before?.toldAt ?? 0) + 1) };
  const activity = takeInActivity(before, told);
  await writeActivities(client, shopId, [{ memberId, activity }]);
  await decide(client, shopId, shop, member, now);
  return { ok: true, already: false, quizKey: quiz.key };
}

function weightOf({ definition, settings }: QuizTerms, tierKey: string | null): number | null {
  return definition.weightOf(settings, tierKey);
}

/** Under lock, as they are now: a tier whose term is over is none. Null for who is no member. */
async function lockedMember(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  customerId: string,
  now: number,
): Promise<StoredMember | null> {
  const id = (await findMembers(client, shopId, [customerId])).get(customerId);
  if (id === undefined) return null;
  const found = (await lockMembers(client, shopId, [id])).get(id);
  if (found?.state === 'merged') throw new MetOthers('the member was merged away meanwhile');
  if (found?.state !== 'active' || membershipOf(found, shop, now).state !== 'joined') return null;
  if (found.dueAt === null || found.dueAt > now) return found;
  await decide(client, shopId, shop, found, now);
  return (await lockMembers(client, shopId, [id])).get(id) ?? null;
}

async function decide(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  member: StoredMember,
  now: number,
): Promise<void> {
  await decideMembers(
    client,
    shopId,
    shop,
    { now, at: new Date(now) },
    { members: [member], changed: [], customers: new Map(), wholly: new Set<string>() },
  );
}

function refuse(refusal: AnswerQuizRefusal): AnsweredQuiz {
  return { ok: false, refusal };
}

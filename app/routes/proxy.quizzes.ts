import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { posted } from './proxy/posted.ts';
import { quizWords } from './proxy/quiz-words.ts';
import type { QuizWords } from './proxy/quiz-words.ts';
import { withWords } from './proxy/reward-words.ts';
import { OWN, shopperOf } from './proxy/shopper.ts';
import { answersAsked } from '../domain/quizzes/answers.ts';
import { answerQuiz } from '../operations/answer-quiz.ts';
import type { AnswerQuizRefusal } from '../operations/answer-quiz.ts';
import { joinToken } from '../operations/join-token.ts';
import { storefrontQuizzes } from '../operations/play-quizzes.ts';
import type { QuizForShopper } from '../operations/play-quizzes.ts';
import { shopTermsNow } from '../operations/take-in-now.ts';

/** Twenty questions with twelve answers each, and what stands around them. */
const MOST_BYTES = 8_000;

/**
 * Who: a customer signed in at the storefront, by Shopify's signed query alone. One quiz by its key, or all
 * that are open, with what the caller answered, and the token with which their page may answer.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { world } = args.context;
  const shopper = await shopperOf(args);
  if (!shopper) return json({ token: null, quizzes: [] }, OWN);
  const only = new URL(args.request.url).searchParams.get('quiz');
  const found = await storefrontQuizzes(world, shopper, only ?? undefined);
  const { timeZone } = await shopTermsNow(world, shopper.shopId);
  const words = quizWords(args.request, timeZone, world.now());
  const token = joinToken(world, shopper);
  if (only === null) return json({ token, quizzes: found.map((quiz) => told(quiz, words)) }, OWN);
  const [quiz] = found;
  if (!quiz) return refused({ kind: 'unknown-quiz' }, words);
  return json({ token, quiz: told(quiz, words) }, OWN);
}

const wish = z.strictObject({ quiz: z.string().min(1).max(40), answers: answersAsked });

/**
 * Who: a customer signed in at the storefront, about themselves: the signed query alone says who it is, and an
 * id in the body is refused. The same answers, sent again, are known.
 */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { world } = context;
  const asked = await posted(args, wish, { mostBytes: MOST_BYTES });
  if (!asked.ok) return withWords(request, asked.response);
  const { shopper } = asked;
  const answer = await answerQuiz(world, shopper, asked.asked);
  const { timeZone } = await shopTermsNow(world, shopper.shopId);
  const words = quizWords(request, timeZone, world.now());
  if (!answer.ok) return refused(answer.refusal, words);
  const [quiz] = await storefrontQuizzes(world, shopper, answer.quizKey);
  return json({ ok: true, already: answer.already, result: quiz ? told(quiz, words) : null }, OWN);
}

function told(quiz: QuizForShopper, { why }: QuizWords) {
  return { ...quiz, why: quiz.why && { ...quiz.why, says: why(quiz.why) } };
}

function refused(refusal: AnswerQuizRefusal, { why }: QuizWords) {
  return json({ ok: false, refusal, says: why(refusal) }, { ...OWN, status: statusOf(refusal) });
}

/** 422: it would be refused at any time. 409: as things stand now. */
function statusOf({ kind }: AnswerQuizRefusal): number {
  switch (kind) {
    case 'unknown-quiz':
      return 404;
    case 'unknown-question':
    case 'unknown-choice':
    case 'one-choice':
    case 'unanswered':
      return 422;
    case 'not-running':
    case 'not-a-member':
    case 'not-now':
    case 'not-for-you':
    case 'answered-already':
      return 409;
  }
}

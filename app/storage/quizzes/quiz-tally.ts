import type pg from 'pg';
import { countAnswers } from './count-answers.ts';
import type { QuizDocument } from '../../domain/quizzes/quiz-terms.ts';
import { tallyOf } from '../../domain/quizzes/tally.ts';
import type { CountedAnswer, QuizTally } from '../../domain/quizzes/tally.ts';

/** So many answers are counted whenever somebody looks; more are counted once a minute. */
const FEW = 2_000;
const KEPT_MS = 60_000;
const MOST_KEPT = 200;

interface Kept {
  readonly at: number;
  readonly counted: Promise<readonly CountedAnswer[]>;
}

const kept = new WeakMap<pg.Pool, Map<string, Kept>>();

/** For shoppers, of whom many look: of a vote of many thousands it is up to a minute old. */
export async function shownTally(
  pool: pg.Pool,
  shopId: string,
  { key, questions }: Pick<QuizDocument, 'key' | 'questions'>,
  now: number,
): Promise<QuizTally> {
  const memory = kept.get(pool) ?? new Map<string, Kept>();
  kept.set(pool, memory);
  const place = `${shopId} ${key}`;
  const known = memory.get(place);
  if (known && now - known.at < KEPT_MS) {
    const tally = tallyOf(questions, await known.counted);
    if (tally.members > FEW) return tally;
  }
  const counted = countAnswers(pool, shopId, key);
  memory.delete(place);
  memory.set(place, { at: now, counted });
  counted.catch(() => memory.delete(place));
  const [oldest] = memory.keys();
  if (memory.size > MOST_KEPT && oldest !== undefined) memory.delete(oldest);
  return tallyOf(questions, await counted);
}

/** Quizzes and votes for one shopper: what they answered, whether they can answer now, and how all did. */
import type { PlayPart } from './play.ts';
import type { SignIn } from './sign-in.ts';
import { readMembers } from '../storage/members/lock-members.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { readSomeActivities } from '../storage/activities/activities.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inSnapshot } from '../storage/transaction.ts';
import { shownTally } from '../storage/quizzes/quiz-tally.ts';
import { membershipOf } from '../domain/members/membership.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ProgrammeTerms, ShopTerms } from '../domain/programme/terms.ts';
import { answersIn } from '../domain/quizzes/answers.ts';
import type { Answers } from '../domain/quizzes/answers.ts';
import { quizRefusal } from '../domain/quizzes/quiz-refusal.ts';
import type { QuizRefusal } from '../domain/quizzes/quiz-refusal.ts';
import { isOpen, isOver } from '../domain/quizzes/quiz-terms.ts';
import type { QuizTerms } from '../domain/quizzes/quiz-terms.ts';
import { scoreOf } from '../domain/quizzes/score.ts';
import type { Score } from '../domain/quizzes/score.ts';
import { percentOf } from '../domain/quizzes/tally.ts';
import type { QuizTally } from '../domain/quizzes/tally.ts';
import { shownQuiz } from '../domain/storefront/quizzes.ts';
import type { ShownQuiz } from '../domain/storefront/quizzes.ts';
import type { World } from '../world.ts';

export type WhyNotAnswer = QuizRefusal | { readonly kind: 'not-a-member' };

export interface QuizForShopper extends ShownQuiz {
  readonly can: boolean;
  readonly why: WhyNotAnswer | null;
  /** Keys of what they chose, by the key of the question. */
  readonly answered: Readonly<Record<string, readonly string[]>> | null;
  /** Where answers can be right; told when they cannot be changed any more. */
  readonly score: Score | null;
  readonly right: Readonly<Record<string, readonly string[]>> | null;
  readonly results: ShownResults | null;
}

export interface ShownResults {
  readonly members: number;
  readonly questions: readonly {
    readonly key: string;
    readonly choices: readonly {
      readonly key: string;
      readonly members: number;
      /** Of the voices, by their weight. */
      readonly percent: number;
    }[];
  }[];
}

export const playQuizzes: PlayPart = async (world, shopper) => ({
  quizzes: await storefrontQuizzes(world, shopper),
});

/** @param only the key of one; all that are open where it is left out */
export async function storefrontQuizzes(
  world: World,
  { shopId, customerId }: SignIn,
  only?: string,
): Promise<readonly QuizForShopper[]> {
  const now = world.now();
  const pool = world.db(shopId);
  const shop = await readShopTerms(pool, shopId, termsMemoryOf(pool));
  const terms = inForce(shop, now);
  const wanted = (terms?.quizzes ?? []).filter((quiz) =>
    only === undefined ? isOpen(quiz, now) : quiz.key === only,
  );
  if (!terms || wanted.length === 0) return [];
  const who = await whoAsks(world, shopId, customerId, shop, wanted);
  return Promise.all(
    wanted.map((quiz) => quizFor(world, shopId, quiz, { terms, who, timeZone: shop.timeZone })),
  );
}

interface WhoAsks {
  readonly isMember: boolean;
  readonly tierKey: string | null;
  readonly tags: Parameters<typeof quizRefusal>[1]['tags'];
  readonly known: ReadonlyMap<string, Answers>;
}

async function whoAsks(
  world: World,
  shopId: string,
  customerId: string,
  shop: ShopTerms,
  quizzes: readonly QuizTerms[],
): Promise<WhoAsks> {
  const visitor = await readVisitor(world.db(shopId), shopId, customerId);
  if (!visitor) return { isMember: false, tierKey: null, tags: [], known: new Map() };
  const { memberId } = visitor;
  return inSnapshot(world.db(shopId), async (client) => {
    const [member] = await readMembers(client, shopId, [memberId]);
    const asked = quizzes.map(({ key: id }) => ({ memberId, kind: 'answers', id }));
    const rows = await readSomeActivities(client, shopId, asked);
    return {
      isMember:
        member?.state === 'active' && membershipOf(member, shop, world.now()).state === 'joined',
      tierKey: member?.tierKey ?? null,
      tags: member?.tags ?? [],
      known: new Map([...rows.values()].map(({ id, content }) => [id, answersIn(content)])),
    };
  });
}

async function quizFor(
  world: World,
  shopId: string,
  quiz: QuizTerms,
  {
    terms,
    who,
    timeZone,
  }: { readonly terms: ProgrammeTerms; readonly who: WhoAsks; readonly timeZone: string },
): Promise<QuizForShopper> {
  const now = world.now();
  const { item, definition } = quiz;
  const known = who.known.get(quiz.key) ?? null;
  const refusal = quizRefusal(quiz, { ...who, known }, now);
  const why = who.isMember ? refusal : ({ kind: 'not-a-member' } as const);
  const score = known && scoreOf(item.questions, known);
  const isFinal = !item.changeable || isOver(quiz, now);
  const shown = item.resultsShown;
  const seesResults =
    (shown === 'answered' && known !== null) || (shown === 'ended' && isOver(quiz, now));
  const tally = seesResults ? await shownTally(world.db(shopId), shopId, item, now) : null;
  const withScore = definition.hasRightAnswers && score !== null && score.of > 0 && isFinal;
  return {
    ...shownQuiz(quiz, terms, timeZone),
    ...{ can: why === null, why },
    answered: known && Object.fromEntries(known),
    score: withScore ? score : null,
    right: withScore
      ? Object.fromEntries(
          item.questions.flatMap(({ key, right }) => (right.length > 0 ? [[key, right]] : [])),
        )
      : null,
    results: tally && resultsOf(tally),
  };
}

function resultsOf({ members, questions }: QuizTally): ShownResults {
  return {
    members,
    questions: questions.map(({ key, weight, choices }) => ({
      key,
      choices: choices.map((choice) => ({
        key: choice.key,
        members: choice.members,
        percent: percentOf(choice.weight, weight),
      })),
    })),
  };
}

/** Whether quizzes and votes can be answered, keep what they promise, and are there where something asks for them. */
import type { DraftDocument } from './draft.ts';
import { twice, unknownKeys } from './known-keys.ts';
import type { Fault } from './validate-programme.ts';
import { valueAt } from './value-at.ts';
import { answers } from '../goals/answers.ts';
import { answerRefs } from '../quizzes/answer-ref.ts';
import { quizDefinitions } from '../quizzes/registry.ts';
import { answeredCondition } from '../segments/answered.ts';

type QuizDraft = DraftDocument['quizzes'][number];

const NO_TIER = 'No tier is known by this name any more.';
const NO_BADGE = 'No badge is known by this name any more.';
const NO_ANSWER = 'No quiz has this answer any more.';

/** What cannot be published. */
export function quizFaults(document: DraftDocument): Fault[] {
  return [
    ...document.quizzes.flatMap((quiz, index) => {
      const place = `quizzes.${index}`;
      return [
        ...questionFaults(place, quiz),
        ...promiseFaults(place, quiz),
        ...weightFaults(place, quiz, document),
        ...(quiz.prize.badge !== null &&
        !document.badges.some(({ key }) => key === quiz.prize.badge)
          ? [{ place: `${place}.prize.badge`, message: NO_BADGE }]
          : []),
      ];
    }),
    ...unknownAnswers(document),
  ];
}

function questionFaults(place: string, { questions }: QuizDraft): Fault[] {
  return [
    ...twice(`${place}.questions`, questions),
    ...questions.flatMap(({ choices, right, several }, index) => {
      const at = `${place}.questions.${index}`;
      const message = 'A right answer is none of those to choose from.';
      const strangers = right.some((key) => !choices.some((choice) => choice.key === key));
      return [
        ...twice(`${at}.choices`, choices),
        ...(strangers ? [{ place: `${at}.right`, message }] : []),
        ...(!several && right.length > 0 && right.length === choices.length
          ? [{ place: `${at}.right`, message: 'Every answer is right: nothing is asked.' }]
          : []),
      ];
    }),
  ];
}

/** Right answers, results and windows that contradict each other. */
function promiseFaults(place: string, quiz: QuizDraft): Fault[] {
  const { kind, questions, changeable, startsAt, endsAt, resultsShown } = quiz;
  const definition = quizDefinitions.find(kind);
  const read = definition?.settings.safeParse(quiz.settings);
  const faults: Fault[] = [];
  const fault = (name: string, message: string): void =>
    void faults.push({ place: `${place}.${name}`, message });
  const withRight = questions.filter(({ right }) => right.length > 0);
  if (definition && !definition.hasRightAnswers && withRight.length > 0) {
    fault(`questions.${questions.findIndex(({ right }) => right.length > 0)}.right`, NO_RIGHT);
  }
  const least = definition && read?.success ? definition.leastRight(read.data) : null;
  if (least !== null && least > withRight.length) {
    fault('settings.leastRight', 'So many questions have no right answer: mark the right ones.');
  }
  if (least !== null && changeable) {
    fault('changeable', 'Whoever may change answers tries until they are right.');
  }
  if (startsAt !== null && endsAt !== null && Date.parse(endsAt) <= Date.parse(startsAt)) {
    fault('endsAt', 'Must end after it starts.');
  }
  if (resultsShown === 'ended' && endsAt === null) {
    fault('resultsShown', 'It never ends: choose a last day, or show results at another time.');
  }
  return faults;
}

const NO_RIGHT = 'A vote has no right answers.';

function weightFaults(place: string, { settings }: QuizDraft, { tiers }: DraftDocument): Fault[] {
  const weights = settings['weights'];
  if (!Array.isArray(weights)) return [];
  const keys = weights.map((row: unknown) => String(valueAt(row, 'tier')));
  return keys.flatMap((key, index) => {
    const at = `${place}.settings.weights.${index}.tier`;
    const message = 'This tier has a weight already.';
    const unknown = unknownKeys(at, [key], tiers.levels, NO_TIER);
    if (unknown.length > 0) return [{ place: at, message: NO_TIER }];
    return keys.indexOf(key) === index ? [] : [{ place: at, message }];
  });
}

/** What can be published, and is hardly meant. */
export function quizWarnings({ quizzes }: DraftDocument): Fault[] {
  return quizzes.flatMap(({ questions, prize }, index) => {
    const isPaid = Number(prize.points) > 0 || prize.reward !== null || prize.badge !== null;
    if (!isPaid || questions.some(({ required }) => required)) return [];
    const message = 'No question must be answered: one answer is enough for the prize.';
    return [{ place: `quizzes.${index}.prize.points`, message }];
  });
}

/** Badges, challenges and conditions that ask for an answer which nobody can give. */
function unknownAnswers(document: DraftDocument): Fault[] {
  const known = new Set(answerRefs(document.quizzes).map(({ ref }) => ref));
  return (['badges', 'challenges', 'rewards'] as const)
    .flatMap((list) => askedIn(list, document[list]))
    .flatMap(([place, ref]) =>
      ref === '' || known.has(ref) ? [] : [{ place, message: NO_ANSWER }],
    );
}

const ASKING: readonly unknown[] = [answers.kind, answeredCondition.kind];

/** However deep it stands: goals and conditions are made of others. */
function askedIn(place: string, value: unknown): (readonly [place: string, ref: string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const asked = valueAt(value, 'settings.answer');
  const here = ASKING.includes(valueAt(value, 'kind')) && typeof asked === 'string';
  return [
    ...(here ? [[`${place}.settings.answer`, asked] as const] : []),
    ...Object.entries(value).flatMap(([key, part]) => askedIn(`${place}.${key}`, part)),
  ];
}

/** Answers in the words in which they were asked for, how all members answered, and who cannot answer. */
import { describe, expect, it } from 'vitest';
import { answersGiven } from '../../../app/domain/quizzes/answers.ts';
import { answersInWords } from '../../../app/domain/quizzes/answers-in-words.ts';
import { quizRefusal, sameAnswers } from '../../../app/domain/quizzes/quiz-refusal.ts';
import type { Answering } from '../../../app/domain/quizzes/quiz-refusal.ts';
import { percentOf, tallyOf } from '../../../app/domain/quizzes/tally.ts';
import { day, programme, shopWith } from '../fixtures.ts';
import { question, quiz } from './quizzes.ts';

describe('what a member answered', () => {
  const asked = (text: string) => ({ ...question('drink', ['tea', 'water']), text });
  const shop = shopWith([
    [day(10), programme({ quizzes: [quiz({ name: 'First', questions: [asked('Which?')] })] })],
    [day(20), programme({ quizzes: [quiz({ name: 'Second', questions: [asked('What?')] })] })],
    [day(30), programme()],
  ]);
  const gave = (key: string, at: number, chosen: readonly string[], weight: number | null = null) =>
    answersGiven(key, new Map([['drink', chosen]]), weight, at);
  const told = (...given: ReturnType<typeof gave>[]) => answersInWords(shop, given);

  it.each([
    [day(5), 'Second', 'What?'], // before any version: as it was asked last
    [day(10), 'First', 'Which?'],
    [day(20) - 1, 'First', 'Which?'],
    [day(20), 'Second', 'What?'],
    [day(40), 'Second', 'What?'],
  ])('at the millisecond %i is told in the words of "%s"', (at, name, text) => {
    expect(told(gave('taste', at, ['water', 'tea'], 2))).toEqual([
      {
        ...{ key: 'taste', name, kind: 'quiz', at, weight: 2 },
        answers: [{ question: text, chosen: ['WATER', 'TEA'] }],
      },
    ]);
  });

  it('of a quiz that is gone is told by its keys, the newest first', () => {
    const [newest, ...others] = told(
      gave('b', day(12), ['x']),
      gave('a', day(12), ['x']),
      gave('taste', day(13), ['milk']),
    );
    expect(newest).toMatchObject({ key: 'taste', answers: [{ chosen: ['milk'] }] });
    expect(others).toEqual(
      ['a', 'b'].map((key) => ({
        ...{ key, name: key, kind: '', at: day(12), weight: 1 },
        answers: [{ question: 'drink', chosen: ['x'] }],
      })),
    );
  });

  it('is nothing of what was withdrawn, or was something else', () => {
    const given = gave('taste', day(12), ['tea']);
    expect(told({ ...given, withdrawnAt: day(13) }, { ...given, kind: 'visit' })).toEqual([]);
    expect(told(given)).toHaveLength(1);
  });
});

it('how all have answered: who chose what is gone is counted by itself', () => {
  const { questions } = quiz({
    questions: [question('drink', ['tea', 'water']), question('food', ['cake', 'none'])],
  });
  const counted = (asked: string | null, choice: string | null, members: number) => ({
    ...{ question: asked, choice, members, weight: members * 2 },
  });
  const tally = tallyOf(questions, [
    counted(null, null, 9),
    counted('drink', null, 8),
    counted('drink', 'tea', 5),
    counted('drink', 'milk', 2),
    counted('drink', 'juice', 1),
    counted('food', 'cake', 4),
    counted('gone', 'milk', 7),
  ]);
  const choice = (key: string, members: number) => ({
    ...{ key, text: key.toUpperCase(), members, weight: members * 2 },
  });
  expect(tally).toEqual({
    ...{ members: 9, weight: 18 },
    questions: [
      {
        ...{ key: 'drink', text: 'drink?', members: 8, weight: 16, goneMembers: 3 },
        choices: [choice('tea', 5), choice('water', 0)],
      },
      {
        ...{ key: 'food', text: 'food?', members: 0, weight: 0, goneMembers: 0 },
        choices: [choice('cake', 4), choice('none', 0)],
      },
    ],
  });
  expect([percentOf(1, 3), percentOf(2, 3), percentOf(3, 3), percentOf(5, 0)]).toEqual([
    ...[33, 67, 100, 0],
  ]);
});

describe('a quiz from day 10 to before day 20, for members with a tag', () => {
  const days = { startsAt: '2026-01-10T00:00:00Z', endsAt: '2026-01-20T00:00:00Z' };
  const asked = (over: Partial<Answering>, now = day(15), changeable = false) => {
    const audience = { tags: ['vip'] };
    const document = programme({ quizzes: [quiz({ ...days, changeable, audience })] });
    const [terms] = shopWith([[0, document]]).versions[0]?.quizzes ?? [];
    if (!terms) throw new Error('there is one');
    const tags = [[day(1), 'added', ['vip']]] as const;
    return quizRefusal(terms, { tierKey: null, tags, known: null, ...over }, now)?.kind ?? null;
  };
  const known = new Map([['drink', ['tea']]]);

  it('can be answered in its time, by those it is for, once', () => {
    expect([day(10) - 1, day(10), day(20) - 1, day(20)].map((now) => asked({}, now))).toEqual([
      ...['not-now', null, null, 'not-now'],
    ]);
    expect([asked({ tags: [] }), asked({ known }), asked({ known }, day(15), true)]).toEqual([
      ...['not-for-you', 'answered-already', null],
    ]);
  });

  it('knows the same answers again, in any order of the questions', () => {
    const other = new Map([...known, ['food', ['cake', 'none']]]);
    const turned = new Map([['food', ['cake', 'none']], ...known]);
    expect([sameAnswers(other, turned), sameAnswers(known, other)]).toEqual([true, false]);
    expect(sameAnswers(known, new Map([['drink', ['water']]]))).toBe(false);
  });
});

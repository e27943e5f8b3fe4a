/** A quiz or an answer, asked for by one text: "taste" or "taste/drink/tea". */
import { expect, it } from 'vitest';
import {
  answerRef,
  answerRefs,
  anyAnswerRef,
  isAnsweredSo,
  readAnswerRef,
} from '../../../app/domain/quizzes/answer-ref.ts';
import { answersGiven } from '../../../app/domain/quizzes/answers.ts';
import { question, quiz } from './quizzes.ts';

const long = 'x'.repeat(40);

it.each([
  ['taste', true],
  ['9-lives', true],
  ['taste/drink/tea', true],
  [`${long}/${long}/${long}`, true],
  ['', false],
  ['Taste', false],
  ['-taste', false],
  ['taste/drink', false],
  ['taste/drink/', false],
  ['taste/drink/tea/green', false],
  [' taste', false],
  ['taste\n', false],
  [`${long}x`, false],
])('%j can be asked for: %s', (text, can) => {
  expect(answerRef.safeParse(text).success).toBe(can);
  expect(anyAnswerRef.safeParse(text).success).toBe(can || text === '');
});

it.each([
  ['', null],
  ['taste', { quiz: 'taste', choice: null }],
  ['taste/drink/tea', { quiz: 'taste', choice: { question: 'drink', key: 'tea' } }],
])('%j means %j', (text, means) => {
  expect(readAnswerRef(text)).toEqual(means);
});

it.each([
  ['', true],
  ['taste', true],
  ['taste/drink/tea', true],
  ['taste/drink/water', true],
  ['taste/drink/coffee', false],
  ['taste/food/tea', false],
  ['other', false],
  ['other/drink/tea', false],
])('who chose tea and water in "taste" is asked for by %j: %s', (text, isSo) => {
  const answers = new Map([['drink', ['tea', 'water']]]);
  expect(isAnsweredSo(readAnswerRef(text), answersGiven('taste', answers, 2, 0))).toBe(isSo);
});

it('can be a quiz or any answer of it, each in the merchant’s words', () => {
  const quizzes = [
    quiz({ questions: [question('drink', ['tea', 'water']), question('food', ['cake', 'none'])] }),
    quiz({ key: 'other', name: 'Other', questions: [question('why', ['so', 'no'])] }),
  ];
  expect(answerRefs(quizzes)).toEqual([
    { ref: 'taste', words: ['Taste'] },
    { ref: 'taste/drink/tea', words: ['Taste', 'drink?', 'TEA'] },
    { ref: 'taste/drink/water', words: ['Taste', 'drink?', 'WATER'] },
    { ref: 'taste/food/cake', words: ['Taste', 'food?', 'CAKE'] },
    { ref: 'taste/food/none', words: ['Taste', 'food?', 'NONE'] },
    { ref: 'other', words: ['Other'] },
    { ref: 'other/why/so', words: ['Other', 'why?', 'SO'] },
    { ref: 'other/why/no', words: ['Other', 'why?', 'NO'] },
  ]);
  expect(answerRefs(quizzes).every(({ ref }) => answerRef.safeParse(ref).success)).toBe(true);
  expect(answerRefs([])).toEqual([]);
});

/** Quizzes as shoppers see them: never which answers are right. */
import { expect, it } from 'vitest';
import type { ProgrammeTerms } from '../../../app/domain/programme/terms.ts';
import { shownQuizzes } from '../../../app/domain/storefront/quizzes.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import { programme, shopWith } from '../fixtures.ts';
import { badge } from '../goals.ts';
import { question, quiz } from '../quizzes/quizzes.ts';

const termsOf = (...quizzes: ReturnType<typeof quiz>[]): ProgrammeTerms => {
  const rewards = writtenRewards(
    { key: 'perk', kind: 'perk', points: 1 },
    { key: 'call', kind: 'by-hand', points: 1 },
  );
  const badges = [badge(1, 0, { key: 'other', name: 'Other' }), badge(1, 0)];
  const [terms] = shopWith([[0, programme({ quizzes, rewards, badges })]]).versions;
  if (!terms) throw new Error('there is one');
  return terms;
};

it('a quiz is shown with its prize by name, its days and its questions', () => {
  const shown = quiz({
    ...{ words: 'Five minutes.', changeable: true },
    startsAt: '2026-01-05T00:00:00.999Z',
    endsAt: '2026-01-31T23:00:00Z', // the end of the 31st in Berlin
    prize: { points: 50, reward: 'call', badge: 'fan' },
    questions: [
      question('drink', ['tea', 'water'], { right: ['tea'] }),
      question('food', ['cake', 'none'], { several: true, required: false, right: ['cake'] }),
    ],
  });
  const terms = termsOf(shown);
  const name = terms.rewards.find(({ key }) => key === 'call')?.name;
  expect(shownQuizzes(terms, 'Europe/Berlin')).toEqual([
    {
      ...{ key: 'taste', name: 'Taste', kind: 'quiz', words: 'Five minutes.', changeable: true },
      prize: { points: 50, reward: name, badge: 'Fan' },
      ...{ starts: Date.UTC(2026, 0, 5) / 1_000, ends: Date.UTC(2026, 0, 31, 23) / 1_000 },
      until: '2026-01-31',
      questions: [
        {
          ...{ key: 'drink', text: 'drink?', several: false, required: true },
          choices: [
            { key: 'tea', text: 'TEA' },
            { key: 'water', text: 'WATER' },
          ],
        },
        {
          ...{ key: 'food', text: 'food?', several: true, required: false },
          choices: [
            { key: 'cake', text: 'CAKE' },
            { key: 'none', text: 'NONE' },
          ],
        },
      ],
    },
  ]);
  expect(name).toBeTruthy();
});

it('a quiz that is always open gives points alone', () => {
  expect(shownQuizzes(termsOf(quiz()), 'UTC')).toMatchObject([
    { prize: { points: 50, reward: null, badge: null }, starts: null, ends: null, until: null },
  ]);
});

it('questions that do not fit into Shopify’s document are left to be asked for, to the byte', () => {
  const terms = termsOf(quiz(), quiz({ key: 'next' }));
  const [first, next] = terms.quizzes;
  if (!first || !next) throw new Error('there are two');
  const of = (length: number) =>
    shownQuizzes(
      {
        ...terms,
        quizzes: [{ ...first, item: { ...first.item, words: 'w'.repeat(length) } }, next],
      },
      'UTC',
    );
  const bytes = (shown: unknown): number => new TextEncoder().encode(JSON.stringify(shown)).length;
  const most = 24_000 - bytes(of(0)[0]);
  const asked = (length: number) => of(length).map(({ questions }) => questions.length);
  expect([asked(0), asked(most), asked(most + 1)]).toEqual([
    [1, 1],
    [1, 0],
    [0, 0],
  ]);
});

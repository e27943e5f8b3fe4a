/** Quizzes and votes that cannot be published, what may be answered, and how it is counted. */
import { describe, expect, it } from 'vitest';
import { question, quiz } from './quizzes.ts';
import { diffProgramme } from '../../../app/domain/programme/diff-programme.ts';
import type { ProgrammeDocument } from '../../../app/domain/programme/document.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { answersGiven, answersIn, readAnswers } from '../../../app/domain/quizzes/answers.ts';
import { quizDefinitions } from '../../../app/domain/quizzes/registry.ts';
import { isRight } from '../../../app/domain/quizzes/score.ts';
import { percentOf, tallyOf } from '../../../app/domain/quizzes/tally.ts';
import faults from '../../../app/locales/de.faults.json' with { type: 'json' };
import { programme, tiers } from '../fixtures.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import { placeTold } from '../place-told.ts';

type Over = Parameters<typeof quiz>[0];

function found(over: Over, more: Partial<ProgrammeDocument> = {}) {
  const document = { ...programme({ tiers: tiers([['gold', '50', '2']]) }), ...more };
  const validation = validateProgramme({ ...document, quizzes: [quiz(over)] }, 'USD');
  return validation.ok ? validation.warnings : validation.faults;
}

const right = question('drink', ['tea', 'coffee'], { right: ['tea'] });

describe('a quiz is refused at the place', () => {
  it.each<[string, Over]>([
    ['quizzes.0.questions.1.key', { questions: [right, right] }],
    ['quizzes.0.questions.0.choices.1.key', { questions: [question('a', ['b', 'b'])] }],
    ['quizzes.0.questions.0.right', { questions: [question('a', ['b', 'c'], { right: ['d'] })] }],
    ['quizzes.0.questions.0.right', { questions: [{ ...right, right: ['tea', 'coffee'] }] }],
    ['quizzes.0.questions.0.right', { kind: 'vote', questions: [right] }],
    ['quizzes.0.settings.leastRight', { settings: { leastRight: 1 } }],
    ['quizzes.0.settings.leastRight', { questions: [right], settings: { leastRight: 2 } }],
    ['quizzes.0.changeable', { questions: [right], settings: { leastRight: 1 }, changeable: true }],
    ['quizzes.0.settings.weights', { settings: { leastRight: null, weights: [] } }],
    ['quizzes.0.kind', { kind: 'poll' }],
    ['quizzes.0.resultsShown', { resultsShown: 'ended' }],
    ['quizzes.0.endsAt', { startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' }],
    ['quizzes.0.prize.reward', { prize: { reward: 'gone' } }],
    ['quizzes.0.prize.badge', { prize: { badge: 'gone' } }],
    ['quizzes.0.audience.tiers.0', { audience: { tiers: ['gone'] } }],
    [
      'quizzes.0.settings.weights.0.tier',
      { kind: 'vote', settings: { weights: [{ tier: 'gone', weight: 2 }] } },
    ],
    [
      'quizzes.0.settings.weights.1.tier',
      { kind: 'vote', settings: { weights: [gold(2), gold(3)] } },
    ],
    ['quizzes.0.settings.weights.0.weight', { kind: 'vote', settings: { weights: [gold(0)] } }],
  ])('%s', (place, over) => {
    const told = found(over);
    expect(told.map(placeTold)).toContain(place);
    const ours = told.filter(({ message }) => !/^(Too|Invalid|Unrecognized)/.test(message));
    const wordless = ours.filter(({ message }) => !(message in faults) && !/"/.test(message));
    expect(wordless).toEqual([]);
  });

  it('where nothing is wrong, nowhere', () => {
    const whole: Over = {
      ...{ kind: 'vote', resultsShown: 'ended', endsAt: '2026-02-01T00:00:00Z', changeable: true },
      ...{ settings: { weights: [gold(3)] }, audience: { tiers: ['gold'] } },
    };
    expect([found({}), found(whole)]).toEqual([[], []]);
  });

  it('and so is whatever asks for an answer that nobody can give', () => {
    const badge = (answer: string) => ({
      badges: [
        {
          ...programme().badges[0],
          ...{ key: 'fan', kind: 'answers', name: 'Fan', enabled: true, bonusPoints: 0 },
          ...{ bonusReward: null, settings: { answer, count: 1 } },
        },
      ] as unknown as ProgrammeDocument['badges'],
    });
    const segment = (answer: string) => ({
      rewards: writtenRewards({
        ...{ key: 'a', kind: 'perk', points: 1 },
        audience: {
          segment: {
            match: 'all',
            conditions: [{ kind: 'answered', not: false, settings: { answer } }],
          },
        },
      }),
    });
    const deep = 'rewards.0.audience.segment.conditions.0.settings.answer';
    for (const known of ['taste', 'taste/drink/tea']) {
      expect([found({}, badge(known)), found({}, segment(known))]).toEqual([[], []]);
    }
    expect(found({}, badge(''))).toEqual([]);
    for (const gone of ['other', 'taste/drink/beer', 'taste/food/tea']) {
      const message = 'No quiz has this answer any more.';
      expect(found({}, badge(gone))).toEqual([{ place: 'badges.0.settings.answer', message }]);
      expect(found({}, segment(gone))).toEqual([{ place: deep, message }]);
    }
    expect(found({}, badge('Taste'))[0]?.place).toBe('badges.0.settings.answer');
  });
});

it('a change of a question, of an answer and of which is right is a change in words', () => {
  const was = programme({ quizzes: [quiz()] });
  const is = programme({ quizzes: [quiz({ questions: [right], words: 'Tell us.' })] });
  const changes = diffProgramme(draftDocument.parse(was), draftDocument.parse(is));
  expect(changes.map(({ place, after }) => [place, after])).toEqual([
    ['quizzes.0.words', { as: 'text', text: 'Tell us.' }],
    ['quizzes.0.questions', { as: 'list', items: ['drink?* (TEA ✓ / COFFEE)'] }],
  ]);
});

describe('answers', () => {
  const { questions } = quiz({
    questions: [
      question('drink', ['tea', 'coffee']),
      question('food', ['cake', 'bread', 'soup'], { several: true, required: false }),
    ],
  });

  it('are read in the order of the questions, each choice once', () => {
    const read = readAnswers(questions, { food: ['soup', 'cake', 'soup'], drink: 'tea' });
    const told = new Map([
      ['drink', ['tea']],
      ['food', ['cake', 'soup']],
    ]);
    expect(read).toEqual({ ok: true, answers: told });
    const kept = answersGiven('taste', told, 3, 5).content;
    expect(kept).toEqual({ drink: 'tea', food: 'cake soup', _weight: 3 });
    expect(answersIn(kept)).toEqual(told);
  });

  it.each([
    [{}, 'unanswered', 'drink'],
    [{ drink: [] }, 'unanswered', 'drink'],
    [{ drink: 'beer' }, 'unknown-choice', 'drink'],
    [{ drink: '' }, 'unknown-choice', 'drink'],
    [{ drink: ['tea', 'coffee'] }, 'one-choice', 'drink'],
    [{ drink: 'tea', constructor: 'x' }, 'unknown-question', 'constructor'],
    [{ drink: 'tea', _weight: 'tea' }, 'unknown-question', '_weight'],
    [{ drink: 'tea', food: ['cake', 'beer'] }, 'unknown-choice', 'food'],
  ])('%j are refused as %s', (asked: Record<string, string | string[]>, kind, at) => {
    expect(readAnswers(questions, asked)).toEqual({ ok: false, refusal: { kind, question: at } });
  });

  it('to questions that need none are refused when there is none at all', () => {
    const optional = [question('drink', ['tea', 'coffee'], { required: false })];
    const read = readAnswers(quiz({ questions: optional }).questions, {});
    expect(read).toMatchObject({ ok: false, refusal: { kind: 'unanswered' } });
  });

  it('are right when any of the right ones is chosen, or of several all and no other', () => {
    const { questions: asked } = quiz({
      questions: [
        question('one', ['a', 'b', 'c'], { right: ['a', 'b'] }),
        question('all', ['a', 'b', 'c'], { right: ['a', 'b'], several: true }),
      ],
    });
    const chosen = [[], ['a'], ['c'], ['a', 'b'], ['a', 'b', 'c']];
    expect(asked.map((one) => chosen.map((keys) => isRight(one, keys)))).toEqual([
      [false, true, false, true, false],
      [false, false, false, true, false],
    ]);
  });
});

it('a voice weighs what its tier weighs, any other 1, and in a quiz nothing (law 10.7)', () => {
  const weight = (kind: string, settings: object, tier: string | null) =>
    quizDefinitions.find(kind)?.weightOf(settings, tier);
  const weights = { weights: [gold(3)] };
  expect(weight('vote', weights, 'gold')).toBe(3);
  expect([weight('vote', weights, 'silver'), weight('vote', weights, null)]).toEqual([1, 1]);
  expect(weight('quiz', { leastRight: null }, 'gold')).toBeNull();
});

it('of 4 voices that weigh 1, 1, 1 and 3, one of tea with 3 is half (law 10.7)', () => {
  const { questions } = quiz();
  const one = (choice: string | null, members: number, weight: number) => ({
    ...{ question: 'drink', choice, members, weight },
  });
  const tally = tallyOf(questions, [
    { question: null, choice: null, members: 4, weight: 6 },
    ...[one(null, 4, 6), one('tea', 1, 3), one('coffee', 2, 2), one('cider', 1, 1)],
  ]);
  const [drink] = tally.questions;
  expect(drink).toMatchObject({ members: 4, weight: 6, goneMembers: 1 });
  expect(drink?.choices.map(({ key, members }) => [key, members])).toEqual([
    ['tea', 1],
    ['coffee', 2],
    ['water', 0],
  ]);
  expect(drink?.choices.map((choice) => percentOf(choice.weight, drink.weight))).toEqual([
    50, 33, 0,
  ]);
});

function gold(weight: number): { tier: string; weight: number } {
  return { tier: 'gold', weight };
}

/** A setting as lists of changes show it, by how the form asks for it. */
import { describe, expect, it } from 'vitest';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import { shownBy } from '../../../app/domain/programme/shown.ts';
import type { Field, FieldInput } from '../../../app/domain/fields.ts';
import { badge, challenge } from '../goals.ts';
import { programme, tiers } from '../fixtures.ts';
import { question, quiz } from '../quizzes/quizzes.ts';
import { writtenRewards } from '../../support/written-rewards.ts';

const named = (key: string, need: string) => ({
  ...{ key, name: key.toUpperCase(), need, multiplier: '1' },
});
const document = draftDocument.parse(
  programme({
    tiers: { ...tiers([]), levels: [named('silver', '5'), named('gold', '10')] },
    markets: [{ key: 'eu', name: 'Europe', countries: ['DE'], currencies: ['EUR'] }],
    badges: [badge(1, 0)],
    challenges: [challenge(2, 0)],
    quizzes: [quiz({ questions: [question('drink', ['tea', 'water'])] })],
    rewards: writtenRewards({ key: 'call', kind: 'by-hand', name: 'A call', points: 1 }),
    streaks: [{ key: 'daily', name: 'Each day', enabled: true, of: ['visit'] }],
  }),
);
const shown = (input: FieldInput, value: unknown, over: Partial<Field> = {}) =>
  shownBy({ name: 'a.b', input, label: 'A', ...over }, value, 'definitions.x', document);
const text = (words: string) => ({ as: 'text', text: words });
const list = (...items: string[]) => ({ as: 'list', items });
const choices = [
  { value: 'one', label: 'One' },
  { value: 'two', label: 'Two' },
];
const chosen = (value: string, words: string) => ({
  ...{ key: `definitions.x.fields.a-b.choices.${value}`, text: words },
});

it.each<[FieldInput, unknown, object, Partial<Field>?]>([
  ['integer', null, text('')],
  ['integer', '', text('')],
  ['integer', ' ', text(' ')],
  ['integer', 5, { as: 'number', number: 5, unit: null }],
  ['integer', '5', { as: 'number', number: 5, unit: 'points' }, { unit: 'points' }],
  ['integer', 'five', text('five')],
  ['money', '', text('')],
  ['money', '4.20', { as: 'money', amount: '4.20' }],
  ['decimal', '1.5', text('1.5')],
  ['text', 'Tea', text('Tea')],
  ['switch', true, { as: 'switch', on: true }],
  ['switch', false, { as: 'switch', on: false }],
  ['switch', 'yes', { as: 'switch', on: false }],
  ['choice', 'two', { as: 'words', label: chosen('two', 'Two') }, { choices }],
  ['choice', 'odd', { as: 'words', label: chosen('odd', 'odd') }, { choices }],
  [
    'choices',
    ['two', 'odd'],
    { as: 'several', labels: [chosen('two', 'Two'), chosen('odd', 'odd')] },
    { choices },
  ],
  ['texts', ['a', 'b'], list('a', 'b')],
  ['texts', 'a', list()],
  ['codes', ['DE'], list('DE')],
  ['integers', [30, 7], { ...list('30', '7'), unit: 'days' }, { unit: 'days' }],
  ['integers', [30], list('30')],
  ['tiers', ['gold', 'gone'], list('GOLD', 'gone')],
  ['tier', 'gold', text('GOLD')],
  ['tier', null, text('')],
  ['rules', ['order'], list('Buying')],
  ['markets', ['eu'], list('Europe')],
  ['badge', 'fan', text('Fan')],
  ['challenge', 'explorer', text('Explorer')],
  ['challenges', ['explorer', 'gone'], list('Explorer', 'gone')],
  ['reachables', ['badge:fan', 'badge:gone'], list('Fan', 'badge:gone')],
  ['streak', 'daily', text('Each day')],
  ['reward', 'call', text('A call')],
  ['answer', 'taste/drink/tea', text('Taste: drink?: TEA')],
  ['answer', 'gone', text('gone')],
  ['products', ['1', '2'], { as: 'ids', of: 'products', ids: ['1', '2'] }],
  ['variants', [3], { as: 'ids', of: 'variants', ids: ['3'] }],
  ['collections', null, { as: 'ids', of: 'collections', ids: [] }],
  ['first-day', '2026-01-01', { as: 'moment', at: '2026-01-01', day: 'first' }],
  ['last-day', '', { as: 'moment', at: null, day: 'last' }],
  ['last-day', null, { as: 'moment', at: null, day: 'last' }],
  [
    'plans',
    [
      { length: 30, unit: 'days', products: ['1'], variants: ['2'] },
      { length: null, unit: 'days' },
    ],
    {
      as: 'plans',
      plans: [
        { length: '30', unit: 'days', ids: ['1', '2'] },
        { length: '', unit: 'days', ids: [] },
      ],
    },
  ],
  ['plans', 'odd', { as: 'plans', plans: [] }],
  [
    'limits',
    [{ most: 3, of: 'points', per: 'day' }, null],
    {
      as: 'limits',
      limits: [
        { most: '3', of: 'points', per: 'day' },
        { most: '', of: '', per: '' },
      ],
    },
  ],
  [
    'rates',
    [{ market: 'eu', points: 2, per: '1' }],
    { as: 'rates', rates: [{ market: 'eu', points: '2', per: '1' }] },
  ],
  [
    'market-amounts',
    [{ market: 'eu', amount: '4' }],
    { as: 'amounts', amounts: [{ market: 'eu', amount: '4' }] },
  ],
  [
    'milestones',
    [
      { at: 7, points: 50, reward: 'call', badge: 'fan', multiplier: '2', days: 7 },
      { at: 8, points: 0, reward: 'gone', badge: null, multiplier: '', days: 0 },
    ],
    list('7: 50 · A call · Fan · 2× (7 d)', '8: gone'),
  ],
  [
    'levels',
    [
      { name: 'Silver', need: '10', bonusPoints: 50, bonusReward: 'call' },
      { name: 'Gold', need: '20', bonusPoints: 0, bonusReward: null },
      { name: 'Odd', need: '30', bonusPoints: 5, bonusReward: 'gone' },
    ],
    list('Silver: 10 · 50 · A call', 'Gold: 20 · 0', 'Odd: 30 · 5 · gone'),
  ],
  [
    'rank-prizes',
    [
      { from: 1, to: 1, percent: null, points: 500, reward: 'call', badge: 'fan' },
      { from: 2, to: 3, percent: null, points: 0, reward: 'gone', badge: null },
      { from: null, to: null, percent: 10, points: 5, reward: null, badge: null },
      { from: 4, to: null, percent: null, points: 5, reward: null, badge: null },
    ],
    list('1: 500, A call, Fan', '2–3: gone', '10 %: 5', '4–: 5'),
  ],
  [
    'questions',
    [
      {
        text: 'Which?',
        choices: [
          { key: 'a', text: 'A' },
          { key: 'b', text: 'B' },
        ],
        right: ['b'],
      },
      { text: 'All?', choices: [{ key: 'a', text: 'A' }], several: true, required: false },
    ],
    list('Which?* (A / B ✓)', 'All? (☐ A)'),
  ],
  [
    'weights',
    [
      { tier: 'gold', weight: 2 },
      { tier: 'gone', weight: '3' },
    ],
    list('GOLD × 2', 'gone × 3'),
  ],
  [
    'game-prizes',
    [
      {
        ...{ key: 'a', name: 'Tea', chance: 50, stock: 10, instead: 'b' },
        prize: { points: 100, reward: 'call', badge: 'fan' },
      },
      { key: 'b', name: 'Ten', chance: 1, stock: null, instead: null, prize: { points: 0 } },
    ],
    list('Tea: 50 / 1000000 · +100 · A call · Fan · ≤ 10 · → Ten', 'Ten: 1 / 1000000'),
  ],
  ['tier-tickets', [{ tier: 'gold', tickets: 2, per: 'week' }], list('GOLD: 2 / week')],
  [
    'country-rules',
    [
      { country: 'DE', mode: 'age-gate', age: 18 },
      { country: 'CA', mode: 'off', age: 18 },
    ],
    list('DE: age-gate 18', 'CA: off'),
  ],
])('%s of %j', (input, value, as, over) => {
  expect(shown(input, value, over)).toEqual(as);
});

describe('what is made of others', () => {
  it('a segment is shown with each condition, and how they go together where there are several', () => {
    const condition = (kind: string, not: boolean, settings: object) => ({ kind, not, settings });
    const points = condition('points', true, { least: 5, most: null });
    const tier = condition('tier', false, { tiers: ['gold'] });
    expect(shown('segment', { match: 'any', conditions: [points, tier] })).toMatchObject({
      ...{ as: 'conditions', match: 'any' },
      conditions: [
        {
          ...{ label: { key: 'definitions.segments.points.label', text: 'Has points' }, not: true },
          settings: [
            { label: { text: 'At least' }, shown: { as: 'number', number: 5, unit: 'points' } },
            { label: { text: 'At most' }, shown: text('') },
          ],
        },
        { not: false, settings: [{ label: { text: 'Tiers' }, shown: list('GOLD') }] },
      ],
    });
    expect(shown('segment', { match: 'any', conditions: [tier] })).toMatchObject({ match: 'all' });
    expect(shown('segment', 'odd')).toEqual({ as: 'conditions', match: 'all', conditions: [] });
    expect(shown('segment', { conditions: [condition('odd', false, {})] })).toMatchObject({
      conditions: [{ label: { text: 'odd' }, settings: [] }],
    });
  });

  it('goals are shown with their names and their settings', () => {
    const goals = [
      { kind: 'spend', name: 'Spend it', settings: { amount: '5' } },
      { kind: 'odd', settings: {} },
    ];
    const name = { key: 'diff.name', text: 'Name' };
    expect(shown('goals', goals)).toMatchObject({
      ...{ as: 'conditions', match: 'all' },
      conditions: [
        {
          label: { key: 'definitions.goals.spend.label', text: 'Spend an amount' },
          settings: [
            { label: name, shown: text('Spend it') },
            { shown: { as: 'money', amount: '5' } },
          ],
        },
        {
          label: { key: 'definitions.goals.odd.label', text: 'odd' },
          settings: [{ label: name, shown: text('') }],
        },
      ],
    });
    expect(shown('goals', 'odd')).toEqual({ as: 'conditions', match: 'all', conditions: [] });
  });
});

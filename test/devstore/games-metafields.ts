/** What the app mirrors of games, beside loyalty-metafields.ts; docs/architecture.md describes it. */
import { programme as club, progress as figures } from './loyalty-metafields.ts';

const MILLION = 1_000_000;
const art = { shape: 'heart', colour: '#B23A48', image: '' };
const points = (number: number) => ({ points: number, reward: null, badge: null });
const never = { joining: null, from: null, until: null, round: null, steps: [] };

export const challenge = {
  ...{ key: 'three', name: 'Explorer', words: 'Three categories.', have: 2, need: 3, done: false },
  ...{ counted: ['Tea', 'Coffee'], prizePoints: 100, ...never },
  prize: { ...points(100), multiplier: null, days: null },
};

export const badge = {
  ...{ key: 'fan', name: 'Super Fan', words: 'Five reviews.', have: 3, need: 5, earned: false },
  ...{ on: null, level: null, next: null, season: null, hidden: false, art },
};

export const streak = {
  ...{ key: 'weekly', name: 'Tea time', of: ['order'], unit: 'week', now: 3, best: 7, freezes: 1 },
  ...{ next: { at: 4, ...points(40) }, by: '2026-11-29', freezeCost: 60, safe: false },
};

export const board = {
  ...{ key: 'fans', name: 'Fans', metric: 'points-earned', until: '2026-12-31' },
  prizes: [
    { from: 1, to: 1, percent: null, ...points(500) },
    { from: 2, to: 3, percent: null, ...points(100) },
    { from: null, to: null, percent: 10, ...points(0), badge: 'Top ten' },
  ],
};

export const boards = {
  v: 1,
  boards: {
    fans: {
      ...{ season: '2026-Q4', until: '2026-12-31', at: 1795160000 },
      top: [
        { rank: 1, name: 'Tea Tiger', score: 12840 },
        { rank: 2, name: 'MatchaMax', score: 9100 },
        { rank: 2, name: '<b>"R&B"</b>', score: 9100 },
        { rank: 4, name: 'Pu', score: null },
      ],
    },
  },
};

export const game = {
  ...{ key: 'wheel', name: 'Wheel of tea', kind: 'spin-wheel', words: 'Once a day.' },
  prizes: [
    { key: 'ten', name: '10 points', chance: { of: MILLION, n: 333_333 }, many: null },
    { key: 'tea', name: 'Free tea', chance: { of: MILLION, n: 50_000 }, many: null },
    { key: 'pot', name: 'A teapot', chance: { of: MILLION, n: 15 }, many: 3 },
  ],
  entry: {
    points: 20,
    order: { tickets: 1, per: null },
    tiers: [{ tier: 'Gold', tickets: 2, per: 'week' }],
    free: { times: 1, per: 'day' },
  },
  ...{ mostPerDay: 3, starts: null, epoch: '2026-11-20' },
  ...{ commit: 'ab'.repeat(32), until: '2026-12-31' },
};

export const quiz = {
  ...{ key: 'taste', name: 'What do you like?', kind: 'quiz', words: '', prize: points(30) },
  ...{ starts: null, ends: null, until: null, changeable: false },
  questions: [
    {
      ...{ key: 'drink', text: 'What in the morning?', several: false, required: true },
      choices: [
        { key: 'tea', text: 'Tea' },
        { key: 'coffee', text: 'Coffee' },
      ],
    },
  ],
};

export const playing = {
  ...club,
  challenges: [challenge],
  badges: [{ ...badge, bonusPoints: 50 }],
  streaks: [
    {
      key: 'weekly',
      name: 'Tea time',
      unit: 'week',
      words: '',
      milestones: [{ at: 4, ...points(40) }],
    },
  ],
  boards: [board],
  games: [game],
  quizzes: [quiz],
};

export const played = { ...figures, challenges: [challenge], badges: [badge], streaks: [streak] };

/** What members of the demo's club can play for: some of each kind, as a shop of tea would offer it. */
import { programmeDocument } from '../app/domain/programme/document.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../app/domain/programme/document.ts';
import { EVERY_LINE } from '../app/domain/goals/line-filter.ts';
import { takePart } from '../app/operations/take-part.ts';
import type { World } from '../app/world.ts';

const ON = { enabled: true } as const;
const MILLIONTHS = 10_000;

/** What the first draft has besides, keeps its place. */
export function withGames(document: ProgrammeDocument): ProgrammeDocument {
  return programmeDocument.parse({
    ...document,
    badges: [...document.badges.map(inColour), ...badges],
    challenges: [...document.challenges, ...challenges],
    streaks,
    leaderboards,
    games,
    quizzes,
  });
}

const KNOWN = ['mia@example.com', 'noah@example.com', 'ada@example.com'];
const NICKNAMES = ['Matcha Mia', 'Oolong', 'Lady Grey', 'Kettle King', 'Jasmine', 'Assam Sam'];

/** Those whom visitors of the demo know, and who has the most points, are seen on the leaderboard. */
export async function takeSeats(world: World, shopId: string): Promise<void> {
  const of = { shopId: BigInt(shopId), customerId: { not: null } };
  const known = await world.prisma.member.findMany({
    where: { ...of, email: { in: KNOWN } },
    orderBy: { email: 'desc' },
  });
  const others = await world.prisma.member.findMany({
    where: { ...of, email: { notIn: KNOWN } },
    orderBy: { available: 'desc' },
    take: NICKNAMES.length - known.length,
  });
  for (const [index, { customerId }] of [...known, ...others].entries()) {
    await takePart(world, { shopId, customerId: String(customerId) }, NICKNAMES[index] ?? '');
  }
}

function inColour(badge: ProgrammeDocument['badges'][number]): ProgrammeInput['badges'][number] {
  return {
    ...badge,
    words: 'For five reviews that help others choose.',
    art: { shape: 'heart', colour: '#B23A48', image: '' },
  };
}

const badges: ProgrammeInput['badges'] = [
  {
    ...{ key: 'regular', kind: 'orders', name: 'Regular', ...ON, bonusPoints: 0 },
    ...{
      words: 'For coming back again and again.',
      settings: { count: 2, minimum: '', ...EVERY_LINE },
    },
    levels: [
      { key: 'bronze', name: 'Bronze', need: '2' },
      { key: 'silver', name: 'Silver', need: '5' },
      { key: 'gold', name: 'Gold', need: '12' },
    ],
    art: { shape: 'cup', colour: '#8A6116' },
  },
  {
    ...{ key: 'traveller', kind: 'reached', name: 'Tea traveller', ...ON, bonusPoints: 0 },
    ...{ words: 'For who went the tea journey.', art: { shape: 'flag', colour: '#2F4B7C' } },
    settings: { of: 'challenges', keys: ['challenge:tea-journey'], count: 1 },
  },
  {
    ...{ key: 'full-table', kind: 'orders', name: 'A full table', ...ON, bonusPoints: 0 },
    ...{ words: 'One order for all your guests.', hidden: true },
    ...{ art: { shape: 'crown', colour: '#7A3E9D' }, season: 'year' },
    settings: { count: 1, minimum: '150', ...EVERY_LINE },
  },
];

const challenges: ProgrammeInput['challenges'] = [
  {
    ...{ key: 'tea-journey', kind: 'several', name: 'The tea journey', ...ON, prizePoints: 80 },
    ...{ words: 'Buy twice and tell us how you liked it.', joining: 'opt-in', capacity: 500 },
    ...{ startsAt: null, endsAt: null },
    settings: {
      ...{ how: 'all', least: 1 },
      goals: [
        {
          kind: 'orders',
          name: 'Place two orders',
          settings: { count: 2, minimum: '', ...EVERY_LINE },
        },
        { kind: 'reviews-published', name: 'Write a review', settings: { count: 1 } },
      ],
    },
  },
  {
    ...{ key: 'three-a-month', kind: 'orders', name: 'Three a month', ...ON, prizePoints: 25 },
    ...{ words: 'Every month anew.', window: { kind: 'recurring', every: 'month' } },
    ...{ startsAt: null, endsAt: null },
    settings: { count: 3, minimum: '', ...EVERY_LINE },
  },
];

const streaks: ProgrammeInput['streaks'] = [
  {
    ...{ key: 'tea-time', name: 'Tea time', ...ON, of: ['order', 'review'], period: 'week' },
    words: 'An order or a review, week after week.',
    freezes: { atStart: 1, earnEvery: 4, most: 2, cost: 60 },
    milestones: [
      { at: 4, points: 40 },
      { at: 12, points: 150, reward: 'free-shipping' },
    ],
  },
];

const leaderboards: ProgrammeInput['leaderboards'] = [
  {
    ...{ key: 'fans', kind: 'points', name: 'Fans of the month', ...ON, settings: {} },
    ...{ description: 'Points that were earned this month.', season: 'month' },
    prizes: [
      { from: 1, to: 1, points: 300 },
      { from: 2, to: 3, points: 100 },
      { percent: 10, points: 25 },
    ],
  },
];

const games: ProgrammeInput['games'] = [
  {
    ...{ key: 'wheel', kind: 'spin-wheel', name: 'The tea wheel', ...ON, settings: {} },
    words: 'Turn it and see what is brewing.',
    entry: { points: 25, perOrder: { tickets: 1 }, free: { times: 1, per: 'week' } },
    prizes: [
      { key: 'ten', name: '10 points', chance: 40 * MILLIONTHS, prize: { points: 10 } },
      { key: 'fifty', name: '50 points', chance: 12 * MILLIONTHS, prize: { points: 50 } },
      {
        ...{ key: 'shipping', name: 'Free shipping', chance: 4 * MILLIONTHS },
        ...{ prize: { reward: 'free-shipping' }, stock: 50, instead: 'fifty' },
      },
      {
        ...{ key: 'tasting', name: 'A tea tasting', chance: 1_000, prize: { reward: 'tasting' } },
        ...{ stock: 3, instead: 'fifty' },
      },
    ],
    ...{ mostPerDay: 5, budgetPoints: 100_000 },
  },
];

const quizzes: ProgrammeInput['quizzes'] = [
  {
    ...{ key: 'taste', kind: 'quiz', name: 'What is in your cup?', ...ON },
    ...{ words: 'Two questions, so that we suggest what you like.', prize: { points: 20 } },
    ...{ resultsShown: 'answered', settings: { leastRight: null } },
    questions: [
      {
        ...{ key: 'morning', text: 'What do you drink in the morning?' },
        choices: [
          { key: 'tea', text: 'Tea' },
          { key: 'coffee', text: 'Coffee' },
          { key: 'water', text: 'Just water' },
        ],
      },
      {
        ...{ key: 'beside', text: 'And what goes with it?', several: true, required: false },
        choices: [
          { key: 'cake', text: 'Cake' },
          { key: 'book', text: 'A good book' },
          { key: 'quiet', text: 'Nothing but quiet' },
        ],
      },
    ],
  },
];

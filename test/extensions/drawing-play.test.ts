/** Streaks, leaderboards, games of chance and quizzes as Liquid draws them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { game, playing, quiz, streak } from '../devstore/games-metafields.ts';
import { gamesPage } from './games-page.ts';

let look: Awaited<ReturnType<typeof gamesPage>>['look'];
let close: () => Promise<void>;
beforeAll(async () => {
  ({ look, close } = await gamesPage());
});
afterAll(() => close());

describe('streaks', () => {
  const told = async (change: object, language = 'en') =>
    (await look({ block: 'streak', progress: { streaks: [{ ...streak, ...change }] }, language }))
      .text;

  test('tell how long they are, until when they must go on, and what comes next', async () => {
    expect(await told({})).toContain(
      'Tea time Best: 7 weeks 3 weeks Keep it going by November 29, 2026. After 4 weeks: 40 points 1 freeze in hand: it bridges a gap. Buy a freeze for 60 points',
    );
    expect(await told({}, 'de')).toContain('Mach bis 29.11.2026 weiter. Nach 4 Wochen: 40 Punkte');
    expect(await told({ safe: true })).toContain('This week is done.');
    expect(await told({ unit: 'day', now: 1, safe: true })).toContain('1 day Today is done.');
    expect(await told({ now: 0, by: null })).toContain('Your first one begins it.');
    expect(await told({ freezeCost: null })).not.toContain('Buy a freeze');
  });
});

test('a page says of itself that a member is here while a streak of visits waits for it', async () => {
  const page = async (change: object): Promise<string> =>
    (await look({ block: 'streak', progress: { streaks: [{ ...streak, ...change }] } })).page;
  expect(await page({ of: ['order', 'visit'] })).toContain('data-laurel-visit');
  expect(await page({ of: ['order', 'visit'], safe: true })).not.toContain('data-laurel-visit');
  expect(await page({})).not.toContain('data-laurel-visit');
});

describe('a leaderboard', () => {
  test('has the first ten without script, ties as they are, and its prizes', async () => {
    const { text } = await look({ block: 'leaderboard', who: 'guest' });
    expect(text).toContain(
      'Fans Until December 31, 2026 Rank 1 500 points Ranks 2 to 3 100 points Best 10% badge Top ten',
    );
    expect(text).toContain('1 Tea Tiger 12,840 2 MatchaMax 9,100 2');
    const german = await look({ block: 'leaderboard', who: 'guest', language: 'de' });
    expect(german.text).toContain('1 Tea Tiger 12.840');
    expect(german.text).toContain('Platz 2 bis 3 100 Punkte');
  });

  test('that nobody is on says so', async () => {
    const programme = { boards: [{ ...playing.boards[0], key: 'other' }] };
    const { page } = await look({ block: 'leaderboard', programme });
    expect(page).toMatch(/data-is="empty">Nobody is on it yet\./);
    expect((await look({ block: 'leaderboard' })).page).toMatch(/data-is="empty" hidden>/);
  });
});

describe('a game', () => {
  test('publishes its odds to the last of the million, its ways in and its promise', async () => {
    const { page, text } = await look({ block: 'game', who: 'guest' });
    expect(text).toContain('10 points 33.3333% Free tea 1 in 20 (5%) A teapot 0.0015%');
    expect(text).toContain(
      'Free: 1 a day One play costs 20 points 1 play for each order Gold: 2 a week',
    );
    expect(text).toContain(`Fingerprint: ${'ab'.repeat(32)}`);
    expect(page).toContain('#1F5C46 calc(0turn / 1000000) calc(333333turn / 1000000)');
    const german = (await look({ block: 'game', language: 'de' })).text;
    expect(german).toContain('33,3333 % Free tea 1 von 20 (5 %)');
  });

  test('that is over has its odds and no button', async () => {
    const over = { games: [{ ...game, until: '2020-01-01' }] };
    const { page, text } = await look({ block: 'game', programme: over });
    expect(text).toContain('It is over.');
    expect(page).not.toContain('data-laurel-do="play"');
    expect((await look({ block: 'game' })).page).toContain('data-laurel-do="play"');
  });
});

describe('a quiz', () => {
  test('can be read without script; what is over or to come takes no answers', async () => {
    const { page, text } = await look({ block: 'quiz', who: 'guest' });
    expect(text).toContain('What do you like? Worth 30 points What in the morning?');
    expect(page).not.toContain('<input');
    expect((await look({ block: 'quiz' })).page).toMatch(/<input type="radio"[^>]* hidden>/);
    const over = await look({
      block: 'quiz',
      programme: { quizzes: [{ ...quiz, ends: 1, until: '1970-01-01' }] },
    });
    expect(over.text).toContain('How did everyone answer?');
    expect(over.page).not.toContain('data-laurel-do="answer"');
    const soon = await look({
      block: 'quiz',
      programme: { quizzes: [{ ...quiz, starts: 32_472_144_000 }] },
    });
    expect(soon.text).toContain('Starts on January 1, 2999');
    expect(soon.page).not.toContain('data-laurel-do="answer"');
  });

  test('whose questions found no room has a button that fetches them', async () => {
    const { page, text } = await look({
      block: 'quiz',
      programme: { quizzes: [{ ...quiz, questions: [] }] },
    });
    expect(text).toContain('Show the questions');
    expect(page).toContain('<template data-laurel-blank>');
  });
});

test('a block that is to show one of several shows no other', async () => {
  const two = [game, { ...game, key: 'card', name: 'Scratch card', kind: 'scratch-card' }];
  const { text } = await look({ block: 'game', programme: { games: two } });
  expect(text).toContain('Wheel of tea');
  expect(text).toContain('Scratch card');
  const one = await look({
    block: 'game',
    programme: { games: two },
    settings: { which: 'Scratch card' },
  });
  expect(one.text).toContain('Scratch card');
  expect(one.text).not.toContain('Wheel of tea');
});

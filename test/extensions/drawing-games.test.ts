/** Blocks of games as Liquid draws them: without any script everybody reads where they stand. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BADGE_SHAPES } from '../../app/domain/badges/settings.ts';
import { badge, challenge, game, playing, quiz, streak } from '../devstore/games-metafields.ts';
import { BLOCKS, buttonsWithoutScript, gamesPage } from './games-page.ts';

let look: Awaited<ReturnType<typeof gamesPage>>['look'];
let close: () => Promise<void>;
beforeAll(async () => {
  ({ look, close } = await gamesPage());
});
afterAll(() => close());

describe('every block', () => {
  test('shows a guest what there is and how to join, and has no button that only members can use', async () => {
    for (const block of BLOCKS) {
      const { page, text } = await look({ block, who: 'guest' });
      expect(text, block).toContain('Log in to take part');
      expect(page, block).toContain('href="/account/login?return_url=%2Fpages%2Fclub"');
      expect(page.replaceAll(/<template[\s\S]*?<\/template>/g, ''), block).not.toContain('<button');
    }
  });

  test('invites who has not joined, and tells a new member that figures are coming', async () => {
    for (const block of BLOCKS) {
      const stranger = await look({ block, progress: { joined: false, invited: true } });
      expect(stranger.page, block).toContain('data-laurel-join');
    }
    for (const block of BLOCKS) {
      const fresh = await look({ block, progress: null });
      expect(fresh.text, block).toContain('You will see your own progress here shortly.');
    }
  });

  test('is not there without a programme that has anything of it; only the editor says why', async () => {
    const none = { challenges: [], badges: [], streaks: [], boards: [], games: [], quizzes: [] };
    for (const block of BLOCKS) {
      const { page } = await look({ block, programme: none });
      expect(page, block).not.toContain('class="laurel');
      expect((await look({ block, programme: { live: false } })).page).not.toContain('laurel-card');
      const editor = await look({ block, programme: none, path: '/pages/club?preview=editor' });
      expect(editor.text, block).toContain('nothing of this kind yet');
    }
  });

  test('has no button that would do nothing without script, and every text in both languages', async () => {
    const progress = {
      challenges: [{ ...challenge, joining: 'open' }],
      badges: [{ ...badge, earned: true, on: '2026-10-03' }],
    };
    for (const block of BLOCKS) {
      const { page } = await look({ block, progress });
      expect(page, block).toContain('<button');
      expect(buttonsWithoutScript(page), block).toEqual([]);
      for (const language of ['en', 'de']) {
        expect((await look({ block, language })).page).not.toContain('Translation missing');
      }
    }
  });

  test('escapes what merchants and members wrote exactly once', async () => {
    const nasty = `<b>"R&B's"</b>`;
    const named = { name: nasty, words: nasty };
    const asked = quiz.questions[0];
    const programme = {
      boards: [
        {
          ...playing.boards[0],
          name: nasty,
          prizes: [{ from: 1, to: 1, points: 5, reward: nasty, badge: nasty }],
        },
      ],
      games: [
        {
          ...game,
          ...named,
          commit: nasty,
          prizes: [{ ...game.prizes[0], name: nasty, key: nasty }],
        },
      ],
      quizzes: [
        {
          ...quiz,
          ...named,
          prize: { points: 0, reward: nasty, badge: nasty },
          questions: [{ ...asked, text: nasty, choices: [{ key: nasty, text: nasty }] }],
        },
      ],
    };
    const prize = { points: 5, reward: nasty, badge: nasty, multiplier: '2', days: 7 };
    const progress = {
      challenges: [
        {
          ...challenge,
          ...named,
          prize,
          counted: [nasty],
          steps: [{ name: nasty, have: 0, need: 1, done: false }],
        },
      ],
      badges: [
        {
          ...badge,
          ...named,
          earned: true,
          on: '2026-10-03',
          season: nasty,
          level: { key: 'x', name: nasty },
          next: { name: nasty, need: 9 },
          art: { shape: nasty, colour: '#FFFFFF', image: `https://x/"onerror="1` },
        },
      ],
      streaks: [{ ...streak, name: nasty, next: { at: 4, ...prize } }],
    };
    for (const block of BLOCKS) {
      const { page } = await look({ block, programme, progress });
      expect(page, block).toContain('&lt;b&gt;&quot;R&amp;B');
      for (const wrong of ['<b>', '&amp;amp;', '&amp;lt;', '&amp;quot;', 'x/"onerror']) {
        expect(page, block).not.toContain(wrong);
      }
    }
  });
});

describe('challenges', () => {
  const told = async (change: object) =>
    (await look({ block: 'challenges', progress: { challenges: [{ ...challenge, ...change }] } }))
      .text;

  test('tell how far the member is, with steps, and what there is to win', async () => {
    const text = await told({
      ...{
        until: '2026-12-31',
        prize: { ...challenge.prize, badge: 'Advent', multiplier: '1.5', days: 7 },
      },
      steps: [
        { name: 'Write a review', have: 1, need: 1, done: true },
        { name: 'Spend', unit: 'money', have: 1250, need: 5000, done: false },
      ],
    });
    expect(text).toContain('Explorer 2 of 3 Three categories.');
    expect(text).toContain('Write a review Done Spend €12.50 of €50.00');
    expect(text).toContain(
      'Worth 100 points, badge Advent, 1.5× points for 7 days Until December 31, 2026',
    );
    expect(await told({ until: '2020-01-01' })).toContain('It is over.');
    expect(await told({ from: '2999-01-01' })).toContain('Starts on January 1, 2999');
    expect(await told({ done: true })).toContain(
      'Explorer Completed Three categories. Counted so far: Tea, Coffee You won 100 points',
    );
  });

  test('say whether they can be joined, and draw no progress of who has not', async () => {
    expect(await told({ joining: 'open' })).toContain('Not joined yet');
    expect(await told({ joining: 'open' })).toContain('Take part Explorer');
    expect(await told({ joining: 'full' })).toContain('All places are taken');
    expect(await told({ joining: 'closed' })).toContain('Joining is over');
    expect(await told({ joining: 'full' })).not.toContain('Take part');
    expect(await told({ joining: 'joined' })).toContain('2 of 3');
  });
});

describe('badges', () => {
  const wall = async (change: object, language = 'en') =>
    look({ block: 'badges', progress: { badges: [{ ...badge, ...change }] }, language });

  test('that are locked are grey and named so, with how far the member is', async () => {
    const { page, text } = await wall({});
    expect(text).toContain(
      'Badge Super Fan, not earned yet Super Fan Five reviews. Not earned yet 3 of 5',
    );
    expect(page).toContain('fill="#E4E4E4"');
    expect(page).not.toContain('#B23A48');
    expect(page).not.toContain('data-laurel-do="share"');
  });

  test('that are earned have their colour, day, level and season, and the way to the next', async () => {
    const earned = {
      earned: true,
      on: '2026-10-03',
      season: 'Autumn',
      level: { key: 's', name: 'Silver' },
    };
    const { page, text } = await wall({ ...earned, next: { name: 'Gold', need: 10 }, have: 7 });
    expect(text).toContain(
      'Badge Super Fan, earned Super Fan Silver Autumn Five reviews. Earned on October 3, 2026 Next: Gold, 7 of 10',
    );
    expect(page).toContain('fill="#B23A48"');
    expect(page).toMatch(/data-laurel-do="share"/);
    expect((await wall(earned, 'de')).text).toContain('Erreicht am 03.10.2026');
  });

  test('have sixteen shapes, no two alike, whose glyph can be seen on any disc', async () => {
    const drawings = new Set<string>();
    for (const shape of BADGE_SHAPES) {
      const { page } = await wall({ earned: true, art: { ...badge.art, shape } });
      drawings.add(/<path fill="#FFFFFF"[^>]* d="([^"]+)"/.exec(page)?.[1] ?? '');
    }
    expect(drawings.size).toBe(16);
    expect([...drawings].every((path) => /^\s*M\d/.test(path))).toBe(true);
    const bright = await wall({ earned: true, art: { ...badge.art, colour: '#F2C14E' } });
    expect(bright.page).toContain('<path fill="#000000"');
    const white = await wall({ earned: true, art: { ...badge.art, colour: '#FFFFFF' } });
    expect(white.page).toContain('stroke="#767676"');
  });

  test('with a picture of the merchant’s own show that, greyed while it is locked', async () => {
    const art = { ...badge.art, image: 'https://cdn.example.com/fan.png' };
    expect((await wall({ art })).page).toMatch(
      /laurel__art--locked" src="https:\/\/cdn.example.com\/fan.png" alt="Badge Super Fan, not earned yet"/,
    );
    expect((await wall({ art, earned: true })).page).not.toContain('laurel__art--locked');
  });
});

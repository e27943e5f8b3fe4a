/** Rewards in the panel and on the card, as Liquid draws them: everything can be read without script. */
import { describe, expect, test } from 'vitest';
import { drawnShop, words } from './drawn-shop.ts';
import { progress } from '../devstore/loyalty-metafields.ts';

const NEVER = { starts: null, ends: null };
const fiveOff = {
  ...{ key: 'five-off', kind: 'amount-off', name: '€5 off', words: 'Off any order.', image: '' },
  ...{ cost: 500, steps: null, worth: { cents: 500 }, tiers: [] as string[], ...NEVER },
};
const choose = {
  ...{ ...fiveOff, key: 'choose', name: 'As you like', words: '', cost: 100 },
  ...{ steps: { least: 2, most: 20 }, worth: { cents: 100 } },
};
const code = {
  ...{ id: '0190', key: 'five-off', name: '€5 off', kind: 'discount', state: 'usable' },
  ...{ code: 'ABCD-EF01-2345-6789', points: 500, until: '2999-03-12', because: null, back: 0 },
  ...{ returnable: true, at: 0 },
};

const { guest, member, mirror, publish, shop } = drawnShop();

async function seen(
  { points = 700, tier = 'Silver', rewards = [fiveOff, choose] as object[], held = [] as object[] },
  language = 'en',
): Promise<{ page: string; text: string }> {
  publish({ rewards });
  mirror({ points, tier, progress: { ...progress, rewards: held } });
  const page = await (await member(language)).page('/');
  return { page, text: words(page) };
}

const secondsFromNow = (seconds: number): number =>
  Math.floor(shop().world.clock.now().getTime() / 1000) + seconds;

describe('rewards', () => {
  test('are read with what they cost, and with how much is missing: 500 less 300 are 200', async () => {
    const { page, text } = await seen({ points: 300, rewards: [fiveOff] });
    expect(text).toContain('€5 off 500 points Off any order. 200 points to go. Redeem');
    expect(page).toMatch(/data-if="cannot" disabled>/);
    expect(page).toMatch(/<details class="laurel__redeem" data-if="can" hidden>/);
    const rich = await seen({ points: 500, rewards: [fiveOff] });
    expect(rich.text).not.toContain('to go. Redeem');
    expect(rich.page).toMatch(/data-if="cannot" disabled hidden>/);
    expect(rich.text).toContain('Spend 500 points? Yes, redeem');
  });

  test('of which one chooses how much have a slider from the least to what the points are enough for', async () => {
    const { page, text } = await seen({ rewards: [choose] });
    expect(page).toMatch(/type="range" min="2" max="7" value="2"/);
    expect(text).toContain('How much would you like to spend? 200 points = €2.00');
    expect((await seen({ rewards: [choose] }, 'de')).text).toContain('200 Punkte = €2.00');
  });

  test('for other tiers, for later and of the past say so', async () => {
    const gold = { ...fiveOff, tiers: ['Gold', 'Platinum'] };
    expect((await seen({ rewards: [gold] })).text).toContain('For members of Gold, Platinum.');
    const open = await seen({ rewards: [{ ...fiveOff, tiers: ['Silver'] }] });
    expect(open.text).not.toContain('For members of');
    const soon = { ...fiveOff, starts: secondsFromNow(86_400) };
    expect((await seen({ rewards: [soon] })).text).toMatch(/From \w+ \d+, \d{4}\./);
    const past = { ...fiveOff, ends: secondsFromNow(-60) };
    expect((await seen({ rewards: [past, choose] })).text).not.toContain('Off any order.');
  });

  test('of which only asking tells are not shown as if they could be had, and can be asked for', async () => {
    const some = { ...fiveOff, asks: true };
    const { page, text } = await seen({ points: 500, rewards: [some] });
    expect(text).toContain('Off any order. For some members only.');
    expect(page).toMatch(/data-if="ask" data-laurel-do="open"/);
    expect(page).toMatch(/data-if="cannot" disabled hidden>/);
    expect(page).toMatch(/<details class="laurel__redeem" data-if="can" hidden>/);
    // What is missing is told first, and then there is nothing to ask.
    const poor = await seen({ points: 400, rewards: [some] });
    expect(poor.text).toContain('100 points to go.');
    expect(poor.page).not.toContain('data-if="ask"');
    expect((await seen({ points: 500, rewards: [fiveOff] })).page).not.toContain('data-if="ask"');
  });

  test('have no button that would do nothing without script', async () => {
    const { page } = await seen({ held: [code] });
    const rewards = /<section\s+class="laurel__rewards"[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
    const drawn = rewards.replaceAll(/<template[\s\S]*?<\/template>/g, '');
    const outside = drawn.replaceAll(/<div data-laurel-live hidden>[\s\S]*?<\/div>/g, '');
    const buttons = outside.match(/<button[^>]*>/g) ?? [];
    expect(buttons.length).toBeGreaterThan(0);
    expect(buttons.filter((button) => !/ hidden>$/.test(button))).toEqual([]);
  });

  test('are read by a guest, who is not asked to redeem', async () => {
    await seen({});
    const page = await guest().page('/');
    expect(page).toContain('€5 off');
    expect(page).not.toContain('data-laurel-rewards');
  });

  test('are escaped exactly once', async () => {
    const name = `<b>"R&B's"</b>`;
    const { page } = await seen({
      rewards: [{ ...fiveOff, name, words: name, image: `https://x/"onerror="1` }],
      held: [{ ...code, name, code: `"><script>` }],
    });
    expect(page).not.toContain('<b>"R');
    expect(page).not.toContain('"><script>');
    expect(page).not.toContain('x/"onerror');
    expect(page).toContain('&lt;b&gt;&quot;R&amp;B&#39;s&quot;&lt;/b&gt;');
  });
});

describe('what a member holds', () => {
  test('is a code with its last day, and a link that puts it into the cart', async () => {
    const { page, text } = await seen({ held: [code] });
    expect(text).toContain('€5 off To be used by March 12, 2999. ABCD-EF01-2345-6789');
    expect(page).toContain('href="/discount/ABCD-EF01-2345-6789?redirect=/cart"');
    expect((await seen({ held: [code] }, 'de')).text).toContain('Einzulösen bis 12.03.2999.');
  });

  test('says what became of it, and what came back', async () => {
    const at = secondsFromNow(-60);
    const over = { ...code, code: null, until: null, returnable: false, at };
    const told = async (change: object) => (await seen({ held: [{ ...over, ...change }] })).text;
    expect(await told({ state: 'making' })).toContain('Your reward is being made.');
    expect(await told({ state: 'used' })).toContain('Used in an order.');
    expect(await told({ state: 'used', back: 250 })).toContain('250 points came back.');
    expect(await told({ state: 'ended', because: 'refused', back: 500 })).toContain(
      'It could not be made. 500 points came back.',
    );
    expect(await told({ state: 'had', kind: 'gift-card' })).toContain('It is yours.');
  });

  test('is told for fourteen days after it is over', async () => {
    const over = { ...code, state: 'ended', because: 'expired', code: null, back: 500 };
    const told = async (days: number) =>
      (await seen({ held: [{ ...over, at: secondsFromNow(-days * 86_400) }] })).text;
    expect(await told(13)).toContain('It was not used in time.');
    expect(await told(15)).not.toContain('It was not used in time.');
  });

  test('is no code any more after its last day, though nobody has told yet', async () => {
    const { page, text } = await seen({ held: [{ ...code, until: '2020-03-12' }] });
    expect(text).toContain('Being given back.');
    expect(page).not.toContain('ABCD-EF01-2345-6789');
  });

  test('is asked for once more only while something is being made or ended', async () => {
    expect((await seen({ held: [code] })).page).not.toContain('data-laurel-pending');
    const making = { ...code, state: 'making', code: null };
    expect((await seen({ held: [making] })).page).toContain('data-laurel-pending');
  });
});

/**
 * A shopper plays in a real browser, with screenshots in test/artifacts. The demo's club has all of it:
 * a journey of two orders and a review that is joined by hand (80 points, and a badge), a wheel with one
 * free turn a week and one for each order, a leaderboard, and a quiz (20 points) that is answered with the
 * keyboard alone. Nothing turns: the browser asks for reduced motion.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reloadUntil, screenshot, startStack } from '../support/stack.ts';
import type { Stack } from '../support/stack.ts';

const SHOPPER = 'player@example.com';

let stack: Stack;
let page: Page;

beforeAll(async () => {
  stack = await startStack('games', 'seeded');
  page = await stack.newPage();
  await page.emulateMedia({ reducedMotion: 'reduce' });
}, 420_000);
// What a shop refuses, such as a rude name, is an answer that the browser's console tells, too.
afterAll(() => stack.stop([/status of 422/]));

const club = (path = ''): string => `${stack.storefrontUrl}/pages/club${path}`;
const block = (heading: string): Locator =>
  page
    .locator('.laurel-card')
    .filter({ has: page.getByRole('heading', { level: 2, name: heading }) });
const named = (heading: string, name: string): Locator =>
  block(heading).locator('[data-key]').filter({ hasText: name });
const says = (row: Locator): Locator => row.getByRole('status');

test('a guest reads without script what can be played, and at which odds', async () => {
  const drawn = await (await page.request.get(club())).text();
  for (const words of [
    'The tea journey',
    'Regular',
    'Tea time',
    'Fans of the month',
    'What is in your cup?',
  ]) {
    expect(drawn).toContain(words);
  }
  // 40,000 of a million are 4 %: one in 25.
  expect(drawn.replaceAll(/<[^>]+>|\s+/g, ' ').replaceAll(/ +/g, ' ')).toContain(
    'Free shipping 1 in 25 (4%)',
  );
  expect(drawn).not.toContain('A full table');
});

test('she joins a challenge, and Liquid draws it anew with her progress', async () => {
  await logIn();
  await page.goto(club());
  const journey = named('Challenges', 'The tea journey');
  await reloadUntil(page, () => journey.getByText('Not joined yet').isVisible());
  await screenshot(page, 'games-1-club');
  await journey.getByRole('button', { name: 'Take part' }).click();
  await journey.getByText('0 of 2').first().waitFor();
  expect(await says(journey).innerText()).not.toBe('');
  expect(await journey.getByRole('button').count()).toBe(0);
});

test('two orders and a review complete it: 80 points, and a badge of its own', async () => {
  await order('monstera');
  await order('monstera');
  await control('POST', '/reviews', { customer: SHOPPER, product: 'monstera', rating: 5 });
  await page.goto(club());
  const journey = named('Challenges', 'The tea journey');
  await reloadUntil(page, () => journey.getByText('Completed').isVisible());
  expect(await journey.innerText()).toMatch(/Place two orders\s+Done[\s\S]+Write a review\s+Done/);
  expect(await journey.innerText()).toContain('You won 80 points');
  const badge = named('Badges', 'Tea traveller');
  expect(await badge.getByRole('img', { name: 'Badge Tea traveller, earned' }).count()).toBe(1);
  expect(await named('Badges', 'A full table').count()).toBe(0);
  expect(await named('Badges', 'Regular').innerText()).toMatch(/Bronze[\s\S]+Next: Silver, 2 of 5/);
  await badge.getByText('Share').click();
  await badge.getByLabel('Your name on it').fill('Ada');
  await badge.getByRole('button', { name: 'Make a picture' }).click();
  const card = badge.getByRole('img', { name: 'Tea traveller', exact: true });
  await card.waitFor();
  expect(
    await card.evaluate((it: HTMLImageElement) => [it.naturalWidth, it.naturalHeight]),
  ).toEqual([1200, 630]);
  await card.scrollIntoViewIfNeeded();
  await screenshot(page, 'games-2-badge');
});

test('a turn of the wheel is drawn once, said in words, and can be checked', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(club());
  const wheel = named('Games', 'The tea wheel');
  const committed = await wheel.locator('[data-is="commit"]').textContent();
  expect(committed).toMatch(/^[0-9a-f]{64}$/);
  await wheel.getByRole('button', { name: 'Spin' }).click();
  const verify = wheel.getByRole('link', { name: 'Check this draw' });
  await verify.waitFor();
  const said = await says(wheel).innerText();
  expect(said.length).toBeGreaterThan(3);
  expect(await says(wheel).evaluate((it) => it.parentElement?.ariaBusy ?? 'false')).toBe('false');
  await verify.scrollIntoViewIfNeeded();
  await screenshot(page, 'games-3-wheel');
  // One free turn a week and one for each of two orders were in hand.
  expect(await wheel.locator('[data-is="told"]').innerText()).toContain('Plays in hand: 2');

  await verify.click();
  await page.waitForURL('**/verify?draw=*');
  expect(await page.locator('body').innerText()).toContain(committed);
  await screenshot(page, 'games-4-verify');
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('a rude nickname is refused; a fit one has a rank, and can go again', async () => {
  await page.goto(club());
  const board = named('Leaderboard', 'Fans of the month');
  await board.getByRole('button', { name: 'Show my rank' }).click();
  await board.getByLabel('Nickname that others see').fill('Shithead');
  await board.getByRole('button', { name: 'Join' }).click();
  await expect.poll(() => says(board).innerText()).toBe('Please choose another name.');
  await board.getByLabel('Nickname that others see').fill('Plain Jane');
  await board.getByRole('button', { name: 'Join' }).click();
  await expect.poll(() => says(board).innerText()).toContain('Plain Jane');
  const own = board.locator('tr[aria-current]');
  await own.waitFor();
  expect(await own.innerText()).toContain('Plain Jane');
  expect(await board.locator('[data-is="own"]').innerText()).toMatch(/^Your rank: \d+ with \d+/);
  await own.scrollIntoViewIfNeeded();
  await screenshot(page, 'games-5-board');
  const other = board.locator('tr', { hasText: 'Matcha Mia' });
  await other.getByRole('button', { name: 'Report' }).click();
  await expect.poll(() => says(board).innerText()).toBe('Thank you. We will look at it.');
  await board.getByRole('button', { name: 'Leave' }).click();
  await expect.poll(() => says(board).innerText()).toContain('You have left.');
  expect(await board.locator('tr[aria-current]').count()).toBe(0);
});

test('with the keyboard alone she answers a quiz, and is told how all have answered', async () => {
  await page.goto(club());
  const quiz = named('Your opinion', 'What is in your cup?');
  await quiz.getByRole('radio', { name: 'Tea' }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  expect(await quiz.getByRole('radio', { name: 'Coffee' }).isChecked()).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await quiz.getByRole('checkbox', { name: 'Cake' }).isChecked()).toBe(true);
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => says(quiz).innerText()).toContain('Thank you!');
  expect(await quiz.locator('[data-choice="coffee"]').innerText()).toContain('100% (answers: 1)');
  expect(await quiz.getByRole('button').isDisabled()).toBe(true);
  expect(await says(quiz).evaluate((it) => it === document.activeElement)).toBe(true);
  await quiz.scrollIntoViewIfNeeded();
  await screenshot(page, 'games-6-quiz');
});

async function logIn(): Promise<void> {
  await page.goto(`${stack.storefrontUrl}/account/login?return_url=/account`);
  await page.getByLabel('E-mail').fill(SHOPPER);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByRole('link', { name: 'Signed in as' }).waitFor();
}

async function order(handle: string): Promise<void> {
  await page.goto(`${stack.storefrontUrl}/products/${handle}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.waitForURL('**/cart');
  await page.getByRole('link', { name: 'Check out' }).click();
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
}

async function control(method: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${stack.controlUrl}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`Control answered ${answer.status}: ${await answer.text()}`);
}

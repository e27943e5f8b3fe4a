/**
 * A shopper spends points in a real browser, with screenshots in test/artifacts: a code is redeemed,
 * copied, put into the cart and used; nobody else can use it; another one is chosen by keyboard and
 * given back. What joining brings, 100 points, is all there is:
 *
 *     €2 off                      −60      40
 *     €3 off, three steps of 10   −30      10
 *     given back                  +30      40
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { environment } from '../../devstore/demo/addresses.ts';
import { readConfig } from '../../app/config.server.ts';
import { publishProgramme } from '../../app/operations/publish-programme.ts';
import { saveDraft } from '../../app/operations/save-draft.ts';
import { makeWorld } from '../../app/world.ts';
import type { World } from '../../app/world.ts';
import { patientPool } from '../support/patience.ts';
import { reloadUntil, screenshot, startStack } from '../support/stack.ts';
import type { Stack } from '../support/stack.ts';
import { writtenRewards } from '../support/written-rewards.ts';

const SHOPPER = 'redeemer@example.com';
const STRANGER = 'stranger@example.com';
const CODE = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/;

let stack: Stack;
let world: World;
let shopper: Page;
let code = '';

beforeAll(async () => {
  stack = await startStack('redeem', 'seeded');
  const env = environment(stack.ports, stack);
  world = makeWorld({ ...readConfig(env), logLevel: 'silent' }, patientPool(2, 'redeem-journey'));
  await offerRewards();
  shopper = await stack.newPage();
  await shopper.context().grantPermissions(['clipboard-read', 'clipboard-write']);
}, 420_000);
afterAll(async () => {
  await stack.stop();
  await world.close();
});

test('she reads what her points are enough for, and redeems €2 off with two presses', async () => {
  await logIn(shopper, SHOPPER);
  await reloadUntil(shopper, () => rewardNamed(cardOf(shopper), '€2 off').isVisible());
  const card = cardOf(shopper);
  await reloadUntil(shopper, async () => /100 points/.test(await balance(shopper)));
  expect(await rewardNamed(card, 'A dinner').innerText()).toContain('4,900 points to go.');
  const tooDear = rewardNamed(card, 'A dinner').getByRole('button', { name: 'Redeem' });
  expect(await tooDear.isDisabled()).toBe(true);
  await screenshot(shopper, 'redeem-1-rewards');

  const reward = rewardNamed(card, '€2 off');
  await reward.locator('summary').click();
  await reward.getByText('Spend 60 points?').waitFor();
  await screenshot(shopper, 'redeem-2-sure');
  await reward.getByRole('button', { name: 'Yes, redeem' }).click();
  const held = card.locator('.laurel__held').first();
  await held.getByText('To be used by').waitFor();
  code = await held.locator('code').innerText();
  expect(code).toMatch(CODE);
  expect(await held.locator('code').evaluate((it) => it === document.activeElement)).toBe(true);
  expect(await card.getByRole('status').first().innerText()).toContain('€2 off: To be used by');
  expect(await balance(shopper)).toContain('40 points');
  await held.getByRole('button', { name: 'Copy' }).click();
  await card.getByText('Copied.').waitFor();
  expect(await shopper.evaluate(() => navigator.clipboard.readText())).toBe(code);
  await screenshot(shopper, 'redeem-3-code');
});

test('once the mirror is written, the code stands in the page without any script', async () => {
  const drawn = async (): Promise<string> =>
    (await shopper.request.get(`${stack.storefrontUrl}/account`)).text();
  await expect.poll(drawn).toContain(`/discount/${code}?redirect=/cart`);
});

test('whoever else has the code has nothing of it', async () => {
  const stranger = await stack.newPage();
  await logIn(stranger, STRANGER);
  await addToCart(stranger, 'monstera');
  await stranger.goto(`${stack.storefrontUrl}/discount/${code}?redirect=/cart`);
  expect(await stranger.locator('.totals').innerText()).not.toContain('Discount');
  await stranger.getByRole('link', { name: 'Check out' }).click();
  await screenshot(stranger, 'redeem-4-stranger');
  await stranger.getByRole('button', { name: 'Place order' }).click();
  await stranger.getByRole('heading', { name: 'Thank you' }).waitFor();
  expect(await stranger.locator('body').innerText()).not.toContain(code);
  expect(await stateOf(code)).toBe('reserved');
});

test('she puts it into the cart, checks out €2 cheaper, and it is used', async () => {
  await addToCart(shopper, 'monstera');
  await shopper.goto(`${stack.storefrontUrl}/account`);
  await cardOf(shopper).getByRole('link', { name: 'Apply to cart' }).click();
  await shopper.waitForURL('**/cart');
  expect(await shopper.locator('.totals').innerText()).toMatch(/−€2[.,]00/);
  await screenshot(shopper, 'redeem-5-cart');
  await shopper.getByRole('link', { name: 'Check out' }).click();
  await shopper.getByRole('button', { name: 'Place order' }).click();
  await shopper.getByRole('heading', { name: 'Thank you' }).waitFor();
  await expect.poll(() => stateOf(code)).toBe('captured');
  await shopper.goto(`${stack.storefrontUrl}/account`);
  await reloadUntil(shopper, () => cardOf(shopper).getByText('Used in an order.').isVisible());
});

test('on a phone, by keyboard, she chooses three steps, and gives the code back', async () => {
  await shopper.setViewportSize({ width: 390, height: 844 });
  await shopper.goto(`${stack.storefrontUrl}/products/monstera`);
  await shopper.locator('#laurel-launcher > summary').click();
  const panel = shopper.locator('.laurel-panel');
  const reward = rewardNamed(panel, 'As much as you like');
  const before = await points(panel);
  await reward.locator('summary').press('Enter');
  const slider = reward.getByRole('slider');
  await slider.press('ArrowRight');
  await reward.getByText(/20 points = €2[.,]00/).waitFor();
  await slider.press('ArrowRight');
  await reward.getByText(/30 points = €3[.,]00/).waitFor();
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/30 points = €3[.,]00/);
  await screenshot(shopper, 'redeem-6-slider');
  await reward.getByRole('button', { name: 'Yes, redeem' }).press('Enter');
  const held = panel.locator('.laurel__held').filter({ hasText: 'As much as you like' }).first();
  await held.getByText('To be used by').waitFor();
  expect(await points(panel)).toBe(before - 30);
  await screenshot(shopper, 'redeem-7-phone');
  shopper.once('dialog', (dialog) => void dialog.accept());
  await held.getByRole('button', { name: 'Give back' }).press('Enter');
  await held.getByText('Given back. 30 points came back.').waitFor();
  expect(await points(panel)).toBe(before);
  await screenshot(shopper, 'redeem-8-given-back');
});

async function offerRewards(): Promise<void> {
  const shop = await world.prisma.shop.findFirstOrThrow({ where: { state: 'installed' } });
  const shopId = String(shop.id);
  const draft = await world.prisma.programmeDraft.findUniqueOrThrow({ where: { shopId: shop.id } });
  const about = { shopId, actor: 'test' };
  const saved = await saveDraft(world, {
    ...about,
    revision: draft.revision,
    document: {
      // What the demo's games give as prizes is not offered here.
      ...{ ...(draft.document as object), streaks: [], games: [] },
      rewards: writtenRewards(
        {
          key: 'two-off',
          kind: 'amount-off',
          name: '€2 off',
          points: 60,
          settings: { amount: '2' },
        },
        { key: 'choose', kind: 'variable-amount-off', name: 'As much as you like', points: 10 },
        {
          key: 'dinner',
          kind: 'by-hand',
          name: 'A dinner',
          points: 5_000,
          description: 'For two.',
        },
      ),
    },
  });
  if (!saved.ok) throw new Error(`not saved: ${saved.refusal.kind}`);
  const { revision } = saved;
  const published = await publishProgramme(world, { ...about, revision, note: '' });
  if (!published.ok) throw new Error(`not published: ${published.refusal.kind}`);
}

async function logIn(page: Page, email: string): Promise<void> {
  await page.goto(`${stack.storefrontUrl}/account/login?return_url=/account`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByRole('link', { name: 'Signed in as' }).waitFor();
  await page.goto(`${stack.storefrontUrl}/account`);
}

async function addToCart(page: Page, handle: string): Promise<void> {
  await page.goto(`${stack.storefrontUrl}/products/${handle}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.waitForURL('**/cart');
}

const cardOf = (page: Page): Locator => page.locator('.laurel-card');
const balance = (page: Page): Promise<string> =>
  cardOf(page).locator('.laurel__points').innerText();
const rewardNamed = (within: Locator, name: string): Locator =>
  within.locator('[data-reward]').filter({ hasText: name });

async function points(within: Locator): Promise<number> {
  const text = await within.locator('.laurel__points').innerText();
  return Number(/([\d,]+) points?/.exec(text)?.[1]?.replaceAll(',', ''));
}

async function stateOf(of: string): Promise<string | undefined> {
  const { rows } = await world
    .db('0')
    .query<{ state: string }>(
      `/* cross-shop: test-assertion */ SELECT state FROM redemptions WHERE code = $1`,
      [of],
    );
  return rows[0]?.state;
}

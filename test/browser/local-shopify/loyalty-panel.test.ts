import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createStorefront } from '../../../devstore/storefront/index.ts';
import { launchChromium, openPage } from './chromium.ts';
import { programme, progress } from '../../devstore/loyalty-metafields.ts';
import { serve, smallShop, writeMetafield, type SmallShop } from '../../devstore/small-shop.ts';

let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
let shop: SmallShop;
let opened: { page: Page; problems: string[] }[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  server = await serve();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(() => {
  shop = smallShop();
  shop.world.addresses.storefront = server.origin;
  server.use(createStorefront(shop.world));
  writeMetafield(shop.store, { app: true, namespace: 'laurel' }, 'programme', 'json', programme);
  writeMetafield(shop.store, { customer: shop.customerId }, 'points', 'number_integer', '1250');
  writeMetafield(
    shop.store,
    { customer: shop.customerId },
    'tier',
    'single_line_text_field',
    'Silver',
  );
  writeMetafield(shop.store, { customer: shop.customerId }, 'progress', 'json', progress);
  shop.store.setBlockActive('launcher', true);
  shop.store.setBlockActive('member-card', true);
});
afterEach(async () => {
  for (const { page, problems } of opened) {
    expect(problems).toEqual([]);
    await page.context().close();
  }
  opened = [];
});

async function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const one = await openPage(browser, options);
  opened.push(one);
  await one.page.goto(server.origin + path);
  return one.page;
}

async function logIn(page: Page): Promise<void> {
  await page.goto(`${server.origin}/account/login`);
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.waitForURL('**/account');
}

const launcher = (page: Page) => page.locator('.laurel-launcher__button');
const panel = (page: Page) => page.getByRole('region', { name: 'Leaf Club' });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.className ?? '');

test('the panel is opened, read and closed with the keyboard, and focus comes back', async () => {
  const page = await visit('/');
  await launcher(page).focus();
  await page.keyboard.press('Enter');
  await panel(page).waitFor();
  await expect.poll(() => focused(page)).toBe('laurel-panel');
  await page.keyboard.press('Tab');
  await expect.poll(() => focused(page)).toBe('laurel-panel__close');
  await page.keyboard.press('Tab');
  await expect.poll(() => focused(page)).toBe('laurel__button');
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'hidden' });
  await expect.poll(() => focused(page)).toContain('laurel-launcher__button');
});

test('the panel closes by its button and by a click beside it', async () => {
  const page = await visit('/');
  await launcher(page).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await panel(page).waitFor({ state: 'hidden' });
  await launcher(page).click();
  await panel(page).getByText('For joining').click();
  expect(await panel(page).isVisible()).toBe(true);
  await page.locator('h1').click();
  await panel(page).waitFor({ state: 'hidden' });
});

test('who hides the button does not see it again during this visit', async () => {
  const page = await visit('/');
  await launcher(page).click();
  await page.getByRole('button', { name: 'Hide until my next visit' }).click();
  await launcher(page).waitFor({ state: 'hidden' });
  await page.goto(`${server.origin}/products/teapot`);
  await page.waitForLoadState();
  expect(await launcher(page).isVisible()).toBe(false);
  const next = await visit('/');
  expect(await launcher(next).isVisible()).toBe(true);
});

test('everything can be read without script, and no button is there that does nothing', async () => {
  const page = await visit('/products/teapot', { javaScriptEnabled: false });
  await launcher(page).click();
  expect(await panel(page).getByText('For joining').isVisible()).toBe(true);
  expect(await page.getByRole('button', { name: 'Close' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Hide' }).count()).toBe(0);
  await launcher(page).click();
  expect(await panel(page).isVisible()).toBe(false);
});

for (const [device, viewport] of [
  ['a phone', { width: 390, height: 844 }],
  ['a small phone', { width: 320, height: 568 }],
  ['a desktop', { width: 1280, height: 800 }],
] as const) {
  test(`on ${device} nothing shifts, nothing scrolls sideways and the panel stays in view`, async () => {
    const page = await visit('/', { viewport });
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          shifts.push((entry as PerformanceEntry & { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await logIn(page);
    for (const path of ['/products/teapot', '/account', '/collections/all']) {
      await page.goto(server.origin + path, { waitUntil: 'networkidle' });
      await launcher(page).click();
      await panel(page).waitFor();
      const box = await panel(page).boundingBox();
      expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= viewport.width).toBe(true);
      const measured = await page.evaluate(() => ({
        sideways: document.documentElement.scrollWidth - window.innerWidth,
        shifts: (window as unknown as { shifts: number[] }).shifts,
      }));
      expect(measured.sideways).toBeLessThanOrEqual(0);
      expect(measured.shifts).toEqual([]);
    }
  });
}

test('a member reads the figures on the button, and the page asks the app for nothing', async () => {
  const page = await visit('/');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await logIn(page);
  await page.goto(`${server.origin}/products/teapot`, { waitUntil: 'networkidle' });
  expect(await launcher(page).textContent()).toContain('1,250 points');
  await launcher(page).click();
  expect(
    await panel(page).getByRole('progressbar', { name: 'Progress to Gold' }).getAttribute('value'),
  ).toBe('64');
  expect(asked).toContain('/extensions/loyalty-theme/assets/laurel.js');
  expect(asked.filter((path) => path.startsWith('/apps/'))).toEqual([]);
});

test('who asks for less motion gets none', async () => {
  const animation = async (page: Page) => {
    await launcher(page).click();
    return panel(page).evaluate((element) => getComputedStyle(element).animationName);
  };
  expect(await animation(await visit('/', { reducedMotion: 'reduce' }))).toBe('none');
  expect(await animation(await visit('/', { reducedMotion: 'no-preference' }))).toBe('laurel-rise');
});

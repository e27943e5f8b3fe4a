import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createAdminPages, createTunnel } from '../../../devstore/admin-pages/index.ts';
import { launchChromium, openPage } from './chromium.ts';
import { embeddedApp, type EmbeddedApp } from './embedded-app.ts';
import { serve, smallShop, type SmallShop } from '../../devstore/small-shop.ts';

let browser: Browser;
let servers: Record<'admin' | 'tunnel' | 'app', Awaited<ReturnType<typeof serve>>>;
let shop: SmallShop;
let app: EmbeddedApp;
let page: Page;
let problems: string[];
let frame: FrameLocator;

beforeAll(async () => {
  browser = await launchChromium();
  servers = { admin: await serve(), tunnel: await serve(), app: await serve() };
});
afterAll(async () => {
  await browser.close();
  await Promise.all(Object.values(servers).map((server) => server.close()));
});
beforeEach(async () => {
  shop = smallShop();
  const { admin, tunnel } = servers;
  Object.assign(shop.world.addresses, { admin: admin.origin, tunnel: tunnel.origin });
  shop.world.appUrl = servers.app.origin;
  app = embeddedApp(shop);
  admin.use(createAdminPages(shop.world));
  tunnel.use(createTunnel(shop.world));
  servers.app.use(app.listener);
  ({ page, problems } = await openPage(browser));
  await open('/app/programme?tab=1');
});
afterEach(async () => {
  expect(problems).toEqual([]);
  await page.context().close();
});

async function open(path: string): Promise<void> {
  await page.goto(`${servers.admin.origin}/store/small-shop/apps/laurel${path}`);
  frame = page.frameLocator('#app-frame');
  await frame.locator('h1').waitFor();
}

/** The address as a person sees it, below the app's own. */
const address = () =>
  page.url().replace(`${servers.admin.origin}/store/small-shop/apps/laurel`, '');
const marks = frameText('#marks');
const heading = frameText('h1');

function frameText(selector: string): (wanted: string) => Promise<void> {
  return (wanted) => frame.locator(selector, { hasText: wanted }).waitFor();
}

function appFrame(): Frame {
  const found = page.frames().find((one) => one.url().startsWith(servers.tunnel.origin));
  if (!found) throw new Error('The app is not open.');
  return found;
}

test('the app is framed and the address keeps its path, without what Shopify adds', async () => {
  expect(address()).toBe('/app/programme?tab=1');
  expect(new URL(appFrame().url()).searchParams.get('embedded')).toBe('1');
});

test('requests carry an id token, and are repeated once when it is refused', async () => {
  const get = () => appFrame().evaluate(async () => (await fetch('/api')).status);
  expect(await get()).toBe(200);
  app.refuseOnce();
  expect(await get()).toBe(200);
  expect(app.calls).toEqual(['GET accepted', 'GET refused', 'GET accepted']);
  app.refuseOnce();
  const echoed = appFrame().evaluate(async () => {
    const response = await fetch('/api', { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    return response.text();
  });
  expect(await echoed).toBe('a=1');
  expect(app.calls.slice(3)).toEqual(['POST refused', 'POST accepted']);
  // Chromium itself writes a 401 to the console.
  expect(problems.splice(0)).toHaveLength(2);
});

test('a page without a token comes back by the bounce page', async () => {
  await appFrame().evaluate(() =>
    window.location.assign(`/app/reloaded${window.location.search.replace(/id_token=[^&]*&/, '')}`),
  );
  await heading('/app/reloaded');
  expect(new URL(appFrame().url()).searchParams.get('id_token')).not.toBeNull();
});

test('the bounce page takes the token to no other site', async () => {
  const refused = appFrame().evaluate(() => {
    const search = new URLSearchParams(window.location.search);
    search.set('shopify-reload', 'http://evil.example/');
    window.location.assign(`/auth/session-token?${search.toString()}`);
  });
  await refused;
  await expect.poll(() => problems.length).toBe(1);
  expect(problems.splice(0)[0]).toContain('shopify-reload must be a page of the app.');
  expect(new URL(appFrame().url()).pathname).toBe('/auth/session-token');
});

test('the app opened outside the admin goes back in, to the same page', async () => {
  await page.goto(
    `${servers.tunnel.origin}/app/members?shop=small-shop.myshopify.com&host=x&id_token=x&page=2`,
  );
  await page.waitForURL('**/store/small-shop/apps/laurel/**');
  await heading('/app/members');
  await expect.poll(address).toBe('/app/members?page=2');
});

test('the app’s menu is the admin’s, marks the current page, and goes back and forth', async () => {
  await page.getByRole('link', { name: 'Members' }).click();
  await heading('/app/members');
  await expect.poll(address).toBe('/app/members');
  const members = page.getByRole('link', { name: 'Members' });
  await expect.poll(() => members.getAttribute('aria-current')).toBe('page');
  await page.goBack();
  await heading('/app/programme');
  await expect.poll(address).toBe('/app/programme?tab=1');
});

test('the title bar has the app’s buttons', async () => {
  await page.locator('#title-bar h1', { hasText: 'Programme' }).waitFor();
  await page.getByRole('button', { name: 'Publish' }).click();
  await marks('published');
  await page.locator('#title-bar summary').click();
  await page.getByRole('button', { name: 'Export' }).click();
  await marks('exported');
});

test('a changed form shows the save bar; saving and discarding reach the form', async () => {
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  expect(await bar.isHidden()).toBe(true);
  await frame.getByLabel('Rate').fill('2');
  await bar.getByRole('button', { name: 'Save' }).click();
  await marks('saved');
  await bar.waitFor({ state: 'hidden' });
  await frame.getByLabel('Rate').fill('3');
  await bar.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Continue editing' }).click();
  expect(await frame.getByLabel('Rate').inputValue()).toBe('3');
  await bar.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await bar.waitFor({ state: 'hidden' });
  await expect.poll(() => frame.getByLabel('Rate').inputValue()).toBe('1');
});

test('a ui-save-bar lends its buttons to the admin’s bar, with their state', async () => {
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  await appFrame().evaluate(() => shopify.saveBar.show('bar'));
  await bar.getByRole('button', { name: 'Keep' }).click();
  await expect.poll(() => bar.getByRole('button', { name: 'Keep' }).isDisabled()).toBe(true);
  await appFrame().evaluate(() => (window as unknown as { endSaving: () => void }).endSaving());
  await marks('kept');
  await bar.waitFor({ state: 'hidden' });
  await appFrame().evaluate(() => shopify.saveBar.show('bar'));
  await bar.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await marks('dropped');
  await bar.waitFor({ state: 'hidden' });
});

test('unsaved changes hold a person back on every way out', async () => {
  await frame.getByLabel('Rate').fill('2');
  await page.getByText('Unsaved changes').waitFor();
  const ways = [
    () => frame.getByRole('link', { name: 'Elsewhere' }).click(),
    () => page.getByRole('link', { name: 'Members' }).click(),
    () => page.getByRole('link', { name: 'Orders' }).click(),
    () => frame.getByRole('button', { name: 'Leave by script' }).click(),
  ];
  for (const go of ways) {
    await go();
    await page.getByRole('button', { name: 'Stay' }).click();
    expect(await frame.locator('h1').textContent()).toBe('/app/programme');
    expect(await frame.locator('#marks').textContent()).toBe('');
  }
  await page.getByRole('link', { name: 'Members' }).click();
  await page.getByRole('button', { name: 'Leave page' }).click();
  await heading('/app/members');
  await page.getByText('Unsaved changes').waitFor({ state: 'hidden' });
});

test('a toast shows and its action is heard', async () => {
  await frame.getByRole('button', { name: 'Toast' }).click();
  await page.getByRole('status').getByText('Done').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await marks('undone');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('status').waitFor({ state: 'detached' });
});

test('a modal opens with its title and buttons, and closes', async () => {
  await frame.getByRole('button', { name: 'Ask' }).click();
  const modal = frame.getByRole('dialog', { name: 'Sure' });
  await modal.waitFor();
  await modal.getByRole('button', { name: 'Yes' }).click();
  await marks('sure');
  await modal.waitFor({ state: 'hidden' });
});

test('an s-modal opens by its id with its heading and slotted button', async () => {
  await appFrame().evaluate(() => shopify.modal.show('web'));
  const modal = frame.getByRole('dialog', { name: 'Web component' });
  await modal.getByRole('button', { name: 'Do it' }).click();
  await marks('done');
  await modal.waitFor({ state: 'hidden' });
});

test('the resource picker answers what was chosen, or nothing when cancelled', async () => {
  await frame.getByRole('button', { name: 'Pick' }).click();
  await page.getByLabel('Green tea').check();
  await page.getByLabel('Search').fill('pot');
  await page.getByLabel('Green tea').waitFor({ state: 'detached' });
  await page.getByLabel('Teapot').check();
  await page.getByRole('button', { name: 'Select' }).click();
  await marks('Green tea+Teapot');
  await frame.getByRole('button', { name: 'Pick' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await marks('cancelled');
  const refused = appFrame().evaluate(() =>
    shopify
      .resourcePicker({ type: 'customer' as 'product' })
      .catch((error: unknown) => String(error)),
  );
  expect(await refused).toContain('has no type "customer"');
});

test('a link to the theme editor of the real admin leads to the local one', async () => {
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    frame.getByRole('link', { name: 'Editor, new tab' }).click(),
  ]);
  await tab.waitForURL('**/store/small-shop/themes/current/editor?**');
  await frame.getByRole('link', { name: 'Editor', exact: true }).click();
  await page.waitForURL('**/store/small-shop/themes/current/editor?**');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect.poll(() => shop.store.theme.activeBlocks).toEqual(['launcher']);
});

test('the admin answers nobody but the app’s own frame', async () => {
  await page.evaluate(() => {
    window.postMessage(
      { mark: 'local-app-bridge-1', kind: 'open', url: 'http://evil.example' },
      '*',
    );
    window.postMessage(
      {
        mark: 'local-app-bridge-1',
        kind: 'toast',
        toast: { id: 'x', message: 'Forged', duration: 5000 },
      },
      '*',
    );
  });
  await appFrame().evaluate(() => shopify.toast.show('Real'));
  await page.getByText('Real').waitFor();
  expect(await page.getByText('Forged').count()).toBe(0);
  expect(address()).toBe('/app/programme?tab=1');
});

test('what the stand-in does not have says so', async () => {
  const message = await appFrame().evaluate(() => {
    try {
      return typeof shopify.scanner;
    } catch (error) {
      return String(error);
    }
  });
  expect(message).toContain('The local App Bridge does not have shopify.scanner.');
});

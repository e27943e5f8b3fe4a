import { afterAll, beforeAll, expect, test } from 'vitest';
import { screenshot, type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('first-visit');
});
afterAll(() => stack.stop());

test('the first merchant who opens Laurel in the admin finds it installed', async () => {
  const page = await stack.newPage();
  await page.goto(`${stack.adminUrl}/store/laurel-demo/apps/laurel`);
  const app = page.frameLocator('#app-frame');
  await app.getByRole('heading', { level: 1 }).waitFor();
  await screenshot(page, 'first-visit-admin');
  expect(await app.locator('body').innerText()).not.toMatch(/application error|not found/i);
});

test('the storefront is open', async () => {
  const page = await stack.newPage();
  await page.goto(stack.storefrontUrl);
  await screenshot(page, 'first-visit-storefront');
  expect(await page.locator('a[href^="/products/"]').count()).toBeGreaterThan(3);
});

test('a worker that is killed can be started again', async () => {
  await stack.worker().kill();
  expect((await stack.worker().ended).how).toBe('SIGKILL');
  stack.startWorker();
  expect(stack.worker().pid).toBeGreaterThan(1);
});

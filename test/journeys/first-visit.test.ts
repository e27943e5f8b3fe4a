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

test('in a list of rows the focus goes where the hand went', async () => {
  const page = await stack.newPage();
  await page.goto(`${stack.adminUrl}/store/laurel-demo/apps/laurel/app/programme`);
  const app = page.frameLocator('#app-frame');
  const tiers = app.locator('[id="tiers.levels"]');
  const add = tiers.getByRole('button', { name: 'Add tier' });
  const names = () => tiers.getByLabel('Name').evaluateAll(valuesOf);
  await add.waitFor();
  const before = await names();
  for (const name of ['Fern', 'Moss']) {
    await add.click();
    await page.keyboard.type(name);
  }
  expect(await names()).toEqual([...before, 'Fern', 'Moss']);
  await tiers.getByRole('button', { name: 'Move Moss up' }).click();
  expect(await names()).toEqual([...before, 'Moss', 'Fern']);
  const row = (name: string) => tiers.getByRole('group', { name, exact: true });
  expect(await row('Moss').evaluate(hasFocus)).toBe(true);
  await tiers.getByRole('button', { name: 'Remove Moss' }).click();
  expect(await row('Fern').evaluate(hasFocus)).toBe(true);
  await tiers.getByRole('button', { name: 'Remove Fern' }).click();
  expect(await names()).toEqual(before);
});

function valuesOf(inputs: readonly Element[]): readonly string[] {
  return inputs.map((input) => (input as HTMLInputElement).value);
}

function hasFocus(element: Element): boolean {
  return element.ownerDocument.activeElement === element;
}

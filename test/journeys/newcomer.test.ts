/**
 * A newcomer's path, with screenshots in test/artifacts: the merchant changes the rate and publishes,
 * a shopper buys and sees points, support gives fifty more, each refund takes exactly its points.
 *
 * The basket, and what it earns at 2 points per €1 without the 19 % tax that the prices include:
 *
 *                              gross             net    what stays after the refund of ...
 *     Monstera                 22.90    22.90 − 3.66 = 19.24    ... a mug     ... the Monstera too
 *     Misty Ridge Oolong        8.90     8.90 − 1.42 =  7.48         19.24
 *     Stoneware Mug, two       44.00    44.00 − 7.03 = 36.97          7.48                7.48
 *                                                     63.69          18.485              18.485
 *                                                                    45.205              25.965
 *     2 points per €1, times 1 for Bronze, floored:     127              90                  51
 */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reloadUntil, screenshot, startStack } from '../support/stack.ts';
import type { Stack } from '../support/stack.ts';

/** Nobody of the demo's seed: she joins before our eyes. */
const SHOPPER = 'newcomer@example.com';
const BASKET = [
  { handle: 'monstera', quantity: 1 },
  { handle: 'misty-ridge-oolong', quantity: 1 },
  { handle: 'stoneware-mug', quantity: 2 },
];
const NOTE = 'For the late parcel';

let stack: Stack;
let merchant: Page;
let shopper: Page;

beforeAll(async () => {
  stack = await startStack('newcomer', 'seeded');
  merchant = await stack.newPage();
  shopper = await stack.newPage();
}, 420_000);
afterAll(async () => {
  await stack.stop();
});

test('the merchant opens Laurel, changes the rate to 2 points for every €1, and publishes', async () => {
  await merchant.goto(`${stack.adminUrl}/store/laurel-demo`);
  await merchant.getByRole('link', { name: 'Laurel', exact: true }).click();
  const app = merchant.frameLocator('#app-frame');
  await app.getByText('Points members can spend').waitFor();
  await screenshot(merchant, 'newcomer-1-home');

  await openPage('Programme');
  await app.getByRole('button', { name: 'Edit Buying' }).click();
  await app.getByLabel('Points', { exact: true }).first().fill('2');
  await app.getByText('2 points for every €1.00').waitFor();
  await screenshot(merchant, 'newcomer-2-rate');
  await merchant.getByRole('button', { name: 'Save' }).click();
  await merchant.getByText('Draft saved').waitFor();

  await app.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = app.locator('#publish-programme');
  await dialog.getByLabel('Note (optional)').fill('Double points');
  await screenshot(merchant, 'newcomer-3-publish');
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await merchant.getByText('Programme published').waitFor();
  await app.getByRole('heading', { name: 'Version 2' }).scrollIntoViewIfNeeded();
  await screenshot(merchant, 'newcomer-4-published');
  expect(await app.getByText('In force', { exact: true }).count()).toBe(1);
});

test('a guest sees what joining brings, logs in, and is given the points for joining', async () => {
  await shopper.goto(stack.storefrontUrl);
  const panel = shopper.locator('.laurel-panel');
  // The rate comes to the storefront by an effect of the publication; joining was worth 100 before, too.
  const rate = /For every €1[.,]00 you spend\s+2 points/;
  await reloadUntil(
    shopper,
    async () => rate.test((await panel.allTextContents()).join()),
    '2 points for every €1 in the panel',
  );
  await shopper.locator('#laurel-launcher > summary').click();
  expect(await panel.innerText()).toMatch(rate);
  expect(await panel.innerText()).toContain('start with 100 points');
  await screenshot(shopper, 'newcomer-5-guest');
  await panel.getByRole('link', { name: 'Log in or join' }).click();
  await shopper.getByLabel('E-mail').fill(SHOPPER);
  await shopper.getByRole('button', { name: 'Log in', exact: true }).click();
  await shopper.getByRole('link', { name: 'Signed in as' }).waitFor();
  const card = await cardOnceItHas(100);
  await screenshot(shopper, 'newcomer-6-joined');
  expect(await factsOf(card)).toEqual({
    tier: 'Bronze',
    toSilver: { percent: 0, says: '€200.00 to go until Silver' },
    explorer: '0 of 3',
  });
});

test('she buys from three categories and sees points, the challenge completed, the bar moved', async () => {
  for (const { handle, quantity } of BASKET) {
    await shopper.goto(`${stack.storefrontUrl}/products/${handle}`);
    await shopper.getByLabel('Quantity').fill(String(quantity));
    await shopper.getByRole('button', { name: 'Add to cart' }).click();
    await shopper.waitForURL('**/cart');
  }
  await shopper.getByRole('link', { name: 'Check out' }).click();
  await screenshot(shopper, 'newcomer-7-checkout');
  await shopper.getByRole('button', { name: 'Place order' }).click();
  await shopper.getByRole('heading', { name: 'Thank you' }).waitFor();

  // 100 for joining + 127 for the order + 150 for the challenge.
  const card = await cardOnceItHas(100 + 127 + 150);
  await screenshot(shopper, 'newcomer-8-points');
  expect(await factsOf(card)).toEqual({
    tier: 'Bronze',
    // 63.69 of 200 are 31.8 %; 200 − 63.69 = 136.31.
    toSilver: { percent: 31, says: '€136.31 to go until Silver' },
    explorer: 'Completed',
  });
});

test('support finds her, gives 50 points with a reason, and she sees them', async () => {
  const app = await openMember();
  await app.getByRole('button', { name: 'Adjust points' }).click();
  const dialog = app.locator('#adjust-points');
  await dialog.getByLabel('Points to add').fill('50');
  await dialog.getByText('Balance after: 427').waitFor();
  await dialog.getByLabel('Reason').selectOption('Goodwill');
  await dialog.getByLabel('Note (optional)').fill(NOTE);
  await screenshot(merchant, 'newcomer-9-adjust');
  await dialog.getByRole('button', { name: 'Adjust', exact: true }).click();
  await merchant.getByText('Points adjusted').waitFor();
  await app.getByRole('button', { name: 'Adjusted by hand' }).click();
  await app.locator('[id^="entry-"]').getByText(NOTE).waitFor();
  await screenshot(merchant, 'newcomer-10-member');

  await cardOnceItHas(377 + 50);
  await shopper.locator('#laurel-launcher > summary').click();
  await screenshot(shopper, 'newcomer-11-gift');
});

test('the refund of one of two mugs takes 127 − 90 points, and leaves the challenge', async () => {
  await refundOne('Stoneware Mug');
  const card = await cardOnceItHas(427 - 37);
  await screenshot(shopper, 'newcomer-12-mug-refunded');
  expect(await factsOf(card)).toEqual({
    tier: 'Bronze',
    // Whole cents of 45.205 count: 22.6 %; 200 − 45.20 = 154.80.
    toSilver: { percent: 22, says: '€154.80 to go until Silver' },
    explorer: 'Completed',
  });
});

test('the refund of the only plant takes 90 − 51 points, and the prize of the challenge', async () => {
  await refundOne('Monstera');
  const card = await cardOnceItHas(390 - 39 - 150);
  await screenshot(shopper, 'newcomer-13-monstera-refunded');
  expect(await factsOf(card)).toEqual({
    tier: 'Bronze',
    // 25.96 of 200 are 12.9 %; 200 − 25.96 = 174.04.
    toSilver: { percent: 12, says: '€174.04 to go until Silver' },
    explorer: '2 of 3',
  });
});

test('when all is quiet, the ledger that support sees is these lines and no more', async () => {
  const app = await openApp('/app/deliveries');
  const quiet = app.getByText('0 to do, 0 waiting, 0 given up');
  await reloadUntil(merchant, () => quiet.isVisible(), 'nothing left to do among the deliveries');
  await screenshot(merchant, 'newcomer-14-deliveries');

  await openMember();
  await app.getByText('Newest first. Open a line').waitFor();
  await screenshot(merchant, 'newcomer-15-ledger');
  const lines = await app.locator('button[aria-controls^="entry-"]').allInnerTexts();
  const order = (await orderOfShopper()).name;
  expect(lines.map((line) => [line.split('\n')[0], /[+-]\d+$/.exec(line.trim())?.[0]])).toEqual([
    [`Taken back: order ${order}`, '-39'],
    [`Taken back: order ${order}`, '-37'],
    ['Adjusted by hand', '+50'],
    ['Taken back: challenge Explorer', '-150'],
    ['Earned: challenge Explorer', '+150'],
    [`Earned: order ${order}`, '+127'],
    ['Earned: joining', '+100'],
  ]);
  // 100 + 127 + 150 + 50 − 37 − 39 − 150 = 201.
  const spendable = app.getByRole('heading', { name: 'Can be spent' }).locator('..');
  expect(await spendable.innerText()).toMatch(/\b201$/);
  expect(await pointsShown(shopper.locator('.laurel-card'))).toBe(201);
});

/** By the menu beside the page, as one goes from page to page. */
async function openPage(name: string): Promise<void> {
  await merchant.getByRole('link', { name, exact: true }).click();
  await merchant.frameLocator('#app-frame').getByRole('heading', { level: 1, name }).waitFor();
}

async function openApp(path: string): Promise<FrameLocator> {
  await merchant.goto(`${stack.adminUrl}/store/laurel-demo/apps/laurel${path}`);
  return merchant.frameLocator('#app-frame');
}

async function openMember(): Promise<FrameLocator> {
  const app = merchant.frameLocator('#app-frame');
  await openPage('Members');
  await app.getByLabel('Search members').fill(SHOPPER);
  await app.getByRole('link', { name: SHOPPER }).click();
  await app.getByRole('heading', { level: 1, name: SHOPPER }).waitFor();
  return app;
}

/** The member card on the account page, once the worker and the mirror have come so far. */
async function cardOnceItHas(points: number): Promise<Locator> {
  await shopper.goto(`${stack.storefrontUrl}/account`);
  const card = shopper.locator('.laurel-card');
  const shown = async (): Promise<boolean> => (await pointsShown(card)) === points;
  await reloadUntil(shopper, shown, `${points} points on the card`);
  return card;
}

/** Null while the card says that the points are being prepared. */
async function pointsShown(card: Locator): Promise<number | null> {
  const [text] = await card.locator('.laurel__points').allInnerTexts();
  const figure = /(-?[\d,]+) points?/.exec(text ?? '')?.[1];
  return figure === undefined ? null : Number(figure.replaceAll(',', ''));
}

async function factsOf(card: Locator): Promise<object> {
  const [toSilver, explorer] = [card.locator('.laurel__goal').first(), card.locator('li')];
  return {
    tier: (await card.locator('.laurel__tier').innerText()).replace('Your tier:', '').trim(),
    toSilver: {
      percent: await toSilver
        .getByRole('progressbar')
        .evaluate((bar: HTMLProgressElement) => bar.value),
      says: (await toSilver.innerText()).trim(),
    },
    explorer: await explorer
      .filter({ hasText: 'Explorer' })
      .first()
      .locator('span')
      .first()
      .innerText(),
  };
}

interface ControlOrder {
  readonly id: string;
  readonly name: string;
  readonly lines: readonly { readonly id: string; readonly title: string }[];
}

async function orderOfShopper(): Promise<ControlOrder> {
  const path = `/orders?customer=${encodeURIComponent(SHOPPER)}`;
  const { orders } = (await control('GET', path)) as { orders: ControlOrder[] };
  const [order] = orders;
  if (!order || orders.length > 1) throw new Error(`The shopper has ${orders.length} orders.`);
  return order;
}

async function refundOne(title: string): Promise<void> {
  const { id, lines } = await orderOfShopper();
  const line = lines.find((one) => one.title === title);
  if (!line) throw new Error(`There is no ${title} in the order.`);
  await control('POST', `/orders/${id}/refund`, { lines: [{ line: line.id, quantity: 1 }] });
}

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(stack.controlUrl + path, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`Control answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

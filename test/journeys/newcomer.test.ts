/**
 * A newcomer's path, with screenshots in test/artifacts: the merchant changes the rate and publishes,
 * a shopper buys and sees points, support gives fifty more, a refund takes exactly its points.
 */
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedDemo } from '../../devstore/demo-seed.ts';
import { screenshot, startStack } from '../support/stack.ts';
import type { Stack } from '../support/stack.ts';

const SHOPPER = 'new@example.com';
const BASKET = ['monstera', 'misty-ridge-oolong', 'stoneware-mug'];
const LONGEST_MS = 30_000;

let stack: Stack;
let merchant: Page;
let shopper: Page;

beforeAll(async () => {
  stack = await startStack('newcomer');
  await seedDemo(stack);
  merchant = await stack.newPage();
  shopper = await stack.newPage();
}, 240_000);
afterAll(async () => {
  await stack.stop();
});

interface ControlOrder {
  readonly id: string;
  readonly lines: readonly { readonly id: string }[];
}

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(stack.controlUrl + path, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.status, await answer.clone().text()).toBeLessThan(300);
  return answer.json();
}

async function openLaurel(path: string): Promise<FrameLocator> {
  await merchant.goto(`${stack.adminUrl}/store/laurel-demo/apps/laurel${path}`);
  return merchant.frameLocator('#app-frame');
}

/** The member card on the account page, read until it says what is awaited. */
async function cardOnceItSays(text: RegExp): Promise<string> {
  let said = '';
  for (const latest = Date.now() + LONGEST_MS; Date.now() < latest;) {
    await shopper.goto(`${stack.storefrontUrl}/account`);
    said = (await shopper.locator('.laurel-card').allInnerTexts()).join('\n');
    if (text.test(said)) return said;
  }
  throw new Error(`The card never said ${text}, but:\n${said}`);
}

function pointsOf(card: string): number {
  const found = /([\d,]+)\s+points?\b/.exec(card)?.[1];
  if (!found) throw new Error(`No points on the card:\n${card}`);
  return Number(found.replaceAll(',', ''));
}

it('the merchant changes the rate to 2 points for every 1 and publishes', async () => {
  const app = await openLaurel('/app');
  await app.getByText('Points members can spend').waitFor();
  await screenshot(merchant, 'newcomer-1-home');
  const programme = await openLaurel('/app/programme');
  await programme.getByRole('button', { name: /^Buying/ }).click();
  await programme.getByLabel('Points', { exact: true }).first().fill('2');
  await programme.getByText('2 points for every').first().waitFor();
  await merchant.getByRole('button', { name: 'Save' }).click();
  await programme.getByRole('button', { name: 'Publish', exact: true }).first().click();
  await screenshot(merchant, 'newcomer-2-publish');
  await programme.getByRole('button', { name: 'Publish', exact: true }).last().click();
  await programme
    .getByText(/Version 2/)
    .first()
    .waitFor();
  await screenshot(merchant, 'newcomer-3-published');
});

let earned = 0;

it('a shopper buys from three categories and sees points, the challenge and the tier bar', async () => {
  await shopper.goto(`${stack.storefrontUrl}/`);
  await screenshot(shopper, 'newcomer-4-guest');
  await shopper.goto(`${stack.storefrontUrl}/account/login`);
  await shopper.locator('input[type=email]').fill(SHOPPER);
  await shopper.getByRole('button', { name: 'Log in', exact: true }).click();
  const before = await cardOnceItSays(/points/);
  expect(before).toMatch(/0 of 3/);
  for (const handle of BASKET) {
    await shopper.goto(`${stack.storefrontUrl}/products/${handle}`);
    await shopper.getByRole('button', { name: 'Add to cart' }).click();
  }
  await shopper.goto(`${stack.storefrontUrl}/checkout`);
  await screenshot(shopper, 'newcomer-5-checkout');
  await shopper.getByRole('button', { name: /pay/i }).first().click();
  const after = await cardOnceItSays(/3 of 3|Completed/i);
  await screenshot(shopper, 'newcomer-6-points');
  const { orders } = (await control('GET', `/orders?customer=${SHOPPER}`)) as {
    orders: ControlOrder[];
  };
  expect(orders).toHaveLength(1);
  earned = pointsOf(after) - pointsOf(before);
  // 150 for the challenge, and two points for each euro of goods.
  expect(earned).toBeGreaterThan(150);
  expect(after).toMatch(/to (go|reach)|until|left/i);
});

let withGift = 0;

it('support gives 50 points with a reason, and the storefront shows them', async () => {
  const app = await openLaurel('/app/members');
  await app.getByPlaceholder(/e-mail/).fill(SHOPPER);
  await app.getByText(SHOPPER).first().click();
  await app.getByRole('button', { name: 'Adjust points' }).click();
  await app
    .getByLabel(/^Points/)
    .last()
    .fill('50');
  await app.getByLabel(/Note/).last().fill('For the late parcel');
  await screenshot(merchant, 'newcomer-7-adjust');
  await app
    .getByRole('button', { name: /^(Book|Adjust|Give|Save)/ })
    .last()
    .click();
  await app.getByText('For the late parcel').first().waitFor();
  await screenshot(merchant, 'newcomer-8-member');
  const card = await cardOnceItSays(/points/);
  const before = pointsOf(card);
  for (let latest = Date.now() + LONGEST_MS; Date.now() < latest;) {
    withGift = pointsOf(await cardOnceItSays(/points/));
    if (withGift === before + 50 || withGift % 50 === earned % 50) break;
  }
  expect(withGift - earned).toBe(50);
});

it('a refund of one item takes exactly its points', async () => {
  const { orders } = (await control('GET', `/orders?customer=${SHOPPER}`)) as {
    orders: ControlOrder[];
  };
  const [order] = orders;
  const line = order?.lines[0]?.id ?? '';
  await control('POST', `/orders/${order?.id}/refund`, { lines: [{ line, quantity: 1 }] });
  let left = withGift;
  for (let latest = Date.now() + LONGEST_MS; Date.now() < latest && left === withGift;) {
    left = pointsOf(await cardOnceItSays(/points/));
  }
  await screenshot(shopper, 'newcomer-9-refunded');
  const app = await openLaurel('/app/members');
  await app.getByPlaceholder(/e-mail/).fill(SHOPPER);
  await app.getByText(SHOPPER).first().click();
  await app.getByText('For the late parcel').first().waitFor();
  await screenshot(merchant, 'newcomer-10-ledger');
  expect(left).toBeLessThan(withGift);
});

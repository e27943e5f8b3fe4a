import { expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { seedStores, type Seed } from '../../devstore/seed/seed.ts';
import { readAppDeclaration } from '../../devstore/state/app-declaration.ts';
import { SettableClock } from '../../devstore/state/clock.ts';
import { Ids } from '../../devstore/state/ids.ts';
import { orderFigures } from '../../devstore/state/orders/order-figures.ts';
import { runningShopify } from './running-shopify.ts';

const app = readAppDeclaration(fileURLToPath(new URL('../../shopify.app.toml', import.meta.url)));
const moment = '2026-11-22T10:00:00Z';

function seeded(now = moment, months?: number) {
  const seed: Seed = { kind: 'demo', installed: true, wholeHistory: false, months };
  const context = {
    clock: new SettableClock(now),
    ids: new Ids(),
    appNumber: '1',
    uniqueId: () => 'x',
  };
  const [demo, second] = seedStores(context, app, seed);
  if (!demo || !second) throw new Error('There must be two shops.');
  return { demo, second };
}

test('the demo shop has forty products in six categories, four hundred customers, eighteen months of orders', () => {
  const { demo } = seeded();
  const products = [...demo.products.values()];
  const orders = [...demo.orders.values()];
  expect(products).toHaveLength(40);
  expect(products.filter((one) => one.giftCard)).toHaveLength(1);
  const goods = products.filter((one) => !one.giftCard);
  expect(new Set(goods.map((one) => one.productType)).size).toBe(6);
  expect(new Set(goods.map((one) => one.category?.id)).size).toBe(6);
  expect(products.every((one) => one.artwork.startsWith('<svg'))).toBe(true);
  expect(demo.customers.size).toBe(400);
  expect(orders.length).toBeGreaterThan(2500);
  expect(orders.length).toBeLessThan(3500);
  const times = orders.map((order) => order.createdAt).toSorted();
  expect(times[0]?.slice(0, 7)).toBe('2025-05');
  expect(times.at(-1)?.slice(0, 10)).toBe('2026-11-21');
  expect(orders.every((order) => order.updatedAt <= moment)).toBe(true);
});

test('a demo shop of three months has a sixth of the customers and orders, and those with names', () => {
  const { demo } = seeded(moment, 3);
  // 400 × 3 / 18 = 66.7.
  expect(demo.customers.size).toBe(67);
  for (const name of ['mia', 'noah', 'ada', 'new']) {
    expect(demo.findCustomerByEmail(`${name}@example.com`)).toBeDefined();
  }
  const times = [...demo.orders.values()].map((order) => order.createdAt).toSorted();
  expect(times.length).toBeGreaterThan(350);
  expect(times.length).toBeLessThan(800);
  expect(times[0]?.slice(0, 7)).toBe('2026-08');
});

test('its history has everything that can happen to an order', () => {
  const orders = [...seeded().demo.orders.values()];
  const share = (fits: (order: (typeof orders)[number]) => boolean) =>
    orders.filter(fits).length / orders.length;
  expect(share((one) => one.presentmentCurrency === 'USD')).toBeGreaterThan(0.1);
  expect(share((one) => one.customerId === null)).toBeGreaterThan(0.03);
  expect(share((one) => one.refunds.some((refund) => !refund.byEdit))).toBeGreaterThan(0.05);
  expect(share((one) => one.edits.length > 0)).toBeGreaterThan(0.005);
  expect(share((one) => one.cancelledAt !== null)).toBeGreaterThan(0.01);
  expect(share((one) => one.discounts.length > 0)).toBeGreaterThan(0.05);
  expect(share((one) => one.lines.some((line) => line.giftCard))).toBeGreaterThan(0.005);
  const states = new Set(orders.map((order) => orderFigures(order).financialStatus));
  for (const state of ['paid', 'pending', 'refunded', 'partially_refunded', 'voided'] as const) {
    expect(states).toContain(state);
  }
});

test('Mia has a history and New has none', () => {
  const { demo } = seeded();
  const orders = (email: string) => demo.ordersOf(demo.findCustomerByEmail(email)?.id ?? '').length;
  expect(orders('mia@example.com')).toBeGreaterThan(10);
  expect(orders('new@example.com')).toBe(0);
});

test('the same moment gives the same shops, another moment others', () => {
  const text = (now?: string) => JSON.stringify(seeded(now).demo.records());
  expect(text()).toBe(text());
  expect(text('2026-10-01T10:00:00Z')).not.toBe(text());
});

test('whatever the day, the seed succeeds', () => {
  for (const day of ['2026-01-01', '2026-02-28', '2027-03-31', '2028-02-29', '2026-12-25']) {
    expect(seeded(`${day}T03:00:00Z`).demo.orders.size).toBeGreaterThan(2500);
  }
});

test('the two shops share nothing, not even an id', () => {
  const { demo, second } = seeded();
  expect(second.shop.currency).toBe('USD');
  const ids = (store: typeof demo) => [
    ...store.customers.keys(),
    ...store.orders.keys(),
    ...store.products.keys(),
  ];
  const own = new Set(ids(demo));
  expect(ids(second).filter((id) => own.has(id))).toEqual([]);
});

test('seeding sends no webhook', async () => {
  const shopify = await runningShopify({ seed: { kind: 'demo' } });
  await shopify.devstore.courier.settled();
  expect(shopify.devstore.courier.log()).toEqual([]);
  await shopify.close();
});

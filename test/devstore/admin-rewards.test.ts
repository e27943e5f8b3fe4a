import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createAdminPages } from '../../devstore/admin-pages/index.ts';
import { createGiftCard } from '../../devstore/state/credit/gift-card.ts';
import { creditCustomer } from '../../devstore/state/credit/store-credit.ts';
import { createDiscount } from '../../devstore/state/discounts/change-discount.ts';
import type { StoreEvent } from '../../devstore/state/events.ts';
import { serve, smallShop, type SmallShop } from './small-shop.ts';

let shop: SmallShop;
let server: Awaited<ReturnType<typeof serve>>;
let told: StoreEvent['topic'][];
const base = '/store/small-shop';

beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.close());
beforeEach(() => {
  shop = smallShop();
  told = [];
  shop.world.onChange((_store, events) => told.push(...events.map(({ topic }) => topic)));
  Object.assign(shop.world.addresses, { admin: server.origin, tunnel: 'http://localhost:7777' });
  server.use(createAdminPages(shop.world));
});

const text = async (path: string) => (await fetch(server.origin + path)).text();
const post = (path: string, fields: Record<string, string> = {}, origin = server.origin) =>
  fetch(server.origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin },
    body: new URLSearchParams(fields),
  });

function rewardOfAda() {
  return createDiscount(shop.store, {
    title: 'Laurel: <b>Five off</b>',
    code: 'LAUREL-1',
    context: { kind: 'customers', customerIds: [shop.customerId] },
    combines: { order: false, product: true, shipping: true },
    startsAt: '2026-11-01T00:00:00Z',
    endsAt: null,
    usageLimit: 1,
    oncePerCustomer: true,
    tags: [],
    effect: {
      kind: 'basic',
      items: { kind: 'all' },
      value: { amountMinor: 500, eachItem: false },
      minimum: { subtotalMinor: 2000 },
      oneTime: true,
      subscription: false,
      cycles: 1,
    },
  });
}

test('a merchant finds a discount by its code, and reads what it does and for whom', async () => {
  const { id } = rewardOfAda();
  const list = await text(`${base}/discounts?q=laurel-1`);
  expect(list).toContain(`${base}/discounts/${id}`);
  expect(list).not.toContain('Ten percent');
  expect(list).not.toContain('<b>Five');
  const page = await text(`${base}/discounts/${id}`);
  for (const part of [
    '€5.00 of the order',
    '€20.00',
    'Ada Member',
    'product, shipping discounts',
  ]) {
    expect(page).toContain(part);
  }
});

test('a merchant edits, deactivates, activates and deletes it, and apps are told each time', async () => {
  const { id } = rewardOfAda();
  told = [];
  const find = () => shop.store.discounts.get(id);
  await post(`${base}/discounts/${id}/edit`, { title: 'Thanks', amountMinor: '300' });
  expect(find()).toMatchObject({ title: 'Thanks', effect: { value: { amountMinor: 300 } } });
  await post(`${base}/discounts/${id}/deactivate`);
  expect(find()?.endsAt).toBe('2026-11-20T12:00:00Z');
  await post(`${base}/discounts/${id}/activate`);
  expect(find()?.endsAt).toBeNull();
  const gone = await post(`${base}/discounts/${id}/delete`);
  expect(gone.headers.get('location')).toBe(`${base}/discounts`);
  expect(find()).toBeUndefined();
  expect(told).toEqual([
    'discounts/update',
    'discounts/update',
    'discounts/update',
    'discounts/delete',
  ]);
  expect((await post(`${base}/discounts/${id}/delete`)).status).toBe(404);
});

test('a page of another site changes nothing', async () => {
  const { id } = rewardOfAda();
  const answer = await post(`${base}/discounts/${id}/delete`, {}, 'http://evil.example');
  expect(answer.status).toBe(403);
  expect(shop.store.discounts.get(id)).toBeDefined();
});

test('a gift card shows only its last characters, and ends for good', async () => {
  const card = createGiftCard(shop.store, {
    code: 'present2026',
    currency: 'EUR',
    initialMinor: 2500,
    customerId: shop.customerId,
    expiresOn: '2027-01-31',
    note: 'For Ada',
  });
  for (const path of [`${base}/gift-cards`, `${base}/gift-cards/${card.id}`]) {
    const page = await text(path);
    expect(page).toContain('•••• 2026');
    expect(page).toContain('€25.00');
    expect(page).not.toContain('present2026');
  }
  await post(`${base}/gift-cards/${card.id}/deactivate`);
  expect(shop.store.purses.cards.get(card.id)?.deactivatedAt).toBe('2026-11-20T12:00:00Z');
  expect(await text(`${base}/gift-cards/${card.id}`)).not.toContain('Deactivate for good');
});

test('a customer’s page shows their store credit and gift cards', async () => {
  const { store, customerId } = shop;
  expect(await text(`${base}/customers/${customerId}`)).toContain('Store credit');
  creditCustomer(store, { customerId, currency: 'EUR', amountMinor: 1250, expiresAt: null });
  expect(await text(`${base}/customers/${customerId}`)).toContain('€12.50');
});

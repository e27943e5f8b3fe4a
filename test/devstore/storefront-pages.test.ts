import { createGiftCard } from '../../devstore/state/credit/gift-card.ts';
import { creditCustomer } from '../../devstore/state/credit/store-credit.ts';
import { createDiscount } from '../../devstore/state/discounts/change-discount.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createStorefront } from '../../devstore/storefront/index.ts';
import { localPath } from '../../devstore/storefront/account.ts';
import { orderFigures } from '../../devstore/state/orders/order-figures.ts';
import { rawRequest, serve, smallShop, type SmallShop } from './small-shop.ts';
import { ShopperClient } from './shopper.ts';

let shop: SmallShop;
let server: Awaited<ReturnType<typeof serve>>;
let client: ShopperClient;

beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.close());
beforeEach(() => {
  shop = smallShop();
  shop.world.addresses.storefront = server.origin;
  server.use(createStorefront(shop.world));
  client = new ShopperClient(server.origin);
});

const variantOf = (handle: string): string =>
  shop.store.productByHandle(handle)?.variants[0]?.id ?? '';
const address = { first_name: 'Bo', last_name: 'Guest', address1: 'Way 2', zip: '1', city: 'Bonn' };
const lastOrder = () => [...shop.store.orders.values()].at(-1);

describe('buying', () => {
  test('as a guest makes a paid order of a customer without an account', async () => {
    await client.post('/cart/add', { id: variantOf('green-tea'), quantity: '2' });
    await client.post('/cart/add', { id: variantOf('teapot'), quantity: '1' });
    await client.post('/checkout/discount', { discount_code: 'ten' });
    expect(await client.page('/checkout')).toContain('€57.60');
    const response = await client.post('/checkout', {
      email: 'bo@example.com',
      ...address,
      payment: 'now',
    });
    const order = lastOrder();
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/checkout/thank-you/${order?.token}`);
    expect(await client.page(`/checkout/thank-you/${order?.token}`)).toContain('#1001');
    if (!order) throw new Error('There must be an order.');
    // (2 × 12.50 + 39.00) × 0.9 = 57.60, shipping free from 50
    const figures = orderFigures(order);
    expect([figures.total.shop, figures.financialStatus]).toEqual([5760, 'paid']);
    const buyer = shop.store.requireCustomer(order.customerId ?? '');
    expect([buyer.email, buyer.firstName, buyer.state]).toEqual([
      'bo@example.com',
      'Bo',
      'disabled',
    ]);
    expect(await client.page('/cart')).toContain('Your cart is empty.');
  });

  test('later, in another currency and language, makes a pending order in that currency', async () => {
    await client.post('/localization', { currency_code: 'JPY', locale_code: 'de' });
    await client.post('/account/login', { email: 'ada@example.com' });
    await client.post('/cart/add', { id: variantOf('teapot'), quantity: '1' });
    expect(await client.page('/cart')).toContain('¥6,240');
    await client.post('/checkout', { payment: 'later' });
    const order = lastOrder();
    expect(order?.customerId).toBe(shop.customerId);
    expect([order?.presentmentCurrency, order?.locale]).toEqual(['JPY', 'de']);
    expect(order && orderFigures(order).financialStatus).toBe('pending');
    const account = await client.page('/account');
    expect(account).toContain('Zahlung offen');
    // 39.00 € × 160 + 4.90 € × 160
    expect(account).toContain('¥7,024');
  });

  test('sent twice makes one order', async () => {
    await client.post('/cart/add', { id: variantOf('teapot'), quantity: '1' });
    const fields = { email: 'bo@example.com', ...address, payment: 'now' };
    await client.post('/checkout', fields);
    const again = await client.post('/checkout', fields);
    expect(again.headers.get('location')).toBe('/cart');
    expect(shop.store.orders.size).toBe(1);
  });

  test('with a wrong code or address says what is wrong and keeps the cart', async () => {
    await client.post('/cart/add', { id: variantOf('teapot'), quantity: '1' });
    await client.post('/checkout/discount', { discount_code: 'NOPE' });
    const page = await client.page('/checkout');
    expect(page).toMatch(/class="problem" role="alert">[^<]*NOPE/);
    const refused = await client.post('/checkout', { email: 'nobody', ...address, payment: 'now' });
    expect(refused.status).toBe(422);
    const text = await refused.text();
    expect(text).toContain('nobody is not an e-mail address.');
    expect(text).toContain('value="Way 2"');
    expect(shop.store.orders.size).toBe(0);
    expect(await client.page('/cart')).toContain('Teapot');
  });

  test('takes a code from a link, several that go together, and none of somebody else', async () => {
    const { store } = shop;
    const common = {
      combines: { order: true, product: true, shipping: true },
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: null,
      usageLimit: 1,
      oncePerCustomer: true,
      tags: [],
    };
    const effect = {
      kind: 'basic' as const,
      items: { kind: 'all' as const },
      value: { amountMinor: 500, eachItem: false },
      minimum: null,
      oneTime: true,
      subscription: false,
      cycles: 1,
    };
    const customers = { kind: 'customers' as const, customerIds: [shop.customerId] };
    createDiscount(store, { ...common, title: 'Hers', code: 'HERS', context: customers, effect });
    const all = { kind: 'all' as const };
    const freeShipping = {
      ...{ kind: 'free-shipping' as const, minimum: null, ceilingMinor: null, countries: null },
      ...{ restOfWorld: false, oneTime: true, subscription: false, cycles: 1 },
    };
    createDiscount(store, {
      ...{ ...common, title: 'Free', code: 'FREEWAY', context: all, effect: freeShipping },
    });
    const linked = await client.get('/discount/HERS?redirect=/cart');
    expect(linked.headers.get('location')).toBe('/cart');
    const elsewhere = await client.get('/discount/HERS?redirect=//evil.example');
    expect(elsewhere.headers.get('location')).toBe('/');
    await client.post('/cart/add', { id: variantOf('teapot'), quantity: '1' });
    expect(await client.page('/checkout')).toContain('The code HERS is not available to you.');
    await client.post('/account/login', { email: 'ada@example.com' });
    await client.post('/checkout/discount', { discount_code: 'freeway' });
    await client.post('/checkout/discount', { discount_code: 'TEN' });
    const page = await client.page('/checkout');
    expect(page).toContain('The code TEN cannot be combined with HERS.');
    // 39.00 less 5.00, and nothing for the way.
    expect(page).toContain('€34.00');
    await client.post('/checkout/discount/remove', { discount_code: 'FREEWAY' });
    expect(await client.page('/checkout')).toContain('€38.90');
    await client.post('/checkout', { payment: 'now' });
    expect(lastOrder()?.discounts.map(({ code }) => code)).toEqual(['HERS']);
    expect(store.discounts.find('HERS')?.uses).toHaveLength(1);
  });

  test('is paid by a gift card and store credit first', async () => {
    const { store, customerId } = shop;
    createGiftCard(store, {
      ...{ code: 'present2026', currency: 'EUR', initialMinor: 2000 },
      ...{ customerId: null, expiresOn: null, note: null },
    });
    const credit = { customerId, currency: 'EUR', amountMinor: 1000, expiresAt: null };
    creditCustomer(store, credit);
    await client.post('/account/login', { email: 'ada@example.com' });
    await client.post('/cart/add', { id: variantOf('teapot'), quantity: '1' });
    await client.post('/checkout/discount', { discount_code: 'PRESENT2026' });
    const page = await client.page('/checkout');
    // 39.00 and 4.90 for the way: 23.90 when the card has paid 20.00.
    expect(page).toContain('€23.90');
    expect(page).toContain('Use store credit of €10.00');
    await client.post('/checkout', { payment: 'now', store_credit: 'yes' });
    expect(lastOrder()?.transactions.map(({ gateway, amount }) => [gateway, amount.shop])).toEqual([
      ['shopify_store_credit', 1000],
      ['gift_card', 2000],
      ['shopify_payments', 1390],
    ]);
  });

  test('takes neither nonsense quantities nor products that are gone', async () => {
    expect(
      (await client.post('/cart/add', { id: variantOf('teapot'), quantity: '-1' })).status,
    ).toBe(400);
    expect((await client.post('/cart/add', { id: 'x', quantity: '1' })).status).toBe(404);
    await client.post('/cart/add', { id: variantOf('teapot'), quantity: '1' });
    const product = shop.store.productByHandle('teapot');
    if (product) product.status = 'ARCHIVED';
    expect(await client.page('/cart')).toContain('Your cart is empty.');
    expect((await client.get('/products/teapot')).status).toBe(404);
  });
});

describe('logging in', () => {
  test('takes a known address, shows who it is and leads back', async () => {
    const response = await client.post('/account/login', {
      email: ' ADA@example.com',
      return_url: '/collections/tea',
    });
    expect(response.headers.get('location')).toBe('/collections/tea');
    expect(await client.page('/')).toMatch(/Signed in as\s*<\/span>Ada Member/);
    await client.post('/account/logout', {});
    expect((await client.get('/account')).headers.get('location')).toBe('/account/login');
  });

  test('makes a customer of a new address', async () => {
    await client.post('/account/login', { email: 'new@example.com' });
    expect(shop.store.findCustomerByEmail('new@example.com')?.state).toBe('enabled');
    const refused = await client.post('/account/login', { email: 'new@' });
    expect(refused.status).toBe(422);
  });

  test('never leads to another site', () => {
    for (const evil of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '',
      7,
      undefined,
    ]) {
      expect(localPath(evil)).toBe('/account');
    }
    expect(localPath('/products/tea?x=1')).toBe('/products/tea?x=1');
  });

  test('gives a new session, so that one planted before is worth nothing', async () => {
    await client.post('/cart/add', { id: variantOf('teapot'), quantity: '1' });
    const before = client.cookie;
    await client.post('/account/login', { email: 'ada@example.com' });
    expect(client.cookie).not.toBe(before);
    const planted = await fetch(`${server.origin}/account`, {
      headers: { cookie: before },
      redirect: 'manual',
    });
    expect(planted.status).toBe(302);
    expect(await client.page('/cart')).toContain('Teapot');
  });

  test('shows an order to its own customer only', async () => {
    await client.post('/account/login', { email: 'ada@example.com' });
    const other = shop.store.placeOrder({
      lines: [{ variantId: variantOf('teapot'), quantity: 1 }],
      buyer: { email: 'bo@example.com' },
    });
    expect((await client.get(`/account/orders/${other.token}`)).status).toBe(404);
  });
});

describe('the door', () => {
  test('is closed to forms of other sites and to foreign names', async () => {
    const foreign = await client.post(
      '/account/login',
      { email: 'ada@example.com' },
      'http://localhost:1',
    );
    expect(foreign.status).toBe(403);
    const named = await rawRequest(server.origin, { path: '/', headers: { host: 'evil.example' } });
    expect(named.status).toBe(421);
    const { port } = new URL(server.origin);
    const other = await fetch(`http://127.0.0.1:${port}/collections`, { redirect: 'manual' });
    expect(other.headers.get('location')).toBe(`${server.origin}/collections`);
  });

  test('answers in the language of the browser until another is chosen', async () => {
    const german = new ShopperClient(server.origin, 'de-DE,de;q=0.9,en;q=0.5');
    expect(await german.page('/')).toContain('<html lang="de">');
    await german.post('/localization', { locale_code: 'en', return_to: '//evil.example' });
    expect(await german.page('/')).toContain('<html lang="en">');
    const french = new ShopperClient(server.origin, 'fr');
    expect(await french.page('/')).toContain('<html lang="en">');
  });

  test('shows a sentence for what does not exist and escapes the shop’s name', async () => {
    const response = await client.get('/nowhere');
    expect(response.status).toBe(404);
    const page = await response.text();
    expect(page).toContain('This page does not exist.');
    expect(page).toContain('Small &lt;Shop&gt;');
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, outcomeOf, publish } from './edge-site.ts';
import type { EdgeSite } from './edge-site.ts';
import { lastCustomer, line, membersOf, order, pointsOf, storedOrder } from './small-order.ts';

let site: EdgeSite;
beforeAll(async () => {
  site = await openSite();
  await publish(site);
});
afterAll(() => site.close());

test('Control: an order of 20.00 earns 20 points', async () => {
  const body = order();
  expect(await outcomeOf(site, 'orders/create', body)).toMatchObject({
    state: 'done',
    outcome: 'taken-in',
  });
  expect(await membersOf(site, lastCustomer())).toEqual([
    {
      customer_id: String(lastCustomer()),
      email: 'ann@example.com',
      name: 'Ann Lee',
      available: '20',
    },
  ]);
});

describe('A customer', () => {
  test.each([
    ['without e-mail and name', { email: null, first_name: null, last_name: null }],
    ['with empty e-mail and name', { email: '', first_name: '', last_name: '' }],
    ['with nothing but an id', {}],
  ])('%s earns all the same', async (_what, person) => {
    const body = order();
    const customer = { id: lastCustomer(), updated_at: '2026-11-20T10:00:00Z', ...person };
    const row = await outcomeOf(site, 'orders/create', { ...body, customer });
    expect(row).toMatchObject({ state: 'done', outcome: 'taken-in' });
    expect(await membersOf(site, lastCustomer())).toEqual([
      { customer_id: String(lastCustomer()), email: null, name: null, available: '20' },
    ]);
  });

  test('whose name holds a NUL or half a sign is taken in without them', async () => {
    const body = order();
    const text = JSON.stringify({
      ...body,
      customer: {
        id: lastCustomer(),
        first_name: 'A@NUL@n',
        last_name: '@HALF@',
        updated_at: '2026-11-20T10:00:00Z',
      },
      note_attributes: [{ name: 'a\\', value: '@NUL@' }],
    })
      .replaceAll('@NUL@', String.raw`\u0000`)
      .replaceAll('@HALF@', String.raw`\ud83e`);
    expect(await outcomeOf(site, 'orders/create', text)).toMatchObject({
      state: 'done',
      outcome: 'taken-in',
    });
    expect(await membersOf(site, lastCustomer())).toMatchObject([
      { name: 'An \uFFFD', available: '20' },
    ]);
  });

  test('with a name of 10,000 letters is taken in with its beginning', async () => {
    const body = order();
    const customer = {
      id: lastCustomer(),
      first_name: 'N'.repeat(10_000),
      updated_at: '2026-11-20T10:00:00Z',
    };
    await outcomeOf(site, 'orders/create', { ...body, customer });
    expect((await membersOf(site, lastCustomer()))[0]?.name).toBe('N'.repeat(255));
  });

  test('of none: the order is kept, and earns nobody anything', async () => {
    for (const customer of [null, undefined]) {
      const body = order({ customer });
      const row = await outcomeOf(site, 'orders/create', body);
      expect(row).toMatchObject({ state: 'done', outcome: 'no-customer', detail: null });
      expect(await storedOrder(site, body['id'])).toMatchObject({
        customer_id: null,
        state: 'paid',
      });
      expect(await pointsOf(site, body['id'])).toBe(0);
    }
  });

  test('who is told only later earns then', async () => {
    const guest = order({ customer: null });
    const buyer = lastCustomer();
    await outcomeOf(site, 'orders/create', guest);
    const known = { ...guest, updated_at: '2026-11-20T06:00:00-05:00', customer: { id: buyer } };
    expect(await outcomeOf(site, 'orders/updated', known)).toMatchObject({ outcome: 'taken-in' });
    expect(await membersOf(site, buyer)).toMatchObject([{ available: '20' }]);
  });
});

describe('Ids', () => {
  test.each([
    ['2^53 + 1', '9007199254740993', '9007199254740995'],
    ['the largest there is', '9223372036854775807', '9223372036854775806'],
    ['as in the samples', '820982911946154509', '115310627314723955'],
  ])('are exact to the last digit: %s', async (_what, orderId, customerId) => {
    const text = JSON.stringify(order({ id: '@ORDER@', customer: { id: '@CUSTOMER@' } }))
      .replace('"@ORDER@"', orderId)
      .replace('"@CUSTOMER@"', customerId);
    const row = await outcomeOf(site, 'orders/create', text);
    expect(row).toMatchObject({
      state: 'done',
      outcome: 'taken-in',
      subject: `customer:${customerId}`,
    });
    expect(await storedOrder(site, orderId)).toMatchObject({
      order_id: orderId,
      customer_id: customerId,
    });
    expect(await membersOf(site, customerId)).toMatchObject([
      { customer_id: customerId, available: '20' },
    ]);
  });

  test.each([
    ['beyond what a database can count', '9223372036854775808', 'id'],
    ['of twenty digits', '10000000000000000000', 'id'],
    ['zero', '0', 'id'],
    ['below zero', '-5', 'id'],
    ['with a fraction', '5.5', 'id'],
    ['in powers of ten', '1e30', 'id'],
    ['a text', '"gid://shopify/Order/1"', 'id'],
    ['nothing', 'null', 'id'],
  ])('%s are no ids: the delivery is dead, with the place', async (_what, wrong, place) => {
    const text = JSON.stringify(order({ id: '@ID@' })).replace('"@ID@"', wrong);
    expect(await outcomeOf(site, 'orders/create', text)).toMatchObject({
      state: 'dead',
      outcome: 'unreadable',
      detail: `This is no payload of its topic: see ${place}.`,
    });
  });
});

test('An order of 500 lines and one of none are taken in', async () => {
  const many = order({
    line_items: Array.from({ length: 500 }, (_, index) => line({ id: index + 1, price: '1.00' })),
  });
  expect(await outcomeOf(site, 'orders/create', many)).toMatchObject({ outcome: 'taken-in' });
  // 500 × 1.00
  expect(await membersOf(site, lastCustomer())).toMatchObject([{ available: '500' }]);
  const none = order({ line_items: [] });
  expect(await outcomeOf(site, 'orders/create', none)).toMatchObject({ outcome: 'taken-in' });
  expect(await pointsOf(site, none['id'])).toBe(0);
});

test('After all of it the books are in order and nothing is left waiting', async () => {
  expect(await site.query(`SELECT * FROM prove_books($1)`, [site.shop.id])).toEqual([]);
  const open = await site.query(
    `SELECT id, state, detail FROM deliveries WHERE shop_id = $1 AND state NOT IN ('done', 'dead')`,
    [site.shop.id],
  );
  expect(open).toEqual([]);
});

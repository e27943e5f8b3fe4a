import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, outcomeOf, publish, send } from './edge-site.ts';
import type { EdgeSite } from './edge-site.ts';
import { lastCustomer, line, membersOf, order, pointsOf, storedOrder } from './small-order.ts';

let site: EdgeSite;
beforeAll(async () => {
  site = await openSite();
  await publish(site);
});
afterAll(() => site.close());

describe('A signed body that cannot be read', () => {
  test.each([
    ['{"id": 1', 'The body is not JSON.'],
    ['', 'unsigned'],
    ['null', 'This is no payload of its topic: see body.'],
    ['[]', 'This is no payload of its topic: see body.'],
    ['"orders"', 'This is no payload of its topic: see body.'],
    ['{}', 'This is no payload of its topic: see id, created_at, updated_at.'],
    [
      '{"__proto__": {"id": 1}}',
      'This is no payload of its topic: see id, created_at, updated_at.',
    ],
  ])('is dead at once with its reason: %s', async (body, detail) => {
    const sent = await send(site, 'orders/create', body);
    if (detail === 'unsigned') {
      expect(sent.status).toBe(401);
      return;
    }
    await site.drain();
    expect(await site.stored(sent.webhookId)).toMatchObject({
      state: 'dead',
      outcome: 'unreadable',
      detail,
      attempts: 1,
    });
  });

  test('never shows what stands in it', async () => {
    const sent = await send(site, 'customers/update', {
      id: 'jon@example.com',
      updated_at: 'secret-value',
    });
    await site.drain();
    const row = await site.stored(sent.webhookId);
    expect(row).toMatchObject({ state: 'dead', outcome: 'unreadable' });
    expect(row?.detail).not.toMatch(/jon|secret/);
  });
});

describe('A body that is no UTF-8', () => {
  const broken = Buffer.concat([
    Buffer.from('{"id":'),
    Buffer.from([0xff, 0x00, 0xfe]),
    Buffer.from('}'),
  ]);

  test('is dead when it is no JSON either, and those beside it are taken in', async () => {
    const sent = await send(site, 'orders/create', broken);
    const beside = await send(site, 'orders/create', order());
    await site.drain();
    expect(await site.stored(sent.webhookId)).toMatchObject({
      state: 'dead',
      outcome: 'unreadable',
    });
    expect(await site.stored(beside.webhookId)).toMatchObject({
      state: 'done',
      outcome: 'taken-in',
    });
  });

  test('is read, where only a text in it is broken', async () => {
    const text = Buffer.from(JSON.stringify(order({ note: '@BROKEN@' })), 'latin1');
    const at = text.indexOf('@BROKEN@');
    text.fill(0xff, at, at + 8);
    expect(await outcomeOf(site, 'orders/create', text)).toMatchObject({
      state: 'done',
      outcome: 'taken-in',
    });
    expect(await membersOf(site, lastCustomer())).toMatchObject([{ available: '20' }]);
  });
});

describe('Money', () => {
  /** A shop of its own with this currency; one point for each whole unit. */
  async function shopOf(currency: string): Promise<EdgeSite> {
    const shop = await openSite({ currency });
    await publish(shop);
    return shop;
  }

  test.each([
    // [currency, price as Shopify writes it, minor units that are kept, points: one a unit]
    ['JPY', '2000', '2000', '2000'],
    ['JPY', '2000.00', '2000', '2000'],
    ['KWD', '20.125', '20125', '20'],
    ['USD', '20.99', '2099', '20'],
    ['EUR', '0.99', '99', '0'],
  ])(
    'in %s: %s is kept as %s minor units and earns %s points',
    async (currency, price, minor, points) => {
      const shop = await shopOf(currency);
      const body = order({ currency, total_price: price, line_items: [line({ price })] });
      const row = await outcomeOf(shop, 'orders/create', body);
      expect(row).toMatchObject({ state: 'done', outcome: 'taken-in' });
      const [found] = await shop.query<{ total_minor: string; available: string }>(
        `SELECT o.total_minor, m.available FROM orders o JOIN members m ON m.shop_id = o.shop_id AND m.id = o.member_id
        WHERE o.shop_id = $1`,
        [shop.shop.id],
      );
      expect(found).toEqual({ total_minor: minor, available: points });
      await shop.close();
    },
  );

  test.each(['CAD', 'XTS', 'ZZZ'])(
    'in a currency that is not the shop’s (%s) earns nothing, and says so',
    async (currency) => {
      const body = order({ currency });
      expect(await outcomeOf(site, 'orders/create', body)).toMatchObject({
        state: 'done',
        outcome: 'taken-in',
      });
      expect(await storedOrder(site, body['id'])).toMatchObject({ currency, total_minor: '2000' });
      expect(await pointsOf(site, body['id'])).toBe(0);
      const why = await site.query<{ because: string }>(
        `SELECT explanation ->> 'nothingBecause' AS because FROM awards WHERE shop_id = $1 AND source_id = $2`,
        [site.shop.id, String(body['id'])],
      );
      expect(why).toEqual([{ because: 'foreign-currency' }]);
    },
  );

  test.each([
    ['1,000.00', `An amount of money cannot be read: "1,000.00" is not an amount of money.`],
    ['20.001', `An amount of money cannot be read: "20.001" has more decimals than USD has (2).`],
    ['NaN', `An amount of money cannot be read: "NaN" is not an amount of money.`],
    ['1e3', `An amount of money cannot be read: "1e3" is not an amount of money.`],
    ['', 'taken for nothing'],
    ['999999999999999', `An amount of money cannot be read: "999999999999999" is too large.`],
    [' 20.00', `An amount of money cannot be read: " 20.00" is not an amount of money.`],
  ])('that reads "%s": %s', async (price, detail) => {
    const body = order({ line_items: [line({ price })] });
    const row = await outcomeOf(site, 'orders/create', body);
    if (price === '') {
      expect(row).toMatchObject({ state: 'done', outcome: 'taken-in' });
      expect(await pointsOf(site, body['id'])).toBe(0);
      return;
    }
    expect(row).toMatchObject({ state: 'dead', outcome: 'unreadable', detail });
    expect(await storedOrder(site, body['id'])).toBeUndefined();
  });

  test('below zero never takes points that were never given', async () => {
    const body = order({ total_price: '-20.00', line_items: [line({ price: '-20.00' })] });
    expect((await outcomeOf(site, 'orders/create', body)).state).toBe('done');
    expect(await pointsOf(site, body['id'])).toBe(0);
  });
});

describe('Wrong types', () => {
  test.each([
    ['line_items', { line_items: 'none' }, 'line_items'],
    ['a quantity', { line_items: [line({ quantity: 'one' })] }, 'line_items.0.quantity'],
    ['a part of a quantity', { line_items: [line({ quantity: 1.5 })] }, 'line_items.0.quantity'],
    ['a date', { created_at: 'in spring' }, 'created_at'],
    ['a number as date', { updated_at: 1_700_000_000 }, 'updated_at'],
    ['a customer', { customer: 'ann@example.com' }, 'customer'],
    ['a customer without id', { customer: { email: 'ann@example.com' } }, 'customer.id'],
    ['whether it is a test', { test: 'perhaps' }, 'test'],
    ['a price', { line_items: [line({ price: { amount: '1' } })] }, 'line_items.0.price'],
    ['no currency', { currency: null }, 'currency'],
  ])('in %s: the delivery is dead and says where', async (_what, change, place) => {
    const body = order(change);
    expect(await outcomeOf(site, 'orders/create', body)).toMatchObject({
      state: 'dead',
      outcome: 'unreadable',
      detail: `This is no payload of its topic: see ${place}.`,
    });
    expect(await storedOrder(site, body['id'])).toBeUndefined();
  });

  test.each([
    ['a quantity', { line_items: [line({ quantity: '1' })] }],
    ['whether it is a test', { test: 'false' }],
  ])('%s, written as a text, is read', async (_what, change) => {
    const body = order(change);
    expect(await outcomeOf(site, 'orders/create', body)).toMatchObject({ outcome: 'taken-in' });
  });

  test('a price as a number, as old fields have it, is read', async () => {
    const body = order({ line_items: [line({ price: 20 })] });
    expect(await outcomeOf(site, 'orders/create', body)).toMatchObject({ outcome: 'taken-in' });
    expect(await membersOf(site, lastCustomer())).toMatchObject([{ available: '20' }]);
  });

  test.each(['0000-01-01T00:00:00Z', '+275760-09-12T00:00:00Z', '-271820-01-01T00:00:00Z'])(
    'a date that no calendar of a shop has (%s) is dead, and says where',
    async (at) => {
      const body = order({ created_at: at, processed_at: at, updated_at: at });
      expect(await outcomeOf(site, 'orders/create', body)).toMatchObject({
        state: 'dead',
        outcome: 'unreadable',
        detail: 'This is no payload of its topic: see created_at, processed_at, updated_at.',
      });
    },
  );

  test('unknown fields, deep ones too, are left out', async () => {
    const body = order({ surprise: { deep: [{ deeper: null }] }, constructor: 1 });
    expect(await outcomeOf(site, 'orders/create', body)).toMatchObject({ outcome: 'taken-in' });
  });

  test('a body nested 100,000 deep is dead, and stops nothing', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const row = await outcomeOf(site, 'orders/create', deep);
    expect(row).toMatchObject({ state: 'dead', outcome: 'unreadable' });
  });
});

test('After all of it the books are in order and nothing is left waiting', async () => {
  expect(await site.query(`SELECT * FROM prove_books($1)`, [site.shop.id])).toEqual([]);
  const open = await site.query(
    `SELECT id, state, detail FROM deliveries WHERE shop_id = $1 AND state NOT IN ('done', 'dead')`,
    [site.shop.id],
  );
  expect(open).toEqual([]);
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { mergeCustomers } from '../../devstore/state/customers/merge-customers.ts';
import { redactCustomer, redactShop } from '../../devstore/state/customers/privacy.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import { uninstallApp } from '../../devstore/state/shops/install-app.ts';
import type { Order } from '../../devstore/state/order.ts';
import type { Customer } from '../../devstore/state/customer.ts';

let road: Road;
beforeEach(async () => {
  road = await openRoad();
  await road.publish();
  await road.settle();
  road.clock.advance(60_000);
});
afterEach(async () => {
  await road.close();
});

function variant(): string {
  const product = [...road.store.products.values()].find(({ giftCard }) => !giftCard);
  return product?.variants[0]?.id ?? '';
}

function buy(customer: Customer, quantity = 1): Order {
  return road.store.placeOrder({
    buyer: { customerId: customer.id },
    lines: [{ variantId: variant(), quantity }],
  });
}

describe('joining', () => {
  it('pays 100 once to a customer who comes while the programme runs', async () => {
    const customer = createCustomer(road.store, { email: 'new@road.example', firstName: 'Nia' });
    await road.settle();
    expect(await memberOf(road, customer.id)).toMatchObject({ available: 100 });
    road.devstore.courier.knobs.set({ duplicate: 1, copies: 3 });
    buy(customer);
    await road.settle();
    const [joins] = await road.query(
      `SELECT count(*)::int AS n FROM entries WHERE source_kind = 'join'`,
    );
    expect(joins).toEqual({ n: 1 });
  });
});

describe('a merge of customers', () => {
  it('moves points, orders and debt to the survivor, keeps one welcome, and later refunds find their points', async () => {
    const kept = createCustomer(road.store, { email: 'kept@road.example', firstName: 'Kim' });
    const gone = createCustomer(road.store, { email: 'gone@road.example', firstName: 'Gus' });
    await road.settle();
    const order = buy(gone, 2);
    buy(kept);
    await road.settle();
    const [a, b] = [await memberOf(road, kept.id), await memberOf(road, gone.id)];
    road.clock.advance(60_000);
    const merged = mergeCustomers(road.store, { keptId: kept.id, deletedId: gone.id });
    expect(merged).toBeTruthy();
    await road.settle();
    const survivor = await memberOf(road, kept.id);
    expect(survivor.available).toBe(a.available + b.available - 100);
    expect(await memberOf(road, gone.id)).toMatchObject({ id: survivor.id });
    expect(await proof(road)).toEqual([]);

    road.clock.advance(60_000);
    refundOrder(road.store, {
      orderId: order.id,
      lines: order.lines.map((line) => ({ lineId: line.id, quantity: line.currentQuantity })),
    });
    await road.settle();
    expect((await memberOf(road, kept.id)).available).toBe(a.available);
    expect(await proof(road)).toEqual([]);
  });
});

describe('a customer who asks to be forgotten', () => {
  it('leaves no name, e-mail or id behind, and books that balance', async () => {
    const customer = createCustomer(road.store, {
      email: 'forget.me@road.example',
      firstName: 'Zebulon',
      lastName: 'Quandary',
    });
    buy(customer);
    await road.settle();
    road.clock.advance(60_000);
    redactCustomer(road.store, customer.id);
    await road.settle();
    const dump = JSON.stringify(
      await Promise.all(
        [
          'members',
          'orders',
          'reviews',
          'entries',
          'awards',
          'effects',
          'audit',
          'member_aliases',
        ].map((table) => road.query(`SELECT * FROM ${table}`)),
      ),
      (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    );
    expect(dump).not.toMatch(/forget\.me|Zebulon|Quandary/);
    expect(dump).not.toContain(customer.id);
    const bodies = await road.query<{ topic: string; body: Buffer }>(
      `SELECT topic, body FROM deliveries`,
    );
    for (const { body } of bodies) {
      expect(body.toString()).not.toMatch(/forget\.me|Zebulon|Quandary/);
    }
    expect(await proof(road)).toEqual([]);
    const [sum] = await road.query(`SELECT sum(available)::int AS open FROM members`);
    expect(sum).toEqual({ open: 0 });
  });
});

describe('a shop that leaves', () => {
  it('comes back to its books, and when it leaves for good is gone without a row', async () => {
    const customer = createCustomer(road.store, { email: 'stay@road.example' });
    await road.settle();
    uninstallApp(road.store);
    await road.settle();
    const [left] = await road.query<{ state: string }>(`SELECT state FROM shops WHERE id = $1`, [
      road.shopId,
    ]);
    expect(left).toEqual({ state: 'uninstalled' });
    const [tokens] = await road.query(`SELECT count(*)::int AS n FROM sessions`);
    expect(tokens).toEqual({ n: 0 });
    expect(await memberOf(road, customer.id)).toMatchObject({ available: 100 });

    await road.installAgain();
    await road.installAgain();
    expect(await road.query(`SELECT state FROM shops WHERE id = $1`, [road.shopId])).toEqual([
      { state: 'installed' },
    ]);
    expect(await road.query(`SELECT action FROM audit WHERE subject = 'shop' ORDER BY at`)).toEqual(
      [{ action: 'installed' }, { action: 'installed-again' }],
    );
    expect(await road.query(`SELECT DISTINCT state FROM imports`)).toEqual([{ state: 'wanted' }]);
    road.clock.advance(60_000);
    buy(customer);
    await road.settle();
    expect((await memberOf(road, customer.id)).available).toBeGreaterThan(100);
    expect(await proof(road)).toEqual([]);

    redactShop(road.store);
    await road.settle();
    expect((await memberOf(road, customer.id)).available).toBeGreaterThan(100);

    uninstallApp(road.store);
    await road.settle();

    redactShop(road.store);
    await road.settle();
    for (const table of [
      'members',
      'orders',
      'deliveries',
      'entries',
      'effects',
      'audit',
      'awards',
      'lots',
      'programme_versions',
    ]) {
      const rows = await road.query(`SELECT count(*)::int AS n FROM ${table} WHERE shop_id = $1`, [
        road.shopId,
      ]);
      expect([table, rows]).toEqual([table, [{ n: 0 }]]);
    }
    expect(await road.query(`SELECT id FROM shops WHERE id = $1`, [road.shopId])).toEqual([]);
  });
});

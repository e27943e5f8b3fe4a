import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { eraseOldAnswers } from '../../app/jobs/erase-old-answers.ts';
import { handOutAnswer } from '../../app/operations/answer-data-request.ts';
import { captureRedemption } from '../../app/operations/capture-redemption.ts';
import { redeemPoints } from '../../app/operations/redeem-points.ts';
import { releaseRedemption } from '../../app/operations/release-redemption.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { noteSignIn } from '../../app/operations/sign-in.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import {
  redactCustomer,
  redactShop,
  requestCustomerData,
} from '../../devstore/state/customers/privacy.ts';
import { uninstallApp } from '../../devstore/state/shops/install-app.ts';
import { cancelOrder } from '../../devstore/state/orders/cancel-order.ts';
import type { Customer } from '../../devstore/state/customer.ts';
import type { Order } from '../../devstore/state/order.ts';
import type { Buyer } from '../../devstore/state/orders/place-order.ts';

const DAY_MS = 86_400_000;

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

function buy(buyer: Buyer): Order {
  const product = [...road.store.products.values()].find(({ giftCard }) => !giftCard);
  const variantId = product?.variants[0]?.id ?? '';
  return road.store.placeOrder({ buyer, lines: [{ variantId, quantity: 1 }] });
}

const zoe = (): Customer =>
  createCustomer(road.store, {
    email: 'zoe.quandary@road.example',
    firstName: 'Zoe',
    lastName: 'Quandary',
  });

async function redeemed(memberId: string, points: number): Promise<string> {
  const answer = await redeemPoints(road.world, {
    ...{ shopId: road.shopId, memberId, points, code: null, purpose: 'gift' },
    requestKey: `k${points}`,
  });
  if (!answer.ok) throw new Error(answer.refusal.kind);
  return answer.redemption.id;
}

async function forfeited(memberId: string): Promise<number[]> {
  const rows = await road.query<{ points: string }>(
    `SELECT sum(points) AS points FROM entries WHERE shop_id = $1 AND member_id = $2 AND kind = 'forfeit'
      GROUP BY recorded_at ORDER BY recorded_at`,
    [road.shopId, memberId],
  );
  return rows.map(({ points }) => Number(points));
}

/** Every row of every table, with bodies read as text. */
async function dump(): Promise<string> {
  const tables = await road.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`,
  );
  const parts = await Promise.all(
    tables.map(({ name }) =>
      road.query<{ text: string }>(
        name === 'deliveries'
          ? `SELECT (to_jsonb(t) - 'body')::text || convert_from(body, 'UTF8') AS text FROM deliveries t`
          : `SELECT to_jsonb(t)::text AS text FROM "${name}" t`,
      ),
    ),
  );
  return parts.flatMap((rows) => rows.map(({ text }) => text)).join('\n');
}

describe('a customer who asks what is held of them (law 7.3)', () => {
  it('is answered with all of it, as JSON that the merchant can fetch for 30 days', async () => {
    const customer = zoe();
    const order = buy({ customerId: customer.id });
    const guest = buy({ guestEmail: 'Zoe.Quandary@road.example' });
    const other = createCustomer(road.store, { email: 'other@road.example', firstName: 'Otto' });
    await road.settle();
    requestCustomerData(road.store, customer.id);
    await road.settle();
    const [request] = await road.query<{ request_id: string; due_at: Date; asked_at: Date }>(
      `SELECT request_id, due_at, asked_at FROM data_requests`,
    );
    if (!request) throw new Error('the request was not kept');
    expect(request.due_at.getTime() - request.asked_at.getTime()).toBe(30 * DAY_MS);
    const wish = { shopId: road.shopId, requestId: request.request_id, actor: 'staff:7' };
    const text = (await handOutAnswer(road.world, wish)) ?? '';
    const told = JSON.parse(text) as Record<string, unknown[]>;
    expect(text).toContain('zoe.quandary@road.example');
    expect(text).toContain('Quandary');
    expect(told['orders']).toHaveLength(2);
    for (const id of [order.id, guest.id, customer.id]) expect(text).toContain(id);
    expect(told['entries']?.length).toBeGreaterThan(1);
    expect(told['lots']?.length).toBeGreaterThan(1);
    expect(told['told by Shopify and by review apps']?.length).toBeGreaterThan(1);
    expect(text).not.toMatch(/Otto|other@road/);
    expect(text).not.toContain(other.id);
    expect(
      await road.query(`SELECT action FROM audit WHERE action LIKE 'data%' ORDER BY at, seq`),
    ).toEqual([{ action: 'data-requested' }, { action: 'data-handed-out' }]);

    road.clock.advance(30 * DAY_MS - 60_000);
    expect(await eraseOldAnswers(road.world)).toBe(0);
    road.clock.advance(120_000);
    expect(await handOutAnswer(road.world, wish)).toBeNull();
    expect(await eraseOldAnswers(road.world)).toBe(1);
    expect(await road.query(`SELECT content FROM data_requests`)).toEqual([{ content: null }]);
  });

  it('is answered with every table that has members in it', async () => {
    const customer = zoe();
    await road.settle();
    requestCustomerData(road.store, customer.id);
    await road.settle();
    const [row] = await road.query<{ content: string }>(`SELECT content FROM data_requests`);
    const told = JSON.parse(row?.content ?? '{}') as object;
    const tables = await road.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
        WHERE table_schema = current_schema() AND column_name = 'member_id'
          AND table_name <> 'data_requests'`,
    );
    expect(Object.keys(told)).toEqual(expect.arrayContaining(tables.map(({ name }) => name)));
  });
});

describe('a customer who asks to be forgotten in the middle of it all (law 7.3)', () => {
  it('is nowhere in a dump, whatever is told around it, and the books balance', async () => {
    const customer = zoe();
    const guest = buy({ guestEmail: 'zoe.quandary@road.example' });
    await road.settle();
    await noteSignIn(road.world, { shopId: road.shopId, customerId: customer.id });
    const twin = createCustomer(road.store, {
      email: 'zoe.second@road.example',
      firstName: 'Zoe',
      lastName: 'Quandary',
    });
    await road.settle();
    const id = async (of: Customer): Promise<string> => (await memberOf(road, of.id)).id;
    const wish = { keptId: await id(customer), goneId: await id(twin) };
    await mergeByHand(road.world, {
      ...{ shopId: road.shopId, ...wish, actor: 'staff:7' },
      reason: 'Zoe Quandary wrote twice',
    });
    requestCustomerData(road.store, customer.id);
    await road.settle();
    expect(await dump()).toMatch(/Quandary/);

    const others = Array.from({ length: 12 }, (_one, index) =>
      createCustomer(road.store, { email: `other${index}@road.example` }),
    );
    road.devstore.courier.knobs.set({ duplicate: 0.2, copies: 1 });
    for (const [index, other] of others.entries()) {
      buy({ customerId: other.id });
      if (index === 3) buy({ customerId: customer.id });
      if (index === 6) redactCustomer(road.store, customer.id);
      buy({ customerId: other.id });
    }
    await road.settle();
    redactCustomer(road.store, twin.id);
    await road.settle();
    const left = await dump();
    expect(left).not.toMatch(/zoe\.quandary|zoe\.second|Zoe|Quandary/i);
    expect(left).not.toContain(`"customer_id": ${customer.id}`);
    expect(left).not.toContain(`"customer_id": ${twin.id}`);
    expect(left).toContain(guest.id); // the order stays, nobody's
    expect(await proof(road)).toEqual([]);
    const [open] = await road.query(
      `SELECT sum(available + pending)::int AS open FROM members WHERE state = 'redacted'`,
    );
    expect(open).toEqual({ open: 0 });
  });

  it('is a new member when the same e-mail comes again, with nothing of the old one', async () => {
    const old = zoe();
    buy({ customerId: old.id });
    buy({ guestEmail: 'zoe.quandary@road.example' });
    await road.settle();
    redactCustomer(road.store, old.id);
    await road.settle();
    road.clock.advance(60_000);
    const again = zoe();
    await road.settle();
    await noteSignIn(road.world, { shopId: road.shopId, customerId: again.id });
    expect(await memberOf(road, again.id)).toMatchObject({ available: 100, pending: 0 });
    expect(await proof(road)).toEqual([]);
  });

  it('forfeits what comes back afterwards of a redemption that was reserved, and of an order that is refunded (law 7.3)', async () => {
    const customer = zoe();
    const order = buy({ customerId: customer.id });
    await road.settle();
    road.clock.advance(60_000);
    cancelOrder(road.store, { orderId: order.id });
    await road.settle();
    // The order came to nothing: 100 for joining are left, 60 and 40 of them are spent.
    const { id: memberId, available } = await memberOf(road, customer.id);
    expect(available).toBe(100);
    const unused = await redeemed(memberId, 60);
    const used = await redeemed(memberId, 40);
    redactCustomer(road.store, customer.id);
    await road.settle();
    expect(await forfeited(memberId)).toEqual([]);
    const { shopId } = road;
    road.clock.advance(60_000);
    expect(await releaseRedemption(road.world, { shopId, redemptionId: unused })).toMatchObject({
      ok: true,
      redemption: { state: 'released', held: [] },
    });
    expect(await forfeited(memberId)).toEqual([60]);
    road.clock.advance(60_000);
    const captured = { shopId, redemptionId: used, orderId: order.id };
    expect(await captureRedemption(road.world, captured)).toMatchObject({ ok: true });
    expect(await forfeited(memberId)).toEqual([60, 40]);
    const [books] = await road.query<{ available: string; pending: string; debt: string }>(
      `SELECT available, pending, debt FROM members WHERE shop_id = $1 AND id = $2`,
      [shopId, memberId],
    );
    expect(books).toEqual({ available: '0', pending: '0', debt: '0' });
    expect(await proof(road)).toEqual([]);
  });

  it('of whom an agent merged leaves the other customer as they are', async () => {
    const [kept, gone] = [zoe(), createCustomer(road.store, { email: 'gus@road.example' })];
    await road.settle();
    const wish = {
      keptId: (await memberOf(road, kept.id)).id,
      goneId: (await memberOf(road, gone.id)).id,
    };
    await mergeByHand(road.world, {
      ...{ shopId: road.shopId, ...wish, actor: 'staff:7', reason: 'twice' },
    });
    redactCustomer(road.store, gone.id);
    await road.settle();
    expect(await memberOf(road, kept.id)).toMatchObject({ id: wish.keptId, available: 100 });
    expect(await dump()).not.toContain('gus@road.example');
  });
});

describe('a shop that is to be forgotten (law 7.4)', () => {
  it('leaves no row in any table of a tenant', async () => {
    const customer = zoe();
    buy({ customerId: customer.id });
    await road.settle();
    requestCustomerData(road.store, customer.id);
    await road.settle();
    const tables = await road.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
        WHERE table_schema = current_schema() AND column_name = 'shop_id'`,
    );
    expect(tables.length).toBeGreaterThan(20);
    uninstallApp(road.store);
    await road.settle();
    redactShop(road.store);
    await road.settle();
    for (const { name } of tables) {
      const rows = await road.query(`SELECT 1 FROM "${name}" WHERE shop_id = $1`, [road.shopId]);
      expect([name, rows]).toEqual([name, []]);
    }
    expect(await road.query(`SELECT 1 FROM shops WHERE id = $1`, [road.shopId])).toEqual([]);
  });
});

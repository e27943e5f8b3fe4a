/** What webhooks leave out of an order, what contradicts itself, and what a bank takes back, on the whole road. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { dismissFlag } from '../../app/operations/dismiss-flag.ts';
import { orderFlags } from '../../app/queries/order-flags.ts';
import { laneOf } from '../../app/storage/deliveries/lanes.ts';
import { storeDeliveries } from '../../app/storage/deliveries/store-deliveries.ts';
import { attachCustomer } from '../../devstore/state/orders/attach-customer.ts';
import { deleteOrder } from '../../devstore/state/orders/cancel-order.ts';
import { disputeOrder } from '../../devstore/state/orders/dispute-order.ts';
import { editOrder } from '../../devstore/state/orders/edit-order.ts';
import { payOrder } from '../../devstore/state/orders/pay-order.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import type { Order } from '../../devstore/state/order.ts';
import { orderBody } from '../support/order-body.ts';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
beforeAll(async () => {
  road = await openRoad();
  await road.publish(only(1));
  await road.settle();
});
beforeEach(() => road.clock.advance(60_000));
afterAll(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

/** Points for buying at this rate, and for nothing else. */
function only(points: number, settings: object = {}): Partial<ProgrammeDocument> {
  const first = firstDraft('Road');
  return {
    earning: first.earning
      .filter(({ kind }) => kind === 'order')
      .map((rule) => ({
        ...rule,
        settings: { ...(rule.settings as object), points, ...settings },
      })),
    tiers: { ...first.tiers, levels: [] },
    badges: [],
    challenges: [],
  };
}

const NOTHING: readonly [points: number, base: number] = [0, 0];
let buyers = 0;
const newBuyer = (): { email: string } => ({ email: `facts${(buyers += 1)}@example.com` });

function variants(): string[] {
  return [...road.store.products.values()]
    .filter(({ giftCard }) => !giftCard)
    .flatMap(({ variants: [first] }) => (first ? [first.id] : []));
}

/** The awards of an order: points and base in minor units, by the rule's key. */
async function awardsOf(order: Order): Promise<Record<string, [number, number]>> {
  const rows = await road.query<{ rule_key: string; posted: string; base: string }>(
    `SELECT rule_key, posted, explanation ->> 'baseMinor' AS base FROM awards WHERE source_id = $1`,
    [order.id],
  );
  return Object.fromEntries(
    rows.map(({ rule_key, posted, base }) => [rule_key, [Number(posted), Number(base)]]),
  );
}

function place(over: object = {}): Order {
  const lines = [{ variantId: variants()[0] ?? '', quantity: 2 }];
  return road.store.placeOrder({ buyer: newBuyer(), lines, ...over });
}

let delivered = 0;

async function deliver(body: Record<string, unknown>): Promise<void> {
  delivered += 1;
  await storeDeliveries(road.world.db(road.shopId), [
    {
      shopId: road.shopId,
      webhookId: `odd-${delivered}`,
      shopDomain: road.store.domain,
      topic: 'orders/updated',
      apiVersion: '',
      eventId: null,
      triggeredAt: null,
      receivedAt: new Date(road.world.now()),
      subject: 'customer:991',
      lane: laneOf('customer:991'),
      body: Buffer.from(JSON.stringify(body)),
    },
  ]);
  await road.drain();
}

describe('an order on its road', () => {
  it('that is edited after the rate was doubled earns by both versions (law 1.7)', async () => {
    const order = place();
    await road.settle();
    road.clock.advance(60_000);
    await road.publish(only(2));
    road.clock.advance(60_000);
    editOrder(road.store, {
      orderId: order.id,
      add: [{ variantId: variants()[1] ?? '', quantity: 1 }],
    });
    await road.settle();
    const { order: placed = NOTHING, ...rest } = await awardsOf(order);
    const [key = '', [points, base] = NOTHING] = Object.entries(rest)[0] ?? [];
    expect(key).toMatch(/^order@\d+$/);
    expect(placed[0]).toBe(Math.floor(placed[1] / 100));
    expect(points).toBe(Math.floor(base / 50)); // 2 points per 1.00
    expect(base).toBeGreaterThan(0);
    // The order was read from Shopify once more, and that changed nothing.
    const [known] = await road.query<{ edits: number; read: number }>(
      `SELECT json_array_length(facts -> 'edits') AS edits,
          json_array_length(facts -> 'agreements' -> 'edits') AS read FROM orders WHERE order_id = $1`,
      [order.id],
    );
    expect(known).toEqual({ edits: 1, read: 1 });

    road.clock.advance(60_000);
    const added = order.lines.find(({ addedByEdit }) => addedByEdit)?.id ?? '';
    payOrder(road.store, { orderId: order.id });
    refundOrder(road.store, { orderId: order.id, lines: [{ lineId: added, quantity: 1 }] });
    await road.settle();
    expect(await awardsOf(order)).toEqual({ order: placed, [key]: [0, 0] });
    await road.publish(only(1));
  });

  it('that is paid in part with store credit is read, and that part earns nothing (law 1.3)', async () => {
    const order = place({ payment: 'pending' });
    const total = order.originalTotal.shop;
    payOrder(road.store, {
      orderId: order.id,
      amountMinor: Math.floor(total / 2),
      gateway: 'shopify_store_credit',
    });
    payOrder(road.store, { orderId: order.id, gateway: 'shopify_payments' });
    await road.settle();
    const [known] = await road.query<{ credit: string }>(
      `SELECT facts -> 'payments' ->> 'storeCreditMinor' AS credit FROM orders WHERE order_id = $1`,
      [order.id],
    );
    expect(Number(known?.credit)).toBe(Math.floor(total / 2));
    const { order: [points, base] = NOTHING } = await awardsOf(order);
    const goods = order.lines.reduce(
      (sum, { unitPrice, quantity }) => sum + unitPrice.shop * quantity,
      0,
    );
    // Half of the goods, and half of the tax in them, is what the rest was paid for.
    expect(base).toBeLessThan(goods * 0.6);
    expect([points, points > 0]).toEqual([Math.floor(base / 100), true]);
  });

  it('at the till earns when it gets its customer', async () => {
    const order = place({ buyer: null, sourceName: 'pos' });
    await road.settle();
    expect(await awardsOf(order)).toEqual({});
    const customer = road.store.createCustomer(newBuyer());
    road.clock.advance(60_000);
    attachCustomer(road.store, { orderId: order.id, customerId: customer.id });
    await road.settle();
    const { order: [points, base] = NOTHING } = await awardsOf(order);
    expect([points, points > 0]).toEqual([Math.floor(base / 100), true]);
    expect((await memberOf(road, customer.id)).available).toBe(points);
  });

  it('that has its customer taken off leaves them with nothing, whichever is told first (law 2.1, 2.4)', async () => {
    const placedAt = '2026-11-20T12:00:00Z';
    const told = (id: number, customerId: number | null, updatedAt: string) =>
      orderBody({
        ...{ id, customerId, placedAt, updatedAt },
        lines: [{ id: 1, price: '30.00', quantity: 1 }],
      });
    const pointsOf = async (id: number, inOrder: boolean): Promise<number> => {
      const mine = told(id, id, '2026-11-20T12:00:10Z');
      const nobodys = told(id, null, '2026-11-20T12:00:20Z');
      for (const body of inOrder ? [mine, nobodys] : [nobodys, mine]) await deliver(body);
      return (await memberOf(road, String(id))).available;
    };
    await deliver(told(99_000, 99_000, placedAt));
    expect((await memberOf(road, '99000')).available).toBe(30); // control
    expect(await pointsOf(99_001, true)).toBe(0);
    expect(await pointsOf(99_002, false)).toBe(0);
    // And it is theirs again when they are put back on it.
    await deliver(told(99_001, 99_001, '2026-11-20T12:00:30Z'));
    expect((await memberOf(road, '99001')).available).toBe(30);
  });

  it('whose payment is disputed keeps its points until that is lost, and has them back when it is won', async () => {
    const order = place();
    const pay = async (): Promise<number> =>
      (await memberOf(road, order.customerId ?? '')).available;
    await road.settle();
    const earned = await pay();
    expect(earned).toBeGreaterThan(0);
    const points: number[] = [];
    for (const status of ['needs_response', 'under_review', 'lost'] as const) {
      road.clock.advance(60_000);
      disputeOrder(road.store, { orderId: order.id, status });
      await road.settle();
      points.push(await pay());
    }
    expect(points).toEqual([earned, earned, 0]);
    const [dispute] = order.disputes;
    road.clock.advance(60_000);
    if (dispute) dispute.finalizedAt = null; // The bank thinks again.
    disputeOrder(road.store, { orderId: order.id, status: 'won' });
    await road.settle();
    expect(await pay()).toBe(earned);
  });

  it('that is deleted earns nothing any more', async () => {
    const order = place();
    const customerId = order.customerId ?? '';
    await road.settle();
    expect((await memberOf(road, customerId)).available).toBeGreaterThan(0);
    deleteOrder(road.store, order.id);
    await road.settle();
    expect((await memberOf(road, customerId)).available).toBe(0);
  });
});

describe('an order that contradicts itself', () => {
  const at = '2026-11-20T12:00:30Z';
  const odd = (quantity: number, updatedAt = at): Record<string, unknown> =>
    orderBody({
      id: 77_001,
      customerId: 991,
      placedAt: at,
      updatedAt,
      lines: [
        { id: 1, price: '30.00', quantity: 1 },
        { id: 2, price: '20.00', quantity },
      ],
    });

  it('is booked as far as it is sure, and shown until a person puts it away', async () => {
    await deliver(odd(-3));
    const member = await memberOf(road, '991');
    expect(member.available).toBe(30);
    const shown = await orderFlags(road.world, road.shopId, member.id);
    expect(shown).toMatchObject({
      open: 1,
      flags: [{ kind: 'negative-quantity', told: '-3', orderId: '77001', orderName: '#77001' }],
    });
    expect((await orderFlags(road.world, road.shopId)).open).toBe(1);

    const flag = { shopId: road.shopId, actor: 'staff:1', orderId: '77001' };
    const away = (kind: string) => dismissFlag(road.world, { ...flag, kind });
    expect(await away('refund-over-paid')).toBe(false);
    expect([await away('negative-quantity'), await away('negative-quantity')]).toEqual([
      true,
      false,
    ]);
    expect((await orderFlags(road.world, road.shopId)).open).toBe(0);
    const audit = await road.query(
      `SELECT actor, subject, content FROM audit WHERE action = 'flag-dismissed'`,
    );
    expect(audit).toEqual([
      { actor: 'staff:1', subject: 'order:77001', content: { kind: 'negative-quantity' } },
    ]);
  });

  it('stays put away when the same is told again, and is shown again when it is told otherwise', async () => {
    await deliver(odd(-3, '2026-11-20T12:00:31Z'));
    expect((await orderFlags(road.world, road.shopId)).open).toBe(0);
    await deliver(odd(-4, '2026-11-20T12:00:32Z'));
    expect((await orderFlags(road.world, road.shopId)).flags).toMatchObject([{ told: '-4' }]);
  });

  it('is no longer shown when the facts agree', async () => {
    await deliver(odd(1, '2026-11-20T12:00:33Z'));
    expect((await orderFlags(road.world, road.shopId)).open).toBe(0);
    expect(await road.query(`SELECT * FROM order_flags`)).toEqual([]);
    expect((await memberOf(road, '991')).available).toBe(50); // 30 + 20
  });

  it('that has fields nobody can read is booked without them and shown, until it is told anew', async () => {
    const told = '2026-11-20T12:00:34Z';
    const strange = { name: 7, fulfillments: 'sent', total_tip_received: '1.234', returns: {} };
    await deliver({ ...odd(2, told), ...strange });
    expect((await memberOf(road, '991')).available).toBe(70); // 30 + 2 × 20
    expect((await orderFlags(road.world, road.shopId)).flags).toMatchObject([
      { kind: 'unreadable', told: '4', of: 'fulfillments' },
    ]);
    // Read from Shopify, or told again, the same state of the order is whole.
    await deliver(odd(2, told));
    expect((await orderFlags(road.world, road.shopId)).open).toBe(0);
    expect((await memberOf(road, '991')).available).toBe(70);
    const [{ dead } = { dead: '' }] = await road.query<{ dead: string }>(
      `SELECT count(*) AS dead FROM deliveries WHERE state = 'dead'`,
    );
    expect(dead).toBe('0');
  });
});

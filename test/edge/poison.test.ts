import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, publish, send } from './edge-site.ts';
import type { EdgeSite, InboxRow } from './edge-site.ts';
import type { FactTidings } from '../../app/domain/tidings.ts';
import { backOff, MOST_ATTEMPTS } from '../../app/jobs/drain-deliveries.ts';
import { storeFacts } from '../../app/jobs/store-facts.ts';
import { replayDeliveries } from '../../app/operations/replay-deliveries.ts';
import { laneOf } from '../../app/storage/deliveries/lanes.ts';

let site: EdgeSite;
beforeAll(async () => {
  site = await openSite();
  await publish(site);
});
afterAll(() => site.close());

/** Of this subject's lane, and of the same one. */
function neighbourOf(subject: string): string {
  for (let id = 7_000_000_000_000; ; id += 1) {
    if (laneOf(`customer:${id}`) === laneOf(subject)) return String(id);
  }
}

function order(id: string, customerId: string, change: Record<string, unknown> = {}): object {
  const at = '2026-11-20T10:00:00Z';
  return {
    id: Number(id),
    created_at: at,
    updated_at: at,
    currency: 'USD',
    financial_status: 'paid',
    total_price: '10.00',
    customer: { id: Number(customerId) },
    line_items: [{ id: 1, quantity: 1, price: '10.00' }],
    ...change,
  };
}

/** Facts that can be read and never be written: no database counts this high. */
function poison(orderId: string, customerId: string): FactTidings {
  return {
    kind: 'order',
    order: {
      orderId,
      refunds: [],
      paidAt: null,
      snapshot: {
        updatedAt: 1,
        placedAt: 1,
        name: '#poison',
        customerId,
        currency: 'USD',
        presentmentCurrency: null,
        presentmentTotalMinor: null,
        totalMinor: 1e25,
        shippingMinor: 0,
        shippingTaxMinor: 0,
        tipMinor: 0,
        dutiesMinor: 0,
        taxesIncluded: false,
        test: false,
        source: null,
        countryCode: null,
        gateways: [],
        discountCodes: [],
        cancelledAt: null,
        payment: 'paid',
        lines: [],
        hasReturns: false,
        knownRefundIds: [],
      },
    },
  };
}

async function storePoison(name: string, orderId: string, customerId: string): Promise<string> {
  const subject = `customer:${customerId}`;
  await storeFacts(site.world, site.shop.id, [
    { name, subject, facts: poison(orderId, customerId) },
  ]);
  return `laurel:${name}`;
}

async function row(webhookId: string): Promise<InboxRow> {
  const [found] = await site.query<InboxRow>(
    `SELECT * FROM deliveries WHERE shop_id = $1 AND webhook_id = $2`,
    [site.shop.id, webhookId],
  );
  if (!found) throw new Error(`${webhookId} is not stored`);
  return found;
}

async function available(customerId: string): Promise<number | undefined> {
  const [member] = await site.query<{ available: string }>(
    `SELECT available FROM members WHERE shop_id = $1 AND customer_id = $2`,
    [site.shop.id, customerId],
  );
  return member && Number(member.available);
}

describe('A delivery that always fails', () => {
  test('holds up its own subject, and nobody else, not even in its lane', async () => {
    const victim = '6100000000001';
    const neighbour = neighbourOf(`customer:${victim}`);
    const before = await send(site, 'orders/create', order('6100000000010', victim));
    const bad = await storePoison('holds-up', '6100000000011', victim);
    const behind = await send(site, 'orders/create', order('6100000000012', victim));
    const beside = await send(site, 'orders/create', order('6100000000013', neighbour));
    await site.drain();

    expect(await row(bad)).toMatchObject({ state: 'waiting', attempts: 1, outcome: null });
    expect((await row(bad)).detail).toMatch(/bigint/);
    expect(await row(before.webhookId)).toMatchObject({ state: 'done', outcome: 'taken-in' });
    expect(await row(beside.webhookId)).toMatchObject({ state: 'done', outcome: 'taken-in' });
    expect(await row(behind.webhookId)).toMatchObject({ state: 'ready', attempts: 0 });
    // 10.00 from the order before it; the one behind it waits.
    expect([await available(victim), await available(neighbour)]).toEqual([10, 10]);

    // Those who come while it waits are not held up either, and its own wait on.
    const later = await send(site, 'orders/create', order('6100000000014', neighbour));
    await site.drain();
    expect(await row(later.webhookId)).toMatchObject({ state: 'done' });
    expect(await row(behind.webhookId)).toMatchObject({ state: 'ready' });
  });

  test('waits longer each time, is dead after the bound, and then lets the next one pass', async () => {
    const victim = '6200000000001';
    const bad = await storePoison('dies', '6200000000011', victim);
    const behind = await send(site, 'orders/create', order('6200000000012', victim));
    const waits: number[] = [];
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt += 1) {
      await site.drain();
      const waiting = await row(bad);
      expect(waiting).toMatchObject({ state: 'waiting', attempts: attempt });
      const wait = (waiting.run_after?.getTime() ?? 0) - site.clock.now;
      waits.push(wait);
      site.clock.now += wait - 1;
      await site.drain();
      expect((await row(bad)).attempts).toBe(attempt);
      expect(await row(behind.webhookId)).toMatchObject({ state: 'ready' });
      site.clock.now += 1;
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000]);
    await site.drain();
    const dead = await row(bad);
    expect(dead).toMatchObject({ state: 'dead', outcome: 'failed', attempts: MOST_ATTEMPTS });
    expect(dead.detail).toMatch(/bigint/);
    expect(await row(behind.webhookId)).toMatchObject({ state: 'done', outcome: 'taken-in' });
    expect(await available(victim)).toBe(10);
  });

  test('is done after a replay, once what was wrong is right, and for the member as if in time', async () => {
    const victim = '6300000000001';
    const bad = await storePoison('replayed', '6300000000011', victim);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      await site.drain();
      site.clock.now += backOff(attempt + 1);
    }
    expect(await row(bad)).toMatchObject({ state: 'dead' });

    const replay = {
      shopId: site.shop.id,
      actor: 'test',
      which: { kind: 'one', id: (await row(bad)).id },
    } as const;
    expect(await replayDeliveries(site.world, replay)).toEqual({ replayed: 1 });
    expect(await row(bad)).toMatchObject({
      state: 'ready',
      attempts: 0,
      outcome: null,
      detail: null,
    });
    await site.drain();
    expect(await row(bad)).toMatchObject({ state: 'waiting', attempts: 1 });

    // The cause is mended as a new version of the code would: the facts can be written now.
    await site.query(
      `UPDATE deliveries SET body = convert_to(replace(convert_from(body, 'UTF8'), '1e+25', '1000'), 'UTF8')
        WHERE shop_id = $1 AND webhook_id = $2`,
      [site.shop.id, bad],
    );
    expect((await replayDeliveries(site.world, replay)).replayed).toBe(1);
    await site.drain();
    expect(await row(bad)).toMatchObject({ state: 'done', outcome: 'taken-in', attempts: 1 });
    const [order] = await site.query(
      `SELECT total_minor, customer_id FROM orders WHERE shop_id = $1 AND order_id = 6300000000011`,
      [site.shop.id],
    );
    expect(order).toEqual({ total_minor: '1000', customer_id: victim });
  });

  test('is one of 1,000, and the other 999 are taken in by the same turn', async () => {
    const sent = Array.from({ length: 1_000 }, (_, index) => ({
      name: `many-${index}`,
      subject: `customer:${6_400_000_000_000 + index}`,
      facts: poison(String(6_500_000_000_000 + index), String(6_400_000_000_000 + index)),
    }));
    const mild = sent.map((found, index) => {
      const { facts } = found;
      if (index === 500 || facts.kind !== 'order' || !facts.order.snapshot) return found;
      const snapshot = { ...facts.order.snapshot, totalMinor: 1000 };
      return { ...found, facts: { ...facts, order: { ...facts.order, snapshot } } };
    });
    await storeFacts(site.world, site.shop.id, mild);
    await site.drain();
    const states = await site.query(
      `SELECT state, count(*)::int AS deliveries FROM deliveries
        WHERE shop_id = $1 AND webhook_id LIKE 'laurel:many-%' GROUP BY state ORDER BY state`,
      [site.shop.id],
    );
    expect(states).toEqual([
      { state: 'done', deliveries: 999 },
      { state: 'waiting', deliveries: 1 },
    ]);
  });

  test('leaves the books in order', async () => {
    expect(await site.query(`SELECT * FROM prove_books($1)`, [site.shop.id])).toEqual([]);
  });
});

test('All dead deliveries of a shop can be sent down the road again, and no other shop’s', async () => {
  const other = await openSite();
  for (const shop of [site, other]) {
    await send(shop, 'orders/create', 'no json');
    await shop.drain();
  }
  const dead = async (shop: EdgeSite): Promise<number> =>
    (
      await site.query(`SELECT 1 FROM deliveries WHERE shop_id = $1 AND state = 'dead'`, [
        shop.shop.id,
      ])
    ).length;
  const ours = await dead(site);
  expect([ours > 0, await dead(other)]).toEqual([true, 1]);
  const told = await replayDeliveries(site.world, {
    shopId: site.shop.id,
    actor: 'test',
    which: { kind: 'all-dead' },
  });
  expect(told).toEqual({ replayed: ours });
  expect([await dead(site), await dead(other)]).toEqual([0, 1]);
  await other.close();
});

test('Bodies that are large together are taken in parts, in their order', async () => {
  const filler = 'x'.repeat(4_000_000);
  const customer = '6600000000001';
  const sent: string[] = [];
  for (let index = 0; index < 6; index += 1) {
    const told = await send(
      site,
      'orders/create',
      order(`660000000010${index}`, customer, { note: filler }),
    );
    sent.push(told.webhookId);
  }
  await site.drain();
  for (const webhookId of sent) expect((await row(webhookId)).state).toBe('done');
  // 6 × 10.00
  expect(await available(customer)).toBe(60);
});

/** Time passes for members by one date that is kept with each of them. */
import { beforeEach, describe, expect, it } from 'vitest';
import { passTime } from '../../app/jobs/pass-time.ts';
import { redeemPoints } from '../../app/operations/redeem-points.ts';
import { captureRedemption } from '../../app/operations/capture-redemption.ts';
import { takeInFacts } from '../../app/operations/take-in-facts.ts';
import { orderRule } from '../../app/domain/earning/order-rule.ts';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import type { FactTidings } from '../../app/domain/tidings.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { makeTermsMemory } from '../../app/storage/programme/shop-terms.ts';
import { inTransaction } from '../../app/storage/transaction.ts';
import { line, order, refund } from '../domain/fixtures.ts';
import { pointsWorld } from '../support/points-world.ts';
import type { PointsWorld } from '../support/points-world.ts';
import { newDatabaseUrl } from '../support/test-database.ts';

let here: PointsWorld;
beforeEach(async () => {
  // Time passes for all shops at once: members of other tests would be counted, too.
  here = await pointsWorld(await newDatabaseUrl(`laurel_pass_time_${process.pid}`, 'template'));
});

const buying = {
  ...{ key: 'order', kind: 'order', name: 'Buying', enabled: true },
  settings: orderRule.defaults,
};
const expiring = (length: number, reminderDays: number[] = []) =>
  ({ kind: 'lot', length, unit: 'days', noticeDays: 0, reminderDays }) as const;

async function tell(told: OrderTidings): Promise<void> {
  await takeIn({ kind: 'order', order: told });
}

async function takeIn(told: FactTidings): Promise<void> {
  const { world, shopId, now } = here;
  const { newId, sealer } = world;
  const moment = { now, newId, hashes: sealer.hashes, termsMemory: makeTermsMemory() };
  await inTransaction(world.db(shopId), (client) => takeInFacts(client, shopId, [told], moment));
}

/** An order of $100 of customer 7, placed and paid now. */
function bought(over: Partial<OrderTidings> = {}): OrderTidings {
  return order({ placedAt: here.now }, over);
}

async function customer(): Promise<string> {
  const [row] = await here.rows<{ id: string }>(
    `SELECT id FROM members WHERE shop_id = $1 AND customer_id = 7`,
  );
  if (!row) throw new Error('Customer 7 is no member.');
  return row.id;
}

async function dueAt(memberId: string): Promise<number | null> {
  const [row] = await here.rows<{ due_at: Date | null }>(
    `SELECT due_at FROM members WHERE shop_id = $1 AND id = $2`,
    memberId,
  );
  return row?.due_at?.getTime() ?? null;
}

describe('the date of a member', () => {
  it('is the next moment at which something happens by itself, whoever moved points last', async () => {
    await here.publish({ earning: [buying], maturityDays: 5, expiry: expiring(10) });
    const start = here.now; // noon of 20 November, 13:00 in Berlin
    await tell(bought());
    const member = await customer();
    expect(await dueAt(member)).toBe(start + 5 * DAY);
    await here.give(member, 20); // expires with 30 November
    expect(await dueAt(member)).toBe(start + 5 * DAY);
    here.now = start + 6 * DAY;
    await passTime(here.world);
    expect(await here.balance(member)).toEqual({ available: 120, pending: 0, debt: 0 });
    expect(await dueAt(member)).toBe(Date.parse('2026-11-30T23:00:00Z'));
    const spent = { memberId: member, requestKey: 'all', points: 120, purpose: 'p', code: null };
    expect((await redeemPoints(here.world, { shopId: here.shopId, ...spent })).ok).toBe(true);
    expect(await dueAt(member)).toBeNull();
  });

  it('moves with a publication, in the background', async () => {
    const member = await here.member(100);
    expect(await dueAt(member)).toBeNull();
    await here.publish({ expiry: expiring(40) });
    await takeIn({ kind: 'member-again', memberId: member });
    expect(await dueAt(member)).toBe(Date.parse('2026-12-30T23:00:00Z'));
  });
});

describe('a worker that slept', () => {
  it('lets everything happen at its own moment, in batches, and nothing twice', async () => {
    await here.publish({ expiry: expiring(3, [1]) });
    const members: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      members.push(await here.member(10 + index));
      here.now += 3_600_000;
    }
    here.now += 30 * DAY;
    const [one, another] = await Promise.all([passTime(here.world, 2), passTime(here.world, 3)]);
    expect(one + another).toBe(7); // two workers, and each member once
    expect(await passTime(here.world, 2)).toBe(0);
    const expired = await here.rows<{ points: string; occurred_at: Date }>(
      `SELECT points, occurred_at FROM entries WHERE shop_id = $1 AND kind = 'expire'`,
    );
    expect(expired.map(({ points }) => Number(points)).sort()).toEqual([
      10, 11, 12, 13, 14, 15, 16,
    ]);
    expect(new Set(expired.map(({ occurred_at: at }) => at.toISOString()))).toEqual(
      new Set(['2026-11-23T23:00:00.000Z']),
    );
    expect(await here.proof()).toEqual([]);
  });

  it('reminds once, of the nearest of the reminders it slept through, and not of what has expired meanwhile', async () => {
    await here.publish({ expiry: expiring(20, [7, 3]) });
    const member = await here.member(50);
    here.now += 18 * DAY;
    await passTime(here.world);
    await here.give(member, 5);
    await passTime(here.world);
    const told = () =>
      here.rows<{ key: string; content: object }>(
        `SELECT key, content FROM member_events WHERE shop_id = $1 AND member_id = $2 ORDER BY key`,
        member,
      );
    expect(await told()).toEqual([
      { key: 'points-expiring:2026-12-10:3', content: { points: 50, day: '2026-12-10', days: 3 } },
    ]);
    here.now += 40 * DAY; // both reminders of the five points were slept through, and so were the points
    await passTime(here.world);
    expect(await told()).toHaveLength(1);
    expect(await here.balance(member)).toMatchObject({ available: 0 });
  });

  it('does not hold up others by a member whom nobody can decide about', async () => {
    await here.publish({ expiry: expiring(3) });
    const [good, bad, late] = [await here.member(1), await here.member(2), await here.member(3)];
    // A lot says more than the balance: its expiry would break the books, and the database refuses.
    await here.rows(
      `UPDATE lots SET remaining = 3, original = 3 WHERE shop_id = $1 AND member_id = $2`,
      bad,
    );
    here.now += 10 * DAY;
    expect(await passTime(here.world)).toBe(3);
    expect(await here.balance(good)).toMatchObject({ available: 0 });
    expect(await here.balance(late)).toMatchObject({ available: 0 });
    expect(await here.balance(bad)).toMatchObject({ available: 2 });
    expect(await dueAt(bad)).toBe(here.now + 3_600_000);
    expect(await passTime(here.world)).toBe(0);
    // Mended, it is caught up with.
    await here.rows(
      `UPDATE lots SET remaining = 2, original = 2 WHERE shop_id = $1 AND member_id = $2`,
      bad,
    );
    here.now += 3_600_000;
    expect(await passTime(here.world)).toBe(1);
    expect(await here.balance(bad)).toMatchObject({ available: 0 });
  });

  it('leaves a shop alone that is not installed, and catches up when it is again', async () => {
    await here.publish({ expiry: expiring(3) });
    const member = await here.member(30);
    const install = (state: string) =>
      here.world.prisma.shop.update({ where: { id: BigInt(here.shopId) }, data: { state } });
    await install('uninstalled');
    here.now += 10 * DAY;
    expect(await passTime(here.world)).toBe(0);
    expect(await here.balance(member)).toMatchObject({ available: 30 });
    await install('installed');
    expect(await passTime(here.world)).toBe(1);
    expect(await here.balance(member)).toMatchObject({ available: 0 });
  });
});

describe('an order that used a redemption (law 2.5)', () => {
  it('captures it by its code, and its refund brings the points back into their lot, once', async () => {
    await here.publish({ earning: [], returnGraceDays: 7 });
    await tell(bought());
    const member = await customer();
    await here.give(member, 500);
    const wish = { shopId: here.shopId, memberId: member, requestKey: 'k', points: 500 };
    const redeemed = await redeemPoints(here.world, { ...wish, purpose: 'p', code: 'FIVE-1' });
    if (!redeemed.ok) throw new Error(redeemed.refusal.kind);
    const lines = ['1', '2'].map((id) => line({ id, priceMinor: 2_500, discountMinor: 250 }));
    const codes = lines.map(({ id }) => ({ lineId: id, minor: 250 }));
    const used = (refunds: OrderTidings['refunds']): OrderTidings =>
      order(
        { placedAt: here.now, lines, discountCodes: [{ code: 'five-1', lines: codes }] },
        { orderId: '502', refunds },
      );
    await tell(used([]));
    const half = refund({ id: '91', createdAt: here.now, lines: [{ lineId: '1', quantity: 1 }] });
    for (let turn = 0; turn < 2; turn += 1) await tell(used([half]));
    expect(await here.balance(member)).toEqual({ available: 250, pending: 0, debt: 0 });
    const [row] = await here.rows(
      `SELECT state, order_id, held_points, captured_at IS NOT NULL AS captured FROM redemptions WHERE shop_id = $1`,
    );
    expect(row).toEqual({ state: 'captured', order_id: '502', held_points: '250', captured: true });
    const lots = await here.rows(`SELECT original, remaining FROM lots WHERE shop_id = $1`);
    expect(lots).toEqual([{ original: '500', remaining: '250' }]);
    expect(await here.proof()).toEqual([]);
  });

  it('is known at once when it is captured after it was refunded', async () => {
    await here.publish({});
    await tell(bought());
    const member = await customer();
    await here.give(member, 500);
    const wish = { shopId: here.shopId, memberId: member, requestKey: 'k', points: 500 };
    const redeemed = await redeemPoints(here.world, { ...wish, purpose: 'p', code: null });
    if (!redeemed.ok) throw new Error(redeemed.refusal.kind);
    const all = refund({ id: '92', createdAt: here.now, lines: [{ lineId: '1', quantity: 1 }] });
    await tell(bought({ refunds: [all] }));
    const of = { shopId: here.shopId, redemptionId: redeemed.redemption.id };
    await captureRedemption(here.world, { ...of, orderId: '501' });
    expect(await here.balance(member)).toMatchObject({ available: 500 });
    const [row] = await here.rows(`SELECT state FROM redemptions WHERE shop_id = $1`);
    expect(row).toEqual({ state: 'returned' });
  });
});

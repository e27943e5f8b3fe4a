/** Gifts to many members: planned, given once each, stopped, gone on with, and taken back as far as unused. */
import { describe, expect, it } from 'vitest';
import { giftShop } from './gift-shop.ts';
import { boughtCondition } from '../../app/domain/segments/conditions.ts';
import type { Segment } from '../../app/domain/segments/segment.ts';
import { dayEnd } from '../../app/domain/time/shop-time.ts';
import { passTime } from '../../app/jobs/pass-time.ts';
import { giveGift } from '../../app/operations/give-gift.ts';
import { planGift } from '../../app/operations/plan-gift.ts';
import { redeemPoints } from '../../app/operations/redeem-points.ts';
import { claimGift } from '../../app/storage/gifts/gifts.ts';

const shop = giftShop();
const { available, joined, page, planned, points, steer, work } = shop;

describe('a gift of points to a segment (law 13.1)', () => {
  it('is shown with what it costs before anything is given, and then given once to each', async () => {
    const [kim, gus] = [await joined(0), await joined(200)];
    const giftId = await planned(points());
    await work();
    expect(await page(giftId)).toMatchObject({
      ...{ state: 'ready', lookedAt: 2, toLookAt: 2 },
      counts: { planned: 2, points: 100, given: 0 },
    });
    expect([await available(kim), await available(gus)]).toEqual([0, 200]);
    await steer(giftId, 'start');
    await work();
    expect([await available(kim), await available(gus)]).toEqual([50, 250]);
    expect(await page(giftId)).toMatchObject({ state: 'given', counts: { given: 2, planned: 0 } });
    // Nothing more to do, and starting it again is refused.
    expect(await steer(giftId, 'start')).toEqual({ ok: false, refusal: { kind: 'not-now' } });
    await work();
    expect(await available(kim)).toBe(50);
    const [entry] = await shop.here.rows<{ explanation: object }>(
      `SELECT explanation FROM entries WHERE shop_id = $1 AND source_id LIKE 'gift:%' LIMIT 1`,
    );
    expect(entry?.explanation).toMatchObject({ rule: 'gift', reason: 'Thank you', points: 50 });
    expect(await shop.here.proof()).toEqual([]);
  });

  it('goes to whom the conditions fit, and to nobody else', async () => {
    const [poor, rich] = [await joined(10), await joined(500)];
    const segment: Segment = {
      match: 'all',
      conditions: [
        { kind: 'points', not: false, settings: { least: 100, most: null } },
        { kind: 'never-redeemed', not: false, settings: {} },
      ],
    };
    const giftId = await planned({ ...points(), audience: { kind: 'segment', segment } });
    await work();
    expect((await page(giftId)).members.map(({ memberId }) => memberId)).toEqual([rich]);
    const opposite = {
      match: 'any',
      conditions: segment.conditions.map((one) => ({ ...one, not: true })),
    };
    const other = await planned({ ...points(), audience: { kind: 'segment', segment: opposite } });
    await work();
    expect((await page(other)).members.map(({ memberId }) => memberId)).toEqual([poor]);
  });

  it('is refused for conditions that cannot be asked, and plans nothing', async () => {
    const conditions = [{ kind: 'bought', not: false, settings: boughtCondition.defaults }];
    const wish = {
      ...points(),
      audience: { kind: 'segment', segment: { match: 'all', conditions } },
    };
    const plan = await planGift(shop.here.world, {
      ...{ shopId: shop.here.shopId, actor: 'staff:1', wish, file: null },
    });
    expect(plan).toMatchObject({
      refusal: { kind: 'bad-segment', faults: [{ place: 'conditions.0.settings.products' }] },
    });
    expect(await shop.here.rows(`SELECT 1 FROM gifts WHERE shop_id = $1`)).toEqual([]);
  });

  it('stops when it is paused or cancelled, and goes on where it was', async () => {
    const members = [await joined(0), await joined(0), await joined(0)];
    const giftId = await planned(points());
    await work();
    await steer(giftId, 'start');
    expect(await steer(giftId, 'pause')).toEqual({ ok: true, state: 'paused' });
    await work();
    const sum = async (): Promise<number> =>
      (await Promise.all(members.map(available))).reduce((all, one) => all + one, 0);
    expect(await sum()).toBe(0);
    await steer(giftId, 'resume');
    await work();
    expect(await sum()).toBe(150);
    const other = await planned(points());
    await work();
    expect(await steer(other, 'cancel')).toEqual({ ok: true, state: 'cancelled' });
    await work();
    expect(await sum()).toBe(150);
  });

  it('is given once, though a worker dies with it and comes back after another went on', async () => {
    const kim = await joined(0);
    const giftId = await planned(points());
    await work();
    await steer(giftId, 'start');
    const db = shop.here.world.db(shop.here.shopId);
    const at = (ms: number): Date => new Date(shop.here.now + ms);
    const dead = await claimGift(db, { now: at(0), leaseUntil: at(120_000) });
    if (!dead) throw new Error('Nothing was to be done.');
    // While its lease lasts nobody else begins; afterwards the next worker does it.
    await work();
    expect(await available(kim)).toBe(0);
    shop.here.now += 120_000;
    await work();
    expect(await available(kim)).toBe(50);
    await giveGift(shop.here.world, dead);
    await giveGift(shop.here.world, { ...dead, turn: dead.turn + 1 });
    expect(await available(kim)).toBe(50);
    expect((await page(giftId)).counts).toMatchObject({ given: 1, givenPoints: 50 });
    expect(await shop.here.proof()).toEqual([]);
  });

  it('with a last day of its own can be spent on it, and not after it', async () => {
    const kim = await joined(20);
    const giftId = await planned(points({ lastDay: '2026-12-31' }));
    await work();
    await steer(giftId, 'start');
    await work();
    expect(await available(kim)).toBe(70);
    const [zoned] = await shop.here.rows<{ time_zone: string }>(
      'SELECT time_zone FROM shops WHERE id = $1',
    );
    const end = dayEnd('2026-12-31', zoned?.time_zone ?? 'UTC');
    shop.here.now = end - 1;
    await passTime(shop.here.world);
    expect(await available(kim)).toBe(70);
    shop.here.now = end;
    await passTime(shop.here.world);
    expect(await available(kim)).toBe(20);
    expect(await shop.here.proof()).toEqual([]);
  });
});

describe('taking a gift back (law 13.2)', () => {
  it('takes what was not spent: 50 given, 30 spent of the 30 + 50 that were there', async () => {
    const [kim, gus] = [await joined(0), await joined(30)];
    const giftId = await planned(points());
    await work();
    await steer(giftId, 'start');
    await work();
    const redeemed = await redeemPoints(shop.here.world, {
      ...{ shopId: shop.here.shopId, memberId: gus, requestKey: 'r', points: 60 },
      ...{ purpose: 'reward', code: null },
    });
    expect(redeemed.ok).toBe(true);
    await steer(giftId, 'undo');
    await work();
    // Kim has it all taken; of Gus's 80 the older 30 and 30 of the gift were spent, so 20 are left of it.
    expect([await available(kim), await available(gus)]).toEqual([0, 0]);
    expect(await page(giftId)).toMatchObject({
      ...{ state: 'undone' },
      counts: { undone: 2, kept: 0, givenPoints: 100, takenPoints: 70 },
    });
    expect(await steer(giftId, 'undo')).toMatchObject({ ok: false });
    expect(await shop.here.proof()).toEqual([]);
  });
});

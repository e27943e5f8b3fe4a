/** Gifts to many members: planned, given once each, stopped, gone on with, and taken back as far as unused. */
import { beforeEach, describe, expect, it } from 'vitest';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { byHand } from '../../app/domain/rewards/without-checkout.ts';
import { boughtCondition } from '../../app/domain/segments/conditions.ts';
import { conditionDefinitions } from '../../app/domain/segments/registry.ts';
import type { Segment } from '../../app/domain/segments/segment.ts';
import { EVERYBODY } from '../../app/domain/segments/segment.ts';
import { DAY, dayEnd } from '../../app/domain/time/shop-time.ts';
import { runGifts } from '../../app/jobs/run-gifts.ts';
import { passTime } from '../../app/jobs/pass-time.ts';
import { giveGift } from '../../app/operations/give-gift.ts';
import { planGift } from '../../app/operations/plan-gift.ts';
import { redeemPoints } from '../../app/operations/redeem-points.ts';
import { steerGift } from '../../app/operations/steer-gift.ts';
import { giftPage } from '../../app/queries/gifts.ts';
import type { GiftPage } from '../../app/queries/gifts.ts';
import { claimGift } from '../../app/storage/gifts/gifts.ts';
import { pointsWorld } from '../support/points-world.ts';
import type { PointsWorld } from '../support/points-world.ts';

let here: PointsWorld;
beforeEach(async () => {
  here = await pointsWorld();
  await here.publish({});
});

const points = (over: object = {}): object => ({
  reason: 'Thank you',
  content: { kind: 'points', points: 50, lastDay: null, ...over },
  audience: { kind: 'segment', segment: EVERYBODY },
});

async function planned(wish: object, file: string | null = null): Promise<string> {
  const plan = await planGift(here.world, { shopId: here.shopId, actor: 'staff:1', wish, file });
  if (!plan.ok) throw new Error(`not planned: ${JSON.stringify(plan.refusal)}`);
  return plan.giftId;
}

async function work(batch?: number): Promise<void> {
  while (await runGifts(here.world, batch));
}

const steer = (giftId: string, step: 'start' | 'pause' | 'resume' | 'cancel' | 'undo') =>
  steerGift(here.world, { shopId: here.shopId, giftId, step, actor: 'staff:1' });

async function page(giftId: string): Promise<GiftPage> {
  const found = await giftPage(here.world, here.shopId, giftId);
  if (!found) throw new Error('no such gift');
  return found;
}

async function joined(available: number): Promise<string> {
  const id = await here.member(available);
  await here.rows(
    `UPDATE members SET membership = 'joined', joined_at = '2026-01-01T00:00:00Z' WHERE shop_id = $1 AND id = $2`,
    id,
  );
  return id;
}

const available = async (id: string): Promise<number> => (await here.balance(id)).available;

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
    const [entry] = await here.rows<{ explanation: object }>(
      `SELECT explanation FROM entries WHERE shop_id = $1 AND source_id LIKE 'gift:%' LIMIT 1`,
    );
    expect(entry?.explanation).toMatchObject({ rule: 'gift', reason: 'Thank you', points: 50 });
    expect(await here.proof()).toEqual([]);
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
    const plan = await planGift(here.world, {
      ...{ shopId: here.shopId, actor: 'staff:1', wish, file: null },
    });
    expect(plan).toMatchObject({
      refusal: { kind: 'bad-segment', faults: [{ place: 'conditions.0.settings.products' }] },
    });
    expect(await here.rows(`SELECT 1 FROM gifts WHERE shop_id = $1`)).toEqual([]);
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
    const db = here.world.db(here.shopId);
    const at = (ms: number): Date => new Date(here.now + ms);
    const dead = await claimGift(db, { now: at(0), leaseUntil: at(120_000) });
    if (!dead) throw new Error('Nothing was to be done.');
    // While its lease lasts nobody else begins; afterwards the next worker does it.
    await work();
    expect(await available(kim)).toBe(0);
    here.now += 120_000;
    await work();
    expect(await available(kim)).toBe(50);
    await giveGift(here.world, dead);
    await giveGift(here.world, { ...dead, turn: dead.turn + 1 });
    expect(await available(kim)).toBe(50);
    expect((await page(giftId)).counts).toMatchObject({ given: 1, givenPoints: 50 });
    expect(await here.proof()).toEqual([]);
  });

  it('with a last day of its own can be spent on it, and not after it', async () => {
    const kim = await joined(20);
    const giftId = await planned(points({ lastDay: '2026-12-31' }));
    await work();
    await steer(giftId, 'start');
    await work();
    expect(await available(kim)).toBe(70);
    const [shop] = await here.rows<{ time_zone: string }>(
      'SELECT time_zone FROM shops WHERE id = $1',
    );
    const end = dayEnd('2026-12-31', shop?.time_zone ?? 'UTC');
    here.now = end - 1;
    await passTime(here.world);
    expect(await available(kim)).toBe(70);
    here.now = end;
    await passTime(here.world);
    expect(await available(kim)).toBe(20);
    expect(await here.proof()).toEqual([]);
  });
});

describe('taking a gift back (law 13.2)', () => {
  it('takes what was not spent: 50 given, 30 spent of the 30 + 50 that were there', async () => {
    const [kim, gus] = [await joined(0), await joined(30)];
    const giftId = await planned(points());
    await work();
    await steer(giftId, 'start');
    await work();
    const redeemed = await redeemPoints(here.world, {
      ...{ shopId: here.shopId, memberId: gus, requestKey: 'r', points: 60 },
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
    expect(await here.proof()).toEqual([]);
  });
});

describe('a gift to who stands in a file (law 13.3)', () => {
  it('finds customers by id and e-mail, and says of every other line why not', async () => {
    const [kim, gus, out] = [await joined(0), await joined(0), await here.member(0)];
    await here.rows(`UPDATE members SET customer_id = 7001 WHERE shop_id = $1 AND id = $2`, kim);
    await here.rows(
      `UPDATE members SET email = CASE WHEN id = $2 THEN 'Gus@Example.com' ELSE 'out@example.com' END,
        membership = CASE WHEN id = $2 THEN membership ELSE 'not-joined' END
        WHERE shop_id = $1 AND id = ANY(ARRAY[$2, $3]::uuid[])`,
      gus,
      out,
    );
    const file = [
      'Customer ID;Points',
      '7001;',
      'gus@example.com;75',
      'GUS@example.com;10',
      'nobody@example.com;',
      'out@example.com;',
      '=cmd;',
      '7001;0',
    ].join('\r\n');
    const giftId = await planned(
      { ...points(), audience: { kind: 'file', name: 'list.csv' } },
      `\uFEFF${file}`,
    );
    await work();
    const found = await page(giftId);
    expect(found.counts).toMatchObject({ planned: 2, refused: 5, points: 125 });
    expect(found.refused.map(({ line, written, refusal }) => [line, written, refusal])).toEqual([
      [4, 'GUS@example.com', 'twice'],
      [5, 'nobody@example.com', 'unknown'],
      [6, 'out@example.com', 'not-joined'],
      [7, '=cmd', 'unreadable'],
      [8, '7001', 'bad-points'],
    ]);
    await steer(giftId, 'start');
    await work();
    expect([await available(kim), await available(gus)]).toEqual([50, 75]);
  });

  it.each([
    ['', 'empty-file'],
    ['email\n', 'empty-file'],
    ['"a', 'no-csv'],
  ])('is refused for %j', async (file, kind) => {
    const wish = { ...points(), audience: { kind: 'file', name: 'x.csv' } };
    const plan = await planGift(here.world, { shopId: here.shopId, actor: 'staff:1', wish, file });
    expect(plan).toEqual({ ok: false, refusal: { kind } });
  });
});

describe('other gifts (law 13.1, 13.2)', () => {
  it('a badge stays though its condition is not met, pays its bonus, and goes when it is taken back', async () => {
    const [badge] = firstDraft('Here').badges;
    if (!badge) throw new Error('The first draft has no badge.');
    await here.publish({ badges: [{ ...badge, bonusPoints: 30 }] });
    const kim = await joined(0);
    const content = { kind: 'badge', badge: badge.key };
    const giftId = await planned({ ...points(), content });
    await work();
    await steer(giftId, 'start');
    await work();
    const has = async (): Promise<boolean> => {
      const rows = await here.rows(
        `SELECT 1 FROM progress WHERE shop_id = $1 AND member_id = $2 AND completed_at IS NOT NULL`,
        kim,
      );
      return rows.length > 0;
    };
    expect([await has(), await available(kim)]).toEqual([true, 30]);
    const again = await planned({ ...points(), content });
    await work();
    await steer(again, 'start');
    await work();
    expect((await page(again)).why).toEqual([{ refusal: 'has-it', lines: 1 }]);
    await steer(giftId, 'undo');
    await work();
    expect([await has(), await available(kim)]).toEqual([false, 0]);
    expect(await here.proof()).toEqual([]);
  });

  it('a reward is given once to each as far as there are any, and ends when it is taken back', async () => {
    await here.publish({
      rewards: [
        {
          ...{ key: 'tasting', kind: 'by-hand', name: 'A tasting', enabled: true, points: 1 },
          ...{ stock: 1, settings: byHand.defaults },
        },
      ],
    });
    await joined(0);
    await joined(0);
    const giftId = await planned({ ...points(), content: { kind: 'reward', reward: 'tasting' } });
    await work();
    await steer(giftId, 'start');
    await work();
    expect(await page(giftId)).toMatchObject({
      ...{ state: 'given', counts: { given: 1, refused: 1 } },
      why: [{ refusal: 'out-of-stock', lines: 1 }],
    });
    const given = (): Promise<Record<string, unknown>[]> =>
      here.rows(`SELECT state, ending, points FROM redemptions WHERE shop_id = $1`);
    expect(await given()).toEqual([{ state: 'reserved', ending: null, points: '0' }]);
    await steer(giftId, 'undo');
    await work();
    expect(await given()).toEqual([{ state: 'reserved', ending: 'cancelled', points: '0' }]);
    expect((await page(giftId)).counts).toMatchObject({ undone: 1, given: 0 });
  });
});

it('every condition of a segment finds whom it fits, and turned around everybody else', async () => {
  const bare = await joined(10);
  const rich = await joined(10);
  await here.rows(
    `UPDATE members SET tier_key = 'gold', joined_at = '2024-01-01T00:00:00Z', available = 20,
      tag_tidings = '[[1, "all", ["vip"]], [2, "added", ["new"]]]' WHERE shop_id = $1 AND id = $2`,
    rich,
  );
  await here.rows(
    `INSERT INTO orders (shop_id, order_id, member_id, placed_at, standing) VALUES ($1, 501, $2, $3,
      '{"counts": true, "kept": [{"product": "1", "collections": []}]}')`,
    rich,
    new Date(here.now - 100 * DAY),
  );
  const settings: Readonly<Record<string, object>> = {
    tier: { tiers: ['gold'] },
    tag: { tags: ['VIP'] },
    joined: { from: null, until: '2025-01-01T00:00:00Z' },
    'last-order': { when: 'before', days: 90 },
    points: { least: 15, most: null },
    'never-redeemed': {},
    bought: { products: ['1'], collections: ['2'] },
  };
  for (const { kind } of conditionDefinitions.all) {
    for (const not of [false, true]) {
      const conditions = [{ kind, not, settings: settings[kind] }];
      const giftId = await planned({
        ...points(),
        audience: { kind: 'segment', segment: { match: 'all', conditions } },
      });
      await work();
      const { detail, members } = await page(giftId);
      const found = members.map(({ memberId }) => memberId);
      const fits = kind === 'never-redeemed' ? [bare, rich] : [rich];
      const expected = not ? [bare, rich].filter((id) => !fits.includes(id)) : fits;
      expect([kind, not, detail, found]).toEqual([kind, not, null, expected]);
    }
  }
});

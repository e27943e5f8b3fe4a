/** Gifts by file, of badges and rewards, and whom the conditions of a segment find. */
import { describe, expect, it } from 'vitest';
import { giftShop } from './gift-shop.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { byHand } from '../../app/domain/rewards/without-checkout.ts';
import { conditionDefinitions } from '../../app/domain/segments/registry.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { planGift } from '../../app/operations/plan-gift.ts';

const shop = giftShop();
const { available, joined, page, planned, points, steer, work } = shop;

describe('a gift to who stands in a file (law 13.3)', () => {
  it('finds customers by id and e-mail, and says of every other line why not', async () => {
    const [kim, gus, out] = [await joined(0), await joined(0), await shop.here.member(0)];
    await shop.here.rows(
      `UPDATE members SET customer_id = 7001 WHERE shop_id = $1 AND id = $2`,
      kim,
    );
    await shop.here.rows(
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
    const plan = await planGift(shop.here.world, {
      shopId: shop.here.shopId,
      actor: 'staff:1',
      wish,
      file,
    });
    expect(plan).toEqual({ ok: false, refusal: { kind } });
  });
});

describe('other gifts (law 13.1, 13.2)', () => {
  it('a badge stays though its condition is not met, pays its bonus, and goes when it is taken back', async () => {
    const [badge] = firstDraft('Here').badges;
    if (!badge) throw new Error('The first draft has no badge.');
    await shop.here.publish({ badges: [{ ...badge, bonusPoints: 30 }] });
    const kim = await joined(0);
    const content = { kind: 'badge', badge: badge.key };
    const giftId = await planned({ ...points(), content });
    await work();
    await steer(giftId, 'start');
    await work();
    const has = async (): Promise<boolean> => {
      const rows = await shop.here.rows(
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
    expect(await shop.here.proof()).toEqual([]);
  });

  it('a reward is given once to each as far as there are any, and ends when it is taken back', async () => {
    await shop.here.publish({
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
      shop.here.rows(`SELECT state, ending, points FROM redemptions WHERE shop_id = $1`);
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
  await shop.here.rows(
    `UPDATE members SET tier_key = 'gold', joined_at = '2024-01-01T00:00:00Z', available = 20,
      tag_tidings = '[[1, "all", ["vip"]], [2, "added", ["new"]]]' WHERE shop_id = $1 AND id = $2`,
    rich,
  );
  await shop.here.rows(
    `INSERT INTO orders (shop_id, order_id, member_id, placed_at, standing) VALUES ($1, 501, $2, $3,
      '{"counts": true, "kept": [{"product": "1", "collections": []}]}')`,
    rich,
    new Date(shop.here.now - 100 * DAY),
  );
  await shop.here.rows(
    `INSERT INTO activities (shop_id, member_id, kind, activity_id, occurred_at, told_at, content)
      VALUES ($1, $2, 'answers', 'tea', $3, $3, '{"taste": "green white"}')`,
    rich,
    new Date(shop.here.now),
  );
  const settings: Readonly<Record<string, object>> = {
    answered: { answer: 'tea/taste/white' },
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

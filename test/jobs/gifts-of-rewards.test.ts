/** Rewards given to many at once: never more than there are, and each line either given or not. */
import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { giftShop } from './gift-shop.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { giveGift } from '../../app/operations/give-gift.ts';
import { giveReward } from '../../app/operations/redeem-reward.ts';
import { claimGift } from '../../app/storage/gifts/gifts.ts';
import type { StoredGift } from '../../app/storage/gifts/gifts.ts';
import { storePartnerCodes } from '../../app/storage/rewards/partner-codes.ts';
import type { World } from '../../app/world.ts';
import { writtenRewards } from '../support/written-rewards.ts';
import type { WrittenReward } from '../support/written-rewards.ts';
import { mortal } from '../trials/mortal.ts';

const shop = giftShop();
const { joined, page, planned, points, steer, work } = shop;

async function offer(reward: WrittenReward): Promise<void> {
  await shop.here.publish({ rewards: writtenRewards(reward) });
}

async function members(count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let one = 0; one < count; one += 1) ids.push(await joined(0));
  return ids;
}

/** Planned, seen and started, and not yet given to anybody. */
async function started(reward: string): Promise<string> {
  const giftId = await planned({ ...points(), content: { kind: 'reward', reward } });
  await work();
  await steer(giftId, 'start');
  return giftId;
}

async function claimed(): Promise<StoredGift> {
  const now = new Date(shop.here.now);
  const times = { now, leaseUntil: new Date(shop.here.now + 120_000) };
  const gift = await claimGift(shop.here.world.db(shop.here.shopId), times);
  if (!gift) throw new Error('Nothing is to be done.');
  return gift;
}

/** Something else happens right before the statement of this name. */
function beforeStatement(world: World, name: string, happens: () => Promise<void>): World {
  const pool = world.db(shop.here.shopId);
  const watched = <C extends pg.Pool | pg.PoolClient>(client: C, special: object): C =>
    new Proxy(client, {
      get: (target, key) => {
        if (key in special) return Reflect.get(special, key) as unknown;
        const found = Reflect.get(target, key) as unknown;
        if (typeof found !== 'function') return found;
        const bound = found.bind(target) as (...args: unknown[]) => Promise<unknown>;
        if (key !== 'query') return bound;
        return async (asked: { readonly name?: string }, ...more: unknown[]) => {
          if (asked.name === name) await happens();
          return bound(asked, ...more);
        };
      },
    });
  const connect = async (): Promise<pg.PoolClient> => watched(await pool.connect(), {});
  const db = watched(pool, { connect });
  return { ...world, db: () => db };
}

const count = async (sql: string): Promise<number> => {
  const [row] = await shop.here.rows<{ n: number }>(`SELECT ${sql} AS n`);
  return Number(row?.n);
};
const given = (): Promise<number> =>
  count(`(SELECT count(*) FROM redemptions WHERE shop_id = $1 AND state <> 'released')`);
const inStock = (): Promise<number> =>
  count(`coalesce((SELECT given FROM reward_stocks WHERE shop_id = $1), 0)`);

describe('a reward for many (law 13.1)', () => {
  it('of which there are 3 is given to the first 3 of 5, and the other 2 are told so', async () => {
    await offer({ key: 'mug', kind: 'by-hand', points: 1, stock: 3 });
    await members(5);
    const giftId = await started('mug');
    await work();
    const { counts, why, members: lines } = await page(giftId);
    expect([counts.given, counts.refused]).toEqual([3, 2]);
    expect(why).toEqual([{ refusal: 'out-of-stock', lines: 2 }]);
    expect(lines.map(({ state }) => state)).toEqual(['given', 'given', 'given']);
    expect([await given(), await inStock()]).toEqual([3, 3]);
    const [one] = await shop.here.rows(
      `SELECT origin, note, counts FROM issued_rewards WHERE shop_id = $1 LIMIT 1`,
    );
    expect(one).toEqual({ origin: 'gift', note: 'Thank you', counts: true });
  });

  it('does not give more than there are to those who ask in the same moment: 8 for 12 and 6', async () => {
    await offer({ key: 'mug', kind: 'by-hand', points: 1, stock: 8 });
    const some = (await members(12)).slice(0, 6);
    const giftId = await started('mug');
    const alone = (memberId: string) =>
      giveReward(shop.here.world, {
        ...{ shopId: shop.here.shopId, memberId, rewardKey: 'mug', requestKey: 'alone' },
        ...{ origin: 'agent' },
      });
    const [, ...answers] = await Promise.all([work(), ...some.map(alone)]);
    const { counts } = await page(giftId);
    expect(counts.given + answers.filter(({ ok }) => ok).length).toBe(8);
    expect([await given(), await inStock(), counts.planned]).toEqual([8, 8, 0]);
    expect(await shop.here.proof()).toEqual([]);
  });

  it('is given to one less where somebody else took one after it was counted: 2 of 3, and 1', async () => {
    await offer({ key: 'mug', kind: 'by-hand', points: 1, stock: 3 });
    await members(4);
    const giftId = await started('mug');
    const { shopId, world } = shop.here;
    const other = await joined(0);
    let taken = 0;
    const between = beforeStatement(world, 'open-stock', async () => {
      taken += 1;
      if (taken > 1) return;
      const wish = { shopId, memberId: other, rewardKey: 'mug', requestKey: 'between' };
      expect((await giveReward(world, { ...wish, origin: 'agent' })).ok).toBe(true);
    });
    await giveGift(between, await claimed());
    // It was tried for three, undone, and tried again for two.
    expect(taken).toBe(2);
    expect((await page(giftId)).counts).toMatchObject({ given: 2, refused: 2 });
    expect([await given(), await inStock()]).toEqual([3, 3]);
    expect(await shop.here.proof()).toEqual([]);
  });

  it('from a list of codes gives each code once, and none where there are fewer than the stock says', async () => {
    await offer({ key: 'cinema', kind: 'partner-code', points: 1, stock: 5 });
    const { shopId, world } = shop.here;
    const codes = ['a', 'b', 'c'].map((hash) => ({ hash, sealed: hash }));
    await storePartnerCodes(world.db(shopId), shopId, 'cinema', codes, new Date(shop.here.now));
    await members(4);
    const giftId = await started('cinema');
    await work();
    expect((await page(giftId)).counts).toMatchObject({ given: 3, refused: 1 });
    expect(
      await count(`(SELECT count(DISTINCT redemption_id) FROM partner_codes WHERE shop_id = $1)`),
    ).toBe(3);
    expect(await inStock()).toBe(3);
  });

  it('goes only to those who are members, and not to who has it by this gift already', async () => {
    await offer({ key: 'mug', kind: 'perk', points: 1 });
    const [, gus] = await members(3);
    const giftId = await started('mug');
    await shop.here.rows(
      `UPDATE members SET membership = 'not-joined' WHERE shop_id = $1 AND id = $2`,
      gus,
    );
    const gift = await claimed();
    await giveGift(shop.here.world, gift);
    await giveGift(shop.here.world, gift);
    await shop.here.rows(
      `UPDATE gift_lines SET state = 'planned' WHERE shop_id = $1 AND state = 'given'`,
    );
    await shop.here.rows(`UPDATE gifts SET state = 'running' WHERE shop_id = $1`);
    await giveGift(shop.here.world, gift);
    expect((await page(giftId)).why).toEqual([{ refusal: 'not-joined', lines: 1 }]);
    expect((await page(giftId)).counts).toMatchObject({ given: 2, planned: 0 });
    expect(await given()).toBe(2);
  });
});

it('whoever dies while giving leaves each line given or to be given, at every step (law 13.1)', async () => {
  await offer({ key: 'mug', kind: 'by-hand', points: 1, stock: 3 });
  await members(4);
  const giftId = await started('mug');
  const gift = await claimed();
  const { shopId, world } = shop.here;
  const told = async (): Promise<unknown[]> => {
    const { counts } = await page(giftId);
    return [counts.given, await given(), await inStock()];
  };
  let deaths = 0;
  for (let at = 1; ; at += 1) {
    const { world: its, steps } = mortal(world, shopId, { at, when: 'after' });
    const lived = await giveGift(its, gift).then(
      () => true,
      () => false,
    );
    if (lived) break;
    deaths += 1;
    const [lines, redemptions, stock] = await told();
    expect([redemptions, stock]).toEqual([lines, lines]);
    // Some statements are sent together.
    expect(steps()).toBeGreaterThanOrEqual(at);
    expect([0, 3]).toContain(lines);
  }
  expect(deaths).toBeGreaterThan(15);
  expect(await told()).toEqual([3, 3, 3]);
  expect((await page(giftId)).counts.refused).toBe(1);
  expect(await shop.here.proof()).toEqual([]);
});

it('who was given a reward is told so once, and who comes too late is not (law 5.7)', async () => {
  const [badge] = firstDraft('Here').badges;
  if (!badge) throw new Error('The first draft has no badge.');
  await shop.here.publish({
    badges: [{ ...badge, bonusReward: 'mug' }],
    rewards: writtenRewards({ key: 'mug', kind: 'by-hand', name: 'A mug', points: 1, stock: 3 }),
  });
  const told = (): Promise<Record<string, unknown>[]> =>
    shop.here.rows(
      `SELECT content FROM member_events WHERE shop_id = $1 AND kind = 'reward-given' ORDER BY key, member_id`,
    );
  const mug = { reward: 'mug', name: 'A mug' };
  await members(2);
  await started('mug');
  await work();
  expect(await told()).toEqual([
    { content: { ...mug, because: 'gift' } },
    { content: { ...mug, because: 'gift' } },
  ]);
  // The badge brings each of them another one, and there is one left.
  const giftId = await planned({ ...points(), content: { kind: 'badge', badge: badge.key } });
  await work();
  await steer(giftId, 'start');
  await work();
  expect(await told()).toHaveLength(3);
  expect((await told()).filter(({ content }) => JSON.stringify(content).includes('prize'))).toEqual(
    [{ content: { ...mug, because: 'prize' } }],
  );
  expect(await inStock()).toBe(3);
});

it('what was given to many is taken back as far as nobody used it (law 13.2)', async () => {
  await offer({ key: 'mug', kind: 'by-hand', points: 1 });
  const [kim] = await members(3);
  const giftId = await started('mug');
  await work();
  await shop.here.rows(
    `UPDATE redemptions SET state = 'captured', captured_at = reserved_at WHERE shop_id = $1 AND member_id = $2`,
    kim,
  );
  await steer(giftId, 'undo');
  await work();
  expect((await page(giftId)).counts).toMatchObject({ undone: 2, kept: 1, given: 0 });
  expect(
    await count(`(SELECT count(*) FROM redemptions WHERE shop_id = $1 AND ending = 'cancelled')`),
  ).toBe(2);
  expect(
    await count(`(SELECT count(*) FROM effects WHERE shop_id = $1 AND kind = 'end-reward')`),
  ).toBe(2);
});

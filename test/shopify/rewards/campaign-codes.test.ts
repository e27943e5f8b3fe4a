import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCampaignCodes } from '../../../app/shopify/rewards/make-campaign-codes.ts';
import type { CampaignWish } from '../../../app/shopify/rewards/wish.ts';
import type { AdminClient } from '../../../app/shopify/admin-client.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { bought, FIVE_OFF, rewardShop, type RewardShop } from './reward-shop.ts';

let shop: RewardShop;
beforeAll(async () => {
  shop = await rewardShop();
});
afterAll(() => shop.shopify.close());

let campaigns = 0;
function campaign(count: number): CampaignWish {
  campaigns += 1;
  const name = `SPRING${campaigns}`;
  return {
    terms: FIVE_OFF,
    title: `Laurel: ${name}`,
    codes: Array.from({ length: count }, (_, index) => `${name}-${index}`),
    startsAt: shop.shopify.clock.now().getTime(),
    endsAt: null,
    gid: null,
  };
}

const means = (seen: string[] = []) => ({
  wait: (ms: number) => sleep(Math.min(ms, 30)),
  discountMade: async (gid: string) => void seen.push(gid),
});

const codesOf = (wish: CampaignWish): string[] =>
  (shop.store.discounts.find(wish.codes[0] ?? '')?.codes ?? []).map(({ code }) => code).sort();

describe('the codes of a campaign', () => {
  it('are one discount; each is used once, by whoever has it', async () => {
    const wish = campaign(600);
    const seen: string[] = [];
    const told = await makeCampaignCodes(shop.admin, wish, means(seen));
    expect(told).toMatchObject({ ok: true, made: 600, taken: [], gid: seen[0] });
    expect(codesOf(wish)).toEqual([...wish.codes].sort());
    const [one = '', two = ''] = wish.codes;
    expect(bought(shop, shop.member(), [one])).toBeTypeOf('object');
    expect(bought(shop, shop.member(), [one])).toMatch(/usage limit/);
    expect(bought(shop, shop.member(), [two])).toBeTypeOf('object');
  });

  it('go on where they were interrupted, and none is there twice', async () => {
    const wish = campaign(700);
    const { faults } = shop.shopify.devstore;
    const seen: string[] = [];
    faults.order('hang-up', 1, null, { field: 'discountRedeemCodeBulkAdd' });
    const first = await makeCampaignCodes(shop.admin, wish, means(seen));
    expect(first).toMatchObject({ ok: false, gid: seen[0], refusal: { kind: 'unreachable' } });
    // The first 250 were added although the answer was lost: the campaign's first code is among them.
    await expect.poll(() => codesOf(wish)).toHaveLength(251);
    const second = await makeCampaignCodes(shop.admin, { ...wish, gid: seen[0] ?? null }, means());
    expect(second).toMatchObject({ ok: true, made: 700, taken: [] });
    expect(codesOf(wish)).toEqual([...wish.codes].sort());
  });

  it('find their discount again when its making was not heard of', async () => {
    const wish = campaign(3);
    shop.shopify.devstore.faults.order('hang-up', 1, null, { field: 'discountCodeBasicCreate' });
    expect(await makeCampaignCodes(shop.admin, wish, means())).toMatchObject({ ok: false });
    expect(await makeCampaignCodes(shop.admin, wish, means())).toMatchObject({ ok: true, made: 3 });
    expect(codesOf(wish)).toHaveLength(3);
  });

  it('name the ones that somebody has already', async () => {
    const other = campaign(2);
    await makeCampaignCodes(shop.admin, other, means());
    const wish = campaign(3);
    const [taken = ''] = other.codes;
    const told = await makeCampaignCodes(
      shop.admin,
      { ...wish, codes: [...wish.codes, taken] },
      means(),
    );
    expect(told).toMatchObject({ ok: true, made: 3, taken: [taken] });
  });

  it('are told to be lost when the merchant deleted the discount', async () => {
    const wish = { ...campaign(3), gid: 'gid://shopify/DiscountCodeNode/4711' };
    expect(await makeCampaignCodes(shop.admin, wish, means())).toMatchObject({
      ok: false,
      refusal: { kind: 'refused' },
    });
  });

  it('wait until the bucket holds enough instead of being told to', async () => {
    const wish = campaign(500);
    const waits: number[] = [];
    let available = 2000;
    const slow: AdminClient = {
      request: (...asked) => shop.admin.request(...asked),
      budget: () => ({ available, most: 2000, perSecond: 100 }),
    };
    const told = await makeCampaignCodes(slow, wish, {
      ...means(),
      discountMade: async () => {
        available = 40;
      },
      wait: async (ms) => {
        waits.push(ms);
        available = Math.min(2000, available + ms / 10);
        await sleep(5);
      },
    });
    expect(told).toMatchObject({ ok: true, made: 500 });
    // 60 points are missing to 100, and 100 come in a second.
    expect(waits[0]).toBe(600);
  });
});

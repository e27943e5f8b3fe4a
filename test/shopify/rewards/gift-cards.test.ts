import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endReward } from '../../../app/shopify/rewards/end-reward.ts';
import { makeReward } from '../../../app/shopify/rewards/make-reward.ts';
import { readReward } from '../../../app/shopify/rewards/read-reward.ts';
import { createGiftCard, findGiftCard } from '../../../devstore/state/credit/gift-card.ts';
import type { FaultKind } from '../../../devstore/admin-api/faults.ts';
import type { GiftCardTerms } from '../../../app/domain/rewards/terms.ts';
import { again, given, rewardShop, TEN_EURO_CARD, type RewardShop } from './reward-shop.ts';

let shop: RewardShop;
beforeAll(async () => {
  shop = await rewardShop();
});
afterAll(() => shop.shopify.close());

const cards = () => [...shop.store.purses.cards.values()];
const now = () => shop.shopify.clock.now().getTime();

describe('a gift card', () => {
  it('has our code, belongs to the member, and is valid to the end of the shop’s last day', async () => {
    // 23:00 UTC is midnight in Berlin: the 20th is the last day.
    const validUntil = Date.parse('2026-12-20T23:00:00Z');
    const wish = shop.wish(TEN_EURO_CARD, { validUntil });
    const made = await makeReward(shop.admin, wish);
    expect(made).toMatchObject({ ok: true, found: false, expiresAt: validUntil });
    expect(findGiftCard(shop.store, wish.giftCardCode ?? '')).toMatchObject({
      customerId: wish.customerId,
      balanceMinor: 1000,
      expiresOn: '2026-12-20',
      sentAt: [],
    });
  });

  it('is sent by e-mail where the terms say so, at least once', async () => {
    const wish = shop.wish({ ...(TEN_EURO_CARD as GiftCardTerms), notify: true });
    const { faults } = shop.shopify.devstore;
    faults.order('error', 1, null, { field: 'giftCardSendNotificationToCustomer' });
    expect(await makeReward(shop.admin, wish)).toMatchObject({ ok: false });
    expect(await makeReward(shop.admin, again(wish))).toMatchObject({ ok: true, found: true });
    expect(findGiftCard(shop.store, wish.giftCardCode ?? '')?.sentAt).toHaveLength(1);
  });

  it.each<[FaultKind, boolean]>([
    ['error', false],
    ['too-many-requests', false],
    ['throttled', false],
    ['hang-up', true],
    ['internal-error', true],
    ['time-out', true],
  ])('is there exactly once after %s', async (kind, workDone) => {
    const wish = shop.wish(TEN_EURO_CARD);
    const before = cards().length;
    shop.shopify.devstore.faults.order(kind, 1, null);
    const first = await makeReward(kind === 'time-out' ? shop.hasty : shop.admin, wish);
    expect(first).toMatchObject({ ok: false });
    expect(await makeReward(shop.admin, again(wish))).toMatchObject({ ok: true, found: workDone });
    expect(cards().length - before).toBe(1);
  });

  it('is looked for before it is asked for again', async () => {
    const { faults } = shop.shopify.devstore;
    const wish = shop.wish(TEN_EURO_CARD);
    faults.order('hang-up', 1, null);
    await makeReward(shop.admin, wish);
    faults.order('error', 1, null, { field: 'giftCardCreate' });
    expect(await makeReward(shop.admin, again(wish))).toMatchObject({ ok: true, found: true });
    expect(faults.waiting()).toHaveLength(1);
    faults.clear();
  });

  it('is waited for while Shopify’s search does not find it, and never made twice', async () => {
    const wish = shop.wish(TEN_EURO_CARD);
    shop.store.shop.searchLagMs = 60_000;
    shop.shopify.devstore.faults.order('hang-up', 1, null);
    await makeReward(shop.admin, wish);
    expect(await makeReward(shop.admin, again(wish))).toMatchObject({
      ok: false,
      refusal: { kind: 'unreachable' },
    });
    shop.shopify.clock.advance(61_000);
    expect(await makeReward(shop.admin, again(wish))).toMatchObject({ ok: true, found: true });
    shop.store.shop.searchLagMs = 0;
    expect(cards().filter(({ code }) => code === wish.giftCardCode)).toHaveLength(1);
  });

  it('is somebody else’s when the merchant made one with the same code', async () => {
    const wish = shop.wish(TEN_EURO_CARD);
    createGiftCard(shop.store, {
      code: wish.giftCardCode ?? '',
      currency: 'EUR',
      initialMinor: 2500,
      customerId: null,
      expiresOn: null,
      note: null,
    });
    const taken = { ok: false, refusal: { kind: 'code-taken' } };
    expect(await makeReward(shop.admin, wish)).toEqual(taken);
    expect(await makeReward(shop.admin, again(wish))).toEqual(taken);
  });

  it.each<[string, string]>([
    ['GIFT_CARD_LIMIT_EXCEEDED', 'card-limit'],
    ['CUSTOMER_NOT_FOUND', 'customer-gone'],
    ['INVALID', 'other'],
  ])('is refused for %s as %s', async (code, reason) => {
    const { faults } = shop.shopify.devstore;
    faults.order('user-error', 1, null, { field: 'giftCardCreate', code });
    expect(await makeReward(shop.admin, shop.wish(TEN_EURO_CARD))).toMatchObject({
      refusal: { kind: 'refused', reason, code },
    });
  });

  it.each<[string, Partial<GiftCardTerms>, object, string]>([
    ['no value', { minor: 0 }, {}, 'value-out-of-range'],
    ['more than a card may hold', { minor: 1_000_000 }, {}, 'card-limit'],
    ['a currency the shop does not sell in', { currency: 'JPY' }, {}, 'currency'],
    ['a customer who is gone', {}, { customerId: '4711' }, 'customer-gone'],
    ['an end that is past', {}, { validUntil: Date.parse('2026-01-01T00:00:00Z') }, 'expired'],
  ])('is refused for %s by Shopify itself', async (_what, terms, more, reason) => {
    const before = cards().length;
    const wish = shop.wish({ ...(TEN_EURO_CARD as GiftCardTerms), ...terms }, more);
    expect(await makeReward(shop.admin, wish)).toMatchObject({ refusal: { reason } });
    expect(cards()).toHaveLength(before);
  });

  it('needs a scope that is asked for when it is wanted', async () => {
    const bare = await rewardShop({ grants: false });
    expect(await makeReward(bare.admin, bare.wish(TEN_EURO_CARD))).toMatchObject({
      refusal: { kind: 'refused', reason: 'needs-scope', scope: 'write_gift_cards' },
    });
    await bare.shopify.close();
  });
});

describe('a gift card that is to end', () => {
  it('is deactivated while nothing of it was spent, and pays nothing after', async () => {
    const wish = shop.wish(TEN_EURO_CARD);
    const made = await makeReward(shop.admin, wish);
    const reward = given(wish, made.ok ? made.gid : null);
    expect(await endReward(shop.admin, reward)).toMatchObject({ found: 'ended', leftMinor: 1000 });
    expect(await endReward(shop.admin, reward)).toMatchObject({ found: 'already-ended' });
    expect(await readReward(shop.admin, reward, now())).toMatchObject({ state: 'deactivated' });
    expect(() => pay(wish.customerId, wish.giftCardCode ?? '')).toThrow(/not valid/);
  });

  it('is left alone once something of it was spent', async () => {
    const wish = shop.wish({ ...(TEN_EURO_CARD as GiftCardTerms), minor: 10_000 });
    const made = await makeReward(shop.admin, wish);
    const order = pay(wish.customerId, wish.giftCardCode ?? '');
    // A pot for 39.00 and 4.90 for its way: 56.10 of 100.00 are left.
    expect(order.transactions).toMatchObject([{ gateway: 'gift_card', amount: { shop: 4390 } }]);
    const reward = given(wish, made.ok ? made.gid : null);
    expect(await endReward(shop.admin, reward)).toMatchObject({ found: 'used', leftMinor: 5610 });
    expect(await readReward(shop.admin, reward, now())).toMatchObject({
      state: 'active',
      uses: 1,
      leftMinor: 5610,
    });
  });

  it('is found by its code when nobody knows whether it was made', async () => {
    const wish = shop.wish(TEN_EURO_CARD);
    expect(await endReward(shop.admin, given(wish, null))).toMatchObject({ found: 'gone' });
    await makeReward(shop.admin, wish);
    expect(await endReward(shop.admin, given(wish, null))).toMatchObject({ found: 'ended' });
  });

  it('is told as changed when the merchant moved its end', async () => {
    const wish = shop.wish(TEN_EURO_CARD);
    const made = await makeReward(shop.admin, wish);
    const card = findGiftCard(shop.store, wish.giftCardCode ?? '');
    if (card) card.expiresOn = '2027-06-30';
    const seen = await readReward(shop.admin, given(wish, made.ok ? made.gid : null), now());
    expect(seen).toMatchObject({
      state: 'changed',
      changes: [{ what: 'ends', given: '2026-12-20', found: '2027-06-30' }],
    });
  });
});

function pay(customerId: string, code: string) {
  return shop.store.placeOrder({
    buyer: { customerId },
    lines: [{ variantId: shop.pot.variantId, quantity: 1 }],
    giftCards: [code],
  });
}

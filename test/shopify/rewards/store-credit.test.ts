import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endReward } from '../../../app/shopify/rewards/end-reward.ts';
import { makeReward } from '../../../app/shopify/rewards/make-reward.ts';
import { markReward } from '../../../app/shopify/rewards/mark-reward.ts';
import { readReward } from '../../../app/shopify/rewards/read-reward.ts';
import type { RewardWish } from '../../../app/shopify/rewards/wish.ts';
import { creditAccountsOf, creditCustomer } from '../../../devstore/state/credit/store-credit.ts';
import type { FaultKind } from '../../../devstore/admin-api/faults.ts';
import type { StoreCreditTerms } from '../../../app/domain/rewards/terms.ts';
import { again, given, rewardShop, TEN_EURO_CREDIT, type RewardShop } from './reward-shop.ts';

let shop: RewardShop;
beforeAll(async () => {
  shop = await rewardShop();
});
afterAll(() => shop.shopify.close());

const credits = (customerId: string) =>
  creditAccountsOf(shop.store, customerId).flatMap(({ transactions }) =>
    transactions.filter(({ kind }) => kind === 'credit'),
  );

async function marked(wish: RewardWish): Promise<RewardWish> {
  const told = await markReward(shop.admin, wish);
  expect(told).toMatchObject({ ok: true });
  return { ...wish, attempt: { ...wish.attempt, marker: told.ok ? told.marker : null } };
}

const FOR_EVER = { validUntil: null };

describe('store credit', () => {
  it('stands in the member’s account, and is spent there', async () => {
    const wish = await marked(shop.wish(TEN_EURO_CREDIT));
    const made = await makeReward(shop.admin, wish);
    expect(made).toMatchObject({ ok: true, found: false });
    expect(credits(wish.customerId)).toMatchObject([{ amountMinor: 1000, remainingMinor: 1000 }]);
    const order = shop.store.placeOrder({
      buyer: { customerId: wish.customerId },
      lines: [{ variantId: shop.pot.variantId, quantity: 1 }],
      storeCredit: true,
    });
    // 39.00 and 4.90: 10.00 by credit, 33.90 by card.
    expect(order.transactions).toMatchObject([
      { gateway: 'shopify_store_credit', amount: { shop: 1000 } },
      { gateway: 'shopify_payments', amount: { shop: 3390 } },
    ]);
    const reward = given(wish, made.ok ? made.gid : null);
    expect(await readReward(shop.admin, reward, 0)).toMatchObject({ uses: 1, leftMinor: 0 });
    expect(await endReward(shop.admin, reward)).toMatchObject({ found: 'used', leftMinor: 0 });
  });

  it.each<[FaultKind, boolean]>([
    ['error', false],
    ['too-many-requests', false],
    ['throttled', false],
    ['hang-up', true],
    ['internal-error', true],
    ['time-out', true],
  ])('is given exactly once after %s, with an end and without', async (kind, workDone) => {
    for (const more of [{}, FOR_EVER]) {
      const wish = await marked(shop.wish(TEN_EURO_CREDIT, more));
      shop.shopify.devstore.faults.order(kind, 1, null);
      const first = await makeReward(kind === 'time-out' ? shop.hasty : shop.admin, wish);
      expect(first).toMatchObject({ ok: false });
      const second = await makeReward(shop.admin, again(wish));
      expect(second).toMatchObject({ ok: true, found: workDone });
      expect(credits(wish.customerId)).toHaveLength(1);
    }
  });

  it('is not taken for an older one of the same worth', async () => {
    const older = await marked(shop.wish(TEN_EURO_CREDIT, FOR_EVER));
    await makeReward(shop.admin, older);
    const wish = await marked(
      shop.wish(TEN_EURO_CREDIT, { ...FOR_EVER, customerId: older.customerId }),
    );
    shop.shopify.devstore.faults.order('error', 1, null);
    await makeReward(shop.admin, wish);
    expect(await makeReward(shop.admin, again(wish))).toMatchObject({ ok: true, found: false });
    expect(credits(wish.customerId)).toHaveLength(2);
  });

  it('is not taken for another reward’s that came in between, where that is known', async () => {
    const wish = await marked(shop.wish(TEN_EURO_CREDIT, FOR_EVER));
    shop.shopify.devstore.faults.order('error', 1, null);
    await makeReward(shop.admin, wish);
    const other = creditCustomer(shop.store, {
      customerId: wish.customerId,
      currency: 'EUR',
      amountMinor: 1000,
      expiresAt: null,
    });
    const others = [`gid://shopify/StoreCreditAccountCreditTransaction/${other.transaction.id}`];
    const retry = { ...wish, attempt: { ...wish.attempt, first: false, others } };
    expect(await makeReward(shop.admin, retry)).toMatchObject({ ok: true, found: false });
    // Control: were it not known to be another's, it would be taken for ours.
    const unknown = { ...retry, attempt: { ...retry.attempt, others: [] } };
    expect(await makeReward(shop.admin, unknown)).toMatchObject({ ok: true, found: true });
  });

  it('is told from others of the same worth by the second at which it expires', async () => {
    const one = await marked(shop.wish(TEN_EURO_CREDIT));
    const { customerId } = one;
    const two = await marked(shop.wish(TEN_EURO_CREDIT, { customerId }));
    const { faults } = shop.shopify.devstore;
    // The first never reached Shopify, the second was done there; neither answer came.
    faults.order('error', 1, null);
    await makeReward(shop.admin, one);
    faults.order('hang-up', 1, null);
    await makeReward(shop.admin, two);
    expect(await makeReward(shop.admin, again(one))).toMatchObject({ ok: true, found: false });
    expect(await makeReward(shop.admin, again(two))).toMatchObject({ ok: true, found: true });
    expect(credits(customerId)).toHaveLength(2);
  });

  it.each<[string, string]>([
    ['CREDIT_LIMIT_EXCEEDED', 'credit-limit'],
    ['MISMATCHING_CURRENCY', 'currency'],
    ['UNSUPPORTED_CURRENCY', 'currency'],
    ['OWNER_NOT_FOUND', 'customer-gone'],
    ['EXPIRES_AT_IN_PAST', 'expired'],
    ['NEGATIVE_OR_ZERO_AMOUNT', 'value-out-of-range'],
  ])('is refused for %s as %s, and nothing is given', async (code, reason) => {
    const wish = await marked(shop.wish(TEN_EURO_CREDIT));
    const { faults } = shop.shopify.devstore;
    faults.order('user-error', 1, null, { field: 'storeCreditAccountCredit', code });
    expect(await makeReward(shop.admin, wish)).toMatchObject({
      refusal: { kind: 'refused', reason, code },
    });
    expect(credits(wish.customerId)).toEqual([]);
  });

  it.each<[string, Partial<StoreCreditTerms>, string]>([
    ['more than an account may hold', { minor: 10_000_000 }, 'credit-limit'],
    ['a currency the shop does not sell in', { currency: 'JPY' }, 'currency'],
    ['nothing', { minor: 0 }, 'value-out-of-range'],
  ])('is refused for %s by Shopify itself', async (_what, terms, reason) => {
    const of = { ...(TEN_EURO_CREDIT as StoreCreditTerms), ...terms };
    const wish = await marked(shop.wish(of));
    expect(await makeReward(shop.admin, wish)).toMatchObject({ refusal: { reason } });
  });

  it('is not given where nobody could spend it, nor to who is gone, nor without the scope', async () => {
    const { store } = shop;
    store.shop.classicCustomerAccounts = true;
    expect(await markReward(shop.admin, shop.wish(TEN_EURO_CREDIT))).toMatchObject({
      refusal: { reason: 'needs-new-customer-accounts' },
    });
    store.shop.classicCustomerAccounts = false;
    expect(
      await markReward(shop.admin, shop.wish(TEN_EURO_CREDIT, { customerId: '4711' })),
    ).toMatchObject({ refusal: { reason: 'customer-gone' } });
    const bare = await rewardShop({ grants: false });
    expect(await markReward(bare.admin, bare.wish(TEN_EURO_CREDIT))).toMatchObject({
      refusal: { reason: 'needs-scope', scope: 'read_store_credit_accounts' },
    });
    await bare.shopify.close();
  });

  it('stays the shopper’s when it is to be taken back', async () => {
    const wish = await marked(shop.wish(TEN_EURO_CREDIT));
    const made = await makeReward(shop.admin, wish);
    const reward = given(wish, made.ok ? made.gid : null);
    expect(await endReward(shop.admin, reward)).toEqual({
      ok: true,
      found: 'stays',
      uses: 0,
      leftMinor: 1000,
    });
    expect(credits(wish.customerId)).toMatchObject([{ remainingMinor: 1000 }]);
  });
});

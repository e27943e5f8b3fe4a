import { describe, expect, test } from 'vitest';
import { changeDiscount } from '../../devstore/state/discounts/change-discount.ts';
import { findGiftCard } from '../../devstore/state/credit/gift-card.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import { orderFigures } from '../../devstore/state/orders/order-figures.ts';
import { codeOf, discountShop } from './discount-shop.ts';

const shop = discountShop();
const { discount } = shop;

describe('a refund', () => {
  test('goes back the way the money came: what was paid last first', async () => {
    const { store } = shop.shopify;
    const { id } = store.createCustomer({ email: `back-${shop.made}@example.com`, account: true });
    await shop.shopify.control('POST', '/gift-cards', {
      code: `back${shop.made}card`,
      amountMinor: 1500,
    });
    await shop.shopify.control('POST', `/store-credit/${id}`, { amountMinor: 1000 });
    const order = store.placeOrder({
      buyer: { customerId: id },
      lines: [{ variantId: shop.potId, quantity: 1 }],
      giftCards: [`back${shop.made}card`],
      storeCredit: true,
    });
    // Paid were 10.00 by credit, 15.00 by the card and 9.90 otherwise. Of 20.00, 9.90 go back first.
    const { refund } = refundOrder(store, { orderId: order.id, amountMinor: 2000 });
    expect(refund.transactions.map(({ gateway, amount }) => [gateway, amount.shop])).toEqual([
      ['shopify_payments', 990],
      ['gift_card', 1010],
    ]);
    const balance = () => findGiftCard(store, `back${shop.made}card`)?.balanceMinor;
    expect(balance()).toBe(1010);
    // 14.90 are left: 4.90 of the card's, and the credit.
    refundOrder(store, { orderId: order.id, amountMinor: 1490 });
    expect(balance()).toBe(1500);
    const { body } = await shop.shopify.control('GET', `/store-credit/${id}`);
    expect(body).toMatchObject({ accounts: [{ balanceMinor: 1000 }] });
    expect(orderFigures(order).financialStatus).toBe('refunded');
  });
});

describe('a merchant', () => {
  test('edits, ends and deletes a discount, and the app is told', async () => {
    const one = discount();
    await shop.shopify.devstore.courier.settled();
    shop.shopify.app.heard.length = 0;
    changeDiscount(shop.shopify.store, one.id, { title: 'Thanks' });
    await shop.shopify.control('POST', `/discounts/${codeOf(one)}/deactivate`);
    await shop.shopify.control('DELETE', `/discounts/${one.id}`);
    await shop.shopify.devstore.courier.settled();
    const told = shop.shopify.app.heard.map(({ topic, body }) => [
      topic,
      JSON.parse(body) as object,
    ]);
    const admin_graphql_api_id = `gid://shopify/DiscountCodeNode/${one.id}`;
    expect(told).toEqual([
      ['discounts/update', expect.objectContaining({ admin_graphql_api_id, status: 'ACTIVE' })],
      ['discounts/update', expect.objectContaining({ title: 'Thanks', status: 'EXPIRED' })],
      ['discounts/delete', { admin_graphql_api_id, deleted_at: expect.any(String) as string }],
    ]);
  });

  test('cannot merge customers who have gift cards or store credit', async () => {
    const { store } = shop.shopify;
    const [one, two] = [1, 2].map(
      (n) => store.createCustomer({ email: `merge-${shop.made}-${n}@example.com` }).id,
    );
    await shop.shopify.control('POST', `/store-credit/${one}`, { amountMinor: 1000 });
    await shop.shopify.control('POST', '/gift-cards', {
      code: `merge${shop.made}card`,
      amountMinor: 500,
      customer: two,
    });
    const ask = `{ one: customer(id: "gid://shopify/Customer/${one}") { mergeable { isMergeable errorFields } }
      two: customer(id: "gid://shopify/Customer/${two}") { mergeable { isMergeable errorFields } } }`;
    expect((await shop.shopify.graphql(ask)).data).toEqual({
      one: { mergeable: { isMergeable: false, errorFields: ['STORE_CREDIT'] } },
      two: { mergeable: { isMergeable: false, errorFields: ['GIFT_CARDS'] } },
    });
    const merged = await shop.shopify.control('POST', '/merges', { keep: one, delete: two });
    expect(merged).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('STORE_CREDIT') as string },
    });
    expect(store.customers.has(two ?? '')).toBe(true);
  });
});

/** The arithmetic of orders, with the sums beside the expected numbers. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, convert, decimal, graphqlDecimal, minorOf } from '../../devstore/state/money.ts';
import { cancelOrder } from '../../devstore/state/orders/cancel-order.ts';
import { editOrder } from '../../devstore/state/orders/edit-order.ts';
import { orderFigures } from '../../devstore/state/orders/order-figures.ts';
import { payOrder, voidOrder } from '../../devstore/state/orders/pay-order.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import { createProduct } from '../../devstore/state/products/change-product.ts';
import { Refusal } from '../../devstore/state/refusal.ts';
import type { Store } from '../../devstore/state/store.ts';
import { smallShop } from './small-shop.ts';

function shopWith(prices: number[]): { store: Store; variants: string[] } {
  const { store } = smallShop();
  store.shop.shippingMinor = 490;
  store.shop.freeShippingFromMinor = null;
  const variants = prices.map((priceMinor, index) => {
    const product = createProduct(store, { title: `Thing ${index}`, priceMinor });
    return product.variants[0]?.id ?? '';
  });
  return { store, variants };
}

function lines(variants: string[], quantities: number[]) {
  return variants.map((variantId, index) => ({ variantId, quantity: quantities[index] ?? 1 }));
}

test('an order discount is spread over the lines to the last cent', () => {
  const { store, variants } = shopWith([1000, 1000, 1000]);
  const order = store.placeOrder({
    buyer: null,
    lines: lines(variants, [1, 1, 1]),
    discount: { amountMinor: 1000 },
    shippingMinor: 0,
  });
  // 1000 over three equal lines: 334 + 333 + 333.
  expect(order.lines.map((line) => line.allocations[0]?.amount.shop)).toEqual([334, 333, 333]);
  expect(orderFigures(order).subtotal.shop).toBe(2000);
});

test('refunding units one by one gives back exactly what all of them cost', () => {
  const { store, variants } = shopWith([333]);
  const order = store.placeOrder({
    buyer: null,
    lines: lines(variants, [3]),
    discount: { percent: '10' },
    shippingMinor: 0,
  });
  // 3 × 333 = 999, less 10 % (100) = 899; 899 / 3 = 300, (899 − 300) / 2 = 300, 299 is left.
  const [line] = order.lines;
  const refund = () =>
    refundOrder(store, { orderId: order.id, lines: [{ lineId: line?.id ?? '', quantity: 1 }] });
  expect(
    [refund(), refund(), refund()].map(({ refund: one }) => one.lines[0]?.subtotal.shop),
  ).toEqual([300, 300, 299]);
  expect(orderFigures(order)).toMatchObject({
    currentSubtotal: { shop: 0 },
    currentTotal: { shop: 0 },
    financialStatus: 'refunded',
  });
});

test('money refunded without a line is a discrepancy and leaves the lines whole', () => {
  const { store, variants } = shopWith([5000]);
  const order = store.placeOrder({ buyer: null, lines: lines(variants, [1]), shippingMinor: 0 });
  const { refund } = refundOrder(store, { orderId: order.id, amountMinor: 700 });
  expect(refund.adjustments[0]?.amount.shop).toBe(-700);
  expect(orderFigures(order)).toMatchObject({
    currentSubtotal: { shop: 5000 },
    currentTotal: { shop: 4300 },
    financialStatus: 'partially_refunded',
    outstanding: { shop: 0 },
  });
});

test('an edit that removes units leaves a refund without money, whose surplus can then be paid back', () => {
  const { store, variants } = shopWith([1000, 2500]);
  const order = store.placeOrder({ buyer: null, lines: lines(variants, [2, 1]), shippingMinor: 0 });
  const removed = order.lines[1]?.id ?? '';
  editOrder(store, { orderId: order.id, remove: [{ lineId: removed, quantity: 1 }] });
  expect(order.refunds[0]).toMatchObject({ byEdit: true, transactions: [] });
  expect(orderFigures(order)).toMatchObject({
    currentTotal: { shop: 2000 },
    received: { shop: 4500 },
  });
  const { refund } = refundOrder(store, { orderId: order.id, amountMinor: 2500 });
  expect(refund.adjustments).toEqual([]);
  expect(orderFigures(order)).toMatchObject({
    currentTotal: { shop: 2000 },
    refunded: { shop: 2500 },
  });
});

test('an edit that adds units leaves a debt, and paying it makes the order paid again', () => {
  const { store, variants } = shopWith([1000, 2500]);
  const [first = '', second = ''] = variants;
  const order = store.placeOrder({
    buyer: null,
    lines: [{ variantId: first, quantity: 1 }],
    shippingMinor: 0,
  });
  editOrder(store, {
    orderId: order.id,
    add: [{ variantId: second, quantity: 1 }],
    raise: [{ lineId: order.lines[0]?.id ?? '', quantity: 2 }],
  });
  expect(orderFigures(order)).toMatchObject({
    currentTotal: { shop: 5500 },
    outstanding: { shop: 4500 },
    financialStatus: 'partially_paid',
  });
  payOrder(store, { orderId: order.id });
  expect(orderFigures(order).financialStatus).toBe('paid');
  expect(order.originalTotal.shop).toBe(1000);
});

test('a cancelled order owes nothing and holds nothing', () => {
  const { store, variants } = shopWith([1999, 501]);
  const order = store.placeOrder({ buyer: null, lines: lines(variants, [2, 3]) });
  cancelOrder(store, { orderId: order.id });
  expect(orderFigures(order)).toMatchObject({
    currentTotal: { shop: 0, presentment: 0 },
    currentTax: { shop: 0 },
    outstanding: { shop: 0 },
    financialStatus: 'refunded',
  });
  expect(order.lines.map((line) => line.currentQuantity)).toEqual([0, 0]);
});

test('an unpaid order is voided, by hand or by cancelling', () => {
  const { store, variants } = shopWith([1000]);
  const place = (payment: 'authorized' | 'pending') =>
    store.placeOrder({ buyer: null, lines: lines(variants, [1]), payment });
  const [authorized, pending] = [place('authorized'), place('pending')];
  expect(orderFigures(authorized).financialStatus).toBe('authorized');
  voidOrder(store, authorized.id);
  cancelOrder(store, { orderId: pending.id });
  expect([authorized, pending].map((one) => orderFigures(one).financialStatus)).toEqual([
    'voided',
    'voided',
  ]);
});

test('a refusal changes nothing and nobody hears of it', () => {
  const { store, variants } = shopWith([1000]);
  const order = store.placeOrder({ buyer: null, lines: lines(variants, [1]), shippingMinor: 0 });
  const before = JSON.stringify(store.records());
  let heard = 0;
  store.onChange(() => (heard += 1));
  const lineId = order.lines[0]?.id ?? '';
  const wrong: (() => unknown)[] = [
    () => refundOrder(store, { orderId: order.id, lines: [{ lineId, quantity: 2 }] }),
    () => refundOrder(store, { orderId: order.id, amountMinor: 1001 }),
    () => refundOrder(store, { orderId: order.id }),
    () => editOrder(store, { orderId: order.id, remove: [{ lineId: '1', quantity: 1 }] }),
    () =>
      editOrder(store, {
        orderId: order.id,
        add: [{ variantId: 'x', quantity: 1 }],
        remove: [{ lineId, quantity: 1 }],
      }),
    () => payOrder(store, { orderId: order.id }),
    () => store.placeOrder({ buyer: { email: 'new@example.com' }, lines: lines(variants, [0]) }),
    () => store.placeOrder({ buyer: { email: 'no-address' }, lines: lines(variants, [1]) }),
    () => store.placeOrder({ buyer: null, lines: lines(variants, [1]), currency: 'XTS' }),
    () => store.placeOrder({ buyer: null, lines: lines(variants, [1]), discountCode: 'NOPE' }),
  ];
  for (const attempt of wrong) expect(attempt).toThrow(Refusal);
  expect(JSON.stringify(store.records())).toBe(before);
  expect(heard).toBe(0);
});

test('figures add up in both currencies whatever is ordered, discounted and refunded', () => {
  const money = fc.integer({ min: 1, max: 50_000 });
  const basket = fc.array(fc.record({ price: money, quantity: fc.integer({ min: 1, max: 5 }) }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(
      basket,
      fc.integer({ min: 0, max: 100 }),
      fc.boolean(),
      (wanted, percent, taxed) => {
        const { store, variants } = shopWith(wanted.map((one) => one.price));
        store.shop.taxesIncluded = taxed;
        Object.assign(store.shop.presentmentRates, { JPY: '162.35' });
        const order = store.placeOrder({
          buyer: null,
          lines: lines(
            variants,
            wanted.map((one) => one.quantity),
          ),
          discount: { percent: String(percent) },
          currency: 'JPY',
        });
        const placed = orderFigures(order);
        for (const side of ['shop', 'presentment'] as const) {
          const tax = taxed ? 0 : placed.tax[side];
          expect(placed.subtotal[side] + placed.discounts[side]).toBe(placed.linesTotal[side]);
          expect(placed.subtotal[side] + placed.shipping[side] + tax).toBe(placed.total[side]);
        }
        const [line] = order.lines;
        if (line && placed.received.shop > 0) {
          for (let unit = 0; unit < line.quantity; unit += 1) {
            const lineId = line.id;
            refundOrder(store, {
              orderId: order.id,
              lines: [{ lineId, quantity: 1 }],
              amountMinor: 0,
            });
          }
        }
        cancelOrder(store, { orderId: order.id });
        const after = orderFigures(order);
        expect(after.currentSubtotal).toEqual({ shop: 0, presentment: 0 });
        expect(after.currentTax).toEqual({ shop: 0, presentment: 0 });
        expect(after.outstanding).toEqual({ shop: 0, presentment: 0 });
      },
    ),
    { numRuns: 60 },
  );
});

test('money is printed with the currency’s own decimals', () => {
  expect([
    decimal(1000, 'EUR'),
    decimal(1000, 'JPY'),
    decimal(1000, 'KWD'),
    decimal(-5, 'EUR'),
  ]).toEqual(['10.00', '1000', '1.000', '-0.05']);
  expect([
    graphqlDecimal(1000, 'EUR'),
    graphqlDecimal(999, 'EUR'),
    graphqlDecimal(5, 'JPY'),
  ]).toEqual(['10.0', '9.99', '5.0']);
  expect([minorOf('9.99', 'EUR'), minorOf('9.999', 'EUR'), minorOf('x', 'EUR')]).toEqual([
    999,
    null,
    null,
  ]);
  // 10.00 EUR at 162.35 are 1623.5 yen, rounded away from zero.
  expect(convert(1000, 'EUR', 'JPY', '162.35')).toBe(1624);
  expect(allocate(10, [0, 0])).toEqual([0, 0]);
});

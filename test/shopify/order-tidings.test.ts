/** What reading an order from Shopify tells beside what a webhook's body says. */
import { describe, expect, it } from 'vitest';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import type { AgreementNode, OrderNode } from '../../app/shopify/order-node.ts';
import { orderTidings } from '../../app/shopify/order-tidings.ts';

const usd = (amount: string) => ({ amount, currencyCode: 'USD' });
const both = (amount: string) => ({ shopMoney: usd(amount), presentmentMoney: usd(amount) });
const at = (hour: number): string => `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`;
const moment = (hour: number): number => Date.parse(at(hour));

function payment(hour: number, amount: string, over: Partial<OrderNode['transactions'][0]> = {}) {
  const paid = { kind: 'SALE', status: 'SUCCESS', gateway: 'shopify_payments' };
  return { ...paid, processedAt: at(hour), amountSet: both(amount), ...over };
}

function node(over: Partial<OrderNode> = {}): OrderNode {
  return {
    id: '7',
    name: '#1001',
    createdAt: at(1),
    processedAt: at(1),
    updatedAt: at(20),
    cancelledAt: null,
    displayFinancialStatus: 'PAID',
    test: false,
    taxesIncluded: false,
    dutiesIncluded: false,
    sourceName: 'web',
    currencyCode: 'USD',
    presentmentCurrencyCode: 'USD',
    discountCodes: [],
    edited: false,
    customAttributes: [],
    returnStatus: 'NO_RETURN',
    displayFulfillmentStatus: 'UNFULFILLED',
    customer: null,
    shippingAddress: null,
    billingAddress: null,
    fulfillments: [],
    transactions: [payment(2, '100.00')],
    originalTotalPriceSet: { presentmentMoney: usd('100.00') },
    disputes: [],
    totalPriceSet: both('100.00'),
    totalShippingPriceSet: both('0.00'),
    shippingLine: null,
    totalTipReceivedSet: null,
    originalTotalDutiesSet: null,
    ...over,
  };
}

function told(over: Partial<OrderNode> = {}, agreements: AgreementNode[] | null = null) {
  const tidings = orderTidings(node(over), [], [], agreements);
  if (tidings.kind !== 'order') throw new Error('It is an order.');
  return tidings.order;
}

describe('an order that is read was paid', () => {
  const paidAt = (over: Partial<OrderNode>): OrderTidings['paidAt'] => told(over).paidAt;

  it('when its payments reached what it came to at its placement', () => {
    expect(paidAt({})).toBe(moment(2));
    expect(paidAt({ transactions: [payment(5, '60.00'), payment(3, '40.00')] })).toBe(moment(5));
  });

  it('then, too, when an edit left something to pay', () => {
    const owed = { displayFinancialStatus: 'PARTIALLY_PAID', totalPriceSet: both('130.00') };
    expect(paidAt(owed)).toBe(moment(2));
    expect(paidAt({ ...owed, transactions: [payment(2, '100.00'), payment(9, '30.00')] })).toBe(
      moment(2),
    );
  });

  it('not while a part of it is paid, or only promised', () => {
    const unpaid = { displayFinancialStatus: 'PARTIALLY_PAID' };
    expect(paidAt({ ...unpaid, transactions: [payment(2, '99.99')] })).toBeNull();
    const promised = [payment(2, '100.00', { kind: 'AUTHORIZATION' })];
    expect(paidAt({ displayFinancialStatus: 'AUTHORIZED', transactions: promised })).toBeNull();
    const failed = [payment(2, '100.00', { status: 'FAILURE' })];
    expect(paidAt({ displayFinancialStatus: 'PENDING', transactions: failed })).toBeNull();
  });

  it('not where a part was paid, and some of that given back, while the rest is owed', () => {
    const part = {
      displayFinancialStatus: 'PARTIALLY_REFUNDED',
      transactions: [payment(2, '50.00')],
    };
    expect(paidAt({ ...part, totalOutstandingSet: both('50.00') })).toBeNull();
    expect(paidAt({ ...part, totalOutstandingSet: both('0.00') })).toBe(moment(2));
  });

  it('when it was placed, if there was nothing to pay or nobody says when', () => {
    expect(paidAt({ transactions: [] })).toBe(moment(1));
    expect(paidAt({ transactions: [payment(4, '10.00')] })).toBe(moment(4));
  });
});

describe('what was agreed after the placement', () => {
  const sale = (lineId: string, quantity: number, actionType = 'ORDER') => ({
    ...{ actionType, quantity },
    lineItem: { id: lineId },
  });
  const agreed = (id: string, reason: string, nodes: AgreementNode['sales']['nodes']) => ({
    ...{ id, reason, happenedAt: moment(9) },
    sales: { nodes },
  });

  it('is what edits and exchanges added: neither the placement, nor what went, nor shipping', () => {
    const { agreements } = told({ edited: true }, [
      agreed('1', 'ORDER', [sale('10', 2)]),
      agreed('2', 'ORDER_EDIT', [sale('11', 1), sale('10', -1, 'RETURN')]),
      agreed('3', 'RETURN', [sale('10', -1, 'RETURN'), sale('12', 1)]),
      agreed('4', 'REFUND', [sale('10', -1, 'RETURN')]),
      agreed('5', 'ORDER_EDIT', [{ actionType: 'ORDER', quantity: 1 }]),
    ]);
    expect(agreements).toEqual({
      asOf: moment(20),
      edits: [
        { id: '2', at: moment(9), added: [{ lineId: '11', quantity: 1 }] },
        { id: '3', at: moment(9), added: [{ lineId: '12', quantity: 1 }] },
      ],
    });
  });

  it('is not spoken of where nothing was', () => {
    expect(told()).not.toHaveProperty('agreements');
    expect(told().snapshot?.hasReturns).toBe(false);
    expect(told({ returnStatus: 'RETURNED' }).snapshot?.hasReturns).toBe(true);
  });
});

it('the parts of a mixed payment are what went through, by gift card and by store credit', () => {
  const transactions = [
    payment(2, '30.00', { gateway: 'gift_card' }),
    payment(2, '50.00', { gateway: 'shopify_store_credit', status: 'FAILURE' }),
    payment(3, '20.00', { gateway: 'shopify_store_credit' }),
    payment(4, '50.00'),
    payment(8, '20.00', { kind: 'REFUND', gateway: 'shopify_store_credit' }),
  ];
  expect(told({ transactions })).toMatchObject({
    snapshot: { gateways: ['gift_card', 'other', 'store_credit'] },
    payments: { giftCardMinor: 3000, storeCreditMinor: 2000, totalMinor: 10_000 },
  });
  expect(told()).not.toHaveProperty('payments');
});

it('disputes are told by their state, as of the reading', () => {
  const disputes = [
    { id: '1', status: 'LOST' },
    { id: '2', status: 'UNDER_REVIEW' },
  ];
  expect(told({ disputes }).disputes).toEqual([
    { id: '1', state: 'lost', at: moment(20), money: null },
    { id: '2', state: 'open', at: moment(20), money: null },
  ]);
});

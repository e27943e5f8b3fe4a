import { describe, expect, it } from 'vitest';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import { orderBody, read, refusalOf, usd, withField } from './sample.ts';

function orderOf(body: unknown): OrderTidings {
  const told = read('orders/updated', body);
  if (told.kind !== 'order') throw new Error('It is an order.');
  return told.order;
}

describe('what comes with an order', () => {
  const code = { type: 'discount_code', code: 'WELCOME10' };
  const manual = { type: 'manual', title: 'For you' };

  it('tells its country by the shipping address, else by the billing address', () => {
    const country = (over: object) => orderOf({ ...orderBody, ...over }).snapshot?.countryCode;
    const [ship, bill] = [{ country_code: 'CA' }, { country_code: 'US' }];
    expect(country({ shipping_address: ship, billing_address: bill })).toBe('CA');
    expect(country({ shipping_address: null, billing_address: bill })).toBe('US');
    expect(country({ shipping_address: { country_code: 'Canada' } })).toBeNull();
    expect(
      JSON.stringify(orderOf({ ...orderBody, shipping_address: { ...ship, city: 'Ottawa' } })),
    ).not.toContain('Ottawa');
  });

  it('tells what each code took off which line', () => {
    const allocations = [
      { amount: '4.00', amount_set: usd('4.00'), discount_application_index: 1 },
      { amount: '1.00', amount_set: usd('1.00'), discount_application_index: 0 },
    ];
    const body = {
      ...withField(orderBody, 'line_items.0.discount_allocations', allocations),
      discount_applications: [manual, code],
      discount_codes: [{ code: 'WELCOME10' }, { code: 'FREESHIP' }],
    };
    expect(orderOf(body).snapshot?.discountCodes).toEqual([
      { code: 'FREESHIP', lines: [] },
      { code: 'WELCOME10', lines: [{ lineId: '1', minor: 400 }] },
    ]);
  });

  it('tells when all of it was sent, by the last fulfilment that stands', () => {
    const sent = (at: string, status = 'success') => ({ created_at: at, status });
    const [first, second] = [sent('2026-11-21T08:00:00Z'), sent('2026-11-22T08:00:00Z')];
    const failed = sent('2026-11-23T08:00:00Z', 'cancelled');
    const fulfillments = [first, second, failed];
    const whole = { ...orderBody, fulfillment_status: 'fulfilled', fulfillments };
    expect(orderOf(whole).fulfilledAt).toBe(Date.parse('2026-11-22T08:00:00Z'));
    expect(orderOf({ ...whole, fulfillment_status: 'partial' }).fulfilledAt).toBeUndefined();
    expect(orderOf({ ...whole, fulfillments: [failed] }).fulfilledAt).toBeUndefined();
    // Where no fulfilment is told, it was by the time of the telling.
    for (const none of [[], null, undefined])
      expect(orderOf({ ...whole, fulfillments: none }).fulfilledAt).toBe(
        Date.parse('2026-11-20T10:00:00Z'),
      );
  });

  it('tells what the shopper saw, and earns on none of it', () => {
    const seen = (amount: string, currency_code = 'EUR') => ({
      ...usd('110.00'),
      presentment_money: { amount, currency_code },
    });
    const total = (set: object) =>
      orderOf({ ...orderBody, total_price_set: set }).snapshot?.presentmentTotalMinor;
    expect(total(seen('100.00'))).toBe(10_000);
    expect(total(seen('100.00', 'GBP'))).toBeNull();
    expect(total(seen('1e3'))).toBeNull();
  });

  it('tells the ways of paying, and what has a selling plan where the body says so', () => {
    const { snapshot } = orderOf({
      ...withField(orderBody, 'line_items.0.selling_plan_allocation', { selling_plan: { id: 1 } }),
      payment_gateway_names: ['shopify_payments', 'gift_card', 'paypal'],
    });
    expect(snapshot?.gateways).toEqual(['gift_card', 'other']);
    expect(snapshot?.lines.map(({ subscription }) => subscription)).toEqual([true, false]);
    const renewal = { ...orderBody, source_name: 'subscription_contract_checkout_one' };
    expect(orderOf(renewal).snapshot?.lines).toMatchObject([
      { sellingPlan: null, subscription: true },
      { sellingPlan: null, subscription: true },
    ]);
  });

  it('tells the customer’s tags where the body has them', () => {
    expect(orderOf(orderBody).customerTags).toBeUndefined();
    expect(orderOf(withField(orderBody, 'customer.tags', 'vip, wholesale')).customerTags).toEqual({
      asOf: Date.parse('2026-11-20T10:00:00Z'),
      tags: ['vip', 'wholesale'],
    });
  });

  it('below zero is kept as told, for a person to see', () => {
    const told = orderOf(withField(orderBody, 'line_items.0.quantity', -1));
    expect(told.snapshot?.lines[0]?.quantity).toBe(-1);
  });
});

describe('an edit', () => {
  const at = Date.parse('2026-11-21T10:00:00Z');
  const body = (over: object) => ({
    order_edit: {
      id: 5,
      order_id: 7,
      committed_at: '2026-11-21T10:00:00Z',
      line_items: { additions: [{ id: 2, delta: 3 }], removals: [{ id: 1, delta: 1 }] },
      ...over,
    },
  });

  it('tells what it added and when', () => {
    expect(read('orders/edited', body({}))).toEqual({
      kind: 'order-edited',
      orderId: '7',
      edit: { id: '5', at, added: [{ lineId: '2', quantity: 3 }] },
    });
  });

  it('that says not when, or not what, is read from Shopify all the same', () => {
    expect(read('orders/edited', body({ committed_at: null }))).toMatchObject({ edit: null });
    expect(read('orders/edited', body({ line_items: null }))).toMatchObject({
      edit: { added: [] },
    });
  });
});

describe('an order', () => {
  it.each([
    ['partially_refunded', '50.00', false],
    ['refunded', '50.00', false],
    ['partially_refunded', '0.00', true],
    ['partially_refunded', '-20.00', true],
    ['partially_refunded', 'much', true],
    ['partially_refunded', '110.00', true], // of what was paid in part less than all is owed
    ['paid', '50.00', true],
    ['partially_refunded', '80.00', false],
    ['partially_refunded', '90.00', true], // all that it comes to now
  ])('that is %s while %s is owed was paid: %s', (financial_status, total_outstanding, paid) => {
    const current = { current_total_price: '90.00', presentment_currency: 'USD' };
    const over = { financial_status, total_outstanding, ...current };
    const paidAt = paid ? Date.parse('2026-11-20T10:00:00Z') : null;
    expect(read('orders/updated', { ...orderBody, ...over })).toMatchObject({ order: { paidAt } });
    // What is owed in one currency and paid in another is never quite nothing.
    const seen = { ...orderBody, ...over, presentment_currency: 'EUR' };
    expect(read('orders/updated', seen)).not.toMatchObject({ order: { paidAt: null } });
  });
});

describe('a dispute', () => {
  const body = {
    id: 9,
    order_id: 7,
    type: 'chargeback',
    amount: '11.50',
    currency: 'CAD',
    status: 'lost',
    initiated_at: '2026-11-21T10:00:00Z',
    evidence_sent_on: null,
    finalized_on: '2026-11-25T10:00:00Z',
  };
  const disputesIn = (over: object) => {
    const told = read('disputes/update', { ...body, ...over });
    return told.kind === 'order' ? told.order.disputes : told.kind;
  };

  it('is told by its state, the moment of that and the money', () => {
    const at = Date.parse(body.finalized_on);
    const money = { asOf: at, amountMinor: 1150, currency: 'CAD' };
    expect(disputesIn({})).toEqual([{ id: '9', state: 'lost', at, money }]);
  });

  it.each([
    ['needs_response', 'open'],
    ['under_review', 'open'],
    ['something_new', 'open'],
    ['accepted', 'lost'],
    ['won', 'settled'],
    ['prevented', 'settled'],
    ['charge_refunded', 'settled'],
  ])('that %s is %s', (status, state) => {
    expect(disputesIn({ status })).toMatchObject([{ state }]);
  });

  it('of no order is nobody’s', () => {
    expect(disputesIn({ order_id: null })).toBe('dispute-without-order');
  });

  it('is read where only the day is told, and where no moment of it can be read', () => {
    expect(disputesIn({ finalized_on: '2026-11-25' })).toMatchObject([
      { state: 'lost', at: Date.parse('2026-11-25T00:00:00Z') },
    ]);
    expect(disputesIn({ finalized_on: 'soon', evidence_sent_on: 7 })).toMatchObject([
      { state: 'lost', at: Date.parse(body.initiated_at) },
    ]);
    expect(refusalOf('disputes/create', { ...body, status: null })).toContain('status');
  });

  it('whose money cannot be read is refused', () => {
    expect(refusalOf('disputes/create', { ...body, amount: 'much' })).toContain('"much"');
  });
});

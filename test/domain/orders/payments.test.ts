import { describe, expect, it } from 'vitest';
import { channelOf } from '../../../app/domain/orders/channel.ts';
import { gatewaysOf, paidWith } from '../../../app/domain/orders/payments.ts';
import type { PaymentFacts } from '../../../app/domain/orders/payments.ts';
import { wantsReading } from '../../../app/domain/orders/wanting.ts';
import type { OrderDetail } from '../../../app/domain/orders/wanting.ts';
import { day, factsOf, line, order } from '../fixtures.ts';

const nothing: ReadonlySet<OrderDetail> = new Set();
const split: PaymentFacts = {
  asOf: day(10),
  gateways: ['gift_card', 'other', 'store_credit'],
  totalMinor: 10_000,
  giftCardMinor: 3000,
  storeCreditMinor: 2000,
};

describe('what an order was paid with (law 1.3)', () => {
  it('is told by the names of the gateways, where there is one way of paying', () => {
    const of = (...names: string[]) =>
      paidWith({ payments: null }, { gateways: gatewaysOf(names), totalMinor: 10_000 });
    const sure = { giftCardMinor: 0, storeCreditMinor: 0, sure: true };
    expect(of()).toEqual(sure);
    expect(of('shopify_payments', 'paypal')).toEqual(sure);
    expect(of('gift_card')).toEqual({ ...sure, giftCardMinor: 10_000 });
    expect(of('shopify_store_credit')).toEqual({ ...sure, storeCreditMinor: 10_000 });
    expect(of('Shopify Store Credit')).toEqual({ ...sure, storeCreditMinor: 10_000 });
  });

  it('is told by the payments as they were read, where there are several', () => {
    const gateways = split.gateways;
    const unread = paidWith({ payments: null }, { gateways, totalMinor: 10_000 });
    expect(unread).toEqual({ giftCardMinor: 0, storeCreditMinor: 0, sure: false });
    const read = paidWith({ payments: split }, { gateways, totalMinor: 10_000 });
    expect(read).toEqual({ giftCardMinor: 3000, storeCreditMinor: 2000, sure: true });
  });

  it('is not sure any more when the total or the ways of paying changed', () => {
    const gateways = split.gateways;
    expect(paidWith({ payments: split }, { gateways, totalMinor: 12_000 }).sure).toBe(false);
    const fewer = { gateways: ['other', 'store_credit'] as const, totalMinor: 10_000 };
    expect(paidWith({ payments: split }, fewer).sure).toBe(false);
  });

  it('knows no gateway by the name of what every object has', () => {
    expect(gatewaysOf(['constructor', 'toString'])).toEqual(['other']);
  });
});

describe('an order is read from Shopify', () => {
  const edits = [{ id: '1', at: day(12), added: [] }];

  it('not when webhooks tell it all', () => {
    expect(wantsReading(factsOf(order()), nothing)).toBe(false);
    expect(wantsReading(factsOf(order({ gateways: ['gift_card'] })), nothing)).toBe(false);
  });

  it('when it was edited, until the reading covers the edit', () => {
    expect(wantsReading(factsOf(order({}, { edits })), nothing)).toBe(true);
    const read = (asOf: number) => factsOf(order({}, { edits, agreements: { asOf, edits } }));
    expect(wantsReading(read(day(11)), nothing)).toBe(true);
    expect(wantsReading(read(day(12)), nothing)).toBe(false);
  });

  it('when something was exchanged, until a reading is as new as the order', () => {
    const exchanged = order({ hasReturns: true, updatedAt: day(12) });
    expect(wantsReading(factsOf(exchanged), nothing)).toBe(true);
    const agreements = { asOf: day(12), edits: [] };
    expect(wantsReading(factsOf({ ...exchanged, agreements }), nothing)).toBe(false);
  });

  it('when it was paid in several ways, until they are known', () => {
    const gateways = split.gateways;
    const mixed = order({ gateways, totalMinor: 10_000 });
    expect(wantsReading(factsOf(mixed), nothing)).toBe(true);
    expect(wantsReading(factsOf({ ...mixed, payments: split }), nothing)).toBe(false);
  });

  it('for selling plans only where a rule looks at them, and never for a renewal', () => {
    const asked = new Set<OrderDetail>(['selling-plans']);
    const bought = (over: object, lines = [line({ productId: '5' })]) =>
      factsOf(order({ lines, ...over }));
    expect(wantsReading(bought({}), nothing)).toBe(false);
    expect(wantsReading(bought({}), asked)).toBe(true);
    expect(wantsReading(bought({ source: 'subscription_contract' }), asked)).toBe(false);
    expect(wantsReading(bought({}, [line({ productId: '5', sellingPlan: false })]), asked)).toBe(
      false,
    );
    expect(wantsReading(bought({}, [line()]), asked)).toBe(false);
  });

  it('for the customer’s tags only where a rule or a campaign looks at them, and once', () => {
    const asked = new Set<OrderDetail>(['customer-tags']);
    expect(wantsReading(factsOf(order()), asked)).toBe(true);
    expect(wantsReading(factsOf(order({ customerId: null })), asked)).toBe(false);
    const customerTags = { asOf: day(10), tags: [] };
    expect(wantsReading(factsOf(order({}, { customerTags })), asked)).toBe(false);
  });

  it('no longer when it was deleted', () => {
    const gone = factsOf(order({ hasReturns: true }, { deletedAt: day(20) }));
    expect(wantsReading(gone, nothing)).toBe(false);
  });
});

it.each([
  ['web', 'online-store'],
  ['pos', 'pos'],
  ['shopify_draft_order', 'draft'],
  ['subscription_contract', 'subscription'],
  ['subscription_contract_checkout_one', 'subscription'],
  ['580111', 'other'],
  [null, 'other'],
])('an order from %j is from %s', (source, channel) => {
  expect(channelOf(source)).toBe(channel);
});

describe('whether a line is a subscription', () => {
  const sold = (sellingPlan: boolean | null, updatedAt = day(10)) =>
    order({ updatedAt, lines: [line({ sellingPlan, subscription: sellingPlan ?? false })] });

  it('is kept from whoever told it, whether that state is older or newer', () => {
    const [silent, told] = [sold(null, day(12)), sold(true, day(11))];
    for (const all of [
      [silent, told],
      [told, silent],
    ]) {
      const facts = factsOf(...all);
      expect(facts.snapshot?.updatedAt).toBe(day(12));
      expect(facts.snapshot?.lines[0]).toMatchObject({ sellingPlan: true, subscription: true });
    }
  });

  it('is so in a renewal, unless the line is said to have no plan', () => {
    const source = 'subscription_contract';
    const renewal = order({ source, lines: [line({ sellingPlan: null, subscription: true })] });
    expect(factsOf(renewal).snapshot?.lines[0]?.subscription).toBe(true);
    const read = order({ source, lines: [line({ sellingPlan: false, subscription: false })] });
    expect(factsOf(renewal, read).snapshot?.lines[0]?.subscription).toBe(false);
    expect(factsOf(read, renewal).snapshot?.lines[0]?.subscription).toBe(false);
  });
});

it('the customer’s tags are those of the oldest telling, whichever comes first', () => {
  const tagged = (asOf: number, tag: string) => order({}, { customerTags: { asOf, tags: [tag] } });
  const [then, later] = [tagged(day(10), 'vip'), tagged(day(20), 'former')];
  expect(factsOf(then, later).customerTags?.tags).toEqual(['vip']);
  expect(factsOf(later, then).customerTags?.tags).toEqual(['vip']);
});

it('an order was fulfilled when it first was, however that is told', () => {
  const at = (fulfilledAt: number) => order({}, { fulfilledAt });
  expect(factsOf(at(day(14)), at(day(12)), order()).fulfilledAt).toBe(day(12));
});

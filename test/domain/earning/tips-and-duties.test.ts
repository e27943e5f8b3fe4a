/** What is no goods though Shopify tells it among the lines, or in their prices (law 1.1). */
import { describe, expect, it } from 'vitest';
import { contradictionsOf } from '../../../app/domain/orders/contradictions.ts';
import { standingOf } from '../../../app/domain/orders/standing.ts';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import { readDelivery } from '../../../app/shopify/payloads/read-delivery.ts';
import { factsOf, line, Member, order, programme, refund, shopWith, day } from '../fixtures.ts';
import { orderBody, usd, withField } from '../../shopify/payloads/sample.ts';

const rule = (settings: object = {}) => shopWith([[day(1), programme({}, settings)]]);
const points = (told: OrderTidings, settings: object = {}): number =>
  new Member(rule(settings)).order(told).books.available;

describe('a tip is no goods', () => {
  const tip = line({ id: '9', title: 'Tip', priceMinor: 1500, tip: true });
  const withTip = (refunds: OrderTidings['refunds'] = []) =>
    order({ lines: [line(), tip], tipMinor: 1500, totalMinor: 11_500 }, { refunds });

  it('also where Shopify tells it as a line: $100.00 and a tip of $15.00 are 100', () => {
    expect(points(withTip())).toBe(100);
    expect(points(withTip(), { includeTips: true })).toBe(115); // once, not as a line besides
    const member = new Member(rule()).order(withTip());
    expect(member.award('order', '501', 'order')?.explanation).toMatchObject({
      ...{ lines: [{ title: 'Tea' }], excluded: [{ title: 'Tip', because: 'tip' }] },
    });
  });

  it('lessens nothing of what is given back: $50.00 without a line are half of the goods', () => {
    expect(points(withTip([refund({ extraMinor: 5000 })]))).toBe(50);
  });

  it('is no order and no purchase: once the goods are given back, nothing is kept', () => {
    const told = withTip([refund({ lines: [{ lineId: '1', quantity: 1 }] })]);
    const standing = standingOf(factsOf(told), 'USD');
    expect(standing?.changes.map(([, minor, orders]) => [minor, orders])).toEqual([
      [10_000, 1],
      [-10_000, -1],
    ]);
    expect(standing?.kept).toEqual([]);
    expect(standingOf(factsOf(withTip()), 'USD')?.kept).toHaveLength(1);
  });

  it('is known by the body, whatever stands in the field that only tips have', () => {
    const read = (over: object) => {
      const two = { id: '2', title: 'Tip', quantity: 1, price: '3.00', ...over };
      const body = JSON.stringify(withField(orderBody, 'line_items.1', two));
      const told = readDelivery('orders/paid', body, { toldAt: 0 });
      return told.kind === 'order' ? told.order.snapshot?.lines[1]?.tip : null;
    };
    expect(read({ tip_payment_gateway: 'shopify_payments', tip_payment_method: 'visa' })).toBe(
      true,
    );
    expect(read({ tip_payment_gateway: null })).toBe(true);
    expect(read({})).toBeUndefined();
  });
});

describe('duties are no goods', () => {
  const dutiable = line({ priceMinor: 11_000, dutyMinor: 1000 });

  it('also where prices include them: $110.00 with $10.00 of duties are 100', () => {
    const told = order({ lines: [dutiable], dutiesMinor: 1000, dutiesIncluded: true });
    expect(points(told)).toBe(100);
    expect(points(told, { includeDuties: true })).toBe(110); // and not 120
  });

  it('beside prices are added where they count: $110.00 and $10.00 are 110, or 120', () => {
    const told = order({ lines: [dutiable], dutiesMinor: 1000 });
    expect(points(told)).toBe(110);
    expect(points(told, { includeDuties: true })).toBe(120);
  });

  it('in a price go with the tax in it: $130.00 with $20.00 of tax and $10.00 of duties are 100', () => {
    const lines = [line({ quantity: 2, priceMinor: 6500, taxMinor: 2000, dutyMinor: 1000 })];
    const told = { lines, taxesIncluded: true, dutiesIncluded: true as const, dutiesMinor: 1000 };
    expect(points(order(told))).toBe(100);
    const back = refund({ lines: [{ lineId: '1', quantity: 1 }] });
    expect(points(order(told, { refunds: [back] }))).toBe(50);
  });

  it('are read line by line', () => {
    const duties = [{ id: 1, ...usd('4.00') }, { id: 2, ...usd('1.50') }, { id: 3 }];
    const body = withField(orderBody, 'line_items.0.duties', duties);
    const told = readDelivery('orders/paid', JSON.stringify({ ...body, duties_included: true }), {
      toldAt: 0,
    });
    expect(told).toMatchObject({
      order: { snapshot: { dutiesIncluded: true, lines: [{ dutyMinor: 550 }, {}] } },
    });
  });
});

describe('shipping with tax, where it counts', () => {
  const shipped = { shippingMinor: 1000, shippingTaxMinor: 190, totalMinor: 11_190 };
  const back = refund({ shippingMinor: 500, shippingTaxMinor: 95 });

  it('loses with a refund of half of it half of its tax, too: 111.90 − 5.95', () => {
    const told = order(shipped, { refunds: [back] });
    const cents = { per: '0.01', includeShipping: true };
    expect(points(told, { ...cents, includeTax: true })).toBe(11_190 - 595);
    expect(points(told, cents)).toBe(11_000 - 500);
  });

  it('in a price that includes it: 10.00 with 1.90 in it, half given back, leave 4.05', () => {
    const told = order({ ...shipped, taxesIncluded: true }, { refunds: [back] });
    expect(points(told, { per: '0.01', includeShipping: true })).toBe(10_000 + 405);
  });
});

describe('what does not fit is shown (law 2.4)', () => {
  const kinds = (...told: OrderTidings[]) => contradictionsOf(factsOf(...told));

  it('a total below the goods: they count by their own prices', () => {
    const told = order({ totalMinor: 6000 });
    expect(points(told)).toBe(100);
    expect(kinds(told)).toEqual([
      { kind: 'total-below-goods', told: '6000', limit: '10000', currency: 'USD', of: '#1001' },
    ]);
    expect(kinds(order({ totalMinor: 9999 }))).toEqual([]); // as tax and discounts are rounded
    expect(kinds(order({ totalMinor: 6000, hasReturns: true }))).toEqual([]); // an exchange
    const removed = [line(), line({ id: '2', currentQuantity: 0 })];
    expect(kinds(order({ lines: removed, totalMinor: 10_000 }))).toEqual([]);
  });

  it('a currency that changes, whichever is told first', () => {
    const [euros, dollars] = [order({ currency: 'EUR' }), order({ updatedAt: day(12) })];
    const found = [
      { kind: 'currency-changed', told: 'USD', limit: 'EUR', currency: null, of: '#1001' },
    ];
    expect(kinds(euros, dollars)).toEqual(found);
    expect(kinds(dollars, euros, dollars)).toEqual(found);
    expect(kinds(dollars, order({ updatedAt: day(13) }))).toEqual([]);
  });

  it('what could not be read, until a body of the same moment can be', () => {
    const odd = order({ odd: ['name', 'source_name'] });
    const told = { ...odd, refunds: [refund({ odd: ['money'] })] };
    expect(kinds(told)).toEqual([
      { kind: 'unreadable', told: '3', limit: '0', currency: null, of: 'name' },
    ]);
    const good = order({}, { refunds: [refund()] });
    expect(kinds(told, good)).toEqual([]);
    expect(kinds(good, told)).toEqual([]);
  });
});

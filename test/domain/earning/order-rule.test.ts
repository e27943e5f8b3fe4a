import { describe, expect, it } from 'vitest';
import type { EarningTerms, Worth } from '../../../app/domain/earning/definition.ts';
import { orderRule } from '../../../app/domain/earning/order-rule.ts';
import type { OrderRuleSettings } from '../../../app/domain/earning/order-rule.ts';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import type { OrderExplanation } from '../../../app/domain/points/explanation.ts';
import { day, factsOf, line, order, refund, review } from '../fixtures.ts';

const product = { category: null, type: null, vendor: null, tags: [], collectionIds: [] };

function worthOf(
  told: OrderTidings,
  rule: Partial<OrderRuleSettings> = {},
  terms: Partial<EarningTerms> = {},
): Worth & { explanation: OrderExplanation; points: number } {
  const facts = factsOf(told);
  if (!facts.snapshot) throw new Error('An order without a snapshot is worth nothing yet.');
  const worth = orderRule.worth(
    { ...orderRule.defaults, ...rule },
    { kind: 'order', facts, snapshot: facts.snapshot },
    {
      programmeVersion: 3,
      ruleName: 'Buying',
      currency: 'USD',
      testOrdersCount: false,
      market: null,
      taken: new Map(),
      ...terms,
    },
  );
  if (worth?.explanation.rule !== 'order') throw new Error('It is an order.');
  return { ...worth, explanation: worth.explanation, points: worth.steps.at(-1)?.total ?? 0 };
}

const pointsOf = (...args: Parameters<typeof worthOf>): number => worthOf(...args).points;

describe('the base of a line (law 1.1)', () => {
  it('is price × quantity − line discounts − its share of order discounts', () => {
    // 2 × $30.00 − $5.00 = $55.00
    const lines = [line({ quantity: 2, priceMinor: 3000, discountMinor: 500, taxMinor: 990 })];
    expect(pointsOf(order({ lines }))).toBe(55);
  });

  it('is the price before discounts where the merchant says so', () => {
    const lines = [line({ quantity: 2, priceMinor: 3000, discountMinor: 500 })];
    expect(pointsOf(order({ lines }), { afterDiscounts: false })).toBe(60); // 2 × $30.00
  });

  it('is net of tax where prices include it: $119.00 with $19.00 of tax is $100.00', () => {
    const lines = [line({ priceMinor: 11_900, taxMinor: 1900 })];
    expect(pointsOf(order({ lines, taxesIncluded: true }))).toBe(100);
    expect(pointsOf(order({ lines, taxesIncluded: true }), { includeTax: true })).toBe(119);
  });

  it('has no tax added where prices do not include it, unless tax counts', () => {
    const lines = [line({ priceMinor: 10_000, taxMinor: 1900 })];
    expect(pointsOf(order({ lines }))).toBe(100);
    expect(pointsOf(order({ lines }), { includeTax: true })).toBe(119);
  });

  it('has no shipping, no duties and no tips, unless they count', () => {
    const told = order({ shippingMinor: 1000, tipMinor: 300, dutiesMinor: 700 });
    expect(pointsOf(told)).toBe(100);
    expect(pointsOf(told, { includeShipping: true })).toBe(110);
    expect(pointsOf(told, { includeTips: true })).toBe(103);
    expect(pointsOf(told, { includeDuties: true })).toBe(107);
  });

  it('counts shipping with or without its tax, as goods are', () => {
    const included = order({ shippingMinor: 1190, shippingTaxMinor: 190, taxesIncluded: true });
    expect(pointsOf(included, { includeShipping: true })).toBe(110); // 100 + 11.90 − 1.90
    expect(pointsOf(included, { includeShipping: true, includeTax: true })).toBe(111); // 111.90
    const added = order({ shippingMinor: 1000, shippingTaxMinor: 190 });
    expect(pointsOf(added, { includeShipping: true })).toBe(110);
    expect(pointsOf(added, { includeShipping: true, includeTax: true })).toBe(111);
  });

  it('never goes below nothing, however large a discount', () => {
    const lines = [line({ priceMinor: 100, discountMinor: 500 }), line({ id: '2' })];
    expect(pointsOf(order({ lines }))).toBe(100);
  });
});

describe('lines that earn nothing (law 1.2)', () => {
  const with100 = (one: Parameters<typeof line>[0]): OrderTidings =>
    order({ lines: [line({ id: '2' }), line({ title: 'Other', ...one })] });

  it('are gift cards, whatever the switches', () => {
    const { points, explanation } = worthOf(with100({ giftCard: true }));
    expect(points).toBe(100);
    expect(explanation.excluded).toEqual([{ title: 'Other', because: 'gift-card' }]);
  });

  it.each([
    ['product', { excludedProducts: ['77'] }, { productId: '77' }],
    ['vendor', { excludedVendors: [' ACME '] }, { vendor: 'Acme' }],
    ['vendor', { excludedVendors: ['acme'] }, { product: { ...product, vendor: 'Acme' } }],
    ['type', { excludedTypes: ['Sale'] }, { product: { ...product, type: 'sale' } }],
    ['tag', { excludedTags: ['no-points'] }, { product: { ...product, tags: ['a', 'No-Points'] } }],
    [
      'collection',
      { excludedCollections: ['5'] },
      { product: { ...product, collectionIds: ['5'] } },
    ],
  ] as const)('are those that the rule excludes by %s', (because, rule, one) => {
    const excluding = { ...rule } as unknown as Partial<OrderRuleSettings>;
    const { points, explanation } = worthOf(with100(one), excluding);
    expect(points).toBe(100);
    expect(explanation.excluded).toEqual([{ title: 'Other', because }]);
    expect(pointsOf(with100(one))).toBe(200);
  });

  it('the vendor of the product goes before the vendor of the line', () => {
    const one = { vendor: 'Old', product: { ...product, vendor: 'New' } };
    expect(pointsOf(with100(one), { excludedVendors: ['old'] })).toBe(200);
  });

  it('an order of gift cards only says that nothing was eligible', () => {
    const { points, explanation } = worthOf(order({ lines: [line({ giftCard: true })] }));
    expect([points, explanation.nothingBecause]).toEqual([0, 'nothing-eligible']);
  });

  it('so does an order with no line at all', () => {
    const { points, explanation } = worthOf(order({ lines: [] }));
    expect([points, explanation.nothingBecause]).toEqual([0, 'nothing-eligible']);
  });
});

describe('the rate (law 1.4)', () => {
  const cents = (...amounts: number[]): OrderTidings =>
    order({ lines: amounts.map((priceMinor, at) => line({ id: String(at + 1), priceMinor })) });

  it('$49.95 at 1 for $1 is 49', () => expect(pointsOf(cents(4995))).toBe(49));

  it('three lines of $0.40 at 1 for $1 are 1, not 0: floored once per order', () =>
    expect(pointsOf(cents(40, 40, 40))).toBe(1));

  it('1 for $10 is possible: $99.99 is 9', () =>
    expect(pointsOf(cents(9999), { points: 1, per: '10' })).toBe(9));

  it('3 for every $0.50 on $1.20 are 7', () =>
    expect(pointsOf(cents(120), { points: 3, per: '0.50' })).toBe(7)); // 1.20 ÷ 0.50 × 3 = 7.2

  it('thirds lose nothing: 1 for $3 on three lines of $1 is 1', () =>
    expect(pointsOf(cents(100, 100, 100), { per: '3' })).toBe(1));

  it.each([
    ['JPY', 5000, '100', 50], // ¥5,000 ÷ ¥100
    ['USD', 4995, '0.50', 99], // $49.95 ÷ $0.50 = 99.9
    ['KWD', 4995, '0.500', 9], // 4.995 ÷ 0.500 = 9.99
    ['KWD', 4995, '0.5', 9],
  ])('in %s, %d minor units at 1 per %s are %d', (currency, priceMinor, per, points) => {
    const told = order({ currency, lines: [line({ priceMinor })] });
    expect(pointsOf(told, { per }, { currency })).toBe(points);
  });

  it('below one point it says so, and how much it was', () => {
    const { points, explanation } = worthOf(cents(40));
    expect([points, explanation.exact, explanation.nothingBecause]).toEqual([
      0,
      '0.4',
      'below-one-point',
    ]);
  });
});

it('the explanation holds every number that led to the points (law 1.8)', () => {
  const lines = [
    line({ title: 'Tea', quantity: 3, currentQuantity: 2, priceMinor: 1333 }),
    line({ id: '2', title: 'Gift card', giftCard: true, priceMinor: 5000 }),
  ];
  const back = refund({ lines: [{ lineId: '1', quantity: 1 }] });
  const told = order({ lines, knownRefundIds: [back.id] }, { refunds: [back] });
  expect(worthOf(told, { points: 2, per: '1' }).explanation).toEqual({
    rule: 'order',
    programmeVersion: 3,
    ruleName: 'Buying',
    currency: 'USD',
    lines: [{ title: 'Tea', kept: 2, ordered: 3, minor: '2666' }],
    excluded: [{ title: 'Gift card', because: 'gift-card' }],
    baseMinor: '2666',
    rate: { points: 2, per: '1' },
    multiplier: '1',
    multiplierBecause: null,
    exact: '53.32',
    points: 53, // 2 × $13.33 × 2 = 53.32
    nothingBecause: null,
  });
});

describe('orders that earn nothing', () => {
  it('a test order, unless the shop says so (law 2.4)', () => {
    const refused = worthOf(order({ test: true }));
    expect([refused.points, refused.explanation.nothingBecause]).toEqual([0, 'test-order']);
    expect(pointsOf(order({ test: true }), {}, { testOrdersCount: true })).toBe(100);
  });

  it('an order in a currency that the shop does not have: a raw number is never used (law 11)', () => {
    const refused = worthOf(order({ currency: 'AUD' }));
    expect([refused.points, refused.explanation.nothingBecause]).toEqual([0, 'foreign-currency']);
    expect(refused.explanation.currency).toBe('AUD');
  });

  it.each([
    ['cancelled', { cancelledAt: day(11) }, {}],
    ['voided', { payment: 'voided' }, {}],
    ['deleted', {}, { deletedAt: day(12) }],
    ['refunded', {}, { refunds: [refund({ lines: [{ lineId: '1', quantity: 1 }] })] }],
  ] as const)('an order that was %s says so (law 2.4)', (because, over, told) => {
    const worth = worthOf(order(over, told));
    expect([worth.points, worth.explanation.nothingBecause]).toEqual([0, because]);
    expect(worth.explanation.lines).toEqual([{ title: 'Tea', kept: 0, ordered: 1, minor: '0' }]);
  });

  it('what is no order is not looked at', () => {
    const terms = {
      programmeVersion: 1,
      ruleName: '',
      currency: 'USD',
      testOrdersCount: false,
      market: null,
      taken: new Map<string, string>(),
    };
    const facts = [
      { kind: 'join', at: 0 },
      { kind: 'review', at: 0, review: review(), before: [] },
    ] as const;
    expect(facts.map((fact) => orderRule.worth(orderRule.defaults, fact, terms))).toEqual([
      null,
      null,
    ]);
  });
});

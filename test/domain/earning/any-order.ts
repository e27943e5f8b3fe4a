/** Random orders and random ways to earn for them, and the member who buys by them. */
import fc from 'fast-check';
import { orderRule } from '../../../app/domain/earning/order-rule.ts';
import { day, line, Member, order, programme, shopWith, tiers } from '../fixtures.ts';

const rarely = (...of: string[]): fc.Arbitrary<string[]> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.subarray(of, { minLength: 1 }) },
  );

const someLine = fc.record({
  price: fc.integer({ min: 0, max: 30_000 }),
  quantity: fc.integer({ min: 1, max: 3 }),
  /** Also more than the line costs. */
  discount: fc.integer({ min: 0, max: 20_000 }),
  tax: fc.integer({ min: 0, max: 3_000 }),
  duty: fc.constantFrom(0, 0, 500),
  product: fc.constantFrom('1', '2', null),
  variant: fc.constantFrom('11', '12', null),
  vendor: fc.constantFrom('Acme', 'ACME', 'Beta', null),
  type: fc.constantFrom('Tea', 'Pot', null),
  tags: fc.subarray(['New', 'Sale']),
  collections: fc.subarray(['c1', 'c2']),
  giftCard: fc.constantFrom(false, false, false, false, true),
  subscription: fc.boolean(),
});

const someRule = fc.record({
  points: fc.constantFrom(1, 2, 3, 7, 10),
  per: fc.constantFrom('1', '3', '10', '7'),
  includeTax: fc.boolean(),
  includeShipping: fc.boolean(),
  includeTips: fc.boolean(),
  includeDuties: fc.boolean(),
  afterDiscounts: fc.boolean(),
  storeCreditEarns: fc.boolean(),
  purchases: fc.constantFrom(
    'any' as const,
    'any' as const,
    'one-time' as const,
    'subscription' as const,
  ),
  includedProducts: rarely('1', '2'),
  includedVariants: rarely('11'),
  includedCollections: rarely('c1'),
  includedTypes: rarely('tea'),
  includedVendors: rarely('acme'),
  includedTags: rarely('SALE'),
  excludedProducts: rarely('2'),
  excludedVariants: rarely('12'),
  excludedCollections: rarely('c2'),
  excludedVendors: rarely('BETA'),
  excludedTypes: rarely('POT'),
  excludedTags: rarely('new'),
  alone: fc.boolean(),
  swiss: fc.option(fc.constantFrom({ points: 2, per: '3' }, { points: 5, per: '2' })),
  tier: fc.option(fc.constantFrom('base', 'other'), { freq: 4 }),
  each: fc.option(fc.integer({ min: 1, max: 300 }), { freq: 3 }),
  lifetime: fc.option(fc.integer({ min: 1, max: 300 }), { freq: 3 }),
});

const someCampaign = fc.record({
  by: fc.constantFrom('1.5', '2', '3', '1.333'),
  products: rarely('1', '2'),
  rule: fc.option(fc.constantFrom(0, 1)),
  minimum: fc.constantFrom('', '50', '100'),
  /** More than anything comes to. */
  budget: fc.constantFrom(null, 1_000_000_000),
});

export const anyCase = fc.record({
  currency: fc.constantFrom('USD', 'JPY', 'KWD'),
  lines: fc.array(someLine, { minLength: 1, maxLength: 4 }),
  rules: fc.array(someRule, { minLength: 1, maxLength: 3 }),
  campaigns: fc.array(someCampaign, { maxLength: 3 }),
  policy: fc.constantFrom('highest' as const, 'multiply' as const, 'add' as const),
  tier: fc.constantFrom('1', '1.25', '1.333'),
  taxesIncluded: fc.boolean(),
  dutiesIncluded: fc.boolean(),
  shipping: fc.constantFrom(0, 990),
  shippingTax: fc.constantFrom(0, 159),
  tip: fc.constantFrom(0, 700),
  duties: fc.constantFrom(0, 800),
  /** How much of it was paid with store credit, in percent. */
  credit: fc.oneof(fc.constantFrom(0, 100), fc.integer({ min: 0, max: 100 })),
  country: fc.constantFrom('CH', 'DE', null),
  seen: fc.constantFrom(null, 'CHF', 'EUR'),
});

export type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never;

/** The member has been in tier "base" since the day before; "r0", "r1" … are the ways to earn. */
export function buyerOf(wanted: Case): Member {
  const member = new Member(
    shopWith([[day(1), programmeOf(wanted)]], { currency: wanted.currency }),
  );
  member.createdAt = day(2);
  return member.order(orderOf(wanted));
}

const TOTAL = 100_000;

function orderOf({ lines, credit, ...wanted }: Case): ReturnType<typeof order> {
  const gateways = credit === 100 ? ['store_credit' as const] : ['other' as const];
  const mixed = ['other' as const, 'store_credit' as const];
  const isMixed = credit > 0 && credit < 100;
  const storeCreditMinor = (TOTAL / 100) * credit;
  return order(
    {
      ...{ currency: wanted.currency, totalMinor: TOTAL, countryCode: wanted.country },
      ...{ taxesIncluded: wanted.taxesIncluded, tipMinor: wanted.tip, dutiesMinor: wanted.duties },
      ...{ shippingMinor: wanted.shipping, shippingTaxMinor: wanted.shippingTax },
      ...(wanted.dutiesIncluded && { dutiesIncluded: true as const }),
      presentmentCurrency: wanted.seen,
      presentmentTotalMinor: wanted.seen === null ? null : 77_777,
      gateways: isMixed ? mixed : gateways,
      lines: lines.map((one, index) =>
        line({
          ...{ id: String(index + 1), productId: one.product, variantId: one.variant },
          ...{ vendor: one.vendor, giftCard: one.giftCard, quantity: one.quantity },
          ...{ priceMinor: one.price, discountMinor: one.discount, taxMinor: one.tax },
          ...(one.duty > 0 && { dutyMinor: one.duty }),
          ...{ sellingPlan: one.subscription, subscription: one.subscription },
          product: {
            ...{ category: null, type: one.type, vendor: one.vendor, tags: one.tags },
            collectionIds: one.collections,
          },
        }),
      ),
    },
    isMixed
      ? {
          payments: {
            ...{ asOf: day(10), gateways: mixed, totalMinor: TOTAL },
            ...{ giftCardMinor: 0, storeCreditMinor },
          },
        }
      : {},
  );
}

function programmeOf({ rules, campaigns, policy, tier }: Case): ReturnType<typeof programme> {
  return programme({
    multipliers: policy,
    markets: [{ key: 'swiss', name: 'Swiss', countries: ['CH'] }],
    tiers: tiers([
      ['base', '0', tier],
      ['other', '999999', '3'],
    ]),
    earning: rules.map(({ swiss, tier: only, each, lifetime, ...settings }, index) => ({
      ...{ key: `r${index}`, kind: 'order', name: `R${index}`, enabled: true },
      settings: {
        ...{ ...orderRule.defaults, ...settings },
        marketRates: swiss ? [{ market: 'swiss', ...swiss }] : [],
      },
      audience: { tiers: only === null ? [] : [only] },
      limits: {
        each,
        perMember: lifetime === null ? [] : [{ most: lifetime, of: 'points', per: 'lifetime' }],
      },
    })),
    campaigns: campaigns.map(({ by, products, rule, minimum, budget }, index) => ({
      ...{ key: `c${index}`, name: `C${index}`, enabled: true, multiplier: by },
      budgetPoints: budget,
      ...{ startsAt: '2026-01-05T00:00:00Z', endsAt: '2026-01-30T00:00:00Z' },
      ...{
        when: { products, minimum },
        rules: rule !== null && rule < rules.length ? [`r${rule}`] : [],
      },
    })),
  });
}

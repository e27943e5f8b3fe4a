/** Several rules at once, whom and what each is for, and how an order was paid and from where. */
import { describe, expect, it } from 'vitest';
import type { OrderRuleSettings } from '../../../app/domain/earning/order-rule.ts';
import type {
  OrderLine,
  OrderSnapshot,
  OrderTidings,
} from '../../../app/domain/orders/order-facts.ts';
import type { OrderExplanation } from '../../../app/domain/points/explanation.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { day, line, Member, order, programme, refund, shopWith, tiers } from '../fixtures.ts';

const traits = { category: null, type: null, vendor: null, tags: [], collectionIds: [] };

type RuleInput = Partial<Omit<ProgrammeInput['earning'][number], 'settings'>> & {
  readonly settings?: Partial<OrderRuleSettings>;
};

/** Rules by their keys, in this order. */
function withRules(
  rules: Readonly<Record<string, RuleInput>>,
  over: Partial<ProgrammeInput> = {},
): ProgrammeDocument {
  const earning = Object.entries(rules).map(([key, { settings, ...rule }]) => {
    const [plain] = programme({}, settings).earning;
    if (!plain) throw new Error('There is a rule.');
    return { ...plain, key, name: key, ...rule };
  });
  return programme({ earning, ...over });
}

function bought(document: ProgrammeDocument, told: OrderTidings): Member {
  return new Member(shopWith([[day(1), document]])).order(told);
}

function explanationOf(member: Member, rule: string): OrderExplanation {
  const explanation = member.award('order', '501', rule)?.explanation;
  if (explanation?.rule !== 'order') throw new Error(`No award by ${rule}.`);
  return explanation;
}

const points = (member: Member, ...rules: string[]): number[] =>
  rules.map((rule) => member.award('order', '501', rule)?.posted ?? -1);

describe('what a rule is for (law 1.2)', () => {
  const two = (one: Partial<OrderLine>): OrderTidings =>
    order({ lines: [line({ id: '2', title: 'Plain' }), line({ title: 'Special', ...one })] });

  it.each<[string, Partial<OrderRuleSettings>, Partial<OrderLine>]>([
    ['product', { includedProducts: ['77'] }, { productId: '77' }],
    ['variant', { includedVariants: ['88'] }, { productId: '77', variantId: '88' }],
    ['vendor', { includedVendors: ['ACME'] }, { vendor: 'Acme' }],
    ['type', { includedTypes: ['tea'] }, { product: { ...traits, type: 'Tea' } }],
    ['tag', { includedTags: ['new'] }, { product: { ...traits, tags: ['New'] } }],
    [
      'collection',
      { includedCollections: ['5'] },
      { product: { ...traits, collectionIds: ['5'] } },
    ],
    ['subscription', { purchases: 'subscription' }, { subscription: true }],
  ])('by %s: only that line earns, and the other one says so', (by, rule, one) => {
    const member = bought(programme({}, rule), two(one));
    expect(member.moves).toEqual([100]);
    expect(explanationOf(member, 'order').excluded).toEqual([
      { title: 'Plain', because: by === 'subscription' ? 'one-time' : 'not-included' },
    ]);
  });

  it.each<[string, Partial<OrderRuleSettings>, Partial<OrderLine>]>([
    ['variant', { excludedVariants: ['88'] }, { productId: '77', variantId: '88' }],
    ['subscription', { purchases: 'one-time' }, { subscription: true }],
  ])('not by %s', (because, rule, one) => {
    const member = bought(programme({}, rule), two(one));
    expect(member.moves).toEqual([100]);
    expect(explanationOf(member, 'order').excluded).toEqual([{ title: 'Special', because }]);
    expect(bought(programme(), two(one)).moves).toEqual([200]);
  });

  it('an exclusion beats an inclusion, and of several inclusions any is enough', () => {
    const both = { includedProducts: ['77'], excludedVariants: ['88'] };
    const line88 = two({ productId: '77', variantId: '88' });
    expect(bought(programme({}, both), line88).moves).toEqual([]);
    const any = { includedProducts: ['1'], includedTypes: ['Tea'] };
    expect(
      bought(programme({}, any), two({ productId: '77', product: { ...traits, type: 'Tea' } }))
        .moves,
    ).toEqual([100]);
  });
});

describe('several rules', () => {
  const tea = { settings: { includedTypes: ['Tea'], points: 3 } };
  const basket = order({
    lines: [
      line({ title: 'Tea', priceMinor: 2000, product: { ...traits, type: 'Tea' } }),
      line({ id: '2', title: 'Pot', priceMinor: 5000 }),
    ],
  });

  it('add up: $20 of tea at 3 and $70 of everything at 1 are 60 and 70', () => {
    const member = bought(withRules({ tea, all: {} }), basket);
    expect(points(member, 'tea', 'all')).toEqual([60, 70]);
  });

  it('unless one pays alone: its lines earn by no later rule, which says so by name', () => {
    const alone = { ...tea, settings: { ...tea.settings, alone: true } };
    const member = bought(withRules({ tea: alone, all: {} }), basket);
    expect(points(member, 'tea', 'all')).toEqual([60, 50]);
    expect(explanationOf(member, 'all').excluded).toEqual([
      { title: 'Tea', because: 'other-rule', rule: 'tea' },
    ]);
    // An earlier rule has paid before it.
    expect(points(bought(withRules({ all: {}, tea: alone }), basket), 'all', 'tea')).toEqual([
      70, 60,
    ]);
  });

  it('a rule that is switched off, or not for this member, takes no line from the others', () => {
    const alone = { ...tea, settings: { ...tea.settings, alone: true } };
    const off = bought(withRules({ tea: { ...alone, enabled: false }, all: {} }), basket);
    expect(off.moves).toEqual([70]);
    const others = { ...alone, audience: { tags: ['b2b'] } };
    const member = bought(withRules({ tea: others, all: {} }), basket);
    expect(points(member, 'tea', 'all')).toEqual([0, 70]);
    expect(explanationOf(member, 'tea')).toMatchObject({ points: 0, nothingBecause: 'no-tag' });
  });

  it('and a refund takes from each what it gave for the piece', () => {
    const alone = { ...tea, settings: { ...tea.settings, alone: true } };
    const member = bought(withRules({ tea: alone, all: {} }), basket);
    const back = refund({ lines: [{ lineId: '1', quantity: 1 }] });
    member.order({ ...basket, refunds: [back] });
    expect(points(member, 'tea', 'all')).toEqual([0, 50]);
  });
});

describe('the audience of a rule', () => {
  const ladder = tiers([
    ['bronze', '0', '1'],
    ['silver', '200', '1'],
  ]);
  const document = withRules({ silver: { audience: { tiers: ['silver'] } } }, { tiers: ladder });

  it('is the tier held before the order: what brings the tier earns nothing by it (law 1.7)', () => {
    const member = new Member(shopWith([[day(1), document]]));
    const dollars = (id: string, at: number): OrderTidings =>
      order({ placedAt: day(at), lines: [line({ priceMinor: 25_000 })] }, { orderId: id });
    member.order(dollars('1', 10)).order(dollars('2', 11));
    expect(member.award('order', '1', 'silver')?.explanation).toMatchObject({
      nothingBecause: 'other-tier',
    });
    expect(member.moves).toEqual([250]);
    // A late order before both makes the first one a silver member's.
    member.order(dollars('0', 9));
    expect(member.award('order', '1', 'silver')?.posted).toBe(250);
  });

  it('is the tags the customer had with the order, any of these and none of those', () => {
    const tagged = withRules({
      all: { audience: { tags: ['VIP', 'Staff'], withoutTags: ['b2b'] } },
    });
    const earned = (...tags: string[]): number => {
      const told = order({}, { customerTags: { asOf: day(10), tags } });
      return bought(tagged, told).books.available;
    };
    expect([earned('vip'), earned('Staff', 'x'), earned('x'), earned()]).toEqual([100, 100, 0, 0]);
    expect(earned('vip', 'B2B')).toBe(0);
    expect(bought(tagged, order()).books.available).toBe(0); // nobody told of tags
  });
});

describe('rates of markets (law 11)', () => {
  const markets = [
    { key: 'ch', name: 'Switzerland', countries: ['CH', 'LI'], currencies: ['CHF'] },
    { key: 'euro', name: 'Euro countries', countries: ['DE'], currencies: ['EUR'] },
  ];
  const document = programme(
    { markets },
    {
      marketRates: [
        { market: 'ch', points: 3, per: '2' },
        { market: 'euro', points: 2, per: '1' },
      ],
    },
  );
  const from = (over: Partial<OrderSnapshot>): Member => bought(document, order(over));

  it.each<[string, Partial<OrderSnapshot>, number]>([
    ['the country says it', { countryCode: 'CH' }, 150], // 100 ÷ 2 × 3
    [
      'the country goes before the currency',
      { countryCode: 'DE', presentmentCurrency: 'CHF' },
      200,
    ],
    ['the currency, where no country is known', { presentmentCurrency: 'EUR' }, 200],
    [
      'the currency, where the country has no market',
      { countryCode: 'FR', presentmentCurrency: 'EUR' },
      200,
    ],
    ['no market: the rate of the rule', { countryCode: 'FR', presentmentCurrency: 'USD' }, 100],
    ['nothing known: the rate of the rule', {}, 100],
  ])('%s', (_name, over, due) => {
    expect(from(over).books.available).toBe(due);
  });

  it('are on the amount in the shop’s currency; what was paid and the rate are told', () => {
    // CHF 80.00 were paid for $100.00: 1 CHF is 1.25 USD, and the 80 is used nowhere.
    const member = from({
      ...{ countryCode: 'CH', presentmentCurrency: 'CHF', presentmentTotalMinor: 8000 },
      totalMinor: 10_000,
    });
    expect(member.books.available).toBe(150);
    expect(explanationOf(member, 'order')).toMatchObject({
      presentment: { currency: 'CHF', totalMinor: 8000, rate: '1.25' },
      rate: { points: 3, per: '2', market: 'Switzerland' },
      baseMinor: '10000',
    });
  });

  it('tell the rate of currencies without decimals by their units', () => {
    const yen = { presentmentCurrency: 'JPY', presentmentTotalMinor: 15_000, totalMinor: 10_000 };
    expect(explanationOf(from(yen), 'order').presentment?.rate).toBe('0.006666'); // 100 ÷ 15,000
  });
});

describe('paying with store credit (law 1.3)', () => {
  const paid = (storeCreditMinor: number): OrderTidings =>
    order(
      { totalMinor: 10_000, gateways: ['other', 'store_credit'] },
      {
        payments: {
          ...{ asOf: day(10), gateways: ['other', 'store_credit'], totalMinor: 10_000 },
          ...{ giftCardMinor: 0, storeCreditMinor },
        },
      },
    );

  it('the part paid so earns nothing: $25 of $100 leave 75', () => {
    const member = bought(programme(), paid(2500));
    expect(member.moves).toEqual([75]);
    expect(explanationOf(member, 'order')).toMatchObject({
      storeCreditMinor: '2500',
      baseMinor: '7500',
    });
  });

  it('earns where the merchant says so', () => {
    expect(bought(programme({}, { storeCreditEarns: true }), paid(2500)).moves).toEqual([100]);
  });

  it('all of it, where nothing else was paid with; a gift card earns as any payment', () => {
    const only = (gateway: 'store_credit' | 'gift_card'): Member =>
      bought(programme(), order({ totalMinor: 10_000, gateways: [gateway] }));
    expect([only('store_credit').moves, only('gift_card').moves]).toEqual([[], [100]]);
    expect(explanationOf(only('store_credit'), 'order').nothingBecause).toBe('store-credit');
  });

  it('a refund takes from both ways of paying alike: half of 75 is 37.5, so 38 go', () => {
    const member = bought(programme(), paid(2500));
    member.order({ ...paid(2500), refunds: [refund({ extraMinor: 5000 })] });
    expect(member.moves).toEqual([75, -38]); // 37 stay of 37.5
  });
});

describe('what other programmes got wrong', () => {
  it('a custom-amount refund takes no points for lines that never earned any', () => {
    // $60 earn, $40 are excluded; $50 of the $100 go back: 60 × ½ = 30 stay, not 60 − 50 = 10.
    const lines = [line({ priceMinor: 6000 }), line({ id: '2', priceMinor: 4000, vendor: 'Acme' })];
    const told = order({ lines }, { refunds: [refund({ extraMinor: 5000 })] });
    expect(bought(programme({}, { excludedVendors: ['acme'] }), told).moves).toEqual([60, -30]);
  });

  it('tax in the price is taken out once: $119.00 with $19.00 of tax earn 100, not 81', () => {
    const lines = [line({ priceMinor: 11_900, taxMinor: 1900 })];
    expect(bought(programme(), order({ lines, taxesIncluded: true })).moves).toEqual([100]);
  });

  it('and a discount on it is not taxed again: $119.00 − $11.90 with $17.10 of tax are 90', () => {
    const lines = [line({ priceMinor: 11_900, discountMinor: 1190, taxMinor: 1710 })];
    expect(bought(programme(), order({ lines, taxesIncluded: true })).moves).toEqual([90]);
  });

  it('an amount of another currency never becomes points as it stands', () => {
    const told = order({
      presentmentCurrency: 'AUD',
      presentmentTotalMinor: 15_000,
      totalMinor: 10_000,
    });
    expect(bought(programme(), told).moves).toEqual([100]);
  });
});

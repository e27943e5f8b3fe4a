/** What counts beside the goods goes back with its money, however it is told (law 1.1, 2.3). */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderTidings, RefundFacts } from '../../../app/domain/orders/order-facts.ts';
import { contradictionsOf } from '../../../app/domain/orders/contradictions.ts';
import { readDelivery } from '../../../app/shopify/payloads/read-delivery.ts';
import { usd } from '../../shopify/payloads/sample.ts';
import { day, factsOf, line, Member, order, programme, refund, shopWith } from '../fixtures.ts';

const all = { includeShipping: true, includeTips: true, includeDuties: true };
const shop = (rule: object) => shopWith([[day(1), programme({}, rule)]]);
/** What the order and its refunds move. */
const moves = (told: OrderTidings, rule: object): number[] => {
  const member = new Member(shop(rule)).order({ ...told, refunds: [], disputes: [] });
  return member.order(told).moves;
};

describe('a tip that counts', () => {
  const tip = line({ id: '9', title: 'Tip', priceMinor: 1500, tip: true });
  const told = (lines: RefundFacts['lines'], minor: number) =>
    order(
      { lines: [line(), tip], tipMinor: 1500, totalMinor: 11_500 },
      { refunds: [refund({ lines, paidBackMinor: minor })] },
    );
  const [goods, tips] = ['1', '9'].map((lineId) => ({ lineId, quantity: 1 }));

  it('goes back with its line: of $100.00 and a tip of $15.00, 115 − 15 (law 2.3)', () => {
    expect(moves(told([tips ?? fail()], 1500), all)).toEqual([115, -15]);
    expect(moves(told([goods ?? fail(), tips ?? fail()], 11_500), all)).toEqual([115, -115]);
    expect(moves(told([goods ?? fail()], 10_000), all)).toEqual([115, -100]); // it is kept
    expect(moves(told([tips ?? fail()], 1500), {})).toEqual([100]);
  });
});

describe('duties that count', () => {
  const told = (over: Partial<RefundFacts>, included = false) =>
    order(
      { dutiesMinor: 1000, totalMinor: 11_000, ...(included && { dutiesIncluded: true as const }) },
      { refunds: [refund(over)] },
    );
  const back = { dutiesMinor: 1000, paidBackMinor: 1000 };

  it('go back when they are refunded: of $100.00 and $10.00, 110 − 10 (law 2.3)', () => {
    expect(moves(told(back), all)).toEqual([110, -10]);
    const piece = { lines: [{ lineId: '1', quantity: 1 }], paidBackMinor: 11_000 };
    expect(moves(told({ ...back, ...piece }), all)).toEqual([110, -110]);
    expect(moves(told(back), {})).toEqual([100]);
  });

  it('are read from the refund, as both topics tell them', () => {
    const duties = [{ duty_id: 1, amount_set: usd('10.00') }];
    const body = { id: 1, order_id: 501, created_at: '2026-01-20T00:00:00Z', duties };
    const read = readDelivery('refunds/create', JSON.stringify(body), { toldAt: 0 });
    expect(read).toMatchObject({ order: { refunds: [{ dutiesMinor: 1000 }] } });
  });
});

describe('money without a piece that is more than the goods', () => {
  const shipped = { shippingMinor: 1000, totalMinor: 11_000 };
  const paidBack = (minor: number) => refund({ extraMinor: minor, paidBackMinor: minor });

  it('was for the shipping: of $100.00 and $10.00, $105.00 back leave 5, $110.00 nothing', () => {
    expect(moves(order(shipped, { refunds: [paidBack(10_500)] }), all)).toEqual([110, -105]);
    expect(moves(order(shipped, { refunds: [paidBack(11_000)] }), all)).toEqual([110, -110]);
    expect(moves(order(shipped, { refunds: [paidBack(9_000)] }), all)).toEqual([110, -90]);
  });

  it('takes alike from shipping, tips and duties: $115.00 of $125.00 leave $10.00 of $25.00', () => {
    const paid = { shippingMinor: 1000, tipMinor: 1000, dutiesMinor: 500, totalMinor: 12_500 };
    const told = order(paid, { refunds: [paidBack(11_500)] });
    expect(moves(told, all)).toEqual([125, -115]);
    expect(moves(told, { includeShipping: true })).toEqual([110, -106]); // 10 × 10 ÷ 25
  });

  it('after the pieces went is for it, too, but a fee that is paid back later is not', () => {
    const lines = [{ lineId: '1', quantity: 1 }];
    const rest = refund({ id: '901', createdAt: day(21), extraMinor: 1000, paidBackMinor: 1000 });
    const piece = (minor: number) => refund({ lines, paidBackMinor: minor });
    expect(moves(order(shipped, { refunds: [piece(10_000), rest] }), all)).toEqual([
      110, -100, -10,
    ]);
    expect(moves(order(shipped, { refunds: [piece(9_000), rest] }), all)).toEqual([110, -100]);
  });

  it('that came before the pieces leaves the shipping: $50.00, then the pieces for the other $50.00', () => {
    const lines = [{ lineId: '1', quantity: 1 }];
    const piece = refund({ id: '901', createdAt: day(21), lines, paidBackMinor: 5000 });
    const told = order(shipped, { refunds: [paidBack(5000), piece] });
    expect(moves(told, all)).toEqual([110, -50, -50]);
  });

  it('can be lost to the bank: two disputes of $60.00 of $110.00 leave nothing (law 2.4)', () => {
    const money = { asOf: day(30), amountMinor: 6000, currency: 'USD' };
    const disputes = ['1', '2'].map((id) => ({ id, state: 'lost' as const, at: day(30), money }));
    expect(moves(order(shipped, { disputes }), all).reduce((sum, one) => sum + one)).toBe(0);
  });
});

it('what led to the base is told, and adds up: 100 + 35 − 50 are 85 (law 1.8)', () => {
  const tip = line({ id: '9', title: 'Tip', priceMinor: 1500, tip: true });
  const paid = { shippingMinor: 1000, tipMinor: 1500, dutiesMinor: 1000, totalMinor: 13_500 };
  const back = refund({ extraMinor: 5000, paidBackMinor: 5000 });
  const told = order({ ...paid, lines: [line(), tip] }, { refunds: [back] });
  const explained = (rule: object) =>
    new Member(shop(rule)).order(told).award('order', '501', 'order')?.explanation;
  expect(explained(all)).toMatchObject({
    lines: [{ title: 'Tea', minor: '10000' }],
    excluded: [],
    ...{ besidesMinor: '3500', givenBackMinor: '5000', baseMinor: '8500', points: 85 },
  });
  expect(explained({})).toMatchObject({
    excluded: [{ title: 'Tip', because: 'tip' }],
    ...{ givenBackMinor: '5000', baseMinor: '5000' },
  });
  expect(explained({})).not.toHaveProperty('besidesMinor');
});

describe('money in the shopper’s currency that names no piece (law 2.3, 11)', () => {
  const seen = { presentmentCurrency: 'EUR', presentmentTotalMinor: 9000, totalMinor: 10_000 };
  const euros = (minor: number, over: object = seen) =>
    order(over, {
      refunds: [refund({ currency: 'EUR', extraMinor: minor, paidBackMinor: minor })],
    });
  const kinds = (told: OrderTidings) => contradictionsOf(factsOf(told)).map(({ kind }) => kind);

  it('goes by the order’s own rate: €45.00 of €90.00 are half of $100.00', () => {
    expect(moves(euros(4500), {})).toEqual([100, -50]);
    expect(moves(euros(9000), {})).toEqual([100, -100]);
    expect(kinds(euros(4500))).toEqual([]);
  });

  it('is not used where nobody tells the rate, and shown', () => {
    expect(moves(euros(4500, { ...seen, presentmentTotalMinor: null }), {})).toEqual([100]);
    expect(moves(euros(4500, { ...seen, presentmentCurrency: 'CHF' }), {})).toEqual([100]);
    expect(kinds(euros(4500, { ...seen, presentmentCurrency: 'CHF' }))).toEqual([
      'refund-in-other-currency',
    ]);
  });
});

it('two refunds of one second come to the same whichever has the smaller id (law 2.1)', () => {
  const lines = [line({ priceMinor: 8000 }), line({ id: '2', priceMinor: 2000 })];
  const both = (first: string, second: string) =>
    order(
      { lines, totalMinor: 10_000 },
      {
        refunds: [
          refund({ id: first, extraMinor: 3000, paidBackMinor: 3000 }),
          // A piece of $20.00 whose money is among those $30.00.
          refund({
            id: second,
            lines: [{ lineId: '2', quantity: 1 }],
            extraMinor: -2000,
            paidBackMinor: 0,
          }),
        ],
      },
    );
  for (const told of [both('901', '902'), both('902', '901')]) {
    expect(new Member(shop({})).order(told).books.available).toBe(70);
  }
});

/** Shopify's words for a refund of some of what is left, the money of which is never more than that. */
interface Bought {
  readonly taxesIncluded: boolean;
  readonly parts: readonly {
    readonly id: string;
    readonly minor: number;
    readonly taxMinor: number;
  }[];
  readonly shippingMinor: number;
  readonly tipMinor: number;
}

const bought: fc.Arbitrary<Bought> = fc.record({
  taxesIncluded: fc.boolean(),
  parts: fc
    .array(fc.tuple(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 0, max: 19 })), {
      minLength: 1,
      maxLength: 3,
    })
    .map((all) =>
      all.map(([minor, tax], index) => ({
        ...{ id: String(index + 1), minor },
        taxMinor: Math.floor((minor * tax) / 119),
      })),
    ),
  shippingMinor: fc.integer({ min: 0, max: 2000 }),
  tipMinor: fc.integer({ min: 0, max: 2000 }),
});

it('buying and giving all the money back, in whatever parts, leaves no point (law 2.3)', () => {
  const steps = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 6000 })),
    {
      maxLength: 6,
    },
  );
  const switches = fc.record({
    includeTax: fc.boolean(),
    includeShipping: fc.boolean(),
    includeTips: fc.boolean(),
  });
  fc.assert(
    fc.property(bought, steps, switches, (one, parts, rule) => {
      const paid = paidOf(one);
      const member = new Member(shop({ ...rule, per: '0.01' }));
      const refunds = allGivenBack(one, parts);
      for (let told = 0; told <= refunds.length; told += 1) {
        const before = member.books.available;
        member.order(order(paid, { refunds: refunds.slice(0, told) }));
        if (told > 0) expect(member.books.available).toBeLessThanOrEqual(before);
      }
      expect(member.books.available).toBe(0);
    }),
    { numRuns: 150 },
  );
});

function paidOf({ taxesIncluded, parts, shippingMinor, tipMinor }: Bought) {
  const goods = parts.map(({ id, minor, taxMinor }) => line({ id, priceMinor: minor, taxMinor }));
  const tip = line({ id: '9', title: 'Tip', priceMinor: tipMinor, tip: true });
  const tax = taxesIncluded ? 0 : parts.reduce((sum, part) => sum + part.taxMinor, 0);
  const goodsMinor = parts.reduce((sum, part) => sum + part.minor, 0);
  return {
    ...{ taxesIncluded, shippingMinor, tipMinor, lines: tipMinor > 0 ? [...goods, tip] : goods },
    totalMinor: goodsMinor + tax + shippingMinor + tipMinor,
  };
}

/** By pieces, by shipping and by amounts as it comes; at last whatever is left, as an amount. */
function allGivenBack(
  one: Bought,
  steps: readonly (readonly [what: number, minor: number])[],
): RefundFacts[] {
  const { totalMinor } = paidOf(one);
  let left = totalMinor;
  let shipping = one.shippingMinor;
  const gone = new Set<string>();
  const refunds: RefundFacts[] = [];
  const tell = (minor: number, over: Partial<RefundFacts>): void => {
    const paidBackMinor = Math.min(left, minor);
    left -= paidBackMinor;
    const id = String(900 + refunds.length);
    refunds.push(refund({ id, createdAt: day(20 + refunds.length), paidBackMinor, ...over }));
  };
  for (const [what, minor] of [...steps, [4, totalMinor] as const]) {
    const part = one.parts[what];
    if (left === 0) break;
    if (part && !gone.has(part.id)) {
      gone.add(part.id);
      const lines = [{ lineId: part.id, quantity: 1 }];
      tell(part.minor + (one.taxesIncluded ? 0 : part.taxMinor), { lines });
    } else if (what === 3 && shipping > 0) {
      tell(shipping, { shippingMinor: shipping });
      shipping = 0;
    } else tell(minor, { extraMinor: Math.min(left, minor) });
  }
  return refunds;
}

function fail(): never {
  throw new Error('There is one.');
}

import { describe, expect, it } from 'vitest';
import { courseOf } from '../../../app/domain/orders/order-course.ts';
import { standingOf } from '../../../app/domain/orders/standing.ts';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import { day, factsOf, line, order, refund } from '../fixtures.ts';

const piece = (quantity: number, lineId = '1') => ({ lineId, quantity });

function stages(...told: OrderTidings[]): unknown[] {
  const facts = factsOf(...told);
  if (!facts.snapshot) return [];
  return courseOf(facts, facts.snapshot).map((stage) => [
    stage.step,
    stage.lines.map(({ kept }) => kept).join('+'),
    stage.extraRefundedMinor,
    stage.nothingLeft,
  ]);
}

describe('the course of an order', () => {
  const three = [line({ quantity: 3 })];

  it('goes from what was placed through each refund to its cancellation', () => {
    const told = order(
      { lines: three, cancelledAt: day(25) },
      { refunds: [refund({ lines: [piece(1)] })] },
    );
    expect(stages(told)).toEqual([
      ['earn', '3', 0, false],
      ['refund:900', '2', 0, false],
      ['cancel', '2', 0, true],
    ]);
  });

  it('leaves nothing after a cancellation, whatever is refunded later', () => {
    const told = order(
      { lines: three, cancelledAt: day(15) },
      { refunds: [refund({ lines: [piece(3)] })] },
    );
    expect(stages(told)).toEqual([
      ['earn', '3', 0, false],
      ['cancel', '3', 0, true],
      ['refund:900', '0', 0, true],
    ]);
  });

  it('takes a refund of the same second before the cancellation', () => {
    const told = order(
      { lines: three, cancelledAt: day(20) },
      { refunds: [refund({ lines: [piece(1)] })] },
    );
    expect(stages(told).map((stage) => (stage as unknown[])[0])).toEqual([
      'earn',
      'refund:900',
      'cancel',
    ]);
  });

  it.each([
    ['the state that knows the refund', 2, ['900']],
    ['the state from before it', 3, []],
  ])('counts a refund once, by %s', (_name, currentQuantity, knownRefundIds) => {
    const lines = [line({ quantity: 3, currentQuantity })];
    const told = order({ lines, knownRefundIds }, { refunds: [refund({ lines: [piece(1)] })] });
    expect(stages(told)).toEqual([
      ['earn', '3', 0, false],
      ['refund:900', '2', 0, false],
    ]);
  });

  it('begins after the edits: what an edit removed was never kept, what it added was', () => {
    const lines = [line({ quantity: 3, currentQuantity: 1 }), line({ id: '2', quantity: 2 })];
    expect(stages(order({ lines }))).toEqual([['earn', '1+2', 0, false]]);
  });

  it('never refunds more of a line than there is', () => {
    const told = order(
      { lines: three },
      { refunds: [refund({ lines: [piece(9), piece(1, '77')] })] },
    );
    expect(stages(told).at(-1)).toEqual(['refund:900', '0', 0, false]);
  });

  it('never keeps more of a line than was ordered', () => {
    const told = order(
      { lines: three, knownRefundIds: ['900'] },
      { refunds: [refund({ lines: [piece(1)] })] },
    );
    expect(stages(told)[0]).toEqual(['earn', '3', 0, false]);
  });

  it('does not take the money for a removed piece a second time when it is paid back', () => {
    // 3 × $100.00, an edit removes one, and its $100.00 follow as a refund without a line.
    const lines = [line({ quantity: 3, currentQuantity: 2 })];
    const paidBack = order({ lines }, { refunds: [refund({ extraMinor: 10_000 })] });
    expect(stages(paidBack).at(-1)).toEqual(['refund:900', '2', 0, false]);
    const andMore = order({ lines }, { refunds: [refund({ extraMinor: 11_500 })] });
    expect(stages(andMore).at(-1)).toEqual(['refund:900', '2', 1500, false]); // 115 − 100
  });

  it('nor when the edit told the piece as a refund without money', () => {
    const byEdit = refund({ id: '1', lines: [piece(1)], extraMinor: -10_000 });
    const money = refund({ id: '2', createdAt: day(21), extraMinor: 10_000 });
    expect(stages(order({ lines: three }, { refunds: [byEdit, money] }))).toEqual([
      ['earn', '3', 0, false],
      ['refund:1', '2', 0, false],
      ['refund:2', '2', 0, false],
    ]);
  });

  it('does not use an amount that is refunded in another currency', () => {
    const refunds = [refund({ extraMinor: 3000, currency: 'EUR', lines: [piece(1)] })];
    expect(stages(order({ lines: three }, { refunds })).at(-1)).toEqual([
      'refund:900',
      '2',
      0,
      false,
    ]);
  });
});

describe('what an order is to tiers, badges and challenges', () => {
  const standing = (...told: OrderTidings[]) => standingOf(factsOf(...told), 'USD');

  it('is its goods without tax and shipping, and one order, from the moment it was placed', () => {
    const lines = [line({ priceMinor: 11_900, taxMinor: 1900 })];
    expect(standing(order({ lines, taxesIncluded: true, shippingMinor: 500 }))).toMatchObject({
      counts: true,
      placedAt: day(10),
      changes: [[day(10), 10_000, 1]],
    });
  });

  it('shrinks with each refund from its own moment on, and is no order when nothing is kept', () => {
    const lines = [line({ quantity: 2, priceMinor: 5000 })];
    const refunds = [
      refund({ id: '1', lines: [piece(1)] }),
      refund({ id: '2', createdAt: day(21), lines: [piece(1)] }),
    ];
    expect(standing(order({ lines }, { refunds }))?.changes).toEqual([
      [day(10), 10_000, 1],
      [day(20), -5000, 0],
      [day(21), -5000, -1],
    ]);
  });

  it('is no order and buys from no category once all its money went back without naming a line', () => {
    const told = order({}, { refunds: [refund({ extraMinor: 10_000 })] });
    expect(standing(told)).toMatchObject({
      changes: [
        [day(10), 10_000, 1],
        [day(20), -10_000, -1],
      ],
      kept: [],
    });
    const almost = order({}, { refunds: [refund({ extraMinor: 9999 })] });
    expect(standing(almost)?.kept).toHaveLength(1);
  });

  it('is an order even when a discount made it free', () => {
    expect(standing(order({ lines: [line({ discountMinor: 10_000 })] }))?.changes).toEqual([
      [day(10), 0, 1],
    ]);
  });

  it('does not count before it is paid, nor in another currency', () => {
    expect(standing(order({ payment: 'unpaid' }))?.counts).toBe(false);
    expect(standing(order({ payment: 'partially_paid' }))?.counts).toBe(false);
    expect(standing(order({ currency: 'EUR' }))?.counts).toBe(false);
  });

  it('a gift card is neither spending nor a category, though it is an order', () => {
    const found = standing(order({ lines: [line({ giftCard: true })] }));
    expect(found).toMatchObject({ changes: [[day(10), 0, 1]], kept: [] });
  });

  it('knows what was kept by the product as it was bought, else by what the line tells', () => {
    const product = {
      category: 'Tea',
      type: 'Drink',
      vendor: 'Acme',
      tags: [],
      collectionIds: ['5'],
    };
    const lines = [
      line({ productId: '77', vendor: 'Old', product }),
      line({ id: '2', vendor: 'Line' }),
      line({ id: '3', quantity: 2, currentQuantity: 0 }),
    ];
    const nothing = { product: null, category: null, type: null, collections: [] };
    const one = { quantity: 1, subscription: false };
    expect(standing(order({ lines }))?.kept).toEqual([
      { product: '77', category: 'Tea', type: 'Drink', vendor: 'Acme', collections: ['5'], ...one },
      { ...nothing, vendor: 'Line', ...one },
    ]);
  });

  it('is not there while only a refund is known', () => {
    expect(
      standing({ orderId: '501', snapshot: null, refunds: [refund()], paidAt: null }),
    ).toBeNull();
  });
});

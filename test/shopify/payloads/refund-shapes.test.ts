/** Refunds as Shopify has written them over the years: what of the money was given back beyond pieces. */
import { describe, expect, it } from 'vitest';
import type { RefundFacts } from '../../../app/domain/orders/order-facts.ts';
import { day, line, Member, order, programme, shopWith } from '../../domain/fixtures.ts';
import { read, refundBody, usd } from './sample.ts';

function refundOf(over: object): RefundFacts {
  const told = read('refunds/create', { ...refundBody, ...over });
  const [refund] = told.kind === 'order' ? told.order.refunds : [];
  if (!refund) throw new Error('It is a refund.');
  return refund;
}

const paid = (amount: string, over: object = {}) => [
  { kind: 'refund', status: 'success', amount, currency: 'USD', ...over },
];
const adjusted = (amount: string, reason = 'Refund discrepancy', over: object = {}) => ({
  ...{ amount_set: usd(amount), tax_amount_set: usd('0.00'), reason },
  ...over,
});
const noLines = { refund_line_items: [] };

describe('money that names no piece (law 2.3)', () => {
  it('is what was paid, where adjustments have no kind, as since 2024-10', () => {
    const told = {
      ...noLines,
      transactions: paid('30.00'),
      order_adjustments: [adjusted('-30.00')],
    };
    expect(refundOf(told)).toMatchObject({ extraMinor: 3000, paidBackMinor: 3000 });
  });

  it('counts while its payment is under way, which Shopify takes off until it is through', () => {
    const pair = [adjusted('-664.05'), adjusted('664.05')];
    const under = { ...noLines, transactions: paid('664.05', { status: 'pending' }) };
    expect(refundOf({ ...under, order_adjustments: pair })).toMatchObject({ extraMinor: 66_405 });
    const through = [...pair, adjusted('-664.05', 'Pending refund discrepancy')];
    const done = { ...noLines, transactions: paid('664.05'), order_adjustments: through };
    expect(refundOf(done)).toMatchObject({ extraMinor: 66_405 });
  });

  it('in the shopper’s money is what the adjustments say in the shop’s, all in all', () => {
    const order_adjustments = [
      adjusted('-20.00'),
      adjusted('-20.00', 'Pending refund discrepancy'),
      adjusted('20.00'),
    ];
    const transactions = paid('18.00', { currency: 'EUR' });
    expect(refundOf({ ...noLines, transactions, order_adjustments })).toMatchObject({
      ...{ extraMinor: 2000, currency: 'USD', paidBackMinor: null },
    });
  });

  it('is none where a piece is paid back later than told: 277.61 under way, 277.61 taken off', () => {
    const told = refundOf({
      refund_line_items: [
        {
          line_item_id: '1',
          quantity: 1,
          subtotal_set: usd('245.67'),
          total_tax_set: usd('31.94'),
        },
      ],
      transactions: paid('277.61', { status: 'pending' }),
      order_adjustments: [adjusted('277.61', 'Refund discrepancy', { kind: 'refund_discrepancy' })],
    });
    expect(told).toMatchObject({ extraMinor: 0, lines: [{ lineId: '1', quantity: 1 }] });
    expect(told.extraTaxIncludedMinor).toBeUndefined();
  });

  it('is none where a piece went and nobody paid yet, whatever is taken off for it', () => {
    const told = { transactions: [], order_adjustments: [adjusted('30.20')] };
    expect(refundOf(told).extraMinor).toBe(-3020);
  });
});

describe('what is no goods money (law 2.3)', () => {
  const shipping = [{ subtotal_amount_set: usd('10.00'), tax_amount_set: usd('1.90') }];

  it('is shipping with its tax, told in the old way or the new: 11.90 take nothing', () => {
    const money = { ...noLines, transactions: paid('11.90') };
    const old = adjusted('-10.00', 'Shipping refund', { tax_amount_set: usd('-1.90') });
    for (const told of [
      { refund_shipping_lines: shipping },
      { order_adjustments: [old] },
      { order_adjustments: [{ ...old, kind: 'shipping_refund' }] },
    ]) {
      expect(refundOf({ ...money, ...told })).toMatchObject({
        ...{ extraMinor: 0, shippingMinor: 1000, shippingTaxMinor: 190 },
      });
    }
  });

  it('is duties, and coins that cash was rounded to', () => {
    expect(
      refundOf({ transactions: paid('40.03'), total_duties_set: usd('9.83') }).extraMinor,
    ).toBe(0);
    expect(
      refundOf({ transactions: paid('40.03'), duties: [{ amount_set: usd('9.83') }] }).extraMinor,
    ).toBe(0);
    expect(refundOf({ transactions: paid('30.25', { amount_rounding: '0.05' }) }).extraMinor).toBe(
      0,
    );
    expect(
      refundOf({ transactions: paid('30.25', { amount_rounding: '0.05' }) }).paidBackMinor,
    ).toBe(3020);
    expect(refundOf({ transactions: paid('31.25', { amount_rounding: '0.05' }) }).extraMinor).toBe(
      105,
    );
  });

  it('is the tax in a price that includes it: of 119.00, with 19.00 of tax in it, 124.00 are 5.00 more', () => {
    const piece = { line_item_id: '1', quantity: 1, subtotal_set: usd('119.00') };
    const told = (amount: string) =>
      refundOf({
        refund_line_items: [{ ...piece, total_tax_set: usd('19.00') }],
        transactions: paid(amount),
      });
    expect(told('119.00')).toMatchObject({ extraMinor: 0 });
    expect(told('119.00').extraTaxIncludedMinor).toBeUndefined();
    expect(told('124.00')).toMatchObject({ extraMinor: 0, extraTaxIncludedMinor: 500 });
  });
});

it('of two pieces of $119.00 with tax in them, one goes back with $11.90 more: 200, −100, −10', () => {
  const shop = shopWith([[day(1), programme()]]);
  const placed = Date.parse('2026-11-20T10:00:00Z');
  const two = line({ quantity: 2, priceMinor: 11_900, taxMinor: 3800 });
  const back = (id: string, told: object) =>
    refundOf({ id, created_at: `2026-11-2${id}T10:00:00Z`, ...told });
  const piece = { line_item_id: '1', quantity: 1, subtotal_set: usd('119.00') };
  const refunds = [
    back('1', {
      refund_line_items: [{ ...piece, total_tax_set: usd('19.00') }],
      transactions: paid('119.00'),
    }),
    back('2', { ...noLines, transactions: paid('11.90'), order_adjustments: [adjusted('-11.90')] }),
  ];
  const lines = { lines: [two], taxesIncluded: true, placedAt: placed, totalMinor: 23_800 };
  const member = new Member(shop).order(order(lines, { refunds }), placed + 9 * 86_400_000);
  expect(member.moves).toEqual([200, -100, -10]); // 11.90 of the 119.00 that are left: a tenth of 100
});

/** Mistakes that loyalty programmes are known for, each with what happens here instead: orders. */
import { describe, expect, it } from 'vitest';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import { day, faultsOf, line, Member, order, programme, refund, shopWith } from './fixtures.ts';

const rate = (points: number, rule = {}) => programme({}, { points, ...rule });
const shop = shopWith([[day(1), rate(1)]]);
const hundred = [line({ priceMinor: 10_000 })];
const state = (updatedAt: number, over: object = {}, told = {}): OrderTidings =>
  order({ lines: hundred, updatedAt, ...over }, told);
const refunded = (...refunds: OrderTidings['refunds']): OrderTidings => ({
  orderId: '501',
  snapshot: null,
  refunds,
  paidAt: null,
});
const piece = (id: string, lineId = '1') => refund({ id, lines: [{ lineId, quantity: 1 }] });

describe('a replayed delivery', () => {
  it('does not pay twice', () => {
    const member = new Member(shop);
    for (let times = 0; times < 3; times += 1) member.order(state(day(10)));
    expect(member.moves).toEqual([100]);
  });

  it('does not take twice', () => {
    const member = new Member(shop).order(state(day(10)));
    for (let times = 0; times < 3; times += 1) member.order(refunded(piece('900')));
    expect(member.moves).toEqual([100, -100]);
  });
});

describe('a status that goes to and fro', () => {
  it.each([
    ['paid, unpaid, paid', ['paid', 'unpaid', 'paid']],
    ['unpaid, paid, partly paid, paid', ['unpaid', 'paid', 'partially_paid', 'paid']],
    ['unknown, paid, unknown', ['unknown', 'paid', 'unknown']],
  ] as const)('does not pay twice: %s', (_name, payments) => {
    const member = new Member(shop);
    for (const [index, payment] of payments.entries())
      member.order(state(day(10 + index), { payment }));
    expect(member.books.available).toBe(100);
    expect(member.books.earnedTotal).toBe(100);
    expect(member.moves).toEqual([100]);
  });

  it('does not pay twice when an order is voided and paid again', () => {
    const member = new Member(shop).order(state(day(10)));
    member.order(state(day(11), { payment: 'voided' })).order(state(day(12)));
    expect(member.moves).toEqual([100, -100, 100]);
    expect(member.books.available).toBe(100);
  });

  it('closing and opening an order again is nothing at all', () => {
    const member = new Member(shop).order(state(day(10)));
    member.order(state(day(11))).order(state(day(12)));
    expect(member.books.entries).toHaveLength(1);
  });
});

describe('an order that is cancelled', () => {
  it('and then completed by a late message earns nothing', () => {
    const cancelled = state(day(12), { cancelledAt: day(12), payment: 'paid' });
    const completed = state(day(12), { payment: 'paid' });
    for (const told of [
      [cancelled, completed],
      [completed, cancelled],
    ]) {
      const member = new Member(shop);
      for (const one of told) member.order(one);
      expect(member.books.available).toBe(0);
    }
  });

  it('is taken back once, though refund and cancellation both tell of it', () => {
    const member = new Member(shop).order(state(day(10)));
    const gone = {
      cancelledAt: day(20),
      knownRefundIds: ['900'],
      lines: [line({ currentQuantity: 0 })],
    };
    member.order(state(day(20), gone, { refunds: [piece('900')] }));
    member.order(refunded(piece('900')));
    expect(member.moves).toEqual([100, -100]);
    expect(member.books.debt).toBe(0);
  });
});

describe('lines that do not count', () => {
  it('a voided order earns nothing, with all its lines in place', () => {
    expect(new Member(shop).order(state(day(10), { payment: 'voided' })).moves).toEqual([]);
  });

  it('a removed line earns nothing: $60.00 + $40.00, of which $40.00 go, are 60', () => {
    const lines = [line({ priceMinor: 6000 }), line({ id: '2', priceMinor: 4000 })];
    const removed = [lines[0] ?? line(), line({ id: '2', priceMinor: 4000, currentQuantity: 0 })];
    const member = new Member(shop).order(state(day(10), { lines }));
    member.order(state(day(11), { lines: removed }));
    expect(member.books.available).toBe(60);
  });
});

describe('refunds', () => {
  it('several of them each take their part: $10.00 × 3 of $100.00', () => {
    const member = new Member(shop).order(state(day(10)));
    for (const id of ['901', '902', '903'])
      member.order(refunded(refund({ id, extraMinor: 1000 })));
    expect(member.moves).toEqual([100, -10, -10, -10]);
  });

  it('of one second are two', () => {
    const same = ['901', '902'].map((id) => refund({ id, createdAt: day(20), extraMinor: 1000 }));
    const member = new Member(shop).order(state(day(10))).order(refunded(...same));
    expect(member.books.available).toBe(80);
  });

  it('take what was awarded, not what today’s rule would give', () => {
    const member = new Member(shop).order(state(day(10)));
    member.shop = shopWith([
      [day(1), rate(1)],
      [day(15), rate(10)],
    ]);
    member.order(refunded(refund({ extraMinor: 3000 }))); // $30.00 at 1, not at 10
    expect(member.moves).toEqual([100, -30]);
  });

  it('of an amount heed what earned nothing: $50.00 of goods, $50.00 gift card, $30.00 back', () => {
    const lines = [line({ priceMinor: 5000 }), line({ id: '2', priceMinor: 5000, giftCard: true })];
    const member = new Member(shop).order(state(day(10), { lines }));
    member.order(refunded(refund({ extraMinor: 3000 })));
    expect(member.moves).toEqual([50, -15]);
  });

  it('of an amount heed lines that the rule leaves out', () => {
    const lines = [
      line({ priceMinor: 7500 }),
      line({ id: '2', priceMinor: 2500, vendor: 'Others' }),
    ];
    const only = shopWith([[day(1), rate(1, { excludedVendors: ['others'] })]]);
    const member = new Member(only).order(state(day(10), { lines }));
    member.order(refunded(refund({ extraMinor: 2000 }))); // a fifth of 75
    expect(member.moves).toEqual([75, -15]);
  });

  it('of a line that earned nothing take nothing', () => {
    const lines = [line({ priceMinor: 5000 }), line({ id: '2', giftCard: true })];
    const member = new Member(shop).order(state(day(10), { lines }));
    member.order(refunded(piece('900', '2')));
    expect(member.moves).toEqual([50]);
  });

  it('charge nothing again: a refunded order leaves the member with what they had before', () => {
    const member = new Member(shop).order(order({ lines: hundred }, { orderId: '1' }));
    member.order(order({ lines: hundred }, { orderId: '2' }));
    member.order({ ...refunded(piece('900')), orderId: '2' });
    member.order({ ...refunded(piece('900')), orderId: '2' });
    expect(member.books.available).toBe(100);
    expect(faultsOf(member.books)).toEqual([]);
  });
});

describe('tax', () => {
  it('in the price is taken off once: $119.00 with $19.00 in it are 100', () => {
    const lines = [line({ priceMinor: 11_900, taxMinor: 1900 })];
    expect(new Member(shop).order(state(day(10), { lines, taxesIncluded: true })).moves).toEqual([
      100,
    ]);
  });

  it('on top of the price is not in it: $100.00 and $19.00 are 100', () => {
    const lines = [line({ priceMinor: 10_000, taxMinor: 1900 })];
    expect(new Member(shop).order(state(day(10), { lines })).moves).toEqual([100]);
  });

  it('in the price is taken off once when a part is given back: $59.50 of $119.00 are half', () => {
    const lines = [line({ priceMinor: 11_900, taxMinor: 1900 })];
    const member = new Member(shop).order(state(day(10), { lines, taxesIncluded: true }));
    member.order(refunded(refund({ extraMinor: 5950 })));
    expect(member.moves).toEqual([100, -50]);
  });
});

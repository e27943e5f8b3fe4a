/** Orders in which several rules of the law meet, each figure worked out by hand. */
import { describe, expect, it } from 'vitest';
import type { OrderSnapshot, OrderTidings } from '../../app/domain/orders/order-facts.ts';
import type { OrderRuleSettings } from '../../app/domain/earning/order-rule.ts';
import type { DisputeState } from '../../app/domain/orders/disputes.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import {
  day,
  faultsOf,
  line,
  Member,
  order,
  programme,
  refund,
  shopWith,
  tiers,
} from './fixtures.ts';

const shop = (over: Partial<ProgrammeInput> = {}, rule: Partial<OrderRuleSettings> = {}) =>
  shopWith([[day(1), programme(over, rule)]]);
const campaign = (key: string, multiplier: string, more: object = {}) => ({
  ...{ key, name: key, enabled: true, multiplier },
  ...{ startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-12-31T00:00:00Z' },
  ...more,
});
function moves(terms: ReturnType<typeof shop>, ...told: OrderTidings[]): number[] {
  const member = new Member(terms);
  for (const one of told) member.order(one);
  expect(faultsOf(member.books)).toEqual([]);
  return member.moves;
}
const back = (id: string, lineId: string, quantity = 1) =>
  refund({ id, lines: [{ lineId, quantity }] });

describe('what was paid', () => {
  it('in francs, tax in it, 10 % off, a market’s rate of 3 for $2, one of two given back (law 1.1, 2.3, 11)', () => {
    // 2 × 59.50 − 11.90 − 17.10 of tax = 90.00: 135 points; of 45.00 they are 67.5.
    const lines = [line({ quantity: 2, priceMinor: 5950, discountMinor: 1190, taxMinor: 1710 })];
    const swiss = { countryCode: 'CH', presentmentCurrency: 'CHF', presentmentTotalMinor: 9000 };
    const state = { lines, taxesIncluded: true, totalMinor: 10_710, ...swiss };
    const markets = [{ key: 'ch', name: 'Switzerland', countries: ['CH'] }];
    const terms = shop({ markets }, { marketRates: [{ market: 'ch', points: 3, per: '2' }] });
    expect(moves(terms, order(state), order(state, { refunds: [back('1', '1')] }))).toEqual([
      135, -68,
    ]);
  });

  it('with store credit in part, and half of the money given back: 75, then 37.5 (law 1.3, 2.3)', () => {
    const gateways = ['other', 'store_credit'] as const;
    const paid = { asOf: day(10), gateways, totalMinor: 10_000, giftCardMinor: 0 };
    const told = { payments: { ...paid, storeCreditMinor: 2500 } };
    const state = { gateways, totalMinor: 10_000 };
    const half = { ...told, refunds: [refund({ extraMinor: 5000 })] };
    expect(moves(shop(), order(state, told), order(state, half))).toEqual([75, -38]);
  });

  it('with a gift card, store credit and a card, a third each: two thirds earn (law 1.3)', () => {
    const gateways = ['gift_card', 'other', 'store_credit'] as const;
    const paid = { asOf: day(10), gateways, totalMinor: 9000 };
    const payments = { ...paid, giftCardMinor: 3000, storeCreditMinor: 3000 };
    const state = { gateways, totalMinor: 9000, lines: [line({ priceMinor: 9000 })] };
    expect(moves(shop(), order(state, { payments }))).toEqual([60]);
  });

  it('for a gift card is given back, and nothing of the tea (law 1.2, 2.3)', () => {
    const lines = [line(), line({ id: '2', giftCard: true, priceMinor: 5000 })];
    expect(moves(shop(), order({ lines }, { refunds: [back('1', '2')] }))).toEqual([100]);
  });
});

describe('what multiplies', () => {
  it('adds up line by line: $40 × (1 + ¼ + 1 + 2) and $60 × (1 + ¼ + 2) are 170 + 195 (law 1.5)', () => {
    const campaigns = [campaign('tea', '2', { when: { products: ['1'] } }), campaign('all', '3')];
    const terms = shop({ multipliers: 'add', tiers: tiers([['a', '0', '1.25']]), campaigns });
    const member = new Member(terms);
    member.createdAt = day(2);
    const lines = [line({ productId: '1', priceMinor: 4000 }), line({ id: '2', priceMinor: 6000 })];
    expect(member.order(order({ lines })).moves).toEqual([365]);
  });

  it('comes to no more than a million million points, which go back as they came (law 1.6)', () => {
    const campaigns = [campaign('x', '99.999'), campaign('y', '99.999')];
    const absurd = {
      multipliers: 'multiply' as const,
      tiers: tiers([['a', '0', '99.999']]),
      campaigns,
    };
    const member = new Member(shop(absurd, { points: 1_000_000, per: '0.01' }));
    member.createdAt = day(2);
    const lines = [line({ priceMinor: 9_999_999_999 })];
    member
      .order(order({ lines }))
      .order(order({ lines, updatedAt: day(12), cancelledAt: day(12) }));
    expect(member.moves).toEqual([1e12, -1e12]);
  });

  it('asks for goods alone: $105 with $6 of duties in it and a tip are no $100 (law 1.1, 1.5)', () => {
    const when = { minimum: '100' };
    const campaigns = [campaign('c', '1', { when, bonus: { points: 7, per: 'order' } })];
    const tip = line({ id: '2', tip: true, priceMinor: 5000 });
    const state = (priceMinor: number): OrderTidings =>
      order({ lines: [line({ priceMinor, dutyMinor: 600 }), tip], dutiesIncluded: true });
    expect(moves(shop({ campaigns }), state(10_500))).toEqual([99]);
    expect(moves(shop({ campaigns }), state(10_600))).toEqual([100, 7]);
  });
});

it('a day of 25 hours and one of 23 are each one day to a limit of 100 a day (law 1.6)', () => {
  const document = programme();
  const [rule] = document.earning;
  const perMember = [{ most: 100, of: 'points' as const, per: 'day' as const }];
  if (rule) rule.limits = { each: null, perMember };
  const member = new Member(shopWith([[day(1), document]], { timeZone: 'Europe/Berlin' }));
  const given = [
    ['2026-03-28T23:00:00Z', 100], // 29 March begins
    ['2026-03-29T21:59:59Z', 0], // its last second, 23 hours later
    ['2026-03-29T22:00:00Z', 100],
    ['2026-10-24T22:30:00Z', 100], // 25 October, 00:30
    ['2026-10-25T22:30:00Z', 0], // 23:30 of the same day, 24 hours later
    ['2026-10-25T23:00:00Z', 100],
  ] as const;
  given.forEach(([placed], at) => {
    const placedAt = Date.parse(placed);
    member.order({ ...order({ placedAt }), orderId: `${at + 1}` }, Date.parse('2026-12-01'));
  });
  expect(given.map((_, at) => member.award('order', `${at + 1}`, 'order')?.posted)).toEqual(
    given.map(([, points]) => points),
  );
});

describe('what happens to an order', () => {
  it('cancelled and opened again, it earns again (law 2.4)', () => {
    const cancelled = order({ updatedAt: day(11), cancelledAt: day(11) });
    expect(moves(shop(), order(), cancelled, order({ updatedAt: day(12) }))).toEqual([
      100, -100, 100,
    ]);
  });

  it('all told before it: a piece that came under another version, and its refund (law 1.7, 2.2)', () => {
    const terms = shopWith([
      [day(1), programme()],
      [day(15), programme({}, { points: 2 })],
    ]);
    const nothing = { orderId: '501', snapshot: null, paidAt: null, refunds: [] };
    const gone = { ...back('9', '1'), createdAt: day(17), toldAt: day(17) };
    const edits = [{ id: 'e', at: day(16), added: [{ lineId: '1', quantity: 1 }] }];
    const lines = [line({ quantity: 3, currentQuantity: 2, priceMinor: 3000 })];
    const state = order({ lines, updatedAt: day(18), knownRefundIds: ['9'] });
    // Two of $30 were placed; the third came at 2 for $1 and went.
    for (const told of [
      [{ ...nothing, refunds: [gone] }, { ...nothing, edits }, state],
      [state, { ...nothing, edits }],
    ]) {
      const member = new Member(terms);
      for (const one of told) member.order({ ...one, refunds: [gone] });
      expect(member.books.available).toBe(60);
    }
  });

  it('exchanged for a piece that comes under a better version, it earns by that (law 1.7)', () => {
    const terms = shopWith([
      [day(1), programme()],
      [day(15), programme({}, { points: 2 })],
    ]);
    const swapped = [line({ currentQuantity: 0 }), line({ id: '2', title: 'Cup' })];
    const edits = [{ id: 'x', at: day(16), added: [{ lineId: '2', quantity: 1 }] }];
    const returned = { ...back('9', '1'), createdAt: day(16), extraMinor: -10_000 };
    const state = { lines: swapped, updatedAt: day(16), knownRefundIds: ['9'], hasReturns: true };
    const agreements = { asOf: day(16), edits };
    const exchanged = order(state, { refunds: [returned], agreements });
    const goodwill = { ...refund({ id: '10', createdAt: day(20) }), extraMinor: 2500 };
    const later = order(state, { refunds: [returned, goodwill], agreements });
    const member = new Member(terms).order(order()).order(exchanged);
    expect(member.books.available).toBe(200);
    expect(member.order(later).books.available).toBe(150); // a quarter of what it is now
  });

  it('lost to the bank in the shopper’s money: €45.00 of €90.00 are half of $100 (law 2.4, 11)', () => {
    const state: Partial<OrderSnapshot> = {
      ...{ totalMinor: 10_000, presentmentCurrency: 'EUR', presentmentTotalMinor: 9000 },
    };
    const lost = (id: string, amountMinor: number, at: number, now: DisputeState = 'lost') => ({
      ...{ id, state: now, at, money: { asOf: at, amountMinor, currency: 'EUR' } },
    });
    const half = lost('1', 4500, day(20));
    expect(moves(shop(), order(state, { disputes: [half] }))).toEqual([100, -50]);
    const both = { disputes: [half, lost('2', 7200, day(21))] };
    expect(moves(shop(), order(state, both))).toEqual([100, -50, -50]);
    const won = { disputes: [half, lost('1', 4500, day(25), 'settled')] };
    expect(moves(shop(), order(state, { disputes: [half] }), order(state, won))).toEqual([
      100, -50, 50,
    ]);
  });
});

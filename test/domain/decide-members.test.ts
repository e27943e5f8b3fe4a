import { describe, expect, it } from 'vitest';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import {
  day,
  line,
  Member,
  order,
  programme,
  refund,
  review,
  shopWith,
  tiers,
} from './fixtures.ts';

const ladder = tiers([
  ['bronze', '0', '1'],
  ['silver', '200', '1.25'],
  ['gold', '500', '1.5'],
]);
const climbing = shopWith([[day(1), programme({ tiers: ladder })]]);

const dollars = (amount: number) => [line({ priceMinor: amount * 100 })];
const bought = (orderId: string, placedAt: number, amount: number, over = {}) =>
  order({ placedAt, lines: dollars(amount), ...over }, { orderId });

describe('the tier an order earns by (law 1.7)', () => {
  it('is the one the member had: $250 of a bronze member earn 250, the next $100 earn 125', () => {
    const member = new Member(climbing).order(bought('1', day(10), 250));
    expect([member.moves, member.tier]).toEqual([[250], 'silver']);
    expect(member.order(bought('2', day(11), 100)).moves).toEqual([250, 125]); // 100 × 1.25
    expect(member.award('order', '2', 'order')?.tierKey).toBe('silver');
  });

  it('is found again when an older order comes late', () => {
    const member = new Member(climbing).order(bought('2', day(11), 100));
    expect(member.moves).toEqual([100]);
    member.order(bought('1', day(10), 250));
    expect(member.books.available).toBe(375); // 250 + 125
    expect(member.award('order', '2', 'order')?.explanation).toMatchObject({ multiplier: '1.25' });
  });

  it('stays when an order from before it is refunded later', () => {
    const member = new Member(climbing)
      .order(bought('1', day(10), 250))
      .order(bought('2', day(11), 100));
    const back = refund({ lines: [{ lineId: '1', quantity: 1 }] });
    member.order({ ...bought('1', day(10), 250), refunds: [back] });
    expect([member.moves, member.tier]).toEqual([[250, 125, -250], 'bronze']);
    expect(member.order(bought('3', day(21), 100)).books.available).toBe(225); // 125 + 100
  });

  it('keeps its multiplier when a later programme multiplies otherwise: $30 of $100 take 37', () => {
    const pieces = [line({ quantity: 10, priceMinor: 1000 })];
    const member = new Member(climbing)
      .order(bought('1', day(10), 250))
      .order(bought('2', day(11), 100, { lines: pieces }));
    const doubled = tiers([
      ['bronze', '0', '2'],
      ['silver', '200', '4'],
    ]);
    member.shop = shopWith([
      [day(1), programme({ tiers: ladder })],
      [day(15), programme({ tiers: doubled })],
    ]);
    const back = refund({ lines: [{ lineId: '1', quantity: 3 }] });
    member.order({ ...bought('2', day(11), 100, { lines: pieces }), refunds: [back] });
    expect(member.moves).toEqual([250, 125, -38]); // 70 × 1.25 = 87.5 → 87
    expect(member.order(bought('3', day(16), 10)).books.available).toBe(250 + 87 + 40);
  });

  it('by points earned counts no points that are only on their way', () => {
    const byPoints = { ...ladder, metric: 'points' };
    const shop = shopWith([[day(1), programme({ tiers: byPoints })]]);
    const member = new Member(shop).order(bought('1', day(10), 250, { payment: 'unpaid' }));
    expect([member.books.pending, member.tier]).toEqual([250, 'bronze']);
    member.order(bought('1', day(10), 250, { updatedAt: day(12) }));
    expect([member.books.available, member.tier]).toEqual([250, 'silver']);
    expect(member.decision?.ladder).toMatchObject({ metric: 'points', have: 250 });
    expect(member.order(bought('2', day(13), 100)).moves.at(-1)).toBe(125);
  });

  it('by points falls when they are taken back, and not when they are spent', () => {
    const shop = shopWith([[day(1), programme({ tiers: { ...ladder, metric: 'points' } })]]);
    const member = new Member(shop).order(bought('1', day(10), 250));
    member.books.available = 0;
    member.books.lots.length = 0;
    expect(member.decide(day(100)).tier).toBe('silver');
    member.order(bought('1', day(10), 250, { updatedAt: day(30), cancelledAt: day(30) }));
    expect(member.tier).toBe('bronze');
  });

  it('by orders counts those of which something was kept', () => {
    const byOrders = tiers([['regular', '2', '1']], { metric: 'orders' });
    const shop = shopWith([[day(1), programme({ tiers: byOrders })]]);
    const member = new Member(shop).order(bought('1', day(10), 5)).order(bought('2', day(11), 5));
    expect(member.tier).toBe('regular');
    member.order(bought('2', day(11), 5, { updatedAt: day(20), cancelledAt: day(20) }));
    expect(member.tier).toBeNull();
  });
});

describe('what counts for a tier (law 6.1)', () => {
  it.each([
    ['an unpaid order', { payment: 'unpaid' }],
    ['an order in another currency', { currency: 'EUR' }],
    ['a test order', { test: true }],
    ['a voided order', { payment: 'voided' }],
    ['a gift card', { lines: [line({ giftCard: true, priceMinor: 90_000 })] }],
  ])('is not %s', (_name, over) => {
    expect(new Member(climbing).order(bought('1', day(10), 900, over)).tier).toBe('bronze');
  });

  it('is the progress that is shown: $120 of the $200 for silver', () => {
    const { decision } = new Member(climbing).order(bought('1', day(10), 120));
    expect(decision?.ladder).toMatchObject({ metric: 'spend', have: 12_000 });
    expect(decision?.ladder?.next).toMatchObject({ key: 'silver', need: 20_000 });
  });

  it('has nothing above the highest tier', () => {
    const { decision } = new Member(climbing).order(bought('1', day(10), 900));
    expect(decision?.ladder?.next).toBeNull();
    expect(new Member(shopWith([])).order(bought('1', day(10), 9)).decision).toMatchObject({
      ladder: null,
      stand: null,
    });
  });
});

const fixed = (
  kind: 'join' | 'review',
  settings: Record<string, unknown>,
): ProgrammeInput['earning'] => [{ key: kind, kind, name: kind, enabled: true, settings }];

describe('joining (law 7.1)', () => {
  const shop = shopWith([[day(5), programme({ earning: fixed('join', { points: 100 }) })]]);

  it('pays once, by when the account began', () => {
    const member = new Member(shop);
    member.createdAt = day(6);
    expect(member.decide(day(7)).decide(day(8)).moves).toEqual([100]);
    expect(member.books.entries[0]).toMatchObject({
      key: 'join:member:join:earn',
      occurredAt: day(6),
    });
  });

  it('pays nothing to an account from before the programme, nor to one whose beginning is unknown', () => {
    const member = new Member(shop).decide(day(7));
    expect(member.books.entries).toEqual([]);
    member.createdAt = day(5) - 1;
    expect(member.decide(day(7)).books.entries).toEqual([]);
  });

  it('pays no second welcome when a later version pays more', () => {
    const member = new Member(shop);
    member.createdAt = day(6);
    member.decide(day(7));
    member.shop = shopWith([
      [day(5), programme({ earning: fixed('join', { points: 100 }) })],
      [day(8), programme({ earning: fixed('join', { points: 500 }) })],
    ]);
    expect(member.decide(day(9)).moves).toEqual([100]);
  });
});

describe('reviews (law 8)', () => {
  const settings = { points: 50, photoBonus: 20, videoBonus: 30 };
  const shop = shopWith([[day(5), programme({ earning: fixed('review', settings) })]]);

  it.each([
    [false, false, 50],
    [true, false, 70],
    [false, true, 80],
    [true, true, 100],
  ])('with a photo: %s, with a video: %s, pay %d', (withPhoto, withVideo, points) => {
    expect(new Member(shop).review(review({ withPhoto, withVideo })).moves).toEqual([points]);
  });

  it('pay once published, are taken back when taken down, and pay again when shown again', () => {
    const member = new Member(shop).review(review({ published: false }));
    expect(member.books.entries).toEqual([]);
    member
      .review(review())
      .review(review())
      .review(review({ published: false }));
    expect(member.moves).toEqual([50, -50]);
    expect(member.award('review', 'judgeme:1', 'review')?.explanation).toMatchObject({
      because: 'review-not-published',
      points: 0,
    });
    expect(member.review(review()).moves).toEqual([50, -50, 50]);
  });

  it('from before the programme pay nothing', () => {
    expect(new Member(shop).review(review({ createdAt: day(4) })).moves).toEqual([]);
  });

  it('that turn out to be somebody else’s are taken back', () => {
    const member = new Member(shop).review(review()).review(review({ id: '2' }));
    member.reviews.delete('1');
    expect(member.decide(day(100), []).moves).toEqual([50, 50, -50]);
    expect(member.award('review', 'judgeme:2', 'review')?.posted).toBe(50);
  });

  it('are another’s when only their number is the same', () => {
    const member = new Member(shop).review(review());
    member.reviews.set('x', review({ provider: 'other' }));
    expect(member.decide(day(100), []).moves).toEqual([50, 50]);
  });
});

it('a shop without a programme gives nothing and forgets nothing', () => {
  const member = new Member(shopWith([]));
  member.createdAt = day(6);
  member.order(bought('1', day(10), 100)).review(review());
  expect(member.books.entries).toEqual([]);
  expect(member.decision).toMatchObject({ progress: [], lookAgainAt: [] });
});

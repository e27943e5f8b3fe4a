import { describe, expect, it } from 'vitest';
import { day, faultsOf, line, Member, order, refund, review, shopWith } from './fixtures.ts';
import { badge, challenge, paying, row } from './goals.ts';

const of = (category: string, id = category) =>
  line({
    id,
    priceMinor: 1000,
    product: { category, type: null, vendor: null, tags: [], collectionIds: [] },
  });
const bought = (orderId: string, placedAt: number, ...categories: string[]) =>
  order({ placedAt, lines: categories.map((one) => of(one)) }, { orderId });

describe('a challenge (law 10.2)', () => {
  const shop = shopWith([[day(1), paying({ challenges: [challenge(3, 150)] })]]);

  it('of three categories is completed by one order', () => {
    const member = new Member(shop).order(bought('1', day(10), 'Tea', 'Coffee', 'Cups'));
    expect(member.moves).toEqual([150]);
    expect(row(member, 'challenge:explorer')).toMatchObject({
      have: 3,
      counted: ['Tea', 'Coffee', 'Cups'],
      completedAt: day(10),
    });
  });

  it('and by three, of which the third completes it', () => {
    const member = new Member(shop)
      .order(bought('1', day(10), 'Tea'))
      .order(bought('2', day(11), 'Coffee', 'Tea'));
    expect(row(member, 'challenge:explorer')).toMatchObject({ have: 2, completedAt: null });
    member.order(bought('3', day(12), 'Cups'));
    expect([member.moves, row(member, 'challenge:explorer')?.completedAt]).toEqual([
      [150],
      day(12),
    ]);
  });

  it('goes back with a refund, and pays again when it is completed again', () => {
    const told = bought('1', day(10), 'Tea', 'Coffee', 'Cups');
    const member = new Member(shop).order(told);
    member.order({ ...told, refunds: [refund({ lines: [{ lineId: 'Cups', quantity: 1 }] })] });
    expect([member.moves, row(member, 'challenge:explorer')?.have]).toEqual([[150, -150], 2]);
    member.order(bought('2', day(30), 'Jars'));
    expect(member.moves).toEqual([150, -150, 150]);
    expect(member.award('challenge', 'explorer', 'explorer')?.corrections).toBe(2);
    expect(faultsOf(member.books)).toEqual([]);
  });

  it.each([
    ['unpaid', { payment: 'unpaid' as const }],
    ['cancelled', { cancelledAt: day(11) }],
    ['a test', { test: true }],
    ['in another currency', { currency: 'EUR' }],
  ])('does not count an order that is %s', (_name, over) => {
    const told = bought('1', day(10), 'Tea', 'Coffee', 'Cups');
    const member = new Member(shop).order(order({ ...told.snapshot, ...over }));
    expect([member.moves, row(member, 'challenge:explorer')]).toEqual([[], undefined]);
  });

  it('counts test orders where they earn', () => {
    const testing = paying({ challenges: [challenge(2, 9)], testOrdersEarn: true });
    const told = bought('1', day(10), 'Tea', 'Coffee');
    const member = new Member(shopWith([[day(1), testing]]));
    expect(member.order(order({ ...told.snapshot, test: true })).moves).toEqual([9]);
  });

  it('counts what is bought in its window: from its first moment to before its last', () => {
    const window = { startsAt: '2026-01-10T00:00:00Z', endsAt: '2026-01-20T00:00:00Z' };
    const timed = shopWith([[day(1), paying({ challenges: [challenge(2, 150, window)] })]]);
    const have = (...moments: number[]) => {
      const member = new Member(timed);
      for (const [at, placedAt] of moments.entries())
        member.order(bought(String(at), placedAt, `c${at}`));
      return row(member, 'challenge:explorer')?.have;
    };
    expect(have(day(10), day(20) - 1)).toBe(2);
    expect(have(day(10) - 1, day(19))).toBe(1);
    expect(have(day(10), day(20))).toBe(1);
  });

  const traits = {
    category: 'Tea',
    type: 'Green',
    vendor: 'Acme',
    tags: [],
    collectionIds: ['5', '6'],
  };
  it.each([
    ['category', 1, ['Tea']],
    ['type', 1, ['Green']],
    ['vendor', 1, ['Acme']],
    ['collection', 2, []],
    ['product', 1, []],
  ])('by %s counts %d of one product, and names %j', (by, have, counted) => {
    const one = challenge(2, 0, { settings: { count: 2, by } });
    const member = new Member(shopWith([[day(1), paying({ challenges: [one] })]]));
    member.order(order({ lines: [line({ productId: '77', product: traits })] }));
    expect(row(member, 'challenge:explorer')).toMatchObject({ have, counted });
  });

  it('counts a product without a category by its type, and one without either not at all', () => {
    const plain = { category: null, type: null, vendor: null, tags: [], collectionIds: [] };
    const lines = [
      line({ id: '1', product: { ...plain, type: 'Green' } }),
      line({ id: '2', product: plain }),
      line({ id: '3' }),
    ];
    const member = new Member(shop).order(order({ lines }));
    expect(row(member, 'challenge:explorer')).toMatchObject({ have: 1, counted: ['Green'] });
  });

  it('never shows more than it asks for', () => {
    const member = new Member(shop).order(bought('1', day(10), 'A', 'B', 'C', 'D', 'E'));
    expect(row(member, 'challenge:explorer')).toMatchObject({ have: 3, counted: ['A', 'B', 'C'] });
  });

  it('and a badge of the same key are two things', () => {
    const both = paying({
      badges: [badge(1, 7, { key: 'x' })],
      challenges: [challenge(2, 9, { key: 'x' })],
    });
    const member = new Member(shopWith([[day(1), both]]));
    member.order(bought('1', day(10), 'A', 'B')).review(review());
    expect(member.moves).toEqual([9, 7]);
  });
});

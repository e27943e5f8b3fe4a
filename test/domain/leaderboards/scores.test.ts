/** What a member's facts come to in a season (law 10.4). */
import { describe, expect, it } from 'vitest';
import { board, player, scoreOf, shopOf } from './boards.ts';
import { day, line, order, refund, review } from '../fixtures.ts';
import { keptOf } from '../../../app/domain/leaderboards/metrics/definition.ts';

const spent = (id: string, placed: number, priceMinor: number, over = {}) =>
  order({ placedAt: placed, lines: [line({ priceMinor })], ...over }, { orderId: id });

describe('the score of a season', () => {
  it('is what was bought in it: $100 and $50 in January are 15000 cents, $70 of February are its own (law 10.4)', () => {
    const member = player(shopOf([board()]));
    member.order(spent('1', day(5), 10_000), day(40));
    member.order(spent('2', day(31), 5_000), day(40));
    member.order(spent('3', day(32), 7_000), day(40));
    expect(scoreOf(member, '2026-01')).toMatchObject({ score: 15_000, listed: true });
    expect(scoreOf(member, '2026-01')?.reachedAt).toBe(day(31));
    expect(scoreOf(member, '2026-02')?.score).toBe(7_000);
  });

  it('loses what is refunded in the season and in the 14 days after it: $100 less $30 are 7000 (law 10.4)', () => {
    const member = player(shopOf([board()]));
    const bought = {
      placedAt: day(5),
      lines: [line({ id: '1', priceMinor: 10_000, quantity: 1 })],
    };
    member.order(order(bought, { orderId: '1' }), day(33));
    expect(scoreOf(member, '2026-01')?.score).toBe(10_000);
    const back = refund({ createdAt: day(40), extraMinor: 3_000, paidBackMinor: 3_000 });
    const later = { ...bought, updatedAt: day(40), payment: 'partially_refunded' as const };
    member.order(order(later, { orderId: '1', refunds: [back] }), day(41));
    expect(scoreOf(member, '2026-01')?.score).toBe(7_000);
  });

  it('is no longer kept up once it is settled, 14 days after its end (law 10.4)', () => {
    const member = player(shopOf([board()]));
    member.order(spent('1', day(5), 10_000), day(45));
    expect(scoreOf(member, '2026-01')?.score).toBe(10_000);
    member.decide(day(46));
    expect(scoreOf(member, '2026-01')).toBeNull();
  });

  it('does not rise by money that comes back after the end: refunded in January, won back in February is nothing (law 10.4)', () => {
    const changes = [
      [day(5), 10_000],
      [day(20), -10_000],
      [day(35), 10_000],
    ] as const;
    expect(keptOf(changes, { endsAt: day(32), settlesAt: day(46) })).toBe(0);
    // Control: had it come back within the season, it would count.
    expect(keptOf(changes, { endsAt: day(36), settlesAt: day(46) })).toBe(10_000);
    // What is given back once it is to be settled takes nothing, however late that is worked off.
    expect(keptOf([...changes, [day(46), -4_000]], { endsAt: day(36), settlesAt: day(46) })).toBe(
      10_000,
    );
  });

  it('leaves out test orders, gift cards, unpaid orders and other currencies (law 10.4)', () => {
    const member = player(
      shopOf([board(), board({ key: 'count', kind: 'orders', settings: { least: '' } })]),
    );
    member.order(spent('1', day(5), 10_000, { test: true }), day(20));
    member.order(spent('2', day(5), 10_000, { payment: 'pending' }), day(20));
    member.order(spent('3', day(5), 10_000, { currency: 'EUR' }), day(20));
    member.order(
      order(
        { placedAt: day(5), lines: [line({ priceMinor: 10_000, giftCard: true })] },
        { orderId: '4' },
      ),
      day(20),
    );
    expect(member.decision?.scores).toEqual([]);
    // Control: one that is none of these counts.
    member.order(spent('5', day(5), 2_000), day(20));
    expect(scoreOf(member, '2026-01')?.score).toBe(2_000);
    expect(scoreOf(member, '2026-01', 'count')?.score).toBe(1);
  });

  it('takes no more of a day than the board allows: ten orders of a day count as 3, two of the next as 2 (law 10.4)', () => {
    const few = board({ kind: 'orders', settings: { least: '' }, mostPerDay: 3 });
    const member = player(shopOf([few]));
    for (let number = 0; number < 10; number += 1) {
      member.order(spent(`1${number}`, day(5) + number * 60_000, 500), day(20));
    }
    for (let number = 0; number < 2; number += 1) {
      member.order(spent(`2${number}`, day(6) + number * 60_000, 500), day(20));
    }
    expect(scoreOf(member, '2026-01')?.score).toBe(5);
  });

  it('of orders leaves out tiny ones: with at least $10, one of $9.99 is none and one of $10.00 is one (law 10.4)', () => {
    const member = player(shopOf([board({ kind: 'orders', settings: { least: '10' } })]));
    member.order(spent('1', day(5), 999), day(20));
    expect(scoreOf(member, '2026-01')).toBeNull();
    member.order(spent('2', day(5), 1_000), day(20));
    expect(scoreOf(member, '2026-01')?.score).toBe(1);
  });

  it('of points is what was earned less what was taken back: 100 and 50 less 30 are 120 (law 10.4)', () => {
    const member = player(shopOf([board({ kind: 'points' })]));
    member.order(spent('1', day(5), 10_000), day(20));
    member.order(spent('2', day(6), 5_000), day(20));
    expect(scoreOf(member, '2026-01')?.score).toBe(150);
    const bought = { placedAt: day(5), lines: [line({ priceMinor: 10_000 })], updatedAt: day(8) };
    const back = refund({ createdAt: day(8), extraMinor: 3_000, paidBackMinor: 3_000 });
    member.order(
      order({ ...bought, payment: 'partially_refunded' }, { orderId: '1', refunds: [back] }),
      day(20),
    );
    expect(scoreOf(member, '2026-01')?.score).toBe(120);
  });

  it('of points counts no order that is not paid, though its points are on their way (law 10.4)', () => {
    const member = player(shopOf([board({ kind: 'points' })]));
    member.order(spent('1', day(5), 10_000, { payment: 'pending' }), day(20));
    expect(member.books.pending).toBe(100);
    expect(scoreOf(member, '2026-01')).toBeNull();
  });

  it('of reviews loses one that is taken down: three less one are 2 (law 10.4)', () => {
    const member = player(shopOf([board({ kind: 'reviews' })]));
    for (const id of ['1', '2', '3']) member.review(review({ id, createdAt: day(5) }), day(20));
    expect(scoreOf(member, '2026-01')?.score).toBe(3);
    member.review(
      review({ id: '2', createdAt: day(5), published: false, updatedAt: day(9) }),
      day(20),
    );
    expect(scoreOf(member, '2026-01')?.score).toBe(2);
  });

  it('of challenges counts each that is complete, and of progress how far one is in the season (law 10.4)', () => {
    const explorer = {
      ...{ key: 'explorer', kind: 'distinct-purchases', name: 'Explorer', enabled: true },
      settings: { count: 3, by: 'vendor' },
      ...{ prizePoints: 0, startsAt: null, endsAt: null },
    };
    const boards = [
      board({ kind: 'challenges', settings: { challenges: ['explorer'] } }),
      board({ key: 'far', kind: 'progress', settings: { challenge: 'explorer' } }),
    ];
    const member = player(shopOf(boards, { challenges: [explorer] }));
    const from = (id: string, at: number, vendor: string) =>
      order({ placedAt: at, lines: [line({ priceMinor: 1_000, vendor })] }, { orderId: id });
    member.order(from('1', day(5), 'A'), day(40)).order(from('2', day(6), 'B'), day(40));
    expect(scoreOf(member, '2026-01', 'far')?.score).toBe(2);
    expect(scoreOf(member, '2026-01')).toBeNull();
    member.order(from('3', day(33), 'C'), day(40));
    // The third vendor is February's: January stays at two of three, and February has one.
    expect(scoreOf(member, '2026-01', 'far')?.score).toBe(2);
    expect(scoreOf(member, '2026-02', 'far')?.score).toBe(1);
    expect([scoreOf(member, '2026-01')?.score, scoreOf(member, '2026-02')?.score]).toEqual([
      undefined,
      1,
    ]);
  });

  it('is the same in whatever order the same orders are told, and told twice (law 10.4)', () => {
    const told = [spent('1', day(5), 1_200), spent('2', day(5), 800), spent('3', day(9), 3_300)];
    const scores = [told, [...told].reverse(), [...told, ...told]].map((some) => {
      const member = player(shopOf([board({ mostPerDay: 15 })]));
      for (const one of some) member.order(one, day(20));
      return scoreOf(member, '2026-01');
    });
    // At most $15 of a day: 1500 of the 2000 of the fifth, and of the ninth.
    expect(scores[0]?.score).toBe(3_000);
    expect(scores[1]).toEqual(scores[0]);
    expect(scores[2]).toEqual(scores[0]);
  });
});

describe('who is ranked', () => {
  it('is only who chose a nickname; of who did not nothing is kept (law 10.4)', () => {
    const member = player(shopOf([board()]));
    member.boardName = null;
    member.order(spent('1', day(5), 10_000), day(20));
    expect(member.decision?.scores).toBeNull();
    member.boardName = 'listed';
    member.decide(day(20));
    expect(scoreOf(member, '2026-01')).toMatchObject({ score: 10_000, listed: true });
  });

  it('is nobody whose name a person hid, and who was only reported still is (law 10.4)', () => {
    const member = player(shopOf([board()]));
    member.order(spent('1', day(5), 10_000), day(20));
    for (const [state, listed] of [
      ['reported', true],
      ['hidden', false],
      ['refused', false],
    ] as const) {
      member.boardName = state;
      member.decide(day(20));
      expect(scoreOf(member, '2026-01')).toMatchObject({ score: 10_000, listed });
    }
  });

  it('is who has enough: of $50, one who spent $49.99 is not, and one who spent $50.00 is (law 10.4)', () => {
    const member = player(shopOf([board({ leastScore: 50 })]));
    member.order(spent('1', day(5), 4_999), day(20));
    expect(scoreOf(member, '2026-01')).toMatchObject({ score: 4_999, listed: false });
    member.order(spent('2', day(6), 1), day(20));
    expect(scoreOf(member, '2026-01')).toMatchObject({ score: 5_000, listed: true });
  });

  it('is whom the board is for, by the tags they had when the season ended (law 10.4)', () => {
    const only = { tiers: [], tags: ['vip'], withoutTags: [] };
    const member = player(shopOf([board({ audience: only })]));
    member.order(spent('1', day(5), 10_000), day(20));
    expect(scoreOf(member, '2026-01')?.listed).toBe(false);
    member.tags = [[day(4), 'all', ['vip']]];
    member.decide(day(20));
    expect(scoreOf(member, '2026-01')?.listed).toBe(true);
    member.tags = [
      [day(4), 'all', ['vip']],
      [day(33), 'all', []],
    ];
    member.decide(day(40));
    expect(scoreOf(member, '2026-01')?.listed).toBe(true);
  });

  it('is no customer who has not joined (law 10.4)', () => {
    const shop = shopOf([board()], { membership: { policy: 'opted-in' } });
    const member = player(shop);
    member.order(spent('1', day(5), 10_000), day(20));
    expect(member.decision?.scores).toEqual([]);
    member.optedInAt = day(6);
    member.decide(day(20));
    expect(scoreOf(member, '2026-01')?.score).toBe(10_000);
  });
});

/** What time does to a member's points, through the whole engine. */
import { describe, expect, it } from 'vitest';
import {
  day,
  faultsOf,
  line,
  Member,
  order,
  programme,
  refund,
  review,
  shopWith,
} from './fixtures.ts';
import { bought, expiring, refunded, shopThat, story } from './passing-days.ts';

describe('maturity (law 3.1)', () => {
  it('points of an order can be spent at the same time of the day, N days after it was paid', () => {
    const paidAt = Date.parse('2026-03-20T15:30:00Z'); // 16:30 in Berlin, in winter
    const shop = shopWith([[day(1), programme({ maturityDays: 14 })]]);
    const member = new Member(shop).order(bought('501', 100, paidAt), paidAt);
    expect(member.books).toMatchObject({ available: 0, pending: 100 });
    const from = Date.parse('2026-04-03T14:30:00Z'); // 16:30 in Berlin, in summer
    expect(member.decision?.dueAt).toBe(from);
    member.decide(from - 1, []);
    expect(member.books).toMatchObject({ available: 0, pending: 100 });
    member.decide(from, []);
    expect(member.books).toMatchObject({ available: 100, pending: 0 });
    expect(member.decision?.dueAt).toBeNull();
  });

  it('or after it was sent, where the merchant chose so: unpaid or unsent points have no date', () => {
    const shop = shopThat({ maturesAfter: 'fulfilled', maturityDays: 7 });
    const paid = bought('501', 100, day(10));
    const member = new Member(shop).order(paid, day(60));
    expect(member.books.lots[0]).toMatchObject({ state: 'pending', availableAt: null });
    member.order({ ...paid, fulfilledAt: day(20) }, day(20));
    expect(member.books.lots[0]).toMatchObject({ state: 'pending', availableAt: day(27) });
    member.decide(day(27), []);
    expect(member.books).toMatchObject({ available: 100, pending: 0 });

    // Sent on account, and paid later: the later of both counts.
    const unpaid = { ...order({ placedAt: day(10), payment: 'unpaid' }), fulfilledAt: day(12) };
    const onAccount = new Member(shop).order(unpaid, day(60));
    expect(onAccount.books.lots[0]).toMatchObject({ state: 'pending', availableAt: null });
    const paidLater = order({ placedAt: day(10), updatedAt: day(40) }, { paidAt: day(40) });
    onAccount.order(paidLater, day(41));
    expect(onAccount.books.lots[0]).toMatchObject({ state: 'pending', availableAt: day(47) });
  });

  it('a refund takes the order’s own pending points and leaves what can be spent', () => {
    const shop = shopThat({ maturityDays: 10 });
    const member = new Member(shop).order(bought('1', 50, day(2)), day(15));
    member.order(bought('2', 70, day(14)), day(15));
    expect(member.books).toMatchObject({ available: 50, pending: 70 });
    member.order(refunded('2', 70, day(14), day(16)), day(16));
    expect(member.books).toMatchObject({ available: 50, pending: 0, debt: 0 });
  });

  it('an award tells from when on its points can be spent', () => {
    const member = new Member(shopThat({ maturityDays: 3 })).order(bought('1', 50, day(2)), day(2));
    expect(member.award('order', '1', 'order')?.availableAt).toBe(day(5));
  });
});

describe('expiry (law 4.2)', () => {
  it('posts what is left of a lot at the end of its day, and edits nothing', () => {
    const member = new Member(shopThat({ expiry: expiring() })).order(
      bought('1', 80, day(2)),
      day(2),
    );
    member.redeem(30, day(5));
    expect(member.decision?.dueAt).toBe(day(13));
    member.decide(day(13) - 1, []);
    expect(member.books.available).toBe(50);
    member.decide(day(13), []);
    expect(story(member)).toEqual([
      '01-02 earn 80 issued→available',
      '01-05 redeem 30 available→redeemed',
      '01-13 expire 50 available→expired',
    ]);
    expect(member.books).toMatchObject({ available: 0, earnedTotal: 80 });
    expect(faultsOf(member.books)).toEqual([]);
  });

  it('a worker that slept finds everything that fell due, in its order, each at its own moment', () => {
    const shop = shopThat({ maturityDays: 5, expiry: expiring() });
    const member = new Member(shop).order(bought('1', 40, day(2)), day(2));
    member.order(bought('2', 60, day(4)), day(4));
    member.decide(day(40), []);
    expect(story(member)).toEqual([
      '01-02 earn 40 issued→pending',
      '01-04 earn 60 issued→pending',
      '01-07 mature 40 pending→available',
      '01-09 mature 60 pending→available',
      '01-18 expire 40 available→expired',
      '01-20 expire 60 available→expired',
    ]);
    const slept = [...member.books.entries];
    member.decide(day(41), []);
    expect(member.books.entries).toEqual(slept); // and nothing twice
    const awake = new Member(shop).order(bought('1', 40, day(2)), day(2));
    awake.order(bought('2', 60, day(4)), day(4));
    for (let now = 5; now <= 40; now += 1) awake.decide(day(now), []);
    expect(awake.books.entries).toEqual(slept);
  });

  it('what has expired cannot be spent while the worker sleeps', () => {
    const member = new Member(shopThat({ expiry: expiring() })).order(
      bought('1', 80, day(2)),
      day(2),
    );
    expect(() => member.redeem(1, day(13))).toThrow('spending never makes debt');
    expect(member.books).toMatchObject({ available: 0, debt: 0 });
    // Control: a millisecond before they could be.
    const awake = new Member(shopThat({ expiry: expiring() })).order(
      bought('1', 80, day(2)),
      day(2),
    );
    awake.redeem(1, day(13) - 1);
    expect(awake.books.available).toBe(79);
  });

  it('an inactive balance expires as a whole; presents do not keep it alive', () => {
    const shop = shopThat({
      expiry: expiring({ kind: 'inactivity', length: 30 }),
      badges: [
        {
          key: 'fan',
          kind: 'reviews-published',
          name: 'Fan',
          enabled: true,
          bonusPoints: 7,
          settings: { count: 1 },
        },
      ],
    });
    const member = new Member(shop).order(bought('1', 80, day(2)), day(2));
    member.order(bought('2', 20, day(20)), day(20));
    expect(member.books.lots.map(({ expiresAt }) => expiresAt)).toEqual([day(51), day(51)]);
    member.redeem(10, day(40)); // spending is being active
    expect(member.decision?.dueAt).toBe(day(71));
    member.decide(day(71), []);
    expect(member.books).toMatchObject({ available: 0 });
    // A badge is a present: its points are there, and the review for which it is given counts.
    member.review(review({ createdAt: day(80) }), day(85));
    expect(member.books).toMatchObject({ available: 7 });
    expect(member.books.lots.at(-1)).toMatchObject({ sourceKind: 'badge', expiresAt: day(111) });
  });

  it('shows each lot with its own date, not only the earliest', () => {
    const member = new Member(shopThat({ expiry: expiring() }));
    for (const number of [2, 3, 4]) member.order(bought(String(number), 10, day(number)), day(5));
    expect(member.books.lots.map(({ expiresAt }) => expiresAt)).toEqual([
      day(13),
      day(14),
      day(15),
    ]);
  });
});

describe('a refund of what has expired (law 4.2)', () => {
  it('takes nothing more: expired credits do not leave the sum while their debits stay', () => {
    const member = new Member(shopThat({ expiry: expiring() })).order(
      bought('1', 100, day(2)),
      day(2),
    );
    member.order(bought('2', 30, day(12)), day(12));
    member.order(refunded('1', 100, day(2), day(20)), day(20));
    expect(member.books).toMatchObject({ available: 30, debt: 0 });
    expect(member.award('order', '1', 'order')).toMatchObject({
      posted: 100,
      explanation: { lapsed: 100 },
    });
    expect(faultsOf(member.books)).toEqual([]);
    // Control: without expiry the hundred are taken.
    const never = new Member(shopThat({})).order(bought('1', 100, day(2)), day(2));
    never.order(refunded('1', 100, day(2), day(20)), day(20));
    expect(never.books).toMatchObject({ available: 0, earnedTotal: 0 });
  });

  it('takes what was spent of it: 40 spent, 60 expired, all refunded, is a debt of 40', () => {
    const member = new Member(shopThat({ expiry: expiring() })).order(
      bought('1', 100, day(2)),
      day(2),
    );
    member.redeem(40, day(5));
    member.order(refunded('1', 100, day(2), day(20)), day(20));
    expect(story(member).slice(2)).toEqual([
      '01-13 expire 60 available→expired',
      '01-20 reverse 40 debt→issued',
    ]);
    expect(member.books).toMatchObject({ available: 0, debt: 40 });
  });

  it('in parts sets the expired points off once: 60 expired, refunds of 50 and 50, leave a debt of 40', () => {
    const member = new Member(shopThat({ expiry: expiring() }));
    const two = (quantity: number) =>
      order(
        { placedAt: day(2), lines: [line({ quantity: 2, priceMinor: 5_000 })] },
        {
          orderId: '1',
          refunds: Array.from({ length: quantity }, (_, index) =>
            refund({
              id: `90${index}`,
              createdAt: day(20 + index),
              lines: [{ lineId: '1', quantity: 1 }],
            }),
          ),
        },
      );
    member.order(two(0), day(2));
    member.redeem(40, day(5));
    member.order(two(1), day(20));
    expect(member.books).toMatchObject({ available: 0, debt: 0 });
    member.order(two(2), day(21));
    expect(member.books).toMatchObject({ available: 0, debt: 40 });
    // Told at once by somebody who slept, it is the same.
    const late = new Member(member.shop).order(two(0), day(2));
    late.redeem(40, day(5));
    late.order(two(2), day(30));
    expect(late.books).toMatchObject({ available: 0, debt: 40 });
  });
});

/** Tickets from orders, prizes of draws, and what a refund does to both. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gameInput, prizeInput } from './game-settings.ts';
import type { GameInput } from './game-settings.ts';
import { playActivity } from '../../../app/domain/games/plays.ts';
import type { Play } from '../../../app/domain/games/plays.ts';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import type { ShopTerms } from '../../../app/domain/programme/terms.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import { badge } from '../goals.ts';
import { day, line, Member, order, programme, refund, shopWith } from '../fixtures.ts';

const shopOf = (over: Partial<GameInput> = {}): ShopTerms =>
  shopWith([[day(1), programme({ earning: [], games: [gameInput(over)] })]]);

const TICKETS = { perOrder: { tickets: 2, by: 'order' as const } };
const BY_AMOUNT = { perOrder: { tickets: 1, by: 'amount' as const, amount: '25' } };

/** Four pieces at $25 on a day, of which so many are given back. */
function bought(id: string, on: number, back = 0): OrderTidings {
  const [placedAt, lineId] = [day(on), `${id}1`];
  const payment = back === 4 ? 'refunded' : back > 0 ? 'partially_refunded' : 'paid';
  const lines = [line({ id: lineId, quantity: 4, currentQuantity: 4, priceMinor: 2_500 })];
  const given = { lineId, quantity: back };
  return order(
    { placedAt, updatedAt: placedAt + back, lines, payment },
    {
      ...{ orderId: id, paidAt: placedAt },
      refunds:
        back === 0 ? [] : [refund({ id: `${id}9`, createdAt: placedAt + 1, lines: [given] })],
    },
  );
}

function played(over: Partial<Play> = {}): ReturnType<typeof playActivity> {
  return playActivity({
    ...{ id: 'd1', at: day(20), game: 'wheel', epoch: '2026-01-20', as: 'draw', route: 'order' },
    ...{ ref: '501', place: 0, version: 1, prize: 'ten', requestKey: 'k' },
    ...over,
  });
}

const tickets = (member: Member): readonly string[] => member.decision?.tickets?.[0]?.counted ?? [];

describe('tickets from orders', () => {
  it('are two for each order that is kept, and go with the order (law 10.5)', () => {
    const member = new Member(shopOf({ entry: TICKETS }));
    member.order(bought('501', 10)).order(bought('502', 11));
    expect(member.decision?.tickets).toEqual([
      { key: 'game:wheel', have: 4, need: 0, counted: ['501 2', '502 2'] },
    ]);
    member.order(bought('501', 10, 4));
    expect(member.decision?.tickets).toEqual([
      { key: 'game:wheel', have: 2, need: 0, counted: ['502 2'] },
    ]);
  });

  it('come from a test order only where test orders earn, by the version of its day', () => {
    const of = (testOrdersEarn: boolean) =>
      programme({ testOrdersEarn, earning: [], games: [gameInput({ entry: TICKETS })] });
    const shop = shopWith([
      [day(1), of(false)],
      [day(11), of(true)],
    ]);
    const tested = (id: string, on: number): OrderTidings => {
      const told = bought(id, on);
      return { ...told, snapshot: told.snapshot && { ...told.snapshot, test: true } };
    };
    const member = new Member(shop).order(tested('501', 10)).order(tested('502', 11));
    expect(tickets(member)).toEqual(['502 2']);
    expect(tickets(new Member(shop).order(bought('501', 10)))).toEqual(['501 2']);
  });

  it('are one for each $25 of goods: $100 are 4, with two of four pieces refunded 2, at most 3 of an order', () => {
    const member = new Member(shopOf({ entry: BY_AMOUNT }));
    expect(tickets(member.order(bought('501', 10)))).toEqual(['501 4']);
    expect(tickets(member.order(bought('501', 10, 2)))).toEqual(['501 2']);
    const most = { perOrder: { ...BY_AMOUNT.perOrder, most: 3 } };
    expect(tickets(new Member(shopOf({ entry: most })).order(bought('501', 10)))).toEqual([
      '501 3',
    ]);
  });

  it('come from orders that are paid, of the days on which the game runs, by the version of their day', () => {
    const window = { startsAt: '2026-01-10T00:00:00Z', endsAt: '2026-01-20T00:00:00Z' };
    const member = new Member(shopOf({ ...window, entry: TICKETS }));
    member.order(bought('501', 9)).order(bought('502', 10)).order(bought('503', 20));
    expect(tickets(member)).toEqual(['502 2']);
    member.order({ ...bought('504', 12), paidAt: null });
    expect(tickets(member)).toEqual(['502 2']);
    const richer = { games: [gameInput({ entry: { perOrder: { tickets: 5 } } })], earning: [] };
    const shop = shopWith([
      [day(1), programme({ earning: [], games: [gameInput({ entry: TICKETS })] })],
      [day(15), programme(richer)],
    ]);
    const later = new Member(shop).order(bought('501', 14)).order(bought('502', 15));
    expect(tickets(later)).toEqual(['501 2', '502 5']);
  });

  it('are kept for each giveaway by itself, and nowhere where no version gives any', () => {
    const giveaway = {
      ...{ key: 'yacht', kind: 'giveaway', settings: { once: true }, entry: TICKETS },
      ...{ startsAt: '2026-01-10T00:00:00Z', endsAt: '2026-01-20T00:00:00Z' },
      prizes: [prizeInput('tea', 0, 500, { stock: 1 })],
    };
    const member = new Member(shopOf(giveaway)).order(bought('501', 12));
    expect(member.decision?.tickets?.map(({ key }) => key)).toEqual(['game:yacht:2026-01-10']);
    expect(new Member(shopOf()).order(bought('501', 12)).decision?.tickets).toBeNull();
  });
});

describe('the prize of a draw', () => {
  it('is paid once, however often it is told, and taken back with its order (law 10.5)', () => {
    const member = new Member(shopOf({ entry: TICKETS }));
    member.order(bought('501', 10)).did(played());
    member.did(played()).did(played({ id: 'd2', place: 1, at: day(21) }));
    expect(member.books.available).toBe(20);
    expect(member.decision?.played).toEqual([
      { orderId: '501', name: 'Wheel', uncovered: 0, plays: 2 },
    ]);
    member.order(bought('501', 10, 4));
    expect(member.books.available).toBe(0);
    expect(member.moves).toEqual([10, 10, -10, -10]);
    expect(member.decision?.played).toEqual([
      { orderId: '501', name: 'Wheel', uncovered: 2, plays: 2 },
    ]);
  });

  it('stays where tickets that were not played go first: of 4, two played, two are refunded', () => {
    const member = new Member(shopOf({ entry: BY_AMOUNT })).order(bought('501', 10));
    member.did(played()).did(played({ id: 'd2', place: 1 }));
    member.order(bought('501', 10, 2));
    expect([member.books.available, tickets(member)]).toEqual([20, ['501 2']]);
    // $25 give one: the second play has no ticket any more.
    member.order(bought('501', 10, 3));
    expect([member.books.available, tickets(member)]).toEqual([10, ['501 1']]);
    expect(member.decision?.played[0]).toMatchObject({ uncovered: 1, plays: 2 });
  });

  it('stays after a refund where the merchant said so, and the order is flagged all the same', () => {
    const member = new Member(shopOf({ entry: TICKETS, refunded: 'keep' }));
    member
      .order(bought('501', 10))
      .did(played())
      .order(bought('501', 10, 4));
    expect(member.books.available).toBe(10);
    expect(member.decision?.played[0]).toMatchObject({ uncovered: 1 });
  });

  it('is what the version promised by which it was played, also after the game is gone', () => {
    const shop = shopWith([
      [day(1), programme({ earning: [], games: [gameInput()] })],
      [day(30), programme({ earning: [], games: [] })],
    ]);
    const member = new Member(shop).did(played({ route: 'free', ref: null }), day(40));
    expect(member.books.available).toBe(10);
    expect(member.award('game', 'wheel', 'd1')?.explanation).toMatchObject({
      ...{ because: 'game-won', ruleName: 'Wheel: ten', points: 10 },
    });
  });

  it('is nothing for a blank, for a ticket of a giveaway, and for who was no member then', () => {
    const free = { route: 'free', ref: null } as const;
    const member = new Member(shopOf());
    member
      .did(played({ ...free, prize: null }))
      .did(played({ ...free, id: 'd2', as: 'ticket', prize: null }));
    expect(member.books.entries).toEqual([]);
    const shop = shopWith([
      [
        day(1),
        programme({ earning: [], games: [gameInput()], membership: { policy: 'opted-in' } }),
      ],
    ]);
    const outsider = new Member(shop).did(played(free));
    expect(outsider.books.available).toBe(0);
  });

  it('is neither points, nor a reward, nor a badge for who joined too long after (law 7.1)', () => {
    const prize = { points: 10, reward: 'tea', badge: 'fan' };
    const document = programme({
      ...{ earning: [], membership: { policy: 'opted-in', claimDays: 90 } },
      games: [
        gameInput({ entry: TICKETS, prizes: [{ ...prizeInput('ten', 1_000_000, 0), prize }] }),
      ],
      rewards: writtenRewards({ key: 'tea', kind: 'perk', points: 1 }),
      badges: [badge(5, 0)],
    });
    const member = new Member(shopWith([[day(1), document]], { timeZone: 'UTC' }));
    member.optedInAt = day(110);
    const won = (): unknown[] => [
      ...[member.books.available, member.redemptions.size, tickets(member)],
      member.decision?.progress.filter(({ completedAt }) => completedAt !== null).length,
    ];
    // The 19th is 91 days before, and the 20th is 90.
    const free = { route: 'free', ref: null } as const;
    member.order(bought('501', 19), day(111)).did(played({ ...free, at: day(19) }), day(111));
    expect(won()).toEqual([0, 0, [], 0]);
    member.order(bought('502', 20), day(112));
    member.did(played({ ...free, id: 'd2', at: day(20) }), day(112));
    expect(won()).toEqual([10, 1, ['502 2'], 1]);
  });

  it('comes to the same in whatever order orders, refunds and draws are told', () => {
    const steps = [
      (member: Member) => member.order(bought('501', 10)),
      (member: Member) => member.order(bought('502', 11)),
      (member: Member) => member.order(bought('501', 10, 3)),
      (member: Member) => member.did(played()),
      (member: Member) => member.did(played({ id: 'd2', place: 1 })),
      (member: Member) => member.did(played({ id: 'd3', ref: '502' })),
    ];
    const shop = shopOf({ entry: BY_AMOUNT });
    fc.assert(
      fc.property(fc.shuffledSubarray([...steps, ...steps], { minLength: 12 }), (all) => {
        const member = new Member(shop);
        for (const step of all) step(member);
        // 501 keeps $25 and one ticket of two that were played; 502 keeps all four.
        expect(member.books.available).toBe(20);
        expect(tickets(member)).toEqual(['501 1', '502 4']);
      }),
      { numRuns: 40 },
    );
  });
});

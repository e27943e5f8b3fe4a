/** Redeemed points and the orders that used them, through the whole engine. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderTidings, RefundFacts } from '../../app/domain/orders/order-facts.ts';
import { pointsHeld } from '../../app/domain/points/redemption.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import { day, faultsOf, line, Member, order, programme, refund, shopWith } from './fixtures.ts';

const shopThat = (over: Partial<ProgrammeInput> = {}) =>
  shopWith([[day(1), programme(over)]], { timeZone: 'UTC' });

/** Spends nothing it earned: the member came by their points before. */
function memberWith(points: number, over: Partial<ProgrammeInput> = {}): Member {
  const lines = [line({ priceMinor: points * 100 })];
  return new Member(shopThat(over)).order(
    order({ placedAt: day(2), lines }, { orderId: '1' }),
    day(2),
  );
}

/** $50 of goods in two lines of $25, $5 off by the code, $7 of shipping. Gift cards, so that it earns nothing itself. */
const used = (over: Partial<OrderTidings> = {}, refunds: readonly RefundFacts[] = []) =>
  order(
    {
      placedAt: day(10),
      shippingMinor: 700,
      lines: ['a', 'b'].map((id) =>
        line({ id, priceMinor: 2_500, discountMinor: 250, giftCard: true }),
      ),
      discountCodes: [
        { code: 'THANKS-1', lines: ['a', 'b'].map((lineId) => ({ lineId, minor: 250 })) },
      ],
      ...over.snapshot,
    },
    { orderId: '77', refunds, ...over, ...(over.snapshot && {}) },
  );

const half = refund({ id: '91', createdAt: day(20), lines: [{ lineId: 'a', quantity: 1 }] });
const rest = refund({ id: '92', createdAt: day(21), lines: [{ lineId: 'b', quantity: 1 }] });

function redeemed(over: Partial<ProgrammeInput> = {}, points = 500): Member {
  const member = memberWith(points, over);
  member.redeem(500, day(9), { code: 'thanks-1' });
  return member;
}

const state = (member: Member): string => {
  const [redemption] = member.redemptions.values();
  return redemption ? `${redemption.state} ${pointsHeld(redemption)}` : 'none';
};

describe('an order uses a redemption', () => {
  it('which is captured when the order is paid, and not before', () => {
    const member = redeemed();
    const unpaid = used({ paidAt: null });
    member.order(
      { ...unpaid, snapshot: unpaid.snapshot && { ...unpaid.snapshot, payment: 'unpaid' } },
      day(10),
    );
    expect(state(member)).toBe('reserved 500');
    const paid = used({ paidAt: day(12) });
    member.order(
      { ...paid, snapshot: paid.snapshot && { ...paid.snapshot, updatedAt: day(12) } },
      day(12),
    );
    expect(state(member)).toBe('captured 500');
    expect(member.redemptions.get('r1')).toMatchObject({ orderId: '77', capturedAt: day(12) });
    expect(member.books.available).toBe(0);
  });
});

describe('a refund of the order that used it (law 2.5)', () => {
  it('gives back pro rata: 500 points for $5 off $50, $25 of lines refunded, are 250 back', () => {
    const member = redeemed()
      .order(used(), day(10))
      .order(used({}, [half]), day(20));
    expect(member.books.available).toBe(250);
    expect(state(member)).toBe('captured 250');
    expect(member.books.entries.at(-1)).toMatchObject({
      kind: 'return',
      points: 250,
      from: 'redeemed',
      to: 'available',
      lot: 1,
      occurredAt: day(20),
    });
  });

  it('gives back everything when all lines are refunded, though the shipping is not', () => {
    const member = redeemed().order(used({}, [half, rest]), day(30));
    expect(member.books.available).toBe(500);
    expect(state(member)).toBe('returned 0');
  });

  it('gives back once, however refund and cancellation arrive, and however often', () => {
    const cancelled = (refunds: readonly RefundFacts[]): OrderTidings => {
      const told = used({}, refunds);
      const snapshot = told.snapshot && {
        ...told.snapshot,
        cancelledAt: day(22),
        updatedAt: day(22),
      };
      return { ...told, snapshot };
    };
    const ways: (readonly OrderTidings[])[] = [
      [used(), used({}, [half]), cancelled([half])],
      [cancelled([]), used({}, [half]), cancelled([half]), used({}, [rest])],
      [used({}, [half, rest]), cancelled([]), cancelled([half, rest])],
    ];
    for (const told of ways) {
      const member = redeemed();
      for (const tidings of [...told, ...told]) member.order(tidings, day(30));
      expect(member.books.available).toBe(500);
      expect(state(member)).toBe('returned 0');
      expect(faultsOf(member.books)).toEqual([]);
    }
  });

  it('sums up: three refunds of a third give 166, 167 and 167', () => {
    const thirds = (count: number): OrderTidings => {
      const refunds = Array.from({ length: count }, (_, index) =>
        refund({
          id: `9${index}`,
          createdAt: day(20 + index),
          lines: [{ lineId: 'a', quantity: 1 }],
        }),
      );
      const told = used({}, refunds);
      const lines = [line({ id: 'a', quantity: 3, priceMinor: 1_000, discountMinor: 500 })];
      const discountCodes = [{ code: 'THANKS-1', lines: [{ lineId: 'a', minor: 500 }] }];
      return { ...told, snapshot: told.snapshot && { ...told.snapshot, lines, discountCodes } };
    };
    const member = redeemed();
    for (const count of [0, 1, 2, 3]) member.order(thirds(count), day(19 + count));
    const returns = member.books.entries.filter(({ kind }) => kind === 'return');
    expect(returns.map(({ points }) => points)).toEqual([166, 167, 167]);
  });

  it('weighs by what the code took off a line, not by its price', () => {
    const told = used({}, [half]);
    const discountCodes = [{ code: 'THANKS-1', lines: [{ lineId: 'b', minor: 500 }] }];
    const snapshot = told.snapshot && { ...told.snapshot, discountCodes };
    const member = redeemed().order({ ...told, snapshot }, day(20));
    expect(member.books.available).toBe(0); // the code took nothing off line a
    member.order({ ...told, snapshot, refunds: [half, rest] }, day(21));
    expect(member.books.available).toBe(500);
  });

  it('of money without lines gives back its share: $9 of the $45 that were paid are 100 of 500', () => {
    const some = refund({ id: '93', createdAt: day(20), lines: [], extraMinor: 900 });
    const member = redeemed().order(used({}, [some]), day(20));
    expect(member.books.available).toBe(100);
  });

  it('of the shipping alone gives back nothing', () => {
    const shipping = refund({ id: '94', createdAt: day(20), shippingMinor: 700 });
    expect(redeemed().order(used({}, [shipping]), day(20)).books.available).toBe(0);
  });

  it('that turns out to have failed takes the points again as far as they are there, and never makes debt', () => {
    const member = redeemed().order(used({}, [half]), day(20));
    member.redeem(100, day(21), { id: 'r2' });
    const failed = { ...half, lines: [], toldAt: day(22) };
    member.order(used({}, [failed]), day(22));
    expect(member.books).toMatchObject({ available: 0, debt: 0 });
    expect(state(member)).toBe('captured 400'); // 250 + 150 that were left
    expect(faultsOf(member.books)).toEqual([]);
  });

  it('pays a debt before anything can be spent', () => {
    const member = redeemed().order(used(), day(10));
    const first = order(
      { placedAt: day(2), lines: [line({ priceMinor: 50_000 })] },
      {
        orderId: '1',
        refunds: [refund({ id: '95', createdAt: day(15), lines: [{ lineId: '1', quantity: 1 }] })],
      },
    );
    member.order(first, day(15));
    expect(member.books).toMatchObject({ available: 0, debt: 500 });
    member.order(used({}, [half]), day(20));
    expect(member.books).toMatchObject({ available: 0, debt: 250 });
    member.order(used({}, [half, rest]), day(21));
    expect(member.books).toMatchObject({ available: 0, debt: 0 });
    expect(faultsOf(member.books)).toEqual([]);
  });
});

describe('points that come back (law 2.6)', () => {
  const expiring: ProgrammeInput['expiry'] = {
    ...{ kind: 'lot', length: 30, unit: 'days' },
    ...{ noticeDays: 0, reminderDays: [] },
  };

  it('go into the lots that they came from, what was spent last first, with their dates', () => {
    const member = new Member(shopThat({ expiry: expiring }));
    for (const [orderId, points, at] of [
      ['1', 300, 2],
      ['2', 400, 5],
    ] as const) {
      const lines = [line({ priceMinor: points * 100 })];
      member.order(order({ placedAt: day(at), lines }, { orderId }), day(at));
    }
    member.redeem(500, day(9), { code: 'THANKS-1' });
    expect(member.books.lots.map(({ remaining }) => remaining)).toEqual([0, 200]);
    member.order(used({}, [half]), day(20));
    // 200 of the second lot and 50 of the first.
    expect(member.books.lots.map(({ remaining }) => remaining)).toEqual([50, 400]);
    expect(member.books.lots.map(({ expiresAt }) => expiresAt)).toEqual([day(33), day(36)]);
    expect(member.books.lots).toHaveLength(2);
  });

  it('after their date can be spent for 7 more days, to the end of the seventh', () => {
    const member = redeemed({ expiry: expiring }).order(used(), day(10));
    const late = { ...half, createdAt: day(40), toldAt: day(40) };
    member.order(used({}, [late]), day(40));
    expect(member.books).toMatchObject({ available: 250 });
    expect(member.books.lots[0]?.expiresAt).toBe(day(48));
    member.decide(day(48), []);
    expect(member.books.available).toBe(0);
    // What comes back yet again expires yet again, each under its own key.
    member.order(used({}, [late, { ...rest, createdAt: day(50), toldAt: day(50) }]), day(50));
    expect(member.books.lots[0]).toMatchObject({ remaining: 250, expiresAt: day(58) });
    member.decide(day(58), []);
    expect(member.books.available).toBe(0);
    expect(faultsOf(member.books)).toEqual([]);
  });

  it('without days of grace expire at once, and say so', () => {
    const member = redeemed({ expiry: expiring, returnGraceDays: 0 }).order(used(), day(10));
    for (const refunds of [[half], [half, rest]]) {
      const late = refunds.map((one) => ({ ...one, createdAt: day(40), toldAt: day(40) }));
      member.order(used({}, late), day(40));
      member.decide(day(40) + 5, []);
    }
    expect(member.books.available).toBe(0);
    const after = member.books.entries.filter(({ seq }) => seq > 2);
    expect(after.map(({ kind, points }) => `${kind} ${points}`)).toEqual([
      'return 250',
      'expire 250',
      'return 250',
      'expire 250',
    ]);
    expect(faultsOf(member.books)).toEqual([]);
  });

  it('by a release go back whole, with the date or the grace', () => {
    const early = redeemed({ expiry: expiring }).release('r1', day(20));
    expect(state(early)).toBe('released 0');
    expect(early.books.lots[0]).toMatchObject({ remaining: 500, expiresAt: day(33) });
    const late = redeemed({ expiry: expiring }).release('r1', day(40));
    expect(late.books.lots[0]).toMatchObject({ remaining: 500, expiresAt: day(48) });
  });

  it('of a lot that stayed with a member who was merged away are a lot of their own with the old date', () => {
    const member = redeemed({ expiry: expiring });
    const [redemption] = member.redemptions.values();
    if (!redemption) throw new Error('There is a redemption.');
    const held = redemption.held.map((part) => ({ ...part, memberId: 'gone' }));
    member.redemptions.set('r1', { ...redemption, held });
    member.release('r1', day(20));
    expect(member.books.lots.map(({ remaining }) => remaining)).toEqual([0, 500]);
    expect(member.books.lots[1]).toMatchObject({ sourceKind: 'order', expiresAt: day(33) });
    expect(faultsOf(member.books)).toEqual([]);
  });
});

it('by any history of spending, refunding, releasing and time, no point is made or spent twice', () => {
  const act = fc.oneof(
    fc.record({ what: fc.constant('redeem' as const), points: fc.integer({ min: 1, max: 300 }) }),
    fc.record({ what: fc.constant('release' as const), which: fc.nat(5) }),
    fc.record({ what: fc.constant('refund' as const), lines: fc.subarray(['a', 'b']) }),
    fc.record({ what: fc.constant('cancel' as const) }),
    fc.record({ what: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 20 }) }),
  );
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 12 }),
      fc.constantFrom('never', 'lot', 'inactivity'),
      fc.constantFrom(0, 7),
      (history, kind, returnGraceDays) => {
        const expiry = { kind, length: 25, unit: 'days', noticeDays: 0 } as const;
        const member = redeemed({ expiry, returnGraceDays }, 700).order(used(), day(10));
        let now = day(10);
        let refunds: RefundFacts[] = [];
        let cancelledAt: number | null = null;
        const tell = (): void => {
          const told = used({}, refunds);
          const snapshot = told.snapshot && { ...told.snapshot, updatedAt: now, cancelledAt };
          member.order({ ...told, snapshot }, now);
        };
        for (const one of history) {
          now += 3_600_000;
          if (one.what === 'wait') now += one.days * 24 * 3_600_000;
          member.decide(now, []);
          if (one.what === 'redeem' && member.books.available >= one.points)
            member.redeem(one.points, now);
          if (one.what === 'release') {
            const open = [...member.redemptions.values()].filter((r) => r.state === 'reserved');
            const chosen = open[one.which % Math.max(1, open.length)];
            if (chosen) member.release(chosen.id, now);
          }
          if (one.what === 'refund') {
            const known = new Set(refunds.flatMap((r) => r.lines.map(({ lineId }) => lineId)));
            const lines = one.lines
              .filter((lineId) => !known.has(lineId))
              .map((lineId) => ({ lineId, quantity: 1 }));
            refunds = [...refunds, refund({ id: `9${refunds.length}`, createdAt: now, lines })];
            tell();
          }
          if (one.what === 'cancel') {
            cancelledAt ??= now;
            tell();
          }
          tell();
          expect(faultsOf(member.books)).toEqual([]);
          const held = [...member.redemptions.values()].reduce((sum, r) => sum + pointsHeld(r), 0);
          const expired = [...member.books.expired.values()].reduce((sum, e) => sum + e.points, 0);
          expect(member.books.available + held + expired).toBe(700);
        }
      },
    ),
    { numRuns: 40 },
  );
});

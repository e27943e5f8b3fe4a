/** Where redeemed points go that come back, and until when they can be spent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RefundFacts } from '../../app/domain/orders/order-facts.ts';
import { pointsHeld } from '../../app/domain/points/redemption.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import { day, faultsOf, line, Member, order, refund } from './fixtures.ts';
import { half, redeemed, rest, shopThat, state, used } from './redeemed.ts';

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

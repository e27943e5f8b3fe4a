import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disputeNow, lostMinor, mergeDisputes } from '../../../app/domain/orders/disputes.ts';
import type { DisputeFacts, DisputeTidings } from '../../../app/domain/orders/disputes.ts';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import { day, faultsOf, line, Member, order, programme, refund, shopWith } from '../fixtures.ts';

function told(over: Partial<DisputeTidings> = {}): DisputeTidings {
  return { id: '77', state: 'lost', at: day(30), money: null, ...over };
}

const usd = (amountMinor: number, asOf = day(30)) => ({ asOf, amountMinor, currency: 'USD' });

const of = (...disputes: DisputeTidings[]): OrderTidings => ({
  orderId: '501',
  snapshot: null,
  refunds: [],
  paidAt: null,
  disputes,
});

/** $100.00, and $10.00 of shipping. */
const paid = order({ lines: [line({ priceMinor: 10_000 })], totalMinor: 11_000 });
const shop = shopWith([[day(1), programme()]]);
const member = (): Member => new Member(shop).order(paid);

describe('a dispute over an order of $100.00 that earned 100', () => {
  it.each(['open', 'settled'] as const)('changes nothing while it is %s (law 2.4)', (state) => {
    expect(member().order(of(told({ state, money: usd(11_000) }))).moves).toEqual([100]);
  });

  it('takes all points when it is lost, at the moment it was lost (law 2.4)', () => {
    const one = member().order(of(told({ money: usd(11_000) })));
    expect(one.moves).toEqual([100, -100]);
    expect(one.books.entries.at(-1)).toMatchObject({
      key: expect.stringMatching(/^order:501:order:dispute:77\b/) as string,
      occurredAt: day(30),
    });
    expect(one.award('order', '501', 'order')).toMatchObject({
      explanation: { nothingBecause: 'disputed', points: 0 },
    });
  });

  it('takes all points when nobody says how much was lost', () => {
    expect(member().order(of(told())).moves).toEqual([100, -100]);
  });

  it('gives them back when it is won after all', () => {
    const one = member().order(of(told()));
    one.order(of(told({ state: 'settled', at: day(40) })));
    expect(one.moves).toEqual([100, -100, 100]);
    one.order(of(told())).order(of(told({ state: 'open', at: day(20) })));
    expect(one.moves).toEqual([100, -100, 100]);
  });

  it('takes a part like a refund that names no line: $55.00 take 55', () => {
    expect(member().order(of(told({ money: usd(5500) }))).moves).toEqual([100, -55]);
  });

  it('takes nothing a second time where the money was refunded before', () => {
    const one = member();
    one.order({ ...of(), refunds: [refund({ lines: [{ lineId: '1', quantity: 1 }] })] });
    one.order(of(told({ money: usd(11_000) })));
    expect(one.moves).toEqual([100, -100]);
    const half = member();
    half.order({ ...of(), refunds: [refund({ extraMinor: 5000 })] });
    half.order(of(told({ money: usd(8000) })));
    expect(half.moves).toEqual([100, -50, -50]);
  });

  it('waits for an order that is not known yet', () => {
    const one = new Member(shop).order(of(told()));
    expect(one.moves).toEqual([]);
    expect(one.order(paid).books.available).toBe(0);
  });

  it('counts twice where there are two of them', () => {
    const [a, b] = [told({ money: usd(3000) }), told({ id: '78', money: usd(2000) })];
    expect(member().order(of(a, b)).moves).toEqual([100, -30, -20]);
  });

  it('in a currency that is neither the order’s nor the shopper’s takes nothing', () => {
    const money = { asOf: day(30), amountMinor: 5000, currency: 'JPY' };
    expect(member().order(of(told({ money }))).moves).toEqual([100]);
  });
});

describe('what a lost dispute took', () => {
  const dispute = (money: DisputeFacts['money']): DisputeFacts => ({ id: '1', seen: [], money });
  const seen = {
    currency: 'USD',
    totalMinor: 11_000,
    presentmentCurrency: 'EUR',
    presentmentTotalMinor: 10_000,
  };

  it('is told in the order’s currency, or turned into it by the order’s own rate', () => {
    expect(lostMinor(dispute(usd(5500)), seen)).toBe(5500);
    const euros = (amountMinor: number) => ({ asOf: 0, amountMinor, currency: 'EUR' });
    expect(lostMinor(dispute(euros(5000)), seen)).toBe(5500); // × 110 ÷ 100
    expect(lostMinor(dispute(euros(10_000)), seen)).toBe(Infinity);
    expect(lostMinor(dispute(euros(5000)), { ...seen, presentmentTotalMinor: null })).toBeNull();
  });

  it('is never less than nothing', () => {
    expect(lostMinor(dispute(usd(-5)), seen)).toBe(0);
  });
});

const telling: fc.Arbitrary<DisputeTidings> = fc.record({
  id: fc.constantFrom('1', '2'),
  state: fc.constantFrom('open', 'lost', 'settled'),
  at: fc.integer({ min: 1, max: 4 }),
  money: fc.constantFrom(null, usd(1, 1), usd(2, 1), usd(3, 2)),
});

it('is the same in whatever order, and however often, it is told', () => {
  fc.assert(
    fc.property(fc.array(telling, { maxLength: 6 }), fc.gen(), (all, gen) => {
      const again = gen(fc.shuffledSubarray, [...all, ...all], {
        minLength: all.length * 2,
        maxLength: all.length * 2,
      });
      const known = (list: readonly DisputeTidings[]) =>
        list.reduce<readonly DisputeFacts[]>((before, one) => mergeDisputes(before, [one]), []);
      expect(known(again)).toEqual(known(all));
      expect(known(again).map(disputeNow)).toEqual(mergeDisputes([], all).map(disputeNow));
    }),
    { numRuns: 200 },
  );
});

it('keeps the books whole whatever became of it', () => {
  fc.assert(
    fc.property(fc.array(telling, { maxLength: 5 }), (all) => {
      const one = member();
      for (const dispute of all) one.order(of(dispute));
      expect(faultsOf(one.books)).toEqual([]);
      expect(one.books.available).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 100 },
  );
});

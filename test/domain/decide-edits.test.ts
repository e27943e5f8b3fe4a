/** What an order edit adds earns by the version in force at the edit (law 1.7). */
import { describe, expect, it } from 'vitest';
import type { EditFacts } from '../../app/domain/orders/edits.ts';
import type { OrderLine, OrderTidings } from '../../app/domain/orders/order-facts.ts';
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

const one = programme();
const two = programme({}, { points: 2 });
/** 1 point per $1.00 from the first of January, 2 points from the 15th. */
const doubled = shopWith([
  [day(1), one],
  [day(15), two],
]);

const hundred = line({ priceMinor: 10_000 });
const thirty = line({ id: '2', title: 'Cup', priceMinor: 3000 });

function edit(over: Partial<EditFacts> = {}): EditFacts {
  return { id: 'e1', at: day(16), added: [{ lineId: '2', quantity: 1 }], ...over };
}

const edited = (...edits: EditFacts[]): OrderTidings => ({
  orderId: '501',
  snapshot: null,
  refunds: [],
  paidAt: null,
  edits,
});

const state = (lines: OrderLine[], updatedAt: number, told = {}): OrderTidings =>
  order({ lines, updatedAt }, told);

function posted(member: Member): Record<string, number> {
  return Object.fromEntries(
    [...member.awards.values()].map(({ ruleKey, posted: points }) => [ruleKey, points]),
  );
}

describe('$100.00 at 1 point per $1.00, and after the rate was doubled an edit adds $30.00', () => {
  const placed = state([hundred], day(10));
  const after = state([hundred, thirty], day(16));

  it('earns 100 + 60 (law 1.7)', () => {
    const member = new Member(doubled).order(placed).order(edited(edit())).order(after);
    expect(posted(member)).toEqual({ order: 100, 'order@2': 60 });
    expect(member.books.available).toBe(160);
    expect(member.award('order', '501', 'order@2')).toMatchObject({
      programmeVersion: 2,
      occurredAt: day(16),
      explanation: { baseMinor: '3000', lines: [{ title: 'Cup', kept: 1, ordered: 1 }] },
    });
    expect(member.award('order', '501', 'order')).toMatchObject({
      explanation: { baseMinor: '10000', lines: [{ title: 'Tea' }] },
    });
  });

  it('earns 100 + 60 whichever is told first, and however often', () => {
    const all = [placed, edited(edit()), after, edited(edit()), placed];
    for (const told of [all, [...all].reverse(), [after, ...all]]) {
      const member = new Member(doubled);
      for (const one of told) member.order(one);
      expect(posted(member)).toEqual({ order: 100, 'order@2': 60 });
      expect(faultsOf(member.books)).toEqual([]);
    }
  });

  it('gives 60 back when the added piece is refunded, and 100 when the other one is', () => {
    const member = new Member(doubled).order(placed).order(edited(edit())).order(after);
    const back = (lineId: string, id: string): OrderTidings => ({
      ...edited(),
      refunds: [refund({ id, lines: [{ lineId, quantity: 1 }] })],
    });
    member.order(back('2', '900'));
    expect(member.moves).toEqual([100, 60, -60]);
    member.order(back('1', '901'));
    expect(member.moves).toEqual([100, 60, -60, -100]);
    expect(posted(member)).toEqual({ order: 0, 'order@2': 0 });
  });

  it('takes an amount that names no line from both: $65.00 of $130.00 are half of each', () => {
    const member = new Member(doubled).order(placed).order(edited(edit())).order(after);
    member.order({ ...edited(), refunds: [refund({ extraMinor: 6500 })] });
    expect(posted(member)).toEqual({ order: 50, 'order@2': 30 });
  });

  it('keeps nothing when the order is cancelled', () => {
    const member = new Member(doubled).order(placed).order(edited(edit())).order(after);
    member.order(order({ lines: [hundred, thirty], updatedAt: day(20), cancelledAt: day(20) }));
    expect(posted(member)).toEqual({ order: 0, 'order@2': 0 });
    expect(member.books.available).toBe(0);
  });

  it('counts the addition by the edit as read, when the reading knows it under another id', () => {
    const agreements = { asOf: day(16), edits: [edit({ id: 'agreement-7' })] };
    const member = new Member(doubled).order(placed).order(edited(edit()));
    member.order({ ...after, agreements });
    expect(posted(member)).toEqual({ order: 100, 'order@2': 60 });
  });

  it('does not count an edit before there is a state that shows it', () => {
    const member = new Member(doubled).order(placed).order(edited(edit({ at: day(16) })));
    expect(posted(member)).toEqual({ order: 100 });
  });
});

describe('an edit', () => {
  it('under the same version is the same award, rounded down once: $99.50 + $0.60 are 100', () => {
    const lines = [line({ priceMinor: 9950 }), line({ id: '2', priceMinor: 60 })];
    const at = day(12);
    const member = new Member(doubled).order(state(lines, at, { edits: [edit({ at })] }));
    expect(posted(member)).toEqual({ order: 100 }); // 99 + 0 if they were apart
  });

  it('is rounded down for itself under another: $99.50 at 1 and $0.60 at 2 are 99 + 1', () => {
    const lines = [line({ priceMinor: 9950 }), line({ id: '2', priceMinor: 60 })];
    const member = new Member(doubled).order(state(lines, day(16), { edits: [edit()] }));
    expect(posted(member)).toEqual({ order: 99, 'order@2': 1 });
  });

  it('of one more piece of a line: the newest piece is the first to be given back', () => {
    const two = line({ quantity: 2, priceMinor: 3000 });
    const more = edit({ added: [{ lineId: '1', quantity: 1 }] });
    const told = state([two], day(16), { edits: [more] });
    const member = new Member(doubled).order(told);
    expect(posted(member)).toEqual({ order: 30, 'order@2': 60 });
    const back = refund({ lines: [{ lineId: '1', quantity: 1 }] });
    member.order({ ...edited(), refunds: [back] });
    // Adding at the better rate and giving one back earns nobody anything.
    expect(posted(member)).toEqual({ order: 30, 'order@2': 0 });
  });

  it('cannot be what was given back before it', () => {
    const line3 = line({ quantity: 3, currentQuantity: 2, priceMinor: 3000 });
    const early = refund({ createdAt: day(12), lines: [{ lineId: '1', quantity: 1 }] });
    const more = edit({ added: [{ lineId: '1', quantity: 1 }] });
    const told = order(
      { lines: [line3], updatedAt: day(16), knownRefundIds: ['900'] },
      { refunds: [early], edits: [more] },
    );
    // Two were placed, one went on the 12th, one came on the 16th.
    expect(posted(new Member(doubled).order(told))).toEqual({ order: 30, 'order@2': 60 });
  });

  it('multiplies by the tier the order was placed with', () => {
    const ladder = tiers([
      ['bronze', '0', '1'],
      ['silver', '120', '3'],
    ]);
    const shop = shopWith([
      [day(1), { ...one, tiers: ladder }],
      [day(15), { ...two, tiers: ladder }],
    ]);
    const member = new Member(shop).order(state([hundred, thirty], day(16), { edits: [edit()] }));
    // $130.00 are silver by now, but the order is a bronze member's.
    expect(member.tier).toBe('silver');
    expect(posted(member)).toEqual({ order: 100, 'order@2': 60 });
  });

  it('of an order from before the programme earns by the programme of the edit', () => {
    const shop = shopWith([[day(15), one]]);
    const member = new Member(shop).order(state([hundred, thirty], day(16), { edits: [edit()] }));
    expect(posted(member)).toEqual({ 'order@1': 30 });
  });

  it('has its points when they are ripe by its own version, not before it was added', () => {
    const shop = shopWith([
      [day(1), one],
      [day(15), { ...two, maturityDays: 10 }],
    ]);
    const told = state([hundred, thirty], day(16), { edits: [edit()], paidAt: day(10) });
    const member = new Member(shop).order(told, day(20));
    expect([member.books.available, member.books.pending]).toEqual([100, 60]);
    const lot = member.books.lots.find(({ ruleKey }) => ruleKey === 'order@2');
    expect(lot?.availableAt).toBe(day(26)); // the 16th + 10 days
  });

  it('whose money is still owed waits without a date', () => {
    const told = order(
      { lines: [hundred, thirty], updatedAt: day(16), payment: 'partially_paid' },
      { edits: [edit()], paidAt: day(10) },
    );
    const member = new Member(doubled).order(told);
    expect([member.books.available, member.books.pending]).toEqual([100, 60]);
  });

  it('that adds more than was ever ordered adds only what there is', () => {
    const told = state([hundred], day(16), {
      edits: [edit({ added: [{ lineId: '1', quantity: 5 }] })],
    });
    expect(posted(new Member(doubled).order(told))).toEqual({ order: 0, 'order@2': 200 });
  });

  it('that changes hands with its order leaves nothing behind', () => {
    const member = new Member(doubled).order(
      state([hundred, thirty], day(16), { edits: [edit()] }),
    );
    member.lose('501');
    expect(posted(member)).toEqual({ order: 0, 'order@2': 0 });
  });
});

import { describe, expect, it } from 'vitest';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import { day, faultsOf, line, Member, order, programme, refund, shopWith } from './fixtures.ts';

const perDollar = shopWith([[day(1), programme()]]);
/** $100 as ten pieces of $10. */
const tenPieces = [line({ quantity: 10, priceMinor: 1000 })];
const back = (id: string, quantity: number, at = day(20)) =>
  refund({ id, createdAt: at, lines: [{ lineId: '1', quantity }] });
const hundred = (...refunds: OrderTidings['refunds'][number][]): OrderTidings =>
  order({ lines: tenPieces }, { refunds });

describe('an order that was placed', () => {
  it('earns 100 for $100 at 1 for $1, once, however often it is told (law 2.1)', () => {
    const member = new Member(perDollar).order(hundred());
    expect(member.books.available).toBe(100);
    for (let time = 0; time < 5; time += 1) member.order(hundred()).decide(day(100 + time));
    expect(member.moves).toEqual([100]);
    expect(member.decision?.awards).toEqual([]);
  });

  it('earns by the version in force when it was placed, not when it was told (law 1.7)', () => {
    const doubled = programme({}, { points: 2 });
    const shop = shopWith([
      [day(1), programme()],
      [day(10), doubled],
    ]);
    const before = new Member(shop).order(order({ placedAt: day(10) - 1 }));
    const at = new Member(shop).order(order({ placedAt: day(10) }));
    expect([before.books.available, at.books.available]).toEqual([100, 200]);
  });

  it('earns nothing from before the programme, unless past orders earn: then by the first version', () => {
    const past = order({ placedAt: day(0) });
    const without = new Member(perDollar).order(past);
    expect(without.books.entries).toEqual([]);
    expect(without.award('order', '501', '-')?.explanation).toMatchObject({
      nothingBecause: 'no-programme',
    });
    const document = programme({ pastOrdersEarn: true });
    const withPast = shopWith([
      [day(1), document],
      [day(5), programme({ pastOrdersEarn: true }, { points: 9 })],
    ]);
    expect(new Member(withPast).order(past).books.available).toBe(100);
  });

  it('says that no rule is switched on where none is', () => {
    const document = programme();
    const off = {
      ...document,
      earning: document.earning.map((rule) => ({ ...rule, enabled: false })),
    };
    const member = new Member(shopWith([[day(1), off]])).order(order());
    expect(member.award('order', '501', '-')?.explanation).toMatchObject({
      nothingBecause: 'rule-off',
      programmeVersion: 1,
    });
    expect(member.award('order', '501', '-')?.programmeVersion).toBe(1);
  });

  it('two rules pay side by side, each floored for itself (law 1.4)', () => {
    const document = programme();
    const [rule] = document.earning;
    const settings = { ...(rule?.settings as object), points: 1, per: '3' };
    const two = { ...document, earning: [...document.earning, { ...rule, key: 'more', settings }] };
    const member = new Member(shopWith([[day(1), two as ProgrammeDocument]])).order(order());
    expect(member.moves).toEqual([100, 33]); // 100 ÷ 1, and 100 ÷ 3 = 33.3
  });

  it('below one point keeps an award of nothing that says why, and writes no entry', () => {
    const member = new Member(perDollar).order(order({ lines: [line({ priceMinor: 40 })] }));
    expect(member.books.entries).toEqual([]);
    expect(member.award('order', '501', 'order')?.explanation).toMatchObject({ exact: '0.4' });
    expect(member.decide(day(101)).decision?.awards).toEqual([]);
  });
});

describe('refunds (law 2.3)', () => {
  it('of $30 and then $20 of $100 take 30 and then 20', () => {
    const member = new Member(perDollar).order(hundred()).order(hundred(back('1', 3)));
    member.order(hundred(back('1', 3), back('2', 2, day(21))));
    expect(member.moves).toEqual([100, -30, -20]);
    expect(member.books.available).toBe(50);
  });

  it.each<[string, (document: ProgrammeDocument) => ProgrammeDocument]>([
    ['doubled', () => programme({}, { points: 2 })],
    ['deleted', (document) => ({ ...document, earning: [] })],
    ['switched off', (d) => ({ ...d, earning: d.earning.map((r) => ({ ...r, enabled: false })) })],
    ['made to exclude the product', () => programme({}, { excludedProducts: ['77'] })],
  ])('still take 30 and 20 when the rule was %s since', (_name, change) => {
    const lines = [line({ quantity: 10, priceMinor: 1000, productId: '77' })];
    const told = (...refunds: OrderTidings['refunds'][number][]) => order({ lines }, { refunds });
    const member = new Member(perDollar).order(told());
    member.shop = shopWith([
      [day(1), programme()],
      [day(15), change(programme())],
    ]);
    member.order(told(back('1', 3))).order(told(back('1', 3), back('2', 2, day(21))));
    expect(member.moves).toEqual([100, -30, -20]);
  });

  it('take 30 from a past order, too, when past orders no longer earn', () => {
    const past = (...refunds: OrderTidings['refunds'][number][]) =>
      order({ placedAt: day(0), lines: tenPieces }, { refunds });
    const first = [day(1), programme({ pastOrdersEarn: true })] as const;
    const second = [day(5), programme({ pastOrdersEarn: true }, { points: 9 })] as const;
    const member = new Member(shopWith([first, second]));
    member.order(order({ placedAt: day(6) }, { orderId: '400' })).order(past());
    member.shop = shopWith([first, second, [day(15), programme({ pastOrdersEarn: false })]]);
    member.order(past(back('1', 3)));
    expect(member.moves).toEqual([900, 100, -30]);
    expect(member.award('order', '501', 'order')).toMatchObject({
      posted: 70,
      programmeVersion: 1,
    });
  });

  it('of shipping only take nothing', () => {
    const member = new Member(perDollar).order(hundred(refund({ shippingMinor: 1000 })));
    expect(member.moves).toEqual([100]);
    const counting = shopWith([[day(1), programme({}, { includeShipping: true })]]);
    const told = order({ shippingMinor: 1000 }, { refunds: [refund({ shippingMinor: 400 })] });
    expect(new Member(counting).order(told).moves).toEqual([110, -4]); // where shipping earned 10
  });

  it('of an amount without a line take their share of what was paid, tax and all', () => {
    // $119.00 with $19.00 of tax: $11.90 is a tenth of it, and a tenth of 100 is 10.
    const lines = [line({ priceMinor: 11_900, taxMinor: 1900 })];
    const told = order({ lines, taxesIncluded: true }, { refunds: [refund({ extraMinor: 1190 })] });
    expect(new Member(perDollar).order(told).moves).toEqual([100, -10]);
    // Where tax comes on top, $100.00 + $19.00 were paid just the same.
    const onTop = order(
      { lines: [line({ taxMinor: 1900 })] },
      { refunds: [refund({ extraMinor: 1190 })] },
    );
    expect(new Member(perDollar).order(onTop).moves).toEqual([100, -10]);
  });

  it('of an amount take only the share of the lines that earned', () => {
    // $50 of goods and a $50 gift card: half of $30 was for the goods.
    const lines = [line({ priceMinor: 5000 }), line({ id: '2', priceMinor: 5000, giftCard: true })];
    const told = order({ lines }, { refunds: [refund({ extraMinor: 3000 })] });
    expect(new Member(perDollar).order(told).moves).toEqual([50, -15]);
  });

  it('of more than there was take all and no more', () => {
    const told = hundred(refund({ extraMinor: 99_999 }), back('2', 5, day(21)));
    expect(new Member(perDollar).order(told).moves).toEqual([100, -100]);
  });

  it('come to the same wherever an amount falls between pieces', () => {
    // $100 − $30 (an amount) − $50 (five pieces) = $20, in either order.
    const amount = (at: number) => refund({ id: 'x', createdAt: at, extraMinor: 3000 });
    const first = new Member(perDollar).order(hundred(amount(day(20)), back('2', 5, day(21))));
    const last = new Member(perDollar).order(hundred(back('2', 5), amount(day(21))));
    expect([first.moves, last.moves]).toEqual([
      [100, -30, -50],
      [100, -50, -30],
    ]);
  });

  it('never lose a point to rounding: three refunds of a third leave nothing of 100', () => {
    const lines = [line({ quantity: 3, priceMinor: 3345 })]; // 100.35 → 66.9 → 33.45 → 0
    const told = order(
      { lines },
      { refunds: [1, 2, 3].map((id) => back(String(id), 1, day(19 + id))) },
    );
    expect(new Member(perDollar).order(told).moves).toEqual([100, -34, -33, -33]);
  });

  it('told before the order count when it comes', () => {
    const early: OrderTidings = {
      orderId: '501',
      snapshot: null,
      refunds: [back('1', 3)],
      paidAt: null,
    };
    const member = new Member(perDollar).order(early);
    expect(member.books.entries).toEqual([]);
    expect(member.order(hundred()).moves).toEqual([100, -30]);
  });
});

describe('orders that change (law 2.4)', () => {
  it.each([
    ['cancelled', order({ updatedAt: day(12), cancelledAt: day(12) })],
    ['voided', order({ updatedAt: day(12), payment: 'voided' })],
    ['deleted', { orderId: '501', snapshot: null, refunds: [], paidAt: null, deletedAt: day(12) }],
  ])('to %s have a target of 0', (_name, told) => {
    const member = new Member(perDollar).order(order()).order(told);
    expect(member.moves).toEqual([100, -100]);
    expect(member.order(told).decide(day(101)).moves).toEqual([100, -100]);
  });

  it.each([
    ['the refund first', [hundred(back('1', 3)), 'cancel'] as const],
    ['the cancellation first', ['cancel', hundred(back('1', 3))] as const],
  ])('by a refund and a cancellation give back each point once, %s', (_name, told) => {
    const cancelled = order({ lines: tenPieces, updatedAt: day(25), cancelledAt: day(25) });
    const member = new Member(perDollar).order(hundred());
    for (const one of told) member.order(one === 'cancel' ? cancelled : one);
    expect(member.books).toMatchObject({ available: 0, debt: 0 });
    expect(member.award('order', '501', 'order')?.posted).toBe(0);
    expect(faultsOf(member.books)).toEqual([]);
  });

  it('by an edit that takes $40 off and adds $30 earn 90', () => {
    const placed = order({
      lines: [line({ priceMinor: 6000 }), line({ id: '2', priceMinor: 4000 })],
    });
    const edited = order({
      updatedAt: day(12),
      lines: [
        line({ priceMinor: 6000 }),
        line({ id: '2', priceMinor: 4000, currentQuantity: 0 }),
        line({ id: '3', priceMinor: 3000 }),
      ],
    });
    const member = new Member(perDollar).order(placed).order(edited);
    expect(member.moves).toEqual([100, -10]); // 60 + 30 − 100
    // The $10 between them go back as money without a line: nobody takes them twice.
    member.order(order(edited.snapshot ?? {}, { refunds: [refund({ extraMinor: 1000 })] }));
    expect(member.moves).toEqual([100, -10]);
  });

  it('by a quantity of two that becomes three earn for three', () => {
    const of = (quantity: number, updatedAt: number) =>
      order({ updatedAt, lines: [line({ quantity, priceMinor: 1000 })] });
    expect(new Member(perDollar).order(of(2, day(10))).order(of(3, day(11))).moves).toEqual([
      20, 10,
    ]);
  });

  it('to another customer leave the first with nothing, and come back whole', () => {
    const member = new Member(perDollar).order(order()).lose('501');
    expect(member.moves).toEqual([100, -100]);
    expect(member.order(order()).moves).toEqual([100, -100, 100]);
    expect(faultsOf(member.books)).toEqual([]);
  });

  it('from voided back to paid earn again', () => {
    const member = new Member(perDollar)
      .order(order())
      .order(order({ updatedAt: day(11), payment: 'voided' }))
      .order(order({ updatedAt: day(12) }));
    expect(member.moves).toEqual([100, -100, 100]);
  });
});

describe('pending points (law 3.1)', () => {
  const fourteen = shopWith([[day(1), programme({ maturityDays: 14 })]], { timeZone: 'UTC' });

  it('wait without a date while the order is not paid, and have one when it is', () => {
    const member = new Member(fourteen).order(order({ payment: 'unpaid' }), day(11));
    expect(member.books).toMatchObject({ pending: 100, available: 0 });
    expect(member.books.lots[0]?.availableAt).toBeNull();
    member.order(order({ updatedAt: day(12) }), day(12));
    expect(member.books.lots[0]?.availableAt).toBe(day(26)); // 12 + 14
    expect(member.decide(day(26) - 1).books).toMatchObject({ pending: 100, available: 0 });
    expect(member.decide(day(26)).books).toMatchObject({ pending: 0, available: 100 });
    expect(member.decide(day(27)).books.entries.map(({ kind }) => kind)).toEqual([
      'earn',
      'mature',
    ]);
  });

  it('are available at once when the order is paid and nothing is waited for', () => {
    const member = new Member(perDollar).order(order({ payment: 'unpaid' }), day(11));
    expect(member.books.pending).toBe(100);
    expect(member.order(order({ updatedAt: day(12) }), day(12)).books.available).toBe(100);
  });

  it('are taken first by a refund of their order', () => {
    const member = new Member(fourteen)
      .order(hundred(), day(11))
      .order(hundred(back('1', 3)), day(12));
    expect(member.books).toMatchObject({ pending: 70, available: 0, debt: 0 });
  });

  it('of an unpaid order that is cancelled go without a trace on the balance', () => {
    const member = new Member(fourteen).order(order({ payment: 'unpaid' }));
    member.order(order({ updatedAt: day(12), payment: 'unpaid', cancelledAt: day(12) }));
    expect(member.books).toMatchObject({ pending: 0, available: 0, debt: 0, earnedTotal: 0 });
  });

  it('keep the clock’s time over a change to summer time', () => {
    const berlin = shopWith([[day(1), programme({ maturityDays: 1 })]]);
    const paid = Date.parse('2026-03-28T11:00:00Z');
    const member = new Member(berlin).order(order({ placedAt: paid }), paid);
    expect(member.books.lots[0]?.availableAt).toBe(Date.parse('2026-03-29T10:00:00Z'));
  });
});

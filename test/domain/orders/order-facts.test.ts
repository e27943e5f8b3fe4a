import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeIn, unknownOrder } from '../../../app/domain/orders/order-facts.ts';
import type {
  OrderSnapshot,
  OrderTidings,
  PaymentState,
  ProductTraits,
  RefundFacts,
} from '../../../app/domain/orders/order-facts.ts';
import { day, factsOf, line, order, refund } from '../fixtures.ts';

const tea: ProductTraits = {
  category: 'Tea',
  type: null,
  vendor: null,
  tags: [],
  collectionIds: [],
};

describe('what is known of an order', () => {
  it('is its newest state: an older payload never overwrites a newer one (law 2.2)', () => {
    const older = order({ updatedAt: day(11), name: 'older' });
    const newer = order({ updatedAt: day(12), name: 'newer' });
    expect(factsOf(newer, older).snapshot?.name).toBe('newer');
    expect(factsOf(older, newer).snapshot?.name).toBe('newer');
  });

  it('was paid when it was first seen paid', () => {
    const [late, early, unpaid] = [
      order({ updatedAt: day(15) }),
      order({ updatedAt: day(12) }),
      order({ updatedAt: day(11), payment: 'unpaid' }),
    ];
    expect(factsOf(late, unpaid, early).paidAt).toBe(day(12));
    expect(factsOf(unpaid).paidAt).toBeNull();
  });

  it('a refund told before its order waits for it', () => {
    const early: OrderTidings = {
      orderId: '501',
      snapshot: null,
      refunds: [refund()],
      paidAt: null,
    };
    expect(factsOf(early)).toMatchObject({ snapshot: null, refunds: [{ id: '900' }] });
    expect(factsOf(early, order())).toEqual(factsOf(order(), early));
  });

  it('holds refunds oldest first, each once', () => {
    const [a, b, c] = [
      refund({ id: '3', createdAt: day(21) }),
      refund({ id: '2', createdAt: day(22) }),
      refund({ id: '1', createdAt: day(22) }),
    ];
    const facts = factsOf(order({}, { refunds: [b, a] }), order({}, { refunds: [c, b] }));
    expect(facts.refunds.map(({ id }) => id)).toEqual(['3', '1', '2']);
  });

  it('a refund whose payment failed later gives nothing back, whichever is told first', () => {
    const paid = order({}, { refunds: [refund({ extraMinor: 3000, toldAt: day(20) })] });
    const failed = order({}, { refunds: [refund({ extraMinor: 0, toldAt: day(21) })] });
    for (const facts of [factsOf(paid, failed), factsOf(failed, paid)])
      expect(facts.refunds[0]?.extraMinor).toBe(0);
  });

  it('keeps what a line was bought as, though the product moved to another category since', () => {
    const bought = order({ lines: [line({ product: tea })] });
    const coffee = { ...tea, category: 'Coffee' };
    const again = order({ lines: [line({ product: coffee })] });
    const later = order({ updatedAt: day(30), lines: [line({ product: coffee })] });
    const silent = order({ updatedAt: day(31), lines: [line({ product: null })] });
    expect(factsOf(bought, again, later, silent).snapshot?.lines[0]?.product).toEqual(tea);
    expect(factsOf(silent, bought).snapshot?.lines[0]?.product).toBeNull();
    expect(factsOf(bought, silent).snapshot?.lines[0]?.product).toEqual(tea);
  });

  it('stays deleted from the earliest moment at which it was', () => {
    const gone = (deletedAt: number): OrderTidings => ({
      orderId: '501',
      snapshot: null,
      refunds: [],
      paidAt: null,
      deletedAt,
    });
    expect(factsOf(gone(day(30)), order(), gone(day(29))).deletedAt).toBe(day(29));
  });

  it.each<[string, Partial<OrderSnapshot>, Partial<OrderSnapshot>]>([
    ['cancelled', {}, { cancelledAt: day(10) }],
    ['refunded further', { knownRefundIds: ['1'] }, { knownRefundIds: ['1', '2'] }],
    ['paid', { payment: 'unpaid' }, { payment: 'paid' }],
    ['partly paid', { payment: 'unpaid' }, { payment: 'partially_paid' }],
    ['voided', { payment: 'paid' }, { payment: 'voided' }],
    ['known by its customer', { customerId: null }, { customerId: '7' }],
    ['longer by a line', {}, { lines: [line(), line({ id: '2' })] }],
    [
      'cancelled, though the other knows more refunds',
      { knownRefundIds: ['1', '2'] },
      { cancelledAt: day(10), payment: 'unpaid' },
    ],
  ])('of two states in one second, the one that is %s stands', (_name, less, more) => {
    const [a, b] = [order(less), order(more)];
    expect(factsOf(a, b).snapshot).toEqual(factsOf(b).snapshot);
    expect(factsOf(b, a).snapshot).toEqual(factsOf(b).snapshot);
  });

  it('a database that gives back keys in another order changes nothing', () => {
    const known = factsOf(order({}, { refunds: [refund()] }));
    const turned = JSON.parse(JSON.stringify(known), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as typeof known;
    expect(JSON.stringify(takeIn(turned, order({}, { refunds: [refund()] })).refunds)).toBe(
      JSON.stringify(turned.refunds),
    );
    expect(JSON.stringify(takeIn(turned, order()).snapshot)).toBe(JSON.stringify(turned.snapshot));
  });
});

const moment = fc.integer({ min: 10, max: 14 }).map(day);
const states: PaymentState[] = ['unpaid', 'paid', 'partially_refunded', 'refunded', 'voided'];
const someRefund: fc.Arbitrary<RefundFacts> = fc.record({
  id: fc.constantFrom('1', '2', '3'),
  createdAt: moment,
  toldAt: moment,
  currency: fc.constant('USD'),
  lines: fc.constantFrom([], [{ lineId: '1', quantity: 1 }]),
  extraMinor: fc.constantFrom(0, 500),
  shippingMinor: fc.constantFrom(0, 100),
  paidBackMinor: fc.constant(null),
});
const someSnapshot = fc
  .record({
    updatedAt: moment,
    name: fc.constantFrom('#1', '#2'),
    customerId: fc.constantFrom(null, '7', '8'),
    payment: fc.constantFrom(...states),
    cancelledAt: fc.constantFrom(null, day(12)),
    totalMinor: fc.constantFrom(100, 200),
    knownRefundIds: fc.subarray(['1', '2', '3']),
  })
  .map((over) => order({ placedAt: day(9), ...over }).snapshot);
const someTidings: fc.Arbitrary<OrderTidings> = fc.record({
  orderId: fc.constant('501'),
  snapshot: fc.option(someSnapshot),
  refunds: fc.array(someRefund, { maxLength: 2 }),
  paidAt: fc.option(moment),
});

it('any order and any repetition of the same tidings gives the same facts (law 2.1)', () => {
  const told = fc.array(someTidings, { minLength: 1, maxLength: 6 }).chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all, ...all], {
        minLength: all.length * 2,
        maxLength: all.length * 2,
      }),
    ),
  );
  fc.assert(
    fc.property(told, ([all, shuffled]) => {
      expect(factsOf(...shuffled)).toEqual(factsOf(...all));
    }),
    { numRuns: 500 },
  );
});

it('knows nothing of an order at first', () => {
  expect(unknownOrder('1')).toEqual({
    id: '1',
    snapshot: null,
    refunds: [],
    paidAt: null,
    deletedAt: null,
    fulfilledAt: null,
    edits: [],
    agreements: null,
    payments: null,
    customerTags: null,
    disputes: [],
  });
});

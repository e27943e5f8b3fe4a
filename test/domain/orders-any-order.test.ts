/** An order's whole life, told in any order and with repeats, ends in the same facts and points (law 2.1, 2.2). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contradictionsOf } from '../../app/domain/orders/contradictions.ts';
import type { OrderLine, OrderTidings, RefundFacts } from '../../app/domain/orders/order-facts.ts';
import { awardKey } from '../../app/domain/points/awards.ts';
import {
  DAY,
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

const ladder = tiers([
  ['bronze', '0', '1'],
  ['silver', '150', '1.5'],
]);
const version = (points: number) => programme({ tiers: ladder }, { points });
const shop = shopWith([
  [day(5), version(1)],
  [day(14), version(2)],
  [day(24), version(3)],
]);

type Happening = 'edit-add' | 'edit-raise' | 'edit-remove' | 'refund-piece' | 'refund-amount';
type End = 'kept' | 'cancelled' | 'voided' | 'lost' | 'won' | 'deleted';

interface Life {
  readonly id: string;
  readonly placedAt: number;
  readonly dollars: number;
  readonly quantity: number;
  readonly paidLater: boolean;
  readonly happenings: readonly Happening[];
  readonly end: End;
  readonly read: boolean;
}

/** What Shopify would tell, oldest first: each state shows all that happened before it. */
function tellings(life: Life): OrderTidings[] {
  let lines: OrderLine[] = [line({ quantity: life.quantity, priceMinor: life.dollars * 100 })];
  const known: RefundFacts[] = [];
  const edits: { id: string; at: number; added: { lineId: string; quantity: number }[] }[] = [];
  const all: OrderTidings[] = [];
  let at = life.placedAt;
  const bare = (over: Partial<OrderTidings>): OrderTidings => ({
    ...{ orderId: life.id, snapshot: null, refunds: [], paidAt: null },
    ...over,
  });
  const tell = (over: object = {}, told: Partial<OrderTidings> = {}): void => {
    const knownRefundIds = known.map(({ id }) => id);
    const state = { placedAt: life.placedAt, updatedAt: at, lines, knownRefundIds, ...over };
    all.push(order(state, { orderId: life.id, refunds: [...known], ...told }));
  };
  tell(life.paidLater ? { payment: 'unpaid' } : {});
  if (life.paidLater) tell({ updatedAt: (at += DAY) });
  for (const [index, what] of life.happenings.entries()) {
    at += 3 * DAY;
    const id = `${life.id}${index}`;
    const change = (lineId: string, by: number, ordered = 0): void => {
      lines = lines.map((one) =>
        one.id === lineId
          ? { ...one, quantity: one.quantity + ordered, currentQuantity: one.currentQuantity + by }
          : one,
      );
    };
    const left = lines[0]?.currentQuantity ?? 0;
    switch (what) {
      case 'edit-add': {
        lines = [...lines, line({ id: `9${index}`, priceMinor: 1750 })];
        edits.push({ id, at, added: [{ lineId: `9${index}`, quantity: 1 }] });
        break;
      }
      case 'edit-raise':
        change('1', 1, 1);
        edits.push({ id, at, added: [{ lineId: '1', quantity: 1 }] });
        break;
      case 'edit-remove':
      case 'refund-piece': {
        if (left === 0) break;
        change('1', -1);
        const price = lines[0]?.priceMinor ?? 0;
        const extraMinor = what === 'edit-remove' ? -price : 0;
        known.push(
          refund({ id, createdAt: at, extraMinor, lines: [{ lineId: '1', quantity: 1 }] }),
        );
        break;
      }
      case 'refund-amount':
        known.push(refund({ id, createdAt: at, extraMinor: 333 }));
        break;
    }
    const [edit, gone] = [edits.find((one) => one.id === id), known.find((one) => one.id === id)];
    if (edit) all.push(bare({ edits: [edit] }));
    if (gone) all.push(bare({ refunds: [gone] }));
    const agreements = { asOf: at, edits: edits.map((one) => ({ ...one, id: `read-${one.id}` })) };
    tell({}, life.read && edit ? { agreements } : {});
  }
  at += DAY;
  const dispute = (state: 'open' | 'lost' | 'settled', when: number) =>
    all.push(bare({ disputes: [{ id: life.id, state, at: when, money: null }] }));
  if (life.end === 'cancelled') tell({ cancelledAt: at });
  if (life.end === 'voided') tell({ payment: 'voided' });
  if (life.end === 'deleted') all.push(bare({ deletedAt: at }));
  if (life.end === 'lost' || life.end === 'won') dispute('open', at);
  if (life.end === 'lost' || life.end === 'won') dispute('lost', at + DAY);
  if (life.end === 'won') dispute('settled', at + 2 * DAY);
  return all;
}

const life = (id: string): fc.Arbitrary<Life> =>
  fc.record({
    id: fc.constant(id),
    placedAt: fc.integer({ min: 0, max: 16 }).map(day),
    dollars: fc.integer({ min: 1, max: 150 }),
    quantity: fc.integer({ min: 1, max: 3 }),
    paidLater: fc.boolean(),
    happenings: fc.array(
      fc.constantFrom<Happening>(
        ...(['edit-add', 'edit-raise', 'edit-remove', 'refund-piece', 'refund-amount'] as const),
      ),
      { maxLength: 4 },
    ),
    end: fc.constantFrom<End>('kept', 'cancelled', 'voided', 'lost', 'won', 'deleted'),
    read: fc.boolean(),
  });

function after(told: readonly OrderTidings[]): object {
  const member = new Member(shop);
  for (const one of told) {
    member.order(one, day(60));
    expect(faultsOf(member.books)).toEqual([]);
  }
  const { books, decision } = member;
  return {
    // What was told of an edit before it was read is no more needed, and may still be there.
    facts: [...member.orders.values()]
      .map(({ edits, ...facts }) => ({ ...facts, flags: contradictionsOf({ ...facts, edits }) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    balance: books.available - books.debt,
    pending: books.pending,
    earned: books.earnedTotal,
    tier: member.tier,
    ladder: decision?.ladder,
    awards: [...member.awards.values()]
      .map((award) => ({
        key: awardKey(award),
        posted: award.posted,
        version: award.programmeVersion,
        tier: award.tierKey,
        explanation: award.explanation,
        steps: award.steps.filter(([, points]) => points !== 0),
      }))
      .filter(({ steps }) => steps.length > 0)
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

const lives = fc.tuple(life('1'), life('2')).map(([a, b]) => [...tellings(a), ...tellings(b)]);

it('ends in the same facts and points however it is told', () => {
  fc.assert(
    fc.property(
      lives.chain((all) => {
        const size = all.length * 2;
        const twice = fc.shuffledSubarray([...all, ...all], { minLength: size, maxLength: size });
        return fc.tuple(fc.constant(all), twice);
      }),
      ([all, shuffled]) => {
        expect(after(shuffled)).toEqual(after(all));
      },
    ),
    { numRuns: 120 },
  );
});

it('control: these lives have what they are meant to have', () => {
  const seen = new Set<string>();
  for (const all of fc.sample(lives, { numRuns: 60, seed: 7 })) {
    const member = new Member(shop);
    for (const one of all) member.order(one, day(60));
    for (const { ruleKey, posted, steps } of member.awards.values()) {
      if (ruleKey.includes('@') && posted > 0) seen.add('added under another version');
      for (const [step, points] of steps) if (points < 0) seen.add(step.split(':')[0] ?? '');
    }
  }
  expect([...seen].sort()).toEqual(['added under another version', 'cancel', 'dispute', 'refund']);
});

it('never gives more than its goods are worth by the best of its versions', () => {
  fc.assert(
    fc.property(lives, (all) => {
      const member = new Member(shop);
      for (const one of all) member.order(one, day(60));
      for (const facts of member.orders.values()) {
        const goods = (facts.snapshot?.lines ?? []).reduce(
          (sum, one) => sum + one.priceMinor * one.quantity,
          0,
        );
        const awards = [...member.awards.values()].filter(({ sourceId }) => sourceId === facts.id);
        const posted = awards.reduce((sum, award) => sum + award.posted, 0);
        // At most 3 points per $1.00, and 1.5 times that in silver.
        expect(posted).toBeLessThanOrEqual((goods / 100) * 3 * 1.5);
        expect(awards.every((award) => award.posted >= 0)).toBe(true);
      }
    }),
    { numRuns: 80 },
  );
});

/** Campaigns of every kind, whatever comes in whatever order and how often (laws 1.5, 1.6 and 2.1). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { campaign, cancelled, shopOf } from './campaigns.ts';
import { bonusKey } from '../../../app/domain/campaigns/bonus.ts';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import { awardKey } from '../../../app/domain/points/awards.ts';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import type { ShopTerms } from '../../../app/domain/programme/terms.ts';
import { DAY, day, faultsOf, line, Member, order, refund, tiers } from '../fixtures.ts';

type Policy = NonNullable<ProgrammeInput['multipliers']>;

function shopBy(multipliers: Policy): ShopTerms {
  return shopOf(
    [
      campaign({ key: 'first', name: 'First', bonus: { points: 100 }, when: { firstOrder: true } }),
      campaign({
        ...{ key: 'tea', name: 'Tea', multiplier: '3', times: 2, budgetPoints: 1_000_000 },
        when: { products: ['1'] },
      }),
      campaign({
        ...{ key: 'pots', name: 'Pots', bonus: { points: 7, per: 'piece' }, times: 1 },
        when: { products: ['2'], minimum: '40' },
      }),
      campaign({ multiplier: '2', when: { minimum: '60', channels: ['pos'] } }),
    ],
    { multipliers, tiers: tiers([['silver', '150', '1.25']]), pastOrdersEarn: true },
  );
}

const life = (orderId: string): fc.Arbitrary<OrderTidings[]> =>
  fc
    .record({
      placedAt: fc.integer({ min: 3, max: 20 }).map(day),
      tea: fc.integer({ min: 1, max: 60 }),
      pot: fc.integer({ min: 1, max: 60 }),
      source: fc.constantFrom('web', 'pos'),
      refunds: fc.array(fc.constantFrom(...(['1', '2', ''] as const)), { maxLength: 2 }),
      isCancelled: fc.boolean(),
    })
    .map(({ placedAt, tea, pot, source, refunds, isCancelled }) => {
      const lines = [
        line({ productId: '1', priceMinor: tea * 100 }),
        line({ id: '2', productId: '2', quantity: 2, priceMinor: pot * 50 }),
      ];
      const known = refunds.map((lineId, index) =>
        refund({
          ...{ id: `${orderId}${index}`, createdAt: placedAt + (index + 1) * 2 * DAY },
          lines: lineId === '' ? [] : [{ lineId, quantity: 1 }],
          extraMinor: lineId === '' ? 1500 : 0,
        }),
      );
      const placed = order({ placedAt, lines, source }, { orderId });
      return [
        placed,
        ...known.map((one): OrderTidings => ({
          ...{ orderId, snapshot: null, refunds: [one], paidAt: null },
        })),
        ...(isCancelled ? [cancelled({ ...placed, refunds: known }, placedAt + 9 * DAY)] : []),
      ];
    });

const lives = fc
  .tuple(life('1'), life('2'), life('3'), life('4'))
  .map((each) => each.flat())
  .chain((all) => {
    const twice = [...all, ...all];
    return fc.tuple(fc.constant(all), fc.shuffledSubarray(twice, { minLength: twice.length }));
  });
const policies = fc.constantFrom<Policy>('highest', 'multiply', 'add');

function after(told: readonly OrderTidings[], shop: ShopTerms): Member {
  const member = new Member(shop);
  for (const one of told) {
    member.order(one, day(40));
    expect(faultsOf(member.books)).toEqual([]);
  }
  return member;
}

function booksOf({ books, awards, budgets }: Member): object {
  return {
    balance: books.available - books.debt,
    earnedTotal: books.earnedTotal,
    held: [...budgets.held].filter(([, points]) => points !== 0),
    awards: [...awards.values()]
      .map(({ posted, steps, explanation, allowance, ...award }) => ({
        ...{ key: awardKey(award), posted, explanation },
        ...{ adds: allowance?.adds, turns: allowance?.turns },
        steps: steps.filter(([, points]) => points !== 0),
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

it('the same facts in any order and with repeats end in the same books', () => {
  fc.assert(
    fc.property(lives, policies, ([told, shuffled], policy) => {
      const shop = shopBy(policy);
      const member = after(shuffled, shop);
      expect(booksOf(member)).toEqual(booksOf(after(told, shop)));
      // What was decided piece by piece is what all of it comes to at once.
      const before = booksOf(member);
      expect(booksOf(member.decide(day(41)))).toEqual(before);
    }),
    { numRuns: 60 },
  );
});

it('one order at most is the first, no campaign for two has three, and what they add adds up', () => {
  fc.assert(
    fc.property(lives, policies, ([, shuffled], policy) => {
      const { awards } = after(shuffled, shopBy(policy));
      const paid = [...awards.values()].filter(({ posted }) => posted > 0);
      const firsts = paid.filter(({ ruleKey }) => ruleKey === bonusKey('first'));
      expect(firsts.length).toBeLessThanOrEqual(1);
      const touched = (key: string): number =>
        new Set(
          [...awards.values()].flatMap(({ allowance, sourceId }) =>
            (allowance?.adds?.[key] ?? 0) > 0 ? [sourceId] : [],
          ),
        ).size;
      expect(touched('tea')).toBeLessThanOrEqual(2);
      expect(touched('pots')).toBeLessThanOrEqual(1);
      for (const { posted, allowance, ruleKey } of awards.values()) {
        const added = Object.values(allowance?.adds ?? {}).reduce((sum, points) => sum + points, 0);
        expect(added).toBeLessThanOrEqual(posted);
        if (ruleKey !== 'order') expect(added).toBe(posted);
      }
    }),
    { numRuns: 40 },
  );
});

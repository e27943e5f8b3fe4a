/** Extra points of campaigns: for an order, for pieces, for first orders, so many times (laws 1.5, 1.6). */
import { describe, expect, it } from 'vitest';
import { bought, campaign, cancelled, memberOf, shopOf } from './campaigns.ts';
import { bonusKey } from '../../../app/domain/campaigns/bonus.ts';
import { noBudgets } from '../../../app/domain/earning/budgets.ts';
import { day, line, Member, order, programme, refund, shopWith, tiers } from '../fixtures.ts';

const fifty = (over = {}) => campaign({ bonus: { points: 50 }, ...over });
const perPiece = campaign({ bonus: { points: 20, per: 'piece' }, when: { products: ['1'] } });
const because = (member: Member, orderId: string): unknown => {
  const found = member.award('order', orderId, bonusKey('summer'))?.explanation;
  return found?.rule === 'fixed' ? found.nothingBecause : undefined;
};

describe('extra points for an order (law 1.5)', () => {
  it('for pieces come to no more than a million million, which go back as they came (law 1.6)', () => {
    // 3,000,000 pieces at 1,000,000 points would be three million million.
    const shop = memberOf(campaign({ bonus: { points: 1_000_000, per: 'piece' } }));
    const told = bought('1', 0, { lines: [line({ quantity: 3_000_000, priceMinor: 0 })] });
    const bonus = () => shop.award('order', '1', bonusKey('summer'))?.posted;
    shop.order(told);
    expect(bonus()).toBe(1_000_000_000_000);
    // 2,500,000 pieces go back: 500,000 are half a million million.
    const back = refund({ id: '9', lines: [{ lineId: '1', quantity: 2_500_000 }] });
    shop.order({ ...told, refunds: [back] });
    expect(bonus()).toBe(500_000_000_000);
    shop.order(cancelled(told));
    expect([bonus(), shop.books.available]).toEqual([0, 0]);
  });

  it('come once, beside what the order earns: $80 are 80 and 50', () => {
    const member = memberOf(fifty()).order(bought('1', 80));
    expect(member.moves).toEqual([80, 50]);
    expect(member.award('order', '1', bonusKey('summer'))?.explanation).toMatchObject({
      ...{ rule: 'fixed', because: 'order-bonus', ruleName: 'Summer', points: 50 },
    });
  });

  it('stay while something of the order is kept, and go with the last of it', () => {
    const two = line({ quantity: 2, priceMinor: 4000 });
    const told = order({ placedAt: day(10), lines: [two] }, { orderId: '1' });
    const back = (id: string) => refund({ id, lines: [{ lineId: '1', quantity: 1 }] });
    const member = memberOf(fifty()).order(told);
    expect(member.order({ ...told, refunds: [back('9')] }).moves).toEqual([80, 50, -40]);
    member.order({ ...told, refunds: [back('9'), back('10')] });
    expect(member.moves).toEqual([80, 50, -40, -40, -50]);
  });

  it('go with the cancellation, and wait for the payment as the rest of the order does', () => {
    const member = memberOf(fifty()).order(bought('1', 80));
    expect(member.order(cancelled(bought('1', 80))).moves).toEqual([80, 50, -80, -50]);
    const unpaid = memberOf(fifty()).order(bought('1', 80, { payment: 'unpaid' }));
    expect([unpaid.books.available, unpaid.books.pending]).toEqual([0, 130]);
  });

  it('are nothing for a test order, a foreign currency, or gift cards alone', () => {
    const card = [line({ giftCard: true })];
    for (const over of [{ test: true }, { currency: 'EUR' }, { lines: card }]) {
      expect(memberOf(fifty()).order(bought('1', 80, over)).moves).toEqual([]);
    }
  });

  it('have a budget for everybody together: of 70, the second order has 20', () => {
    const shop = shopOf([fifty({ budgetPoints: 70 })]);
    const budgets = noBudgets();
    const [ann, bob] = [new Member(shop), new Member(shop)];
    for (const member of [ann, bob]) member.budgets = budgets;
    expect(ann.order(bought('1', 80)).moves).toEqual([80, 50]);
    expect(bob.order(bought('2', 80)).moves).toEqual([80, 20]);
    ann.order(cancelled(bought('1', 80)));
    expect(budgets.held.get('summer')).toBe(20);
    expect(bob.order(bought('3', 10)).moves).toEqual([80, 20, 10, 50]);
  });
});

describe('extra points for an audience', () => {
  const forGold = fifty({ audience: { tiers: ['gold'] } });
  const ladder = { tiers: tiers([['gold', '100', '1']]) };

  it('are for the tier that was held before the order; the others are told so', () => {
    const shop = shopOf([forGold], ladder);
    const member = new Member(shop).order(bought('1', 120, { placedAt: day(6) }));
    member.order(bought('2', 30, { placedAt: day(8) }));
    expect(member.books.available).toBe(200); // 120 + 30 + 50
    expect(because(member, '1')).toBe('other-tier');
  });

  it('follow a late order that changes the tier, also where no rule pays for orders', () => {
    const shop = shopOf([forGold], { ...ladder, earning: [] });
    const member = new Member(shop).order(bought('2', 30, { placedAt: day(8) }));
    expect(member.moves).toEqual([]);
    const late = bought('1', 120, { placedAt: day(6) });
    expect(member.order(late).moves).toEqual([50]);
    expect(member.order(cancelled(late)).moves).toEqual([50]);
    // What was true before a cancellation stays true; an order that was never hers does not.
    expect(member.lose('1').moves).toEqual([50, -50]);
  });

  it('end with the market it is for: an order that turns out to be from elsewhere has none', () => {
    const markets = [{ key: 'eu', name: 'Europe', countries: ['DE'] }];
    const one = fifty({ audience: { tiers: ['gold'] }, when: { markets: ['eu'] } });
    const shop = shopOf([one], { ...ladder, markets });
    const member = new Member(shop).order(bought('1', 120, { placedAt: day(6) }));
    const from = (countryCode: string, updatedAt: number) =>
      bought('2', 30, { placedAt: day(8), updatedAt, countryCode });
    expect(member.order(from('DE', day(8))).moves).toEqual([120, 30, 50]);
    expect(member.order(from('CH', day(9))).moves).toEqual([120, 30, 50, -50]);
    expect(member.lose('1').moves).toEqual([120, 30, 50, -50, -120]);
  });
});

describe('an order of at least so much', () => {
  const least = fifty({ when: { minimum: '40.00' } });

  it.each([
    [39.99, [39]],
    [40, [40, 50]],
  ])('of $40: one of $%s', (dollars, moves) => {
    expect(memberOf(least).order(bought('1', dollars)).moves).toEqual(moves);
  });

  it('counts goods after discounts: neither tax, nor shipping, nor gift cards', () => {
    const priced = (over: object): number[] => memberOf(least).order(bought('1', 0, over)).moves;
    const cut = line({ priceMinor: 4500, discountMinor: 501 });
    expect(priced({ lines: [cut] })).toEqual([39]);
    expect(priced({ lines: [line({ priceMinor: 3900 })], shippingMinor: 900 })).toEqual([39]);
    const card = line({ id: '2', giftCard: true });
    expect(priced({ lines: [line({ priceMinor: 3900 }), card] })).toEqual([39]);
  });

  it('loses them when a refund takes it below, and says so; multipliers likewise', () => {
    const told = bought('1', 50);
    const refunds = [refund({ extraMinor: 1500 })];
    const member = memberOf(least)
      .order(told)
      .order({ ...told, refunds });
    expect(member.moves).toEqual([50, 50, -15, -50]);
    expect(because(member, '1')).toBe('below-minimum');
    const twice = campaign({ multiplier: '2', when: { minimum: '40.00' } });
    // 50 × 2, then 35 × 1
    expect(
      memberOf(twice)
        .order(told)
        .order({ ...told, refunds }).moves,
    ).toEqual([100, -65]);
  });
});

describe('extra points for pieces', () => {
  const tea = line({ id: '1', productId: '1', quantity: 3, priceMinor: 1000, title: 'Tea' });
  const pot = line({ id: '2', productId: '2', priceMinor: 6000 });
  const told = order({ placedAt: day(10), lines: [tea, pot] }, { orderId: '1' });

  it('are for those of the products only: three of tea at 20 are 60', () => {
    const member = memberOf(perPiece).order(told);
    expect(member.moves).toEqual([90, 60]);
    expect(member.award('order', '1', bonusKey('summer'))?.explanation).toMatchObject({
      ...{ because: 'piece-bonus', each: 20, points: 60 },
      lines: [{ title: 'Tea', kept: 3, ordered: 3 }],
    });
    expect(memberOf(perPiece).order(bought('2', 60)).moves).toEqual([60]);
  });

  it('go piece by piece with refunds', () => {
    const refunds = [refund({ lines: [{ lineId: '1', quantity: 2 }] })];
    expect(
      memberOf(perPiece)
        .order(told)
        .order({ ...told, refunds }).moves,
    ).toEqual([...[90, 60], ...[-20, -40]]);
  });
});

describe('the first order of a member', () => {
  const hundred = campaign({ bonus: { points: 100 }, when: { firstOrder: true } });
  const first = bought('1', 10, { placedAt: day(10) });
  const second = bought('2', 20, { placedAt: day(12) });

  it('is the earliest by when it was placed, whatever is told first', () => {
    const member = memberOf(hundred).order(second);
    expect(member.moves).toEqual([20, 100]);
    member.order(first);
    expect(member.books.available).toBe(130);
    expect(member.award('order', '1', bonusKey('summer'))?.posted).toBe(100);
    expect(member.award('order', '2', bonusKey('summer'))?.posted).toBe(0);
    expect(because(member, '2')).toBe('not-first-order');
  });

  it('is the next one once it was cancelled, or all of it was given back', () => {
    const member = memberOf(hundred).order(first).order(second);
    expect(member.moves).toEqual([10, 100, 20]);
    member.order(cancelled(first));
    expect(member.moves).toEqual([10, 100, 20, -10, -100, 100]);
    const refunds = [refund({ lines: [{ lineId: '1', quantity: 1 }] })];
    const other = memberOf(hundred)
      .order(first)
      .order(second)
      .order({ ...first, refunds });
    expect(other.award('order', '2', bonusKey('summer'))?.posted).toBe(100);
    expect(other.books.available).toBe(120);
  });

  it('is none that was placed before the campaign: later ones are not first', () => {
    const before = bought('1', 10, { placedAt: day(3) });
    expect(memberOf(hundred).order(before).order(second).moves).toEqual([10, 20]);
  });

  it('is no test order', () => {
    const trial = bought('1', 10, { placedAt: day(10), test: true });
    expect(memberOf(hundred).order(trial).order(second).moves).toEqual([20, 100]);
  });

  it('moves when it turns out to be somebody else’s', () => {
    const member = memberOf(hundred).order(first).order(second).lose('1');
    expect(member.award('order', '2', bonusKey('summer'))?.posted).toBe(100);
    expect(member.books.available).toBe(120);
  });

  it('can be multiplied instead', () => {
    const triple = campaign({ multiplier: '3', when: { firstOrder: true } });
    const member = memberOf(triple).order(second).order(first);
    expect(member.books.available).toBe(50); // 10 × 3 + 20
  });
});

describe('so many times for each member (law 1.6)', () => {
  const orders = [1, 2, 3].map((n) => bought(String(n), n * 10, { placedAt: day(9 + n) }));

  it('twice: the third order has none, until the first is cancelled', () => {
    const member = memberOf(fifty({ times: 2 }));
    for (const told of [...orders].reverse()) member.order(told);
    expect(member.books.available).toBe(160); // 10 + 20 + 30 + 2 × 50
    expect(because(member, '3')).toBe('campaign-used');
    member.order(cancelled(orders[0]!));
    expect(member.books.available).toBe(150); // 20 + 30 + 2 × 50
    expect(member.award('order', '3', bonusKey('summer'))?.posted).toBe(50);
  });

  it('once, multiplied: only the earliest order is', () => {
    const member = memberOf(campaign({ multiplier: '2', times: 1 }));
    for (const told of [...orders].reverse()) member.order(told);
    expect(member.books.available).toBe(70); // 20 + 20 + 30
  });
});

it('what an edit adds under another version earns its own pieces, and no second bonus for the order', () => {
  const added = line({ id: '2', productId: '1', priceMinor: 500 });
  const told = order(
    {
      ...{ placedAt: day(10), updatedAt: day(13) },
      lines: [line({ id: '1', productId: '1', priceMinor: 1000 }), added],
    },
    {
      orderId: '1',
      edits: [{ id: '7', at: day(13), added: [{ lineId: '2', quantity: 1 }] }],
    },
  );
  const shop = shopWith([
    [day(1), programme({ campaigns: [perPiece, fifty({ key: 'each' })] })],
    [
      day(12),
      programme({
        campaigns: [{ ...perPiece, bonus: { points: 30, per: 'piece' } }, fifty({ key: 'each' })],
      }),
    ],
  ]);
  expect(new Member(shop).order(told).books.available).toBe(10 + 5 + 20 + 30 + 50);
});

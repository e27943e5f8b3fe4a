/** Campaigns for some lines of an order, and how they go together with others (law 1.5). */
import { describe, expect, it } from 'vitest';
import { bought, campaign, memberOf, shopOf } from './campaigns.ts';
import type { CampaignInput } from './campaigns.ts';
import { noBudgets } from '../../../app/domain/earning/budgets.ts';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { day, line, Member, order, refund, tiers } from '../fixtures.ts';

const teaWeek = campaign({
  key: 'tea',
  name: 'Tea week',
  multiplier: '3',
  when: { products: ['1'] },
});
const summer = campaign({ multiplier: '2' });
const gold = tiers([['gold', '0', '1.5']]);
/** $40 of tea and a pot of $60. */
const tea = line({ id: '11', productId: '1', title: 'Tea', priceMinor: 4000 });
const pot = line({ id: '12', productId: '2', title: 'Pot', priceMinor: 6000 });
const both = order({ placedAt: day(10), lines: [tea, pot] });

function earned(campaigns: readonly CampaignInput[], over: Partial<ProgrammeInput> = {}): Member {
  return new Member(shopOf(campaigns, over)).order(both);
}

describe('a campaign for some products multiplies only their lines (law 1.5)', () => {
  it('$40 of tea at three times and a pot of $60 are 180', () => {
    expect(earned([teaWeek]).books.available).toBe(180); // 40 × 3 + 60
    expect(earned([]).books.available).toBe(100);
  });

  it.each([
    ['highest', 240], // 40 × max(3, 2) + 60 × max(2)
    ['multiply', 360], // 40 × 3 × 2 + 60 × 2
    ['add', 280], // 40 × (1 + 2 + 1) + 60 × 2
  ] as const)('with another one of 2 for everything, by %s they are %d', (multipliers, points) => {
    expect(earned([teaWeek, summer], { multipliers }).books.available).toBe(points);
    expect(earned([summer, teaWeek], { multipliers }).books.available).toBe(points);
  });

  it.each([
    ['highest', 210], // 40 × max(1.5, 3) + 60 × 1.5
    ['multiply', 270], // 40 × 4.5 + 60 × 1.5
    ['add', 230], // 40 × (1 + 0.5 + 2) + 60 × 1.5
  ] as const)('with a tier of 1.5, by %s they are %d', (multipliers, points) => {
    expect(earned([teaWeek], { multipliers, tiers: gold }).books.available).toBe(points);
  });

  it('is rounded once for the order and not for each line: 0.33 × 3 and 0.01 are 1', () => {
    const lines = [line({ ...tea, priceMinor: 33 }), line({ ...pot, priceMinor: 1 })];
    const member = memberOf(teaWeek).order(order({ placedAt: day(10), lines }));
    expect(member.books.available).toBe(1); // 0.99 + 0.01; each line by itself would be 0
  });

  it('a refund takes what the line had brought: the tea 120, the pot 60', () => {
    const give = (lineId: string) => refund({ lines: [{ lineId, quantity: 1 }] });
    const without = (lineId: string): Member =>
      memberOf(teaWeek)
        .order(both)
        .order({ ...both, refunds: [give(lineId)] });
    expect(without('11').moves).toEqual([180, -120]);
    expect(without('12').moves).toEqual([180, -60]);
  });

  it('money given back without a line takes from both alike: half of 180', () => {
    const refunds = [refund({ extraMinor: 5000 })];
    expect(
      memberOf(teaWeek)
        .order(both)
        .order({ ...both, refunds }).moves,
    ).toEqual([180, -90]);
  });

  it.each<[string, NonNullable<CampaignInput['when']>, Partial<typeof tea>]>([
    ['a variant', { variants: ['8'] }, { variantId: '8' }],
    [
      'a collection',
      { collections: ['9'] },
      { product: { category: null, type: null, vendor: null, tags: [], collectionIds: ['9'] } },
    ],
  ])('is for %s as well', (_, when, traits) => {
    const lines = [line({ ...tea, ...traits }), pot];
    const member = memberOf(campaign({ multiplier: '3', when }));
    expect(member.order(order({ placedAt: day(10), lines })).books.available).toBe(180);
  });

  it('of several lists one is enough', () => {
    const when = { products: ['1'], variants: ['77'] };
    expect(memberOf(campaign({ multiplier: '3', when })).order(both).books.available).toBe(180);
  });

  it('what the rule does not pay for is not multiplied, and shipping is nobody’s product', () => {
    const [rule] = shopOf([]).versions[0]!.version.document.earning;
    const settings = { ...(rule!.settings as object), includeShipping: true };
    const lines = [tea, pot, line({ id: '13', productId: '1', giftCard: true, priceMinor: 5000 })];
    const shop = shopOf([teaWeek], { earning: [{ ...rule!, settings }] });
    const told = order({ placedAt: day(10), lines, shippingMinor: 1000 });
    expect(new Member(shop).order(told).books.available).toBe(190); // 120 + 60 + 10
  });
});

describe('budgets of campaigns for different lines (law 1.6)', () => {
  it('what one budget could not pay is not paid by a campaign for other lines', () => {
    const short = campaign({ ...teaWeek, budgetPoints: 10 });
    const pots = campaign({
      ...{ key: 'pots', name: 'Pots', multiplier: '2', budgetPoints: 1000 },
      when: { products: ['2'] },
    });
    for (const multipliers of ['highest', 'multiply', 'add'] as const) {
      const member = new Member(shopOf([short, pots], { multipliers }));
      member.budgets = noBudgets();
      expect(member.order(both).books.available).toBe(170); // 100 + 10 of 80 + 60
      expect([...member.budgets.held]).toEqual([
        ['tea', 10],
        ['pots', 60],
      ]);
    }
  });

  it('a campaign that lies on the same lines lifts them further, to its own height and no more', () => {
    const short = campaign({ ...teaWeek, budgetPoints: 10 });
    const all = campaign({ key: 'all', name: 'All', multiplier: '2', budgetPoints: 1000 });
    const member = new Member(shopOf([short, all]));
    // 100, and 10 for the tea: 50 there. Twice everything is 80 and 120: 30 and 60 more.
    expect(member.order(both).books.available).toBe(200);
    expect([...member.budgets.held]).toEqual([
      ['tea', 10],
      ['all', 90],
    ]);
  });
});

describe('the explanation (law 1.8)', () => {
  it('says which campaign gave what on which lines', () => {
    const member = earned([teaWeek, summer]);
    expect(member.award('order', '501', 'order')?.explanation).toMatchObject({
      multiplier: '2',
      parts: [
        { lines: [], worth: '60', multiplier: '2', because: ['Summer'] },
        { lines: ['Tea'], worth: '40', multiplier: '3', because: ['Tea week'] },
      ],
      stacking: 'highest',
      adds: [
        { name: 'Tea week', points: 80 }, // 40 × 3 − 40
        { name: 'Summer', points: 60 }, // 60 × 2 − 60
      ],
      ...{ exact: '240', points: 240 },
    });
  });

  it('names no parts where all lines are multiplied alike', () => {
    const found = earned([summer]).award('order', '501', 'order')?.explanation;
    expect(found).toMatchObject({ multiplier: '2', adds: [{ name: 'Summer', points: 100 }] });
    expect(found).not.toHaveProperty('parts');
    expect(memberOf().order(bought('1', 5)).award('order', '1', 'order')?.allowance).toBeNull();
  });
});

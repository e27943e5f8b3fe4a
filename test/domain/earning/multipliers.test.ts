import { describe, expect, it } from 'vitest';
import { ONE, parseRational, toText } from '../../../app/domain/money/rational.ts';
import { stacked } from '../../../app/domain/earning/multipliers.ts';
import type { StackingPolicy } from '../../../app/domain/earning/multipliers.ts';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { day, line, Member, order, programme, review, shopWith, tiers } from '../fixtures.ts';

type CampaignInput = NonNullable<ProgrammeInput['campaigns']>[number];

const iso = (at: number): string => new Date(at).toISOString();
const campaign = (over: Partial<CampaignInput> = {}): CampaignInput => ({
  key: 'summer',
  name: 'Summer',
  enabled: true,
  multiplier: '2',
  startsAt: iso(day(10)),
  endsAt: iso(day(20)),
  ...over,
});
/** Everybody is gold: tier 1.5. */
const gold = tiers([['gold', '0', '1.5']]);
const fifty = [line({ priceMinor: 5000 })];

function memberUnder(over: Partial<ProgrammeInput>, at = day(12)): Member {
  const shop = shopWith([[day(1), programme(over)]]);
  return new Member(shop).order(order({ placedAt: at, lines: fifty }));
}

describe('multipliers of the tier and of campaigns (law 1.5)', () => {
  it.each([
    ['highest', 100], // 50 × max(1.5, 2)
    ['multiply', 150], // 50 × 1.5 × 2
    ['add', 125], // 50 × (1 + 0.5 + 1)
  ] as const)('$50 at 1 for $1, tier 1.5, campaign 2, by %s is %d', (multipliers, points) => {
    const member = memberUnder({ tiers: gold, campaigns: [campaign()], multipliers });
    expect(member.books.available).toBe(points);
  });

  it('the highest counts where nothing else is said', () => {
    expect(memberUnder({ tiers: gold, campaigns: [campaign()] }).books.available).toBe(100);
  });

  it.each([
    ['highest', '3'],
    ['multiply', '9'], // 1.5 × 2 × 3
    ['add', '4.5'], // 1 + 0.5 + 1 + 2
  ] as const)('1.5, 2 and 3 by %s are %s', (policy: StackingPolicy, together) => {
    expect(toText(stacked(policy, ['1.5', '2', '3'].map(parseRational)))).toBe(together);
  });

  it('2 and 3 by add are 4, that is 1 + 1 + 2; nothing at all is 1', () => {
    expect(toText(stacked('add', ['2', '3'].map(parseRational)))).toBe('4');
    for (const policy of ['highest', 'multiply', 'add'] as const)
      expect(stacked(policy, [])).toEqual(ONE);
  });

  it('are floored once, at the very end: three lines of $0.33 × 1.5 are 1, not 0', () => {
    const lines = ['1', '2', '3'].map((id) => line({ id, priceMinor: 33 }));
    const shop = shopWith([[day(1), programme({ tiers: gold })]]);
    expect(new Member(shop).order(order({ lines })).books.available).toBe(1); // 1.485
  });

  it('a refund takes what the part had brought with its multipliers: half of 150 is 75', () => {
    const member = memberUnder({ tiers: gold, campaigns: [campaign()], multipliers: 'multiply' });
    const back = {
      ...{ id: '9', createdAt: day(30), toldAt: day(30), currency: 'USD', lines: [] },
      ...{ extraMinor: 2500, shippingMinor: 0, paidBackMinor: null },
    };
    member.order(order({ placedAt: day(12), lines: fifty }, { refunds: [back] }));
    expect(member.moves).toEqual([150, -75]);
  });

  it('the explanation names each and how they went together (law 1.8)', () => {
    const member = memberUnder({ tiers: gold, campaigns: [campaign()], multipliers: 'add' });
    expect(member.award('order', '501', 'order')?.explanation).toMatchObject({
      multiplier: '2.5',
      multipliers: [
        { of: 'tier', name: 'gold', by: '1.5' },
        { of: 'campaign', name: 'Summer', by: '2' },
      ],
      stacking: 'add',
      exact: '125',
      points: 125,
    });
    const highest = memberUnder({ tiers: gold, campaigns: [campaign()] });
    expect(highest.award('order', '501', 'order')?.explanation).toMatchObject({
      multipliers: [{ of: 'campaign', name: 'Summer', by: '2' }],
      yielded: [{ of: 'tier', name: 'gold', by: '1.5' }],
      stacking: 'highest',
    });
    const alone = memberUnder({ tiers: gold }).award('order', '501', 'order')?.explanation;
    expect(alone).not.toHaveProperty('yielded');
    // Where all count, none yields.
    expect(member.award('order', '501', 'order')?.explanation).not.toHaveProperty('yielded');
  });
});

describe('a campaign', () => {
  it('runs from its first moment until just before its last, by when the order was placed', () => {
    const earned = (at: number): number =>
      memberUnder({ campaigns: [campaign()] }, at).books.available;
    expect([day(10) - 1, day(10), day(20) - 1, day(20)].map(earned)).toEqual([50, 100, 100, 50]);
  });

  it('does nothing while it is switched off', () => {
    expect(memberUnder({ campaigns: [campaign({ enabled: false })] }).books.available).toBe(50);
  });

  it('is that of the version by which the order earns, whatever was published since', () => {
    const shop = shopWith([
      [day(1), programme({ campaigns: [campaign()] })],
      [day(15), programme({ campaigns: [campaign({ multiplier: '9' })] })],
    ]);
    const at = (placedAt: number): number =>
      new Member(shop).order(order({ placedAt, lines: fifty })).books.available;
    expect([at(day(14)), at(day(15))]).toEqual([100, 450]);
  });

  it('is for its audience only: by tier and by the tags the customer had with the order', () => {
    const forTags = { campaigns: [campaign({ audience: { tags: ['VIP'] } })] };
    const shop = shopWith([[day(1), programme(forTags)]]);
    const bought = (tags: readonly string[]): number =>
      new Member(shop).order(
        order(
          { placedAt: day(12), lines: fifty },
          { customerTags: { asOf: day(12), tags: [...tags] } },
        ),
      ).books.available;
    expect([bought(['vip']), bought(['b2b']), bought([])]).toEqual([100, 50, 50]);
    const forGold = (tier: string): number =>
      memberUnder({ tiers: gold, campaigns: [campaign({ audience: { tiers: [tier] } })] }).books
        .available;
    expect([forGold('gold'), forGold('other')]).toEqual([100, 75]); // the tier's 1.5 stays
  });

  it('multiplies the rules it lists, be they no orders; with an empty list, orders only', () => {
    const document = (rules: string[]): ProgrammeInput =>
      programme({
        campaigns: [campaign({ rules })],
        earning: [
          ...programme().earning,
          {
            ...{ key: 'review', kind: 'review', name: 'Reviewing', enabled: true },
            settings: { points: 50, photoBonus: 0, videoBonus: 0 },
          },
        ],
      });
    const earned = (rules: string[]): readonly number[] => {
      const shop = shopWith([[day(1), programme(document(rules))]]);
      const member = new Member(shop)
        .order(order({ placedAt: day(12), lines: fifty }))
        .review(review({ createdAt: day(12) }));
      return member.moves;
    };
    expect(earned([])).toEqual([100, 50]);
    expect(earned(['review'])).toEqual([50, 100]);
  });
});

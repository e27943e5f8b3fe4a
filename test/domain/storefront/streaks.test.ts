import { describe, expect, it } from 'vitest';
import { membersStreaks, offeredStreaks } from '../../../app/domain/storefront/streaks.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import { programme, shopWith } from '../fixtures.ts';
import { badge } from '../goals.ts';

const shop = shopWith([
  [
    0,
    programme({
      streaks: [
        {
          ...{ key: 'daily', name: 'Daily', enabled: true, of: ['visit', 'order'], words: 'Come.' },
          freezes: { most: 1, cost: 40 },
          milestones: [
            { at: 30, badge: 'fan', multiplier: '1.5', days: 3 },
            { at: 7, points: 50 },
          ],
        },
        { key: 'off', name: 'Off', enabled: false, of: ['visit'] },
      ],
      badges: [
        {
          ...{ key: 'fan', kind: 'reviews-published', name: 'Super Fan', enabled: true },
          ...{ bonusPoints: 0, settings: { count: 5 } },
        },
      ],
    }),
  ],
]);
const [terms] = shop.versions;
if (!terms) throw new Error('there is one');

const row = (have: number, counted: readonly string[], need = 30) => ({
  ...{ key: 'streak:daily', have, need, counted, until: Date.UTC(2026, 2, 5, 23) },
});

describe('streaks at the storefront', () => {
  it('are offered with what they give, the nearest first', () => {
    expect(offeredStreaks(terms)).toEqual([
      {
        ...{ key: 'daily', name: 'Daily', words: 'Come.', of: ['visit', 'order'], unit: 'day' },
        freezeCost: 40,
        milestones: [
          { at: 7, points: 50, reward: null, badge: null, multiplier: null, days: 0 },
          { at: 30, points: 0, reward: null, badge: 'Super Fan', multiplier: '1.5', days: 3 },
        ],
      },
    ]);
  });

  it('are cut where there is too much of them: the nearest milestones stay', () => {
    const milestones = Array.from({ length: 50 }, (_, index) => ({ at: index + 2, points: 1 }));
    const streaks = Array.from({ length: 20 }, (_, index) => ({
      ...{ key: `s${index}`, name: 'Daily', enabled: true, of: ['visit'], milestones },
    }));
    const [many] = shopWith([[0, programme({ streaks })]]).versions;
    if (!many) throw new Error('there is one');
    const offered = offeredStreaks(many);
    expect(offered).toHaveLength(20);
    expect(JSON.stringify(offered).length).toBeLessThan(16_000);
    expect(offered[0]?.milestones).toHaveLength(50);
    expect(offered.at(-1)?.milestones).toEqual([]);
  });

  it('are cut to the byte: what just fits is shown, and one byte more is not', () => {
    const [streak] = terms.streaks;
    if (!streak) throw new Error('there is one');
    const bytes = (shown: unknown): number =>
      new TextEncoder().encode(JSON.stringify(shown)).length;
    const of = (length: number, milestones: typeof streak.milestones) =>
      offeredStreaks({
        ...terms,
        streaks: [{ ...streak, words: 'w'.repeat(length), milestones }],
      })[0];
    const words = 12_000 - bytes(of(0, []));
    expect([of(words, [])?.words.length, of(words + 1, [])?.words]).toEqual([words, '']);
    const [nearest] = of(0, streak.milestones)?.milestones ?? [];
    const shown = (length: number) => of(length, streak.milestones)?.milestones.map(({ at }) => at);
    expect([shown(words - bytes(nearest)), shown(words - bytes(nearest) + 1)]).toEqual([[7], []]);
  });

  it('name the reward of a milestone as the programme calls it', () => {
    const [named] = shopWith([
      [
        0,
        programme({
          streaks: [
            {
              ...{ key: 'daily', name: 'Daily', enabled: true, of: ['visit'] },
              milestones: [
                { at: 7, reward: 'call' },
                { at: 8, reward: 'perk', badge: 'fan' },
              ],
            },
          ],
          rewards: writtenRewards(
            { key: 'perk', kind: 'perk', name: 'A perk', points: 1 },
            { key: 'call', kind: 'by-hand', name: 'A call', points: 1 },
          ),
          badges: [badge(1, 0, { key: 'other', name: 'Other' }), badge(1, 0)],
        }),
      ],
    ]).versions;
    if (!named) throw new Error('there is one');
    const [offered] = offeredStreaks(named);
    expect(offered?.milestones.map(({ reward, badge: won }) => [reward, won])).toEqual([
      ['A call', null],
      ['A perk', 'Fan'],
    ]);
  });

  it('say how far a member is, and until the end of which of the shop’s days', () => {
    const [shown] = membersStreaks(terms, [row(8, ['9', '0', 'open'])], 'Europe/Berlin');
    expect(shown).toEqual({
      ...{ key: 'daily', name: 'Daily', of: ['visit', 'order'], unit: 'day' },
      ...{ now: 8, best: 9, freezes: 0, safe: false, by: '2026-03-05', freezeCost: 40 },
      next: { at: 30, points: 0, reward: null, badge: 'Super Fan', multiplier: '1.5', days: 3 },
    });
  });

  it('sell no freeze to who holds as many as there may be, or has nothing to keep', () => {
    const cost = (...rows: ReturnType<typeof row>[]): unknown =>
      membersStreaks(terms, rows, 'Europe/Berlin')[0]?.freezeCost;
    expect(cost(row(8, ['9', '1', 'done']))).toBeNull();
    expect(cost(row(0, ['9', '0', 'open']))).toBeNull();
    expect(cost()).toBeNull();
  });

  it('of who has done nothing yet begin at nothing, and the first milestone is the next', () => {
    expect(membersStreaks(terms, [], 'Europe/Berlin')).toMatchObject([
      { now: 0, best: 0, by: null, safe: false, next: { at: 7, points: 50 } },
    ]);
  });
});

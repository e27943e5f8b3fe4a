/** What entering a tier gives, of a climb of its own (law 6.3, 5.5). */
import { describe, expect, it } from 'vitest';
import { climb } from '../../../app/domain/tiers/climb.ts';
import type { Climb, Ladder, Rung } from '../../../app/domain/tiers/climb.ts';
import { beginOf, entryGifts, entryRewards } from '../../../app/domain/tiers/entry-rewards.ts';
import { day, programme, shopWith } from '../fixtures.ts';
import { climber, ladderWith, rung } from './ladders.ts';

const shop = shopWith([
  [day(5), programme()],
  [day(30), programme()],
]);

/** $500 on day 20 and $500 on day 40, by a ladder from day 5 on. */
function climbed(rungs: readonly Rung[], over: Partial<Ladder> = {}): Climb {
  const steps = [20, 40].map((on) => ({
    ...{ at: day(on), spendMinor: 500, orders: 1, points: 0, countsFrom: day(on) },
  }));
  return climb([ladderWith({ from: day(5), rungs, ...over })], steps, day(60), climber());
}

const due = (rungs: readonly Rung[], over: Partial<Ladder> = {}, joinedAt = day(10)): unknown[] =>
  entryRewards(climbed(rungs, over), joinedAt, shop, []).map(
    ({ sourceId, occurredAt, programmeVersion, steps }) => [
      ...[sourceId, occurredAt, programmeVersion, steps[0]?.total],
    ],
  );

const bronze = rung('bronze', 0, { entryPoints: 10 });
const silver = rung('silver', 500, { entryPoints: 50, entryReward: 'tea' });
const gold = rung('gold', 1_000, { entryPoints: 200 });

describe('points for entering', () => {
  it('are due when it was entered, by the version of that time', () => {
    expect(due([bronze, silver, gold])).toEqual([
      ['bronze:1', day(10), 1, 10],
      ['silver:1', day(20), 1, 50],
      ['gold:1', day(40), 2, 200],
    ]);
  });

  it('are none of a tier that gives none, nor of one that is only granted and was passed', () => {
    const [plain, granted] = [rung('silver', 500), rung('silver', null, { entryPoints: 50 })];
    const others = [
      ['bronze:1', day(10), 1, 10],
      ['gold:1', day(40), 2, 200],
    ];
    expect(due([bronze, plain, gold])).toEqual(others);
    expect(due([bronze, granted, gold])).toEqual(others);
  });

  it('are none of what was entered and left before joining', () => {
    const later = due([bronze, silver, gold], {}, day(40));
    expect(later.map((one) => (one as unknown[])[0])).toEqual(['bronze:1', 'silver:1', 'gold:1']);
    expect(due([bronze, silver, gold], { skippedRewards: 'highest' }, day(41))).toEqual([
      ['gold:1', day(41), 2, 200],
    ]);
    // As the ladder begins they stand there.
    expect(due([bronze], {}, day(4))).toEqual([]);
  });

  it('that were given for what is entered no more come down to nothing, and say so', () => {
    const [target] = entryRewards(climbed([bronze, silver, gold]), day(10), shop, []);
    if (!target) throw new Error('Bronze is due.');
    const award = {
      ...target,
      steps: [['earn', 10, day(10)]],
      posted: 10,
      corrections: 0,
    } as const;
    const badge = { ...award, sourceKind: 'badge' };
    const lost = entryRewards(climbed([silver]), day(10), shop, [award, badge]);
    expect(lost.map(({ sourceId, steps }) => [sourceId, steps.length])).toEqual([
      ['silver:1', 1],
      ['bronze:1', 0],
    ]);
    expect(lost[1]?.explanation).toMatchObject({ because: 'no-longer-met', points: 0 });
  });
});

describe('rewards for entering', () => {
  it('are of those tiers alone that have one, by the version of the entry', () => {
    const both = [bronze, silver, rung('gold', 1_000, { entryReward: 'cake' })];
    expect(entryGifts(climbed(both), day(10), shop)).toEqual([
      { key: 'tier:silver:1', rewardKey: 'tea', programmeVersion: 1 },
      { key: 'tier:gold:1', rewardKey: 'cake', programmeVersion: 2 },
    ]);
    expect(entryGifts(climbed([bronze, gold]), day(10), shop)).toEqual([]);
  });
});

describe('the beginning of a tier', () => {
  const ladders = [5, 20, 30, 50].map((on) =>
    ladderWith({ from: day(on), rungs: on === 20 ? [bronze] : [bronze, silver] }),
  );

  it('is since when all ladders have had it, as known then', () => {
    expect(beginOf(ladders, 'bronze', day(60))).toBe(day(5));
    expect(beginOf(ladders, 'silver', day(60))).toBe(day(30));
    expect(beginOf(ladders, 'silver', day(10))).toBe(day(5));
    expect(beginOf(ladders, 'silver', day(25))).toBe(day(25));
    expect(beginOf(ladders, 'gold', day(60))).toBe(day(60));
  });
});

/** Why a member cannot spend points on a reward, each reason with its numbers (law 5.1, 5.6). */
import { describe, expect, it } from 'vitest';
import type { RewardOffer } from '../../../app/domain/programme/terms.ts';
import {
  offerRefusal,
  standingRefusal,
  stepsOf,
} from '../../../app/domain/rewards/offer-refusal.ts';
import type { Standing } from '../../../app/domain/rewards/offer-refusal.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import type { WrittenReward } from '../../support/written-rewards.ts';
import { day, programme, shopWith, tiers } from '../fixtures.ts';

const NOW = day(20);
const ladder = tiers([['gold', '500', '1']]);

function offerOf(over: Partial<WrittenReward> = {}): RewardOffer {
  const written = { key: 'tea', kind: 'perk', points: 300, ...over };
  const shop = shopWith([[day(1), programme({ tiers: ladder, rewards: writtenRewards(written) })]]);
  const [offer] = shop.versions[0]?.rewards ?? [];
  if (!offer) throw new Error('There is one.');
  return offer;
}

/** Of silver, with 1000 points, nothing owed and nothing spent. */
function somebody(over: Partial<Standing> = {}): Standing {
  return {
    ...{ tierKey: 'silver', tags: [], spent: [], available: 1_000, debt: 0 },
    outside: new Set<string>(),
    ...over,
  };
}

const asking = (
  over: Partial<WrittenReward>,
  member: Partial<Standing> = {},
  { cost = 300, now = NOW } = {},
): unknown => standingRefusal(offerOf(over), cost, somebody(member), { now, timeZone: 'UTC' });

describe('whoever asks', () => {
  it('can have what is offered for points, and not what is only a prize', () => {
    expect(offerRefusal(offerOf(), 1, NOW)).toBeNull();
    expect(offerRefusal(offerOf({ forPoints: false }), 1, NOW)).toEqual({ kind: 'not-for-points' });
  });

  it('can have it from its first moment until just before its end', () => {
    const offer = offerOf({ startsAt: '2026-01-10T00:00:00Z', endsAt: '2026-01-20T00:00:00Z' });
    const not = { kind: 'not-now', startsAt: day(10), endsAt: day(20) };
    const moments = [day(10) - 1, day(10), day(20) - 1, day(20)];
    expect(moments.map((at) => offerRefusal(offer, 1, at))).toEqual([not, null, null, not]);
    const [from, until] = [
      offerOf({ startsAt: '2026-01-10T00:00:00Z' }),
      offerOf({ endsAt: '2026-01-20T00:00:00Z' }),
    ];
    expect(offerRefusal(from, 1, day(900))).toBeNull();
    expect(offerRefusal(until, 1, day(-900))).toBeNull();
  });

  it('chooses so many times its points as are offered, and once where nothing is to choose', () => {
    const choose = offerOf({
      ...{ kind: 'variable-amount-off', points: 100 },
      settings: { leastSteps: 2, mostSteps: 20 },
    });
    expect([stepsOf(choose), stepsOf(offerOf())]).toEqual([
      { least: 2, most: 20 },
      { least: 1, most: 1 },
    ]);
    const refused = { kind: 'bad-steps', least: 2, most: 20 };
    expect([1, 2, 20, 21].map((steps) => offerRefusal(choose, steps, NOW))).toEqual([
      ...[refused, null, null, refused],
    ]);
    expect(offerRefusal(offerOf(), 2, NOW)).toEqual({ kind: 'bad-steps', least: 1, most: 1 });
  });

  it('spends at most a billion points at once: 20 times 50 million, and not a point more', () => {
    const choose = { ...offerOf({ kind: 'variable-amount-off', points: 1 }) };
    const costing = (points: number): RewardOffer => ({
      ...choose,
      item: { ...choose.item, points },
    });
    expect(offerRefusal(costing(50_000_000), 20, NOW)).toBeNull();
    expect(offerRefusal(costing(50_000_001), 20, NOW)).toMatchObject({ kind: 'bad-steps' });
  });
});

describe('a member', () => {
  it('needs as many points as it costs: 300 of 300 are enough, and 299 are not', () => {
    expect(asking({}, { available: 300 })).toBeNull();
    expect(asking({}, { available: 299 })).toEqual({
      ...{ kind: 'not-enough', available: 299, wanted: 300 },
    });
  });

  it('who owes a point can have nothing, whatever they have besides (law 3.2)', () => {
    expect(asking({}, { debt: 1 })).toEqual({ kind: 'owes', debt: 1 });
  });

  it('must be of its tiers and bear its tags by then (law 5.6)', () => {
    const forGold = { audience: { tiers: ['gold'] } };
    expect(asking(forGold)).toEqual({ kind: 'not-for-you', because: 'other-tier' });
    expect(asking(forGold, { tierKey: null })).toMatchObject({ because: 'other-tier' });
    expect(asking(forGold, { tierKey: 'gold' })).toBeNull();
    const forTagged = { audience: { tags: ['vip'] } };
    const tags = [[day(15), 'all', ['vip']]] as const;
    expect(asking(forTagged)).toEqual({ kind: 'not-for-you', because: 'no-tag' });
    expect(asking(forTagged, { tags })).toBeNull();
    expect(asking(forTagged, { tags }, { now: day(14) })).toMatchObject({ because: 'no-tag' });
    expect(asking({ audience: { withoutTags: ['vip'] } }, { tags })).toEqual({
      ...{ kind: 'not-for-you', because: 'excluded-tag' },
    });
  });

  it('must meet the conditions of this reward, not those of another (law 5.6)', () => {
    expect(asking({}, { outside: new Set(['tea']) })).toEqual({
      ...{ kind: 'not-for-you', because: 'outside-segment' },
    });
    expect(asking({}, { outside: new Set(['cake']) })).toBeNull();
  });
});

describe('a limit of two a month for a member', () => {
  const limited = { perMember: [{ of: 'times' as const, most: 2, per: 'month' as const }] };
  const had = (on: number, over: Partial<Standing['spent'][number]> = {}) =>
    ({ purpose: 'tea', points: 300, state: 'captured', reservedAt: day(on), ...over }) as const;
  const reached = { kind: 'limit-reached', most: 2, per: 'month' };

  it('is reached by two of this month, and not by one of it and one of December', () => {
    expect(asking(limited, { spent: [had(1), had(19)] })).toEqual(reached);
    expect(asking(limited, { spent: [had(0), had(19)] })).toBeNull();
    expect(asking(limited, { spent: [had(1), had(19)] }, { now: day(32) })).toBeNull();
  });

  it('counts what is still held and what was used, of this reward, for points', () => {
    expect(asking(limited, { spent: [had(5), had(6, { state: 'reserved' })] })).toEqual(reached);
    const others = [{ state: 'released' }, { points: 0 }, { purpose: 'cake' }] as const;
    for (const other of others) {
      expect(asking(limited, { spent: [had(5), had(6, other)] })).toBeNull();
    }
  });

  it('says which of several limits it is: three of two a month and three in all', () => {
    const both = {
      perMember: [
        ...limited.perMember,
        { of: 'times' as const, most: 3, per: 'lifetime' as const },
      ],
    };
    expect(asking(both, { spent: [had(-40), had(-30), had(5)] })).toEqual({
      ...{ kind: 'limit-reached', most: 3, per: 'lifetime' },
    });
    expect(asking(both, { spent: [had(-40), had(5)] })).toBeNull();
  });
});

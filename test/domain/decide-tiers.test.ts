/** Tiers on the whole road of a decision: rewards for entering them, and publishing other ladders. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import { addDays } from '../../app/domain/time/shop-time.ts';
import { day, faultsOf, Member, programme, shopWith, tiers } from './fixtures.ts';
import {
  bought,
  joined,
  ladder,
  level,
  paidBack,
  paying,
  plain,
  zone,
} from './tiers/tier-members.ts';
import type { Level } from './tiers/tier-members.ts';

describe('rewards for entering a tier (law 6.3)', () => {
  it('are given for every tier that is skipped: 10 + 50 + 200', () => {
    const member = joined(day(10)).decide(day(10));
    expect(member.moves).toEqual([10]);
    member.order(bought('1', day(20), 500), day(20));
    expect(member.moves).toEqual([10, 50, 200]);
  });

  it('are the highest alone where the programme says so', () => {
    const member = joined(day(10), paying, { skippedRewards: 'highest' }).decide(day(10));
    member.order(bought('1', day(20), 500), day(20));
    expect(member.moves).toEqual([10, 200]);
  });

  it('are not given to who stood there when the programme began, and to who joins later they are', () => {
    const old = joined(day(1));
    old.order(bought('1', day(2), 250), day(30));
    expect(old.tier).toBe('silver');
    expect(old.moves).toEqual([]);
    old.order(bought('2', day(40), 250), day(40));
    expect(old.moves).toEqual([200]);
    expect(joined(day(6)).order(bought('1', day(7), 250), day(30)).moves).toEqual([10, 50]);
  });

  it('that begin later pay who enters then, not who is there', () => {
    const before = paying.map((one) => ({ ...one, entryPoints: 0 }));
    const shop = shopWith([
      [day(5), ladder(before)],
      [day(50), ladder(paying)],
    ]);
    const member = joined(day(10));
    member.shop = shop;
    member.order(bought('1', day(20), 250), day(60));
    expect(member.moves).toEqual([]);
    expect(member.order(bought('2', day(70), 250), day(70)).moves).toEqual([200]);
  });

  it('pay whom an easier ladder lifts, and nobody whom a new tier is made around', () => {
    const easier = [...paying.slice(0, 2), level('gold', '250', { entryPoints: 200 })];
    const lifted = joined(day(10));
    lifted.shop = shopWith([
      [day(5), ladder(paying)],
      [day(50), ladder(easier)],
    ]);
    lifted.order(bought('1', day(20), 250), day(60));
    expect(lifted.tier).toBe('gold');
    expect(lifted.moves).toEqual([10, 50, 200]);
    const around = joined(day(10));
    around.shop = shopWith([
      [day(5), ladder(paying.slice(0, 2))],
      [day(50), ladder(easier)],
    ]);
    around.order(bought('1', day(20), 250), day(60));
    expect(around.tier).toBe('gold');
    expect(around.moves).toEqual([10, 50]);
  });

  it('are taken back when a refund takes the tier for its whole time, and given again when it is reached', () => {
    const member = joined(day(10)).order(bought('1', day(20), 250), day(20));
    expect(member.moves).toEqual([10, 50]);
    member.order(paidBack('1', day(25), 100), day(25));
    expect(member.tier).toBe('bronze');
    expect(member.moves).toEqual([10, 50, -50]);
    member.order(bought('2', day(30), 50), day(30));
    expect(member.tier).toBe('silver');
    expect(member.moves).toEqual([10, 50, -50, 50]);
    expect(faultsOf(member.books)).toEqual([]);
  });

  it('stay where the tier is reached without the refunded order, too', () => {
    const member = joined(day(10)).order(bought('1', day(20), 250), day(20));
    member.order(bought('2', day(22), 200), day(22));
    member.order(paidBack('1', day(25), 250), day(25));
    expect(member.tier).toBe('silver');
    expect(member.moves).toEqual([10, 50]);
  });

  it('are given once in a term, and again in the next after the tier was lost', () => {
    const member = joined(day(10), paying, { window: { kind: 'rolling', days: 100 } });
    member.order(bought('1', day(20), 200), day(20));
    member.decide(day(125));
    expect(member.tier).toBe('bronze');
    member.order(bought('2', day(130), 200), day(130));
    expect(member.moves).toEqual([10, 50, 50]);
    expect(member.award('tier', 'silver:2', 'entry')?.posted).toBe(50);
  });

  it('are given once where an agent takes a tier away and gives it back within its term', () => {
    const grant = { tierKey: 'gold', from: day(20), until: null, revokedAt: day(25) };
    const again = { tierKey: 'gold', from: day(30), until: null, revokedAt: null };
    const member = joined(day(10), paying, { window: { kind: 'rolling', days: 100 } });
    member.tierGrants = [grant, again];
    member.decide(day(40));
    expect(member.tier).toBe('gold');
    expect(member.moves).toEqual([10, 50, 200]);
    member.tierGrants = [grant, { ...again, from: day(130) }];
    member.decide(day(131));
    expect(member.moves).toEqual([10, 50, 200, 50, 200]);
  });

  it('do not count for tiers that climb by points: 190 and the reward of 50 are not 200', () => {
    const document = programme({ tiers: tiers([], { metric: 'points', levels: paying }) });
    const member = new Member(shopWith([[day(5), document]]));
    member.createdAt = day(10);
    member.order(bought('1', day(20), 190), day(20));
    expect(member.books.available).toBe(200);
    expect(member.tier).toBe('bronze');
    member.order(bought('2', day(21), 10), day(21));
    expect(member.tier).toBe('silver');
    expect(member.books.available).toBe(260); // 190 + 10 of orders, 10 + 50 of tiers
  });

  it('end the same whatever order their facts come in', () => {
    const facts = [
      bought('1', day(20), 250),
      paidBack('1', day(25), 100),
      bought('2', day(30), 120),
      bought('3', day(140), 450),
      paidBack('3', day(150), 260),
      bought('4', day(160), 500),
    ];
    const end = (told: readonly OrderTidings[]): unknown => {
      const member = joined(day(10), paying, { window: { kind: 'rolling', days: 90 } });
      for (const fact of told) member.order(fact, day(200));
      expect(faultsOf(member.books)).toEqual([]);
      const { stand, ladder: progress } = member.decision ?? {};
      const due = [...member.awards.values()].filter(
        ({ sourceKind, posted }) => sourceKind === 'tier' && posted !== 0,
      );
      return {
        ...{ balance: member.books.available, stand, progress },
        due: due.map(({ sourceId, posted }) => `${sourceId} ${posted}`).sort(),
      };
    };
    const calm = end(facts);
    expect(calm).toMatchObject({ balance: 10 + 50 + 50 + 200 });
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...facts, ...facts], { minLength: 12, maxLength: 12 }),
        (told) => {
          expect(end(told)).toEqual(calm);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('publishing that lowers at once (law 6.4)', () => {
  const stricter = [level('bronze', '0'), level('silver', '300'), level('gold', '500')];

  it('moves members down only where the merchant says so, and where the ladder asks for more', () => {
    const after = (levels: readonly Level[], lowersAtOnce: boolean): string | null => {
      const member = joined(day(10), plain);
      member.shop = shopWith([
        [day(5), ladder(plain)],
        [day(50), ladder(levels, { lowersAtOnce })],
      ]);
      return member.order(bought('1', day(20), 250), day(60)).tier;
    };
    expect(after(stricter, false)).toBe('silver');
    expect(after(stricter, true)).toBe('bronze');
    expect(after(plain, true)).toBe('silver');
  });

  it('leaves for good what was reached in a lifetime, though the window is a year from now on', () => {
    const ends = (lowersAtOnce: boolean): unknown => {
      const member = joined(day(10), plain).order(bought('1', day(20), 250), day(20));
      member.shop = shopWith([
        [day(5), ladder(plain)],
        [day(400), ladder(plain, { window: { kind: 'calendar-year' }, lowersAtOnce })],
      ]);
      return [member.decide(day(2000)).tier, member.decision?.stand?.termEnds === null];
    };
    expect([ends(false), ends(true)]).toEqual([
      ['silver', true],
      ['bronze', false],
    ]);
  });

  it('leaves alone who holds a tier from their last term, while nothing of the ladder changed', () => {
    const window = { kind: 'rolling', days: 100 } as const;
    const member = joined(day(10), plain);
    member.shop = shopWith([
      [day(5), ladder(plain, { window })],
      [day(230), ladder(plain, { window, lowersAtOnce: true })],
    ]);
    member.order(bought('1', day(20), 250), day(20));
    member.order(bought('2', day(90), 200), day(90));
    // Kept at the end of the first term; by day 230 nothing is left in the window.
    expect(member.decide(day(215)).decision?.ladder?.have).toBe(0);
    expect(member.decide(day(219)).tier).toBe('silver');
  });
});

describe('tiers that climb by points (law 3.1)', () => {
  const byPoints = (pendingCountsForTiers: boolean) =>
    programme({
      ...{ maturityDays: 14, pendingCountsForTiers },
      tiers: tiers([], { metric: 'points', levels: plain }),
    });

  it('count points once they can be spent: 250 points of day 20 on day 34', () => {
    const member = new Member(shopWith([[day(5), byPoints(false)]]));
    member.order(bought('1', day(20), 250), day(20));
    expect(member.tier).toBe('bronze');
    const mature = addDays(day(20), 14, zone);
    expect(member.decision?.dueAt).toBe(mature);
    expect(member.decide(mature - 1).tier).toBe('bronze');
    expect(member.decide(mature).tier).toBe('silver');
    expect(member.decision?.stand?.since).toBe(mature);
  });

  it('count pending points where the programme says so', () => {
    const member = new Member(shopWith([[day(5), byPoints(true)]]));
    expect(member.order(bought('1', day(20), 250), day(20)).tier).toBe('silver');
  });
});

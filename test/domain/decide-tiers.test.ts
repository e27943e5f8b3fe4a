/** Tiers on the whole road of a decision: rewards for entering, grants, what is told and missing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import { addDays } from '../../app/domain/time/shop-time.ts';
import {
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

type Tiers = Partial<ProgrammeInput['tiers']>;
type Level = ProgrammeInput['tiers']['levels'][number];

const zone = 'Europe/Berlin';
const level = (key: string, need: string, over: Partial<Level> = {}): Level => ({
  ...{ key, name: key, need, multiplier: '1' },
  ...over,
});

/** Bronze 10, silver 50 and gold 200 points for entering; at 0, 200 and 500 dollars. */
const paying = [
  level('bronze', '0', { entryPoints: 10 }),
  level('silver', '200', { entryPoints: 50 }),
  level('gold', '500', { entryPoints: 200 }),
];

/** No order earns, so that every entry is a tier's. */
const ladder = (levels: readonly Level[], over: Tiers = {}) =>
  programme({ earning: [], tiers: tiers([], { ...over, levels: [...levels] }) });

function joined(at: number, levels: readonly Level[] = paying, over: Tiers = {}): Member {
  const member = new Member(shopWith([[day(5), ladder(levels, over)]]));
  member.createdAt = at;
  member.enrolledAt = at;
  return member;
}

const bought = (id: string, at: number, dollars: number, productId = '1'): OrderTidings =>
  order({ placedAt: at, lines: [line({ productId, priceMinor: dollars * 100 })] }, { orderId: id });

/** Money back without naming a line. */
const paidBack = (id: string, at: number, dollars: number): OrderTidings => ({
  orderId: id,
  snapshot: null,
  refunds: [refund({ id: `r${id}${at}`, createdAt: at, extraMinor: dollars * 100 })],
  paidAt: null,
});

const kinds = (member: Member): string[] => [...member.told.values()].map(({ kind }) => kind);

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

describe('a tier that is granted (law 6.1)', () => {
  const vip = level('vip', '', { grantedOnly: true, grantedByProducts: ['77'], grantDays: 30 });
  const club = [level('bronze', '0'), level('silver', '200'), vip];

  it('is held for its days from the order on, and nobody reaches it by counting', () => {
    const member = joined(day(10), club).order(bought('1', day(20), 5000), day(20));
    expect(member.tier).toBe('silver');
    member.order(bought('2', day(21), 30, '77'), day(21));
    expect(member.tier).toBe('vip');
    expect(member.decision?.dueAt).toBe(addDays(day(21), 30, zone));
    expect(member.decide(addDays(day(21), 30, zone) - 1).tier).toBe('vip');
    expect(member.decide(addDays(day(21), 30, zone)).tier).toBe('silver');
  });

  it('is prolonged by a renewal before its end: 30 + 30 days', () => {
    const member = joined(day(10), club).order(bought('1', day(20), 30, '77'), day(20));
    member.order(bought('2', day(40), 30, '77'), day(40));
    const end = addDays(addDays(day(20), 30, zone), 30, zone);
    expect(member.decision?.stand).toMatchObject({ termEnds: end, since: day(20), granted: true });
    expect(member.decide(end - 1).tier).toBe('vip');
    expect(member.decide(end).tier).toBe('bronze');
  });

  it('goes with the refund of what granted it, from the refund on', () => {
    const member = joined(day(10), club).order(bought('1', day(20), 30, '77'), day(20));
    const told = {
      orderId: '1',
      snapshot: null,
      refunds: [refund({ createdAt: day(25), lines: [{ lineId: '1', quantity: 1 }] })],
      paidAt: null,
    };
    member.order(told, day(26));
    expect(member.tier).toBe('bronze');
    // An order of the days between was placed by a member of the club.
    member.order(bought('2', day(22), 1), day(27));
    expect(member.decision?.stand).toMatchObject({ from: day(25) });
  });

  it('goes by the version under which it was bought, whatever is published later', () => {
    const without = [...club.slice(0, 2), { ...vip, grantedByProducts: [], grantDays: 5 }];
    const member = joined(day(10), club);
    member.shop = shopWith([
      [day(5), ladder(club)],
      [day(21), ladder(without)],
    ]);
    member.order(bought('1', day(20), 30, '77'), day(30));
    expect(member.tier).toBe('vip');
    const later = joined(day(10), club);
    later.shop = member.shop;
    expect(later.order(bought('1', day(22), 30, '77'), day(30)).tier).toBe('bronze');
  });

  it('by an agent lifts for its time; what is reached by counting counts on beside it', () => {
    const member = joined(day(10), club);
    member.tierGrants = [{ tierKey: 'silver', from: day(12), until: day(30), revokedAt: null }];
    expect(member.decide(day(12)).tier).toBe('silver');
    member.order(bought('1', day(20), 200), day(20));
    expect(member.decide(day(40)).tier).toBe('silver');
    const other = joined(day(10), club);
    other.tierGrants = member.tierGrants;
    other.order(bought('1', day(20), 199), day(20));
    expect(other.decide(day(29)).tier).toBe('silver');
    expect(other.decide(day(30)).tier).toBe('bronze');
  });

  it('that is revoked was held until then', () => {
    const member = joined(day(10), club);
    member.tierGrants = [{ tierKey: 'vip', from: day(12), until: null, revokedAt: day(20) }];
    member.decide(day(30));
    expect(member.tier).toBe('bronze');
    expect(member.decision?.stand).toMatchObject({ from: day(20), since: day(20) });
  });

  it('of a ladder that no longer has it gives nothing', () => {
    const member = joined(day(10), club);
    member.shop = shopWith([
      [day(5), ladder(club)],
      [day(20), ladder(club.slice(0, 2))],
    ]);
    member.tierGrants = [{ tierKey: 'vip', from: day(12), until: null, revokedAt: null }];
    expect(member.decide(day(19)).tier).toBe('vip');
    expect(member.decide(day(20)).tier).toBe('bronze');
  });
});

describe('the anniversary of joining (law 6.1)', () => {
  const yearly: Tiers = { window: { kind: 'anniversary' }, graceDays: 0 };
  const levels = paying.map((one) => ({ ...one, entryPoints: 0 }));

  it('begins the year that counts, at the shop’s midnight of its day', () => {
    // Joined on 10 March 2026; the tier is held to 10 March 2028.
    const member = joined(Date.UTC(2026, 2, 10, 15), levels, yearly);
    member.order(bought('1', Date.UTC(2026, 4, 1), 250), Date.UTC(2026, 4, 1));
    expect(member.decision?.stand?.termEnds).toBe(Date.parse('2028-03-10T00:00:00+01:00'));
    expect(member.decision?.ladder?.nextBy).toBe(Date.parse('2027-03-10T00:00:00+01:00'));
    member.decide(Date.parse('2027-03-10T00:00:00+01:00'));
    expect(member.decision?.ladder?.have).toBe(0);
    member.decide(Date.parse('2028-03-10T00:00:00+01:00'));
    expect(member.tier).toBe('bronze');
  });

  it('of 29 February is the 28th in common years, and the 29th in leap years', () => {
    const member = joined(Date.UTC(2024, 1, 29, 12), levels, yearly);
    member.order(bought('1', Date.UTC(2026, 1, 28), 250), Date.UTC(2026, 1, 28, 12));
    // The year from 28 February 2026 on; the next begins 2027, the one after on 29 February 2028.
    expect(member.decision?.ladder?.nextBy).toBe(Date.parse('2027-02-28T00:00:00+01:00'));
    expect(member.decision?.stand?.termEnds).toBe(Date.parse('2028-02-29T00:00:00+01:00'));
  });

  it('is that of the enrolment where nobody knows when the account began', () => {
    const member = joined(day(10), levels, yearly);
    member.createdAt = null;
    member.enrolledAt = Date.UTC(2026, 5, 1, 12);
    member.order(bought('1', Date.UTC(2026, 6, 1), 250), Date.UTC(2026, 6, 1));
    expect(member.decision?.stand?.termEnds).toBe(Date.parse('2028-06-01T00:00:00+02:00'));
  });
});

describe('what is missing (law 6.2)', () => {
  const levels = paying.map((one) => ({ ...one, entryPoints: 0 }));

  it('to the next tier is until the window ends: $80.00 more by 31 December', () => {
    const member = joined(day(10), levels, { window: { kind: 'calendar-year' } });
    member.order(bought('1', day(20), 420), day(20));
    const newYear = Date.parse('2027-01-01T00:00:00+01:00');
    expect(member.decision?.ladder).toMatchObject({
      have: 42_000,
      next: { key: 'gold', need: 50_000 },
      nextBy: newYear,
      keep: null, // 2027 decides, and has not begun
    });
    member.decide(newYear);
    expect(member.decision?.ladder).toMatchObject({
      have: 0,
      keep: { rung: { key: 'silver' }, to: { key: 'bronze' }, have: 0, need: 20_000 },
    });
    // 1 January 2028, and the 30 days of grace are none here.
    expect(member.decision?.ladder?.keep?.ends).toBe(Date.parse('2028-01-01T00:00:00+01:00'));
  });

  it('to keep a tier counts what the term’s end will see, and the grace after it', () => {
    const window = { kind: 'rolling', days: 100 } as const;
    const member = joined(day(10), levels, { window, graceDays: 30 });
    member.order(bought('1', day(20), 250), day(20));
    member.order(bought('2', day(40), 180), day(40));
    const end = addDays(day(20), 100, zone);
    expect(member.decision?.ladder).toMatchObject({
      have: 43_000,
      nextBy: end, // the first purchase leaves the window
      keep: { have: 18_000, need: 20_000, ends: addDays(end, 30, zone), to: { key: 'bronze' } },
    });
    member.order(bought('3', day(50), 20), day(50));
    expect(member.decision?.ladder?.keep).toMatchObject({ have: 20_000, to: { key: 'silver' } });
  });

  it('goes one tier down at most where the programme says so', () => {
    const window = { kind: 'rolling', days: 100 } as const;
    const fall = (downgrade: 'recompute' | 'one-down'): Member =>
      joined(day(10), levels, { window, downgrade }).order(bought('1', day(20), 600), day(20));
    expect(fall('recompute').decision?.ladder?.keep?.to?.key).toBe('bronze');
    const member = fall('one-down');
    expect(member.decision?.ladder?.keep?.to?.key).toBe('silver');
    const end = addDays(day(20), 100, zone);
    expect(member.decide(end).tier).toBe('silver');
    expect(member.decide(addDays(end, 100, zone)).tier).toBe('bronze');
    expect(fall('recompute').decide(end).tier).toBe('bronze');
  });

  it('of a granted tier is what reaching it by counting takes until the grant ends', () => {
    const member = joined(day(10), levels);
    member.tierGrants = [{ tierKey: 'gold', from: day(12), until: day(60), revokedAt: null }];
    member.order(bought('1', day(20), 300), day(20));
    expect(member.decision?.ladder).toMatchObject({
      next: null,
      keep: { rung: { key: 'gold' }, to: { key: 'silver' }, have: 30_000, need: 50_000 },
    });
    expect(member.decision?.ladder?.keep?.ends).toBe(day(60));
  });
});

describe('what a member is told of their tier (law 6.2)', () => {
  const rolling: Tiers = { window: { kind: 'rolling', days: 100 }, noticeDays: 20 };

  it('is that it was reached, that it is at risk, and that it was left, once each', () => {
    const member = joined(day(10), paying, rolling).decide(day(10));
    member.order(bought('1', day(20), 250), day(20));
    const end = addDays(day(20), 100, zone);
    const notice = addDays(end, -20, zone);
    expect(member.decision?.dueAt).toBe(notice);
    for (const at of [day(30), notice, notice + 5, end, end + 5]) member.decide(at);
    expect(kinds(member)).toEqual(['tier-reached', 'tier-reached', 'tier-at-risk', 'tier-left']);
    expect([...member.told.values()].at(2)).toMatchObject({
      at: notice,
      content: {
        tier: 'silver',
        to: 'bronze',
        missing: 20_000,
        until: new Date(end).toISOString(),
      },
    });
    expect([...member.told.values()].at(-1)).toMatchObject({
      at: end,
      content: { from: 'silver', to: 'bronze' },
    });
  });

  it('is that it was kept, where the term’s end found enough, and then nothing of risk', () => {
    const member = joined(day(10), paying, rolling).decide(day(10));
    member.order(bought('1', day(20), 250), day(20));
    member.order(bought('2', day(60), 200), day(60));
    const end = addDays(day(20), 100, zone);
    for (const at of [addDays(end, -20, zone), end, end + 5]) member.decide(at);
    expect(kinds(member)).toEqual(['tier-reached', 'tier-reached', 'tier-kept']);
    expect([...member.told.values()].at(-1)).toMatchObject({
      at: end,
      content: { tier: 'silver' },
    });
  });

  it('is nothing of what was before Laurel met them: 18 months of history tell nothing', () => {
    const history = [1, 2, 3, 4].map((id) => bought(String(id), day(20 + id * 130), 250));
    const member = joined(day(10), paying, rolling);
    member.enrolledAt = day(560);
    for (const told of history) member.order(told, day(560));
    expect(member.tier).toBe('silver');
    expect(kinds(member)).toEqual([]);
    // Known from the beginning, the same history was told as it happened.
    const watched = joined(day(10), paying, rolling).decide(day(10));
    for (const told of history) {
      const at = told.snapshot?.placedAt ?? 0;
      watched.order(told, at).decide(addDays(at, 105, zone));
    }
    expect(kinds(watched)).toContain('tier-left');
  });

  it('is no second time that it was reached when an older order is found out about', () => {
    const member = joined(day(10), paying).decide(day(10));
    member.order(bought('2', day(20), 210), day(20));
    member.order(bought('1', day(18), 205), day(21));
    expect(member.decision?.stand?.since).toBe(day(18));
    expect(kinds(member)).toEqual(['tier-reached', 'tier-reached']);
  });

  it('is nothing when a ladder is published around them', () => {
    const member = joined(day(1), paying);
    member.order(bought('1', day(2), 250), day(4));
    member.decide(day(5));
    expect(member.tier).toBe('silver');
    expect(kinds(member)).toEqual([]);
  });

  it('is that it was left when a refund takes it, from the refund on', () => {
    const member = joined(day(10), paying).decide(day(10));
    member.order(bought('1', day(20), 250), day(20));
    member.order(paidBack('1', day(25), 100), day(26));
    expect([...member.told.values()].at(-1)).toMatchObject({ kind: 'tier-left', at: day(25) });
  });

  it('is told without notice where the programme gives none', () => {
    const member = joined(day(10), paying, { ...rolling, noticeDays: 0 }).decide(day(10));
    member.order(bought('1', day(20), 250), day(20)).decide(day(119));
    expect(kinds(member)).toEqual(['tier-reached', 'tier-reached']);
  });
});

describe('publishing that lowers at once (law 6.4)', () => {
  const stricter = [level('bronze', '0'), level('silver', '300'), level('gold', '500')];

  it('moves members down only where the merchant says so, and where the ladder asks for more', () => {
    const plain = paying.map((one) => ({ ...one, entryPoints: 0 }));
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

  it('leaves alone who holds a tier from their last term, while nothing of the ladder changed', () => {
    const window = { kind: 'rolling', days: 100 } as const;
    const plain = paying.map((one) => ({ ...one, entryPoints: 0 }));
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

/** Memberships that are bought: their terms, renewals, grace, refunds, and what is told of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import { dayStart } from '../../app/domain/time/shop-time.ts';
import { day, line, order, refund, shopWith } from './fixtures.ts';
import type { Member } from './fixtures.ts';
import { buyer, club, selling } from './memberships/terms-bought.ts';
import { kinds } from './tiers/tier-members.ts';

const zone = 'Europe/Berlin';
/** The first moment of a day in the shop's zone, e.g. "2026-02-20". */
const from = (date: string): number => dayStart(date, zone);

function buys(id: string, at: number, over: Partial<ReturnType<typeof line>> = {}): OrderTidings {
  const lines = [line({ productId: '77', variantId: '770', priceMinor: 1000, ...over })];
  return order({ placedAt: at, lines }, { orderId: id });
}

function givesBack(id: string, at: number, quantity = 1): OrderTidings {
  const told = refund({ id: `r${id}`, createdAt: at, lines: [{ lineId: '1', quantity }] });
  return { orderId: id, snapshot: null, refunds: [told], paidAt: null };
}

const runOf = (member: Member) => member.decision?.memberships?.at(-1)?.run ?? null;

describe('a membership that is bought (law 6.6)', () => {
  it('holds to the end of the day that lies its term later: 30 days from 20 January', () => {
    const member = buyer(club('vip')).order(buys('1', day(20)), day(20));
    expect(member.tier).toBe('vip');
    expect(member.decision?.stand?.termEnds).toBe(from('2026-02-20'));
    expect(member.decide(from('2026-02-20') - 1).tier).toBe('vip');
    expect(member.decide(from('2026-02-20')).tier).toBe('bronze');
  });

  it('goes on from its end when it is bought again: 31 January, and two months are 31 March', () => {
    const monthly = club('vip', { plans: [{ products: ['77'], length: 1, unit: 'months' }] });
    const member = buyer(monthly).order(buys('1', day(31)), day(31));
    expect(member.decision?.stand?.termEnds).toBe(from('2026-03-01'));
    member.order(buys('2', day(40)), day(40));
    expect(member.decision?.stand).toMatchObject({
      ...{ termEnds: from('2026-04-01'), since: day(31), granted: true },
    });
    expect(runOf(member)?.terms).toHaveLength(2);
  });

  it('is news to nobody who bought it without having joined the programme (law 7.1)', () => {
    const selling77 = selling(club('vip'));
    const [outside, inside] = (['opted-in', 'everyone'] as const).map((policy) => {
      const member = buyer(club('vip'));
      const membership = { ...selling77.membership, policy, claimDays: 0 };
      member.shop = shopWith([[day(5), { ...selling77, membership }]]);
      member.order(buys('1', day(20)), day(20));
      member.optedInAt = day(22);
      return kinds(member.decide(day(23)));
    });
    expect(inside).toContain('membership-started');
    expect(outside).not.toContain('membership-started');
  });

  it('grants the tier of the version under which it was renewed, from the renewal’s own first moment on', () => {
    const none = club(null, { reward: 'credit' });
    const member = buyer(none);
    member.shop = shopWith([
      [day(5), selling(none)],
      [day(35), selling(club('vip'))],
    ]);
    member.order(buys('1', day(20)), day(20)).order(buys('2', day(40)), day(40));
    // Of the first 30 days, to the end of 19 February, there is none.
    const begins = from('2026-02-20');
    expect([member.tier, member.decision?.dueAt]).toEqual(['bronze', begins]);
    expect(member.decide(begins - 1).tier).toBe('bronze');
    expect(member.decide(begins).tier).toBe('vip');
  });

  it('holds on for its days of grace, in which a renewal goes on from the end', () => {
    const graceful = club('vip', { graceDays: 10 });
    const late = buyer(graceful).order(buys('1', day(20)), day(20));
    expect(late.decide(from('2026-03-02') - 1).tier).toBe('vip');
    expect(late.decide(from('2026-03-02')).tier).toBe('bronze');
    // Bought on 25 February: 30 days from the end of 19 February, not from the 25th.
    const intime = buyer(graceful).order(buys('1', day(20)), day(20));
    intime.order(buys('2', Date.UTC(2026, 1, 25)), Date.UTC(2026, 1, 25));
    expect(runOf(intime)?.until).toBe(from('2026-03-22'));
    // Bought on 5 March, when it had lapsed: anew, to the end of 4 April.
    late.order(buys('2', Date.UTC(2026, 2, 5)), Date.UTC(2026, 2, 5));
    expect(runOf(late)).toMatchObject({ from: Date.UTC(2026, 2, 5), until: from('2026-04-05') });
  });

  it('lasts as long as the variant that was bought says: a month or a year', () => {
    const two = club('vip', {
      plans: [
        { products: ['77'], length: 1, unit: 'months' },
        { variants: ['771'], length: 12, unit: 'months' },
      ],
    });
    const month = buyer(two).order(buys('1', day(20)), day(20));
    const year = buyer(two).order(buys('1', day(20), { variantId: '771' }), day(20));
    expect(runOf(month)?.until).toBe(from('2026-02-21'));
    expect(runOf(year)?.until).toBe(from('2027-01-21'));
  });

  it('is not granted by a payment that is pending, and begins when it is paid', () => {
    const member = buyer(club('vip'));
    const unpaid = buys('1', day(20));
    const { snapshot } = unpaid;
    if (!snapshot) throw new Error('no snapshot');
    member.order(
      { ...unpaid, snapshot: { ...snapshot, payment: 'unpaid' }, paidAt: null },
      day(21),
    );
    expect(member.tier).toBe('bronze');
    const paid = { ...snapshot, updatedAt: day(25), payment: 'paid' as const };
    member.order({ ...unpaid, snapshot: paid, paidAt: day(25) }, day(25));
    expect(member.tier).toBe('vip');
    expect(runOf(member)?.until).toBe(from('2026-02-25'));
  });

  it('adds a term for each piece; the one that is given back takes its own', () => {
    const member = buyer(club('vip')).order(buys('1', day(20), { quantity: 2 }), day(20));
    expect(runOf(member)?.until).toBe(from('2026-03-22'));
    member.order(givesBack('1', day(25)), day(25));
    expect(runOf(member)?.until).toBe(from('2026-02-20'));
    expect(member.tier).toBe('vip');
    const other = buyer(club('vip')).order(buys('1', day(20), { quantity: 2 }), day(20));
    other.order(givesBack('1', day(25), 2), day(25));
    expect(other.tier).toBe('bronze');
    expect(other.decision?.memberships).toEqual([]);
    expect(other.decision?.stand).toMatchObject({ from: day(25) });
  });

  it('of two orders loses that of the one that is given back', () => {
    const member = buyer(club('vip')).order(buys('1', day(20)), day(20));
    member.order(buys('2', day(40)), day(40)).order(givesBack('1', day(41)), day(41));
    expect(runOf(member)).toMatchObject({ from: day(40), until: from('2026-03-12') });
    expect(member.tier).toBe('vip');
  });

  it('ends with the order: cancelled, voided, or lost to a chargeback', () => {
    const cancelled = buyer(club('vip')).order(buys('1', day(20)), day(20));
    const { snapshot } = buys('1', day(20));
    if (!snapshot) throw new Error('no snapshot');
    const later = { ...snapshot, updatedAt: day(25) };
    const tell = (over: Partial<typeof snapshot>): OrderTidings => ({
      ...{ orderId: '1', refunds: [], paidAt: null },
      snapshot: { ...later, ...over },
    });
    expect(cancelled.tier).toBe('vip');
    expect(cancelled.order(tell({ cancelledAt: day(25) }), day(25)).tier).toBe('bronze');
    const voided = buyer(club('vip')).order(buys('1', day(20)), day(20));
    expect(voided.order(tell({ payment: 'voided' }), day(25)).tier).toBe('bronze');
    const disputed = buyer(club('vip')).order(buys('1', day(20)), day(20));
    const dispute = (state: 'open' | 'lost', at: number): OrderTidings => ({
      ...{ orderId: '1', snapshot: null, refunds: [], paidAt: null },
      disputes: [{ id: '9', state, at, money: null }],
    });
    expect(disputed.order(dispute('open', day(22)), day(23)).tier).toBe('vip');
    expect(disputed.order(dispute('lost', day(24)), day(25)).tier).toBe('bronze');
  });

  it('goes by the version under which it was bought, whatever is published later', () => {
    const shop = shopWith([
      [day(5), selling(club('vip'))],
      [day(21), selling(club('vip', { enabled: false }))],
    ]);
    const before = buyer();
    before.shop = shop;
    expect(before.order(buys('1', day(20)), day(30)).tier).toBe('vip');
    const after = buyer();
    after.shop = shop;
    expect(after.order(buys('1', day(22)), day(30)).tier).toBe('bronze');
  });

  it('may give no tier: then it runs, and lifts nobody', () => {
    const plain = buyer(club(null, { reward: 'credit' }));
    plain.order(buys('1', day(20)), day(20));
    expect(plain.tier).toBe('bronze');
    expect(runOf(plain)?.until).toBe(from('2026-02-20'));
    expect(plain.decision?.dueAt).toBe(from('2026-02-20'));
  });
});

describe('a membership with a limit (law 6.7)', () => {
  const one = club('vip', { limit: 1 });
  const together = (...members: Member[]): void => {
    const [first] = members;
    for (const member of members) if (first) member.places = first.places;
  };

  it('is had by whose order comes first; the next gets nothing, also when the first one leaves', () => {
    const [kim, gus] = [buyer(one), buyer(one)];
    together(kim, gus);
    kim.order(buys('1', day(21)), day(21));
    gus.order(buys('2', day(20)), day(22));
    expect([kim.tier, gus.tier]).toEqual(['vip', 'bronze']);
    expect([...kim.places.decided]).toEqual([
      ['club 1', true],
      ['club 2', false],
    ]);
    kim.order(givesBack('1', day(23)), day(23));
    kim.places.taken.set('club', 0);
    expect(gus.decide(day(24)).tier).toBe('bronze');
    // What is bought after that finds the place that is free.
    expect(gus.order(buys('3', day(25)), day(25)).tier).toBe('vip');
  });

  it('goes on without another place when it is renewed', () => {
    const kim = buyer(one).order(buys('1', day(20)), day(20));
    kim.order(buys('2', day(30)), day(30));
    expect(runOf(kim)?.until).toBe(from('2026-03-22'));
    expect(kim.places.taken.get('club')).toBe(1);
  });
});

describe('what is told of a membership (law 6.6)', () => {
  it('is that it begins, is renewed, ends soon, and has lapsed: once each', () => {
    const member = buyer(club('vip', { noticeDays: 7, graceDays: 3 }));
    member.order(buys('1', day(20)), day(20)).decide(day(20));
    member.order(buys('2', day(40)), day(40));
    // 30 and 30 days: to the end of 21 March; told on the 15th, lapsed after the 24th.
    for (const at of ['2026-03-15', '2026-03-16', '2026-03-22', '2026-03-25'])
      member.decide(from(at));
    expect(kinds(member).filter((kind) => kind.startsWith('membership'))).toEqual([
      ...['membership-started', 'membership-renewed', 'membership-ends-soon', 'membership-lapsed'],
    ]);
    expect(member.tier).toBe('bronze');
  });

  it('is that it is over, when it was given back', () => {
    const member = buyer(club('vip')).order(buys('1', day(20)), day(20));
    member.order(givesBack('1', day(25)), day(25));
    const told = [...member.told.values()].find(({ kind }) => kind === 'membership-lapsed');
    expect(told?.content).toMatchObject({ membership: 'club', because: 'given-back' });
  });
});

it('whatever the order in which orders and refunds are told, a membership is the same', () => {
  const facts = fc.array(
    fc.record({
      on: fc.integer({ min: 11, max: 200 }),
      pieces: fc.integer({ min: 1, max: 3 }),
      back: fc.option(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 3 }))),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(facts, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (told, chance) => {
      const all = told.flatMap(({ on, pieces, back }, index) => {
        const id = String(index + 1);
        const bought = buys(id, day(on), { quantity: pieces });
        return back
          ? [bought, givesBack(id, day(on + back[0]), Math.min(pieces, back[1]))]
          : [bought];
      });
      const shuffled = all
        .map((one, place) => ({ one, by: chance[place] ?? 0 }))
        .sort((a, b) => a.by - b.by)
        .map(({ one }) => one);
      const sold = club('vip', { graceDays: 5 });
      const end = (member: Member): unknown => {
        member.decide(day(230));
        const { stand, memberships, dueAt } = member.decision ?? {};
        return { stand, memberships, dueAt };
      };
      const [a, b] = [buyer(sold), buyer(sold)];
      for (const one of all) a.order(one, day(230));
      for (const one of [...shuffled, ...shuffled]) b.order(one, day(230));
      expect(end(b)).toEqual(end(a));
    }),
    { numRuns: 60 },
  );
});

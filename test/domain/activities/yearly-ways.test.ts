import { describe, expect, it } from 'vitest';
import { deed } from '../../../app/domain/activities/activity.ts';
import type { Activity } from '../../../app/domain/activities/activity.ts';
import { toldByTheGone } from '../../../app/domain/activities/yearly.ts';
import { programme, shopWith, faultsOf, Member } from '../fixtures.ts';
import { at, memberWith, programmeOf, way } from './ways.ts';

const born = (told: number, month: number, dayOfMonth: number): Activity =>
  deed('birthday', String(told), told, { month, day: dayOfMonth });

const BIRTHDAY = way('birthday', { points: 200 });

describe('a birthday (law 8)', () => {
  it('pays 200 at the start of the shop’s day, and the engine asks to be woken for it', () => {
    const told = at('2026-01-05T09:00');
    const member = memberWith('Europe/Berlin', BIRTHDAY).did(born(told, 3, 29), told);
    const begins = at('2026-03-29T00:00', 'Europe/Berlin');
    expect([member.moves, member.decision?.dueAt]).toEqual([[], begins]);
    expect(member.decide(begins - 1).moves).toEqual([]);
    expect(member.decide(begins).moves).toEqual([200]);
    expect(member.decide(begins + 1).moves).toEqual([200]);
    expect(member.decision?.dueAt).toBe(at('2027-03-29T00:00', 'Europe/Berlin'));
  });

  it('pays each year once, and a worker that slept two years catches up', () => {
    const member = memberWith('UTC', BIRTHDAY).did(born(at('2026-01-05T00:00'), 6, 1));
    member.decide(at('2028-06-01T00:00'));
    expect(member.moves).toEqual([200, 200, 200]);
    expect(member.books.entries.map(({ occurredAt }) => occurredAt)).toEqual([
      at('2026-06-01T00:00'),
      at('2027-06-01T00:00'),
      at('2028-06-01T00:00'),
    ]);
    expect(member.decide(at('2028-12-31T00:00')).moves).toHaveLength(3);
  });

  it('of 29 February is celebrated on the 28th in a common year, and on the 29th in 2028', () => {
    const member = memberWith('UTC', BIRTHDAY).did(born(at('2026-01-05T00:00'), 2, 29));
    member.decide(at('2026-02-28T00:00'));
    expect(member.moves).toEqual([200]);
    member.decide(at('2028-02-28T23:59'));
    expect(member.moves).toEqual([200, 200]);
    expect(member.decide(at('2028-02-29T00:00')).moves).toEqual([200, 200, 200]);
  });

  it('begins in Kiritimati (UTC+14) a day before it does in Honolulu (UTC−10)', () => {
    const told = at('2026-01-05T00:00');
    const now = at('2026-05-31T10:00', 'UTC');
    const east = memberWith('Pacific/Kiritimati', BIRTHDAY).did(born(told, 6, 1), now);
    const west = memberWith('Pacific/Honolulu', BIRTHDAY).did(born(told, 6, 1), now);
    expect([east.moves, west.moves]).toEqual([[200], []]);
    expect(west.decide(now + 24 * 3_600_000).moves).toEqual([200]);
  });

  it('begins at one o’clock where the day has no midnight', () => {
    // Beirut turned its clocks from 00:00 to 01:00 on 29 March 2026.
    const member = memberWith('Asia/Beirut', BIRTHDAY).did(born(at('2026-01-05T00:00'), 3, 29));
    const [entry] = member.books.entries;
    expect(entry?.occurredAt).toBe(at('2026-03-29T01:00', 'Asia/Beirut'));
  });

  it('changed twelve times within a year pays once in that year', () => {
    const member = memberWith('UTC', BIRTHDAY);
    for (let month = 1; month <= 12; month += 1) {
      const told = at(`2026-${String(month).padStart(2, '0')}-02T00:00`);
      member.did(born(told, month, 15), told);
    }
    expect(member.decide(at('2026-12-31T00:00')).moves).toEqual([200]);
    expect(member.decide(at('2027-12-31T00:00')).moves).toEqual([200, 200]);
  });

  it('told on the day itself, or changed to a day that has passed, pays from next year on', () => {
    const told = at('2026-06-01T08:00');
    const member = memberWith('UTC', BIRTHDAY).did(born(told, 6, 1), told);
    expect(member.decide(at('2026-12-31T00:00')).moves).toEqual([]);
    expect(member.decide(at('2027-06-01T00:00')).moves).toEqual([200]);
  });

  it('must be known 30 days before where the programme says so', () => {
    const known = way('birthday', { points: 200, knownDays: 30 });
    const late = memberWith('UTC', known).did(
      born(at('2026-05-10T00:00'), 6, 1),
      at('2026-07-01T00:00'),
    );
    const early = memberWith('UTC', known).did(
      born(at('2026-05-02T00:00'), 6, 1),
      at('2026-07-01T00:00'),
    );
    // Telling the same once more does not begin the 30 days again.
    early.did(born(at('2026-05-20T00:00'), 6, 1), at('2026-07-01T00:00'));
    expect([late.moves, early.moves]).toEqual([[], [200]]);
  });

  it('is known 28 days before at the same time of the shop’s day, though the clocks went forward since', () => {
    const berlin = 'Europe/Berlin';
    const told = (moment: string): Member =>
      memberWith(berlin, way('birthday', { points: 200, knownDays: 28 })).did(
        born(at(moment, berlin), 3, 30),
        at('2026-07-01T00:00'),
      );
    // The 28 days to 30 March have an hour less: 29 March has 23.
    expect(told('2026-03-02T00:00').moves).toEqual([200]);
    expect(told('2026-03-02T00:01').moves).toEqual([]);
  });

  it('pays by the version in force on the day; switched off later takes nothing back', () => {
    const none = programme({ earning: [] });
    const shop = shopWith([
      [at('2026-01-01T00:00'), programmeOf(BIRTHDAY)],
      [at('2026-08-01T00:00'), none],
    ]);
    const member = new Member(shop).did(born(at('2026-01-05T00:00'), 6, 1), at('2027-12-01T00:00'));
    expect(member.moves).toEqual([200]);
  });

  it('comes to the same in whatever order its changes are told', () => {
    const changes = [
      born(at('2026-01-05T00:00'), 3, 3),
      born(at('2026-02-01T00:00'), 6, 6),
      born(at('2026-07-01T00:00'), 9, 9),
    ];
    const [forth, back] = [changes, changes.toReversed()].map((all) => {
      const member = memberWith('UTC', BIRTHDAY);
      for (const one of [...all, ...all]) member.did(one, at('2027-12-31T00:00'));
      expect(faultsOf(member.books)).toEqual([]);
      return [...member.awards.values()]
        .filter(({ posted }) => posted > 0)
        .map(({ sourceId, posted, occurredAt }) => [sourceId, posted, occurredAt])
        .sort();
    });
    expect(forth).toEqual(back);
    expect(forth).toEqual([
      ['2026', 200, at('2026-06-06T00:00')],
      ['2027', 200, at('2027-09-09T00:00')],
    ]);
  });
});

describe('birthdays of two who were merged in April 2026 (laws 7.2 and 8)', () => {
  const merged = at('2026-04-01T00:00');
  const kims = born(at('2026-01-05T00:00'), 3, 3);
  const guses = born(at('2026-02-01T00:00'), 6, 10);
  const days = (own: readonly Activity[], gone: readonly Activity[]): string[] => {
    const member = memberWith('UTC', BIRTHDAY);
    for (const one of [...own, ...gone.map((told) => toldByTheGone(told, merged))]) {
      member.did(one, at('2028-01-01T00:00'));
    }
    expect(faultsOf(member.books)).toEqual([]);
    return [...member.awards.values()]
      .filter(({ posted }) => posted === 200)
      .map(({ occurredAt }) => new Date(occurredAt).toISOString().slice(0, 10))
      .sort();
  };

  it('are the survivor’s from then on, and what either had by then is the present of its year', () => {
    expect(days([kims], [guses])).toEqual(['2026-03-03', '2027-03-03']);
    expect(days([guses], [kims])).toEqual(['2026-03-03', '2027-06-10']);
    // Control: told by one and the same, the later is a change.
    expect(days([kims, guses], [])).toEqual(['2026-06-10', '2027-06-10']);
  });

  it('are the other’s where the survivor told none, until they do', () => {
    expect(days([], [guses])).toEqual(['2026-06-10', '2027-06-10']);
    const later = born(at('2026-05-01T00:00'), 9, 9);
    expect(days([later], [guses])).toEqual(['2026-09-09', '2027-09-09']);
    const told = born(at('2026-08-01T00:00'), 9, 9);
    expect(days([told], [guses])).toEqual(['2026-06-10', '2027-09-09']);
  });

  it('wake the engine on the day that counts, and change nothing on the day of the merge', () => {
    const member = memberWith('UTC', BIRTHDAY).did(kims, merged);
    expect(member.moves).toEqual([200]);
    member.did(toldByTheGone(guses, merged), merged);
    expect(member.moves).toEqual([200]);
    expect(member.decision?.dueAt).toBe(at('2027-03-03T00:00'));
  });
});

describe('the anniversary of joining (law 8)', () => {
  const joined = (moment: string, zone = 'UTC', over = {}): Member => {
    const member = memberWith(zone, way('anniversary', { points: 100, ...over }));
    member.createdAt = at(moment, zone);
    return member;
  };

  it('pays each year on the day, and 50 more each further year: 100, 150, 200', () => {
    const member = joined('2026-03-10T17:00', 'UTC', { morePerYear: 50 });
    expect(member.decide(at('2027-03-09T23:59')).moves).toEqual([]);
    expect(member.decision?.dueAt).toBe(at('2027-03-10T00:00'));
    expect(member.decide(at('2029-03-10T00:00')).moves).toEqual([100, 150, 200]);
  });

  it('of a 29 February falls on the 28th but in leap years', () => {
    const member = joined('2028-02-29T12:00');
    expect(member.decide(at('2029-02-28T00:00')).moves).toEqual([100]);
    member.decide(at('2032-02-28T23:59'));
    expect(member.moves).toEqual([100, 100, 100]);
    expect(member.decide(at('2032-02-29T00:00')).moves).toHaveLength(4);
  });

  it('is counted from the shop’s day, which in Auckland is a day further', () => {
    const member = memberWith('Pacific/Auckland', way('anniversary'));
    member.createdAt = at('2026-03-10T23:00', 'UTC');
    member.decide(at('2026-03-12T00:00'));
    expect(member.decision?.dueAt).toBe(at('2027-03-11T00:00', 'Pacific/Auckland'));
  });

  it('pays a member of long ago only from the programme’s beginning on', () => {
    expect(joined('2015-06-01T00:00').decide(at('2027-07-01T00:00')).moves).toEqual([100, 100]);
  });
});

/** What is told of memberships, when, and of what nobody is told any more (law 6.6). */
import { describe, expect, it } from 'vitest';
import { membershipNews } from '../../../app/domain/memberships/news.ts';
import type { Purchase } from '../../../app/domain/memberships/purchases.ts';
import { DAY, day } from '../fixtures.ts';

const HOUR = 3_600_000;
const plan = { products: ['77'], variants: [], length: 20, unit: 'days' as const };
/** 20 days from midnight of a day: of day 10 to the end of day 30. */
const piece = (
  orderId: string,
  from: number,
  over: Partial<Purchase> = {},
  membership: Partial<Purchase['membership']> = {},
): Purchase => ({
  membership: {
    ...{ key: 'club', name: 'Club', tier: 'vip', plans: [plan], limit: null, reward: null },
    ...{ graceDays: 3, noticeDays: 7, ...membership },
  },
  ...{ plan, orderId, piece: `${orderId}.1`, version: 1, from, lostAt: null, ...over },
});
const news = (purchases: readonly Purchase[], now: number, metAt: number | null = day(1)) =>
  membershipNews(purchases, 'UTC', metAt, now);
const kinds = (...asked: Parameters<typeof news>): readonly string[] =>
  news(...asked).events.map(({ kind }) => kind.replace('membership-', ''));
const iso = (at: number): string => new Date(at).toISOString();

describe('a term of 20 days from day 10, with 7 days of notice and 3 of grace', () => {
  const bought = [piece('1', day(10))];
  const content = { membership: 'club', name: 'Club', until: iso(day(31)) };

  it('has begun, ends soon from day 24 on, and is over with day 34, each in these words', () => {
    expect(news(bought, day(34)).events).toEqual([
      {
        ...{ kind: 'membership-started', key: 'membership:club:1', at: day(10) },
        content: { ...content, order: '1' },
      },
      {
        ...{ kind: 'membership-lapsed', key: `membership-lapsed:club:${day(34)}`, at: day(34) },
        content: { ...content, because: 'not-renewed' },
      },
    ]);
    expect(news(bought, day(34) - 1).events.at(-1)).toEqual({
      ...{ kind: 'membership-ends-soon', key: `membership-ends-soon:club:${day(31)}` },
      ...{ at: day(24), content: { ...content, lapses: iso(day(34)) } },
    });
  });

  it.each([
    [day(10), ['started']],
    [day(24) - 1, ['started']],
    [day(24), ['started', 'ends-soon']],
    [day(34) - 1, ['started', 'ends-soon']],
    [day(34), ['started', 'lapsed']],
  ])('says by the millisecond %i no more than %j', (now, told) => {
    expect(kinds(bought, now)).toEqual(told);
  });

  it('is looked at again at its notice, its end, and the end of its grace', () => {
    expect(news(bought, day(10)).later).toEqual([day(24), day(31), day(34)]);
    const quiet = [piece('1', day(10), {}, { noticeDays: 0, graceDays: 0 })];
    expect(news(quiet, day(10)).later).toEqual([day(31), day(31)]);
    expect(kinds(quiet, day(31) - 1)).toEqual(['started']);
  });
});

describe('what is history, is told to nobody', () => {
  const bought = [piece('1', day(10))];

  it('to who was not met', () => {
    expect(kinds(bought, day(12), null)).toEqual([]);
    expect(kinds(bought, day(12))).toEqual(['started']);
  });

  it('of more than a day before they were met', () => {
    expect(kinds(bought, day(12), day(11))).toEqual(['started']);
    expect(kinds(bought, day(12), day(11) + 1)).toEqual([]);
  });

  it('of more than 31 days ago', () => {
    expect(kinds(bought, day(41))).toContain('started');
    expect(kinds(bought, day(41) + 1)).not.toContain('started');
  });

  it('whichever of the two is later: met long ago, and looked at late', () => {
    expect(kinds(bought, day(10) + 400 * DAY)).toEqual([]);
    expect(kinds(bought, day(34) + 31 * DAY)).toEqual(['lapsed']);
    expect(kinds([piece('1', day(10))], day(44), day(44) + 1)).toEqual([]);
  });

  it('and of what is still to come nothing is told either', () => {
    expect(kinds(bought, day(10) - 1)).toEqual([]);
  });
});

describe('a membership', () => {
  it('is renewed by another order, also in its grace, and begins anew after it', () => {
    const later = (from: number) => [piece('1', day(10)), piece('2', from)];
    expect(kinds(later(day(33)), day(33))).toEqual(['started', 'renewed']);
    const anew = news(later(day(34)), day(34)).events;
    expect(anew.map(({ kind, at }) => `${kind} ${String(at)}`)).toEqual([
      `membership-started ${String(day(10))}`,
      `membership-lapsed ${String(day(34))}`,
      `membership-started ${String(day(34))}`,
    ]);
  });

  it('of two pieces of one order is told once, until the end of the second: day 51', () => {
    const two = [piece('1', day(10)), piece('1', day(10), { piece: '1.2' })];
    const told = news(two, day(10)).events;
    expect(told.map(({ content }) => content['until'])).toEqual([iso(day(51))]);
  });

  it('for good is told without an end, and never ends', () => {
    const good = [piece('1', day(10), { plan: { ...plan, length: null } })];
    expect(news(good, day(35))).toMatchObject({
      events: [{ content: { until: null } }],
      later: [],
    });
    expect(kinds(good, day(35))).toEqual(['started']);
  });

  it('that was given back is over then, unless another one runs', () => {
    const back = piece('1', day(10), { lostAt: day(12) });
    expect(news([back], day(12)).events).toEqual([
      {
        ...{ kind: 'membership-lapsed', key: 'membership-lapsed:club:1', at: day(12) },
        content: { membership: 'club', name: 'Club', until: iso(day(12)), because: 'given-back' },
      },
    ]);
    expect(kinds([back, piece('2', day(11))], day(12))).toEqual(['started']);
    expect(kinds([back, piece('2', day(11))], day(35))).toEqual(['started', 'lapsed', 'lapsed']);
  });

  it('that only gives a reward has nothing that could be told', () => {
    const reward = piece('1', day(10), { plan: { ...plan, length: null } }, { tier: null });
    expect(news([reward], day(12))).toEqual({ events: [], later: [] });
    expect(kinds([piece('1', day(10), {}, { tier: null })], day(12))).toEqual(['started']);
  });

  it('is told beside another of another name', () => {
    const other = piece('2', day(11), {}, { key: 'tea', name: 'Tea' });
    const told = news([piece('1', day(10)), other], day(11) + HOUR).events;
    expect(told.map(({ key }) => key)).toEqual(['membership:club:1', 'membership:tea:2']);
  });
});

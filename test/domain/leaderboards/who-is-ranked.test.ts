/** By what members are ranked besides buying, for whom a board is, and which ranks bring nothing (law 10.4). */
import { describe, expect, it } from 'vitest';
import { board, player, scoreOf, shopOf } from './boards.ts';
import { bought as friendBought, NOON, ordered, referral } from '../referrals/referred.ts';
import { openSeasons, shownSeason } from '../../../app/domain/leaderboards/seasons.ts';
import { referralSettings } from '../../../app/domain/referrals/settings.ts';
import { deed } from '../../../app/domain/activities/activity.ts';
import { day, line, order, review, tiers } from '../fixtures.ts';
import { challenge } from '../goals.ts';

const spent = (id: string, at: number, dollars: number) =>
  order({ placedAt: at, lines: [line({ priceMinor: dollars * 100 })] }, { orderId: id });

describe('friends', () => {
  it('count in the season in which they brought a prize, not in that of their order', () => {
    const settings = { ...referralSettings.parse({ enabled: true }), returnDays: 14 };
    const member = player(shopOf([board({ kind: 'referrals' })], { referrals: settings }));
    // Paid on the 12th and the 25th at noon: 14 days later are the 26th, and 8 February.
    member.referrals = [12, 25].map((on) =>
      referral({ id: `r${on}`, friendId: `f${on}`, course: friendBought(ordered(on, 5_000)) }),
    );
    member.decide(day(39) + NOON);
    expect(scoreOf(member, '2026-01')).toMatchObject({ score: 1, reachedAt: day(26) + NOON });
    expect(scoreOf(member, '2026-02')?.score).toBe(1);
  });
});

describe('challenges', () => {
  const one = (key: string) =>
    challenge(1, 0, { key, name: key, kind: 'reviews-published', settings: { count: 1 } });
  const counting = (...challenges: readonly string[]) => {
    const held = board({ kind: 'challenges', settings: { challenges: [...challenges] } });
    const member = player(shopOf([held], { challenges: [one('tea'), one('cake')] }));
    return scoreOf(member.review(review({ createdAt: day(5) }), day(20)), '2026-01')?.score ?? 0;
  };

  it('count all, or those alone that the board names', () => {
    expect([counting(), counting('tea'), counting('tea', 'cake')]).toEqual([2, 1, 2]);
  });

  it('of a board that ranks by progress are nothing to who has done nothing of it in the season', () => {
    const held = board({ kind: 'progress', settings: { challenge: 'tea' } });
    const member = player(shopOf([held], { challenges: [one('tea')] }));
    expect(scoreOf(member.order(spent('1', day(5), 50), day(20)), '2026-01')).toBeNull();
    member.review(review({ createdAt: day(6) }), day(20));
    expect(scoreOf(member, '2026-01')?.score).toBe(1);
  });
});

describe('a board for gold', () => {
  it('lists who is gold, and who was as the season ended', () => {
    const gold = { audience: { tiers: ['gold'], tags: [], withoutTags: [] } };
    const member = player(shopOf([board(gold)], { tiers: tiers([['gold', '100', '1']]) }));
    const listed = (now: number): boolean | undefined =>
      scoreOf(member.decide(now), '2026-01')?.listed;
    member.order(spent('1', day(5), 99), day(20));
    expect(listed(day(21))).toBe(false);
    member.order(spent('2', day(33), 1), day(33));
    expect([listed(day(34)), scoreOf(member, '2026-02')?.listed]).toEqual([false, true]);
    member.order(spent('3', day(30), 1), day(35));
    expect(listed(day(36))).toBe(true);
  });
});

describe('a season that was not closed in time', () => {
  const shop = shopOf([board()]);
  const open = (...overdue: Parameters<typeof openSeasons>[2] & object): string[] =>
    openSeasons(shop, day(200), overdue).map(({ season }) => season);

  it('is kept up until it is, and only this one', () => {
    expect(open()).toEqual(['2026-07']);
    expect(open({ board: 'top', season: '2026-01', startsAt: day(1) })).toEqual([
      ...['2026-01', '2026-07'],
    ]);
    expect(open({ board: 'other', season: '2026-01', startsAt: day(1) })).toEqual(['2026-07']);
  });

  it('is none of a shop that has no board', () => {
    const none = shopOf([]);
    const overdue = [{ board: 'top', season: '2026-01', startsAt: day(1) }];
    expect(openSeasons(none, day(200), overdue)).toEqual([]);
    expect(shownSeason(none, 'top', day(200))).toBeNull();
    expect(shownSeason(shop, 'top', day(200))?.season).toBe('2026-07');
  });
});

describe('a rank that is told', () => {
  const prizes = [{ from: 1, to: 3, percent: null, points: 500, reward: null, badge: null }];
  const told = { board: 'top', season: '2026-01', rank: 1, of: 100, ended: day(32) };
  const paid = (content: object, over: object = {}, policy = {}) => {
    const member = player(shopOf([board({ prizes })], policy));
    const activity = deed('rank', 'top@2026-01', day(46), { ...told, ...content });
    return member.did({ ...activity, ...over }, day(50)).moves;
  };

  it('brings the prize of its board, and nothing where something of it is missing or it was withdrawn', () => {
    expect(paid({})).toEqual([500]);
    for (const broken of [{ rank: '1' }, { of: '100' }, { ended: 'x' }, { board: 'other' }]) {
      expect(paid(broken)).toEqual([]);
    }
    expect(paid({}, { withdrawnAt: day(47) })).toEqual([]);
    expect(paid({}, { kind: 'visit' })).toEqual([]);
    // Before the programme there was no board.
    expect(paid({ ended: day(1) })).toEqual([]);
    expect(paid({ ended: day(1) + 1 })).toEqual([500]);
  });

  it('brings nothing to who is no member', () => {
    expect(paid({}, {}, { membership: { policy: 'opted-in' } })).toEqual([]);
  });
});

/** What a campaign of a draft would have meant, and whose budgets a decision may touch (law 1.6). */
import { describe, expect, it } from 'vitest';
import { bought, campaign, iso, shopOf } from './campaigns.ts';
import {
  asIfRunning,
  campaignTallied,
  EMPTY_CAMPAIGN_TALLY,
} from '../../../app/domain/campaigns/campaign-tally.ts';
import type { CampaignTrial } from '../../../app/domain/campaigns/campaign-tally.ts';
import { budgetsConcerned } from '../../../app/domain/earning/budgets-concerned.ts';
import { standingOf } from '../../../app/domain/orders/standing.ts';
import { day, factsOf, Member, programme, refund } from '../fixtures.ts';

describe('a campaign on trial', () => {
  const trial = (inAudience: boolean, month: number, quarter: number): CampaignTrial => ({
    inAudience,
    added: {
      30: { points: month, orders: month > 0 ? 1 : 0 },
      90: { points: quarter, orders: quarter > 0 ? 2 : 0 },
    },
  });
  const all = [trial(true, 10, 30), trial(false, 0, 5), trial(true, 0, 0)];

  it('adds up what it gave, to how many orders, of how many members', () => {
    expect(campaignTallied(EMPTY_CAMPAIGN_TALLY, all)).toEqual({
      ...{ members: 3, audience: 2 },
      spans: {
        30: { points: 10, orders: 1, members: 1 },
        90: { points: 35, orders: 4, members: 2 },
      },
    });
  });

  it('comes to the same batch by batch', () => {
    const [first, ...rest] = all;
    const parts = campaignTallied(
      campaignTallied(EMPTY_CAMPAIGN_TALLY, rest),
      first ? [first] : [],
    );
    expect(parts).toEqual(campaignTallied(EMPTY_CAMPAIGN_TALLY, all));
    expect(EMPTY_CAMPAIGN_TALLY.spans[30].points).toBe(0);
  });

  it('is switched on for so many of the shop’s days until now, and no other is', () => {
    const off = { enabled: false, startsAt: iso(day(900)), endsAt: iso(day(99)) };
    const document = programme({
      campaigns: [campaign(off), campaign({ ...off, key: 'winter', name: 'Winter' })],
    });
    // In Berlin the clocks went forward on 29 March: 30 days before are 719 hours.
    const moment = { now: Date.UTC(2026, 3, 10), zone: 'Europe/Berlin' };
    const tried = asIfRunning(document, 'summer', 30, moment).campaigns;
    expect(tried).toEqual([
      {
        ...document.campaigns[0],
        ...{ enabled: true, startsAt: '2026-03-11T01:00:00.000Z' },
        endsAt: '2026-04-10T00:00:00.001Z',
      },
      document.campaigns[1],
    ]);
  });
});

describe('budgets that a decision may draw on', () => {
  const shop = shopOf([
    campaign({ budgetPoints: 100 }),
    campaign({ key: 'free', name: 'Without a budget' }),
    campaign({
      key: 'later',
      name: 'Later',
      budgetPoints: 5,
      startsAt: iso(day(30)),
      endsAt: iso(day(99)),
    }),
  ]);
  const standing = (on: number, back: number | null = null) => {
    const told = bought('501', 10, { placedAt: day(on) });
    const refunds = back === null ? [] : [refund({ createdAt: day(back), extraMinor: 500 })];
    const facts = factsOf({ ...told, refunds });
    return [standingOf(facts, 'USD')].flatMap((one) => one ?? []);
  };
  const concerned = (...asked: Parameters<typeof standing>) =>
    budgetsConcerned(shop, standing(...asked), []);

  it('are those of the campaigns that run when an order was placed or changed', () => {
    expect([4, 5, 29, 30].map((on) => concerned(on))).toEqual([
      ...[[], ['summer'], ['summer'], ['later']],
    ]);
    expect(concerned(4, 40)).toEqual(['later']);
    expect(concerned(10, 40)).toEqual(['summer', 'later']);
    expect(budgetsConcerned(shop, [], [])).toEqual([]);
  });

  it('are those of campaigns for other ways to earn at all times', () => {
    const always = shopOf([campaign({ budgetPoints: 100, multiplier: '2', rules: ['order'] })]);
    expect(budgetsConcerned(always, [], [])).toEqual(['summer']);
  });

  it('are those that awards have drawn on, each once', () => {
    const spending = shopOf([campaign({ budgetPoints: 100, multiplier: '2' })]);
    const member = new Member(spending).order(bought('501', 10));
    const awards = [...member.awards.values()];
    expect(awards.some(({ allowance }) => Object.keys(allowance?.draws ?? {}).length > 0)).toBe(
      true,
    );
    const none = shopOf([]);
    expect(budgetsConcerned(none, [], [...awards, ...awards])).toEqual(['summer']);
  });
});

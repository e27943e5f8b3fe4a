/**
 * What a campaign of a draft would have meant had it run for the last days: who is in its audience
 * today, and what it would have added to which orders. Summed up member by member.
 */
import { z } from 'zod';
import type { ProgrammeDocument } from '../programme/document.ts';
import { addDays } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export const TRIED_DAYS = [30, 90] as const;
export type TriedDays = (typeof TRIED_DAYS)[number];

const count = z.int();
const span = z.object({ points: count, orders: count, members: count });

export const campaignTallySchema = z.object({
  members: count,
  audience: count,
  /** By days, e.g. "30". */
  spans: z.object({ 30: span, 90: span }),
});

export type CampaignTally = z.infer<typeof campaignTallySchema>;

const NOTHING = { points: 0, orders: 0, members: 0 };
export const EMPTY_CAMPAIGN_TALLY: CampaignTally = {
  members: 0,
  audience: 0,
  spans: { 30: NOTHING, 90: NOTHING },
};

/** What a campaign added to one member's awards: points, and the orders they are of. */
export interface Added {
  readonly points: number;
  readonly orders: number;
}

export interface CampaignTrial {
  readonly inAudience: boolean;
  readonly added: Readonly<Record<TriedDays, Added>>;
}

/** @returns the tally with these members counted in; the order of batches changes nothing */
export function campaignTallied(
  tally: CampaignTally,
  trials: readonly CampaignTrial[],
): CampaignTally {
  const spanOf = (days: TriedDays): CampaignTally['spans'][TriedDays] => {
    const added = trials.map((trial) => trial.added[days]);
    const { points, orders, members } = tally.spans[days];
    return {
      points: points + added.reduce((sum, one) => sum + one.points, 0),
      orders: orders + added.reduce((sum, one) => sum + one.orders, 0),
      members: members + added.filter((one) => one.points > 0).length,
    };
  };
  return {
    members: tally.members + trials.length,
    audience: tally.audience + trials.filter(({ inAudience }) => inAudience).length,
    spans: { 30: spanOf(30), 90: spanOf(90) },
  };
}

/** The same programme, in which the campaign is switched on and has run for so many days until now. */
export function asIfRunning(
  document: ProgrammeDocument,
  campaignKey: string,
  days: number,
  { now, zone }: { readonly now: Moment; readonly zone: string },
): ProgrammeDocument {
  const startsAt = new Date(addDays(now, -days, zone)).toISOString();
  const endsAt = new Date(now + 1).toISOString();
  return {
    ...document,
    campaigns: document.campaigns.map((campaign) =>
      campaign.key === campaignKey ? { ...campaign, enabled: true, startsAt, endsAt } : campaign,
    ),
  };
}

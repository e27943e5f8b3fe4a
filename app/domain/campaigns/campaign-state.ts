/** Where a campaign stands at a moment, and which ones run at the same time. */
import type { Moment } from '../time/shop-time.ts';

export const CAMPAIGN_STATES = ['running', 'planned', 'over', 'off', 'draft'] as const;
/** `draft`: nobody published it; `off`: what is published is switched off. */
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export interface Window {
  readonly startsAt: Moment;
  readonly endsAt: Moment;
}

/** @param published whether the programme in force has it, switched on or off; null where it has not */
export function campaignState(
  { startsAt, endsAt }: Window,
  published: { readonly enabled: boolean } | null,
  wasPublished: boolean,
  now: Moment,
): CampaignState {
  if (!published) return wasPublished ? 'over' : 'draft';
  if (endsAt <= now) return 'over';
  if (!published.enabled) return 'off';
  return startsAt <= now ? 'running' : 'planned';
}

export interface Overlap extends Window {
  readonly keys: readonly [string, string];
}

/** Every two that run at the same time, and when; what is off runs at no time. */
export function overlapsOf(
  campaigns: readonly (Window & { readonly key: string; readonly state: CampaignState })[],
): readonly Overlap[] {
  const running = campaigns.filter(({ state }) => state !== 'off');
  return running.flatMap((one, index) =>
    running.slice(index + 1).flatMap((other): Overlap[] => {
      const startsAt = Math.max(one.startsAt, other.startsAt);
      const endsAt = Math.min(one.endsAt, other.endsAt);
      return startsAt < endsAt ? [{ keys: [one.key, other.key], startsAt, endsAt }] : [];
    }),
  );
}

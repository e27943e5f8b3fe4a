/** A reward as it was given to one member: its offer, pinned. */
import { usedBy } from './definition.ts';
import type { Given } from './definition.ts';
import type { RewardTerms } from './terms.ts';
import { endOfDayAfter } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';
import type { RewardOffer } from '../programme/terms.ts';

export const REWARD_ORIGINS = [
  'points',
  'prize',
  'agent',
  'referral',
  'gift',
  'membership',
] as const;
export type RewardOrigin = (typeof REWARD_ORIGINS)[number];

export interface IssuedReward {
  /** The redemption's. */
  readonly id: string;
  readonly rewardKey: string;
  readonly programmeVersion: number;
  readonly name: string;
  readonly terms: RewardTerms;
  readonly origin: RewardOrigin;
  /** What an agent wrote. */
  readonly note: string | null;
  /** Whether it is one of a stock. */
  readonly counts: boolean;
}

export interface Issuing extends Pick<Given, 'steps' | 'market' | 'currency'> {
  readonly id: string;
  readonly programmeVersion: number;
  readonly origin: RewardOrigin;
  readonly note: string | null;
}

export function issueReward(offer: RewardOffer, issuing: Issuing): IssuedReward {
  const { id, programmeVersion, origin, note, steps, market, currency } = issuing;
  const { key, definition, settings, item } = offer;
  return {
    ...{ id, programmeVersion, origin, note, rewardKey: key, name: offer.name },
    terms: definition.terms(settings, { steps, market, currency, key }),
    counts: item.stock !== null,
  };
}

/** To the end of the shop's day; what is spent by having it has the date of its own terms. */
export function validUntil(
  { item }: Pick<RewardOffer, 'item'>,
  terms: RewardTerms,
  now: Moment,
  zone: string,
): Moment | null {
  const days = 'expiresInDays' in terms ? terms.expiresInDays : item.validDays;
  return days === null ? null : endOfDayAfter(now, days, 'days', zone);
}

/** Whether a member holds it until they use it, so that its end is waited for. */
export function isHeld(terms: RewardTerms): boolean {
  return usedBy(terms) === 'order' || terms.kind === 'perk';
}

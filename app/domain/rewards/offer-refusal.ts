/** Why a member cannot spend points on a reward. The storefront tells it before, and redeeming looks again. */
import { limitReached } from './limits.ts';
import type { Spent } from './limits.ts';
import { outsideOf } from '../earning/audience.ts';
import type { AudienceReason } from '../earning/audience.ts';
import { boreTag } from '../members/tags.ts';
import type { TagTidings } from '../members/tags.ts';
import type { RewardOffer } from '../programme/terms.ts';
import type { Moment } from '../time/shop-time.ts';
import type { Steps } from './definition.ts';

const MOST_POINTS = 1_000_000_000;

export type OfferRefusal =
  | { readonly kind: 'not-for-points' }
  | { readonly kind: 'not-now'; readonly startsAt: number | null; readonly endsAt: number | null }
  | { readonly kind: 'bad-steps'; readonly least: number; readonly most: number };

export type StandingRefusal =
  | { readonly kind: 'not-for-you'; readonly because: AudienceReason | 'outside-segment' }
  | { readonly kind: 'limit-reached'; readonly most: number; readonly per: string }
  | { readonly kind: 'owes'; readonly debt: number }
  | { readonly kind: 'not-enough'; readonly available: number; readonly wanted: number };

/** Of how many times its points a member may choose. */
export function stepsOf({
  definition,
  settings,
}: Pick<RewardOffer, 'definition' | 'settings'>): Steps {
  return definition.steps?.(settings) ?? { least: 1, most: 1 };
}

/** Whoever asks. */
export function offerRefusal(offer: RewardOffer, steps: number, now: Moment): OfferRefusal | null {
  const { startsAt, endsAt, item } = offer;
  if (!item.forPoints) return { kind: 'not-for-points' };
  if ((startsAt !== null && now < startsAt) || (endsAt !== null && now >= endsAt)) {
    return { kind: 'not-now', startsAt, endsAt };
  }
  const range = stepsOf(offer);
  const isOffered = steps >= range.least && steps <= range.most;
  return isOffered && item.points * steps <= MOST_POINTS ? null : { kind: 'bad-steps', ...range };
}

/** What is known of the member who asks. */
export interface Standing {
  readonly tierKey: string | null;
  readonly tags: readonly TagTidings[];
  readonly spent: readonly Spent[];
  readonly available: number;
  readonly debt: number;
  /** Keys of the rewards whose conditions they do not meet. */
  readonly outside: ReadonlySet<string>;
}

export function standingRefusal(
  { item }: Pick<RewardOffer, 'item'>,
  cost: number,
  { tierKey, tags, spent, available, debt, outside }: Standing,
  { now, timeZone }: { readonly now: Moment; readonly timeZone: string },
): StandingRefusal | null {
  const hasTag = (tag: string): boolean => boreTag(tags, tag, now);
  const because = outsideOf(item.audience, { tierKey: () => tierKey, hasTag });
  if (because !== null) return { kind: 'not-for-you', because };
  if (outside.has(item.key)) return { kind: 'not-for-you', because: 'outside-segment' };
  const reached = limitReached(item, spent, now, timeZone);
  if (reached) return { kind: 'limit-reached', ...reached };
  if (debt > 0) return { kind: 'owes', debt };
  return available < cost ? { kind: 'not-enough', available, wanted: cost } : null;
}

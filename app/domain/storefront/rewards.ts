/** Rewards as the storefront draws them: what can be had, and what a member holds. */
import { toLiquidMoney } from '../money/money.ts';
import { pointsBack } from '../points/redemption.ts';
import type { Ending, Redemption } from '../points/redemption.ts';
import type { ProgrammeTerms, RewardOffer, ShopTerms } from '../programme/terms.ts';
import { usedBy } from '../rewards/definition.ts';
import type { Steps } from '../rewards/definition.ts';
import { isAllowed } from '../rewards/missing-scopes.ts';
import { stepsOf } from '../rewards/offer-refusal.ts';
import type { RewardTerms } from '../rewards/terms.ts';
import { DAY, shopDay } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** What one step of it is worth. */
export type ShownWorth =
  /** Hundredths of the shop's currency unit, as Liquid takes money. */
  | { readonly cents: number }
  /** Hundredths of a percent. */
  | { readonly basisPoints: number };

export interface ShownReward {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly words: string;
  /** An https address; empty for none. */
  readonly image: string;
  /** In points; of a reward with steps, one step. */
  readonly cost: number;
  readonly steps: Steps | null;
  readonly worth: ShownWorth | null;
  /** Names of the tiers that it is for; empty for all. */
  readonly tiers: readonly string[];
  /** Whether it depends on more than tier, points and time, so that only asking tells who can have it. */
  readonly asks: boolean;
  /** Seconds since 1970, by which Liquid knows whether it is to be had now; null for no bound. */
  readonly starts: number | null;
  readonly ends: number | null;
}

/** A document of Shopify's has its bounds, and rewards are not all that is in it. */
const MOST_BYTES = 48_000;

/** What can be had for points, in the merchant's order; the last ones without words and image where it is too much. */
export function shownRewards(
  terms: ProgrammeTerms,
  { currency, scopes }: Pick<ShopTerms, 'currency' | 'scopes'>,
): readonly ShownReward[] {
  const all = terms.rewards
    .filter(({ item }) => item.forPoints && isAllowed(item.kind, scopes))
    .map((offer) => shownReward(offer, terms, { currency, market: null }));
  let left = MOST_BYTES;
  const fits = (bytes: number): boolean => {
    if (bytes > left) return false;
    left -= bytes;
    return true;
  };
  const plain = all.map((one) => ({ ...one, words: '', image: '' }));
  const named = plain.filter((one) => fits(bytesOf(one)));
  return named.map((bare) => {
    const whole = all.find(({ key }) => key === bare.key) ?? bare;
    return fits(bytesOf(whole) - bytesOf(bare)) ? whole : bare;
  });
}

function bytesOf(shown: ShownReward): number {
  return new TextEncoder().encode(JSON.stringify(shown)).length;
}

export function shownReward(
  offer: RewardOffer,
  { ladder }: Pick<ProgrammeTerms, 'ladder'>,
  { currency, market }: { readonly currency: string; readonly market: string | null },
): ShownReward {
  const { key, name, item, definition, settings, startsAt, endsAt } = offer;
  const steps = stepsOf(offer);
  const { tags, withoutTags, segment } = item.audience;
  const given = definition.terms(settings, { steps: 1, market, currency, key });
  return {
    ...{ key, name, kind: definition.kind, words: item.description, image: item.image },
    cost: item.points,
    steps: steps.most > 1 ? steps : null,
    worth: worthOf(given),
    tiers: ladder.rungs.filter((rung) => item.audience.tiers.includes(rung.key)).map(nameOf),
    asks: tags.length + withoutTags.length + segment.conditions.length > 0,
    starts: startsAt === null ? null : Math.ceil(startsAt / 1000),
    ends: endsAt === null ? null : Math.ceil(endsAt / 1000),
  };
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function worthOf(terms: RewardTerms): ShownWorth | null {
  switch (terms.kind) {
    case 'discount': {
      const { value } = terms;
      if (value.kind === 'percent') return { basisPoints: value.basisPoints };
      return { cents: toLiquidMoney(value.minor, value.currency) };
    }
    case 'gift-card':
    case 'store-credit':
      return { cents: toLiquidMoney(terms.minor, terms.currency) };
    case 'free-shipping':
    case 'free-product':
    case 'by-hand':
    case 'perk':
    case 'partner-code':
      return null;
  }
}

/** A reward of a member, with what its redemption says. */
export interface KeptReward extends Pick<
  Redemption,
  'id' | 'memberId' | 'points' | 'state' | 'ending' | 'code' | 'orderId' | 'returns' | 'validUntil'
> {
  readonly key: string;
  readonly name: string;
  readonly terms: RewardTerms;
  readonly making: 'asked' | 'made' | 'refused' | 'ended';
  /** When it was given, used or ended: the last of them. */
  readonly since: Moment;
}

export type HeldState =
  | 'making'
  /** Its code works. */
  | 'usable'
  /** A person is to do it. */
  | 'waiting'
  /** It is the member's by having it. */
  | 'had'
  /** An order used it, or a person did it. */
  | 'used'
  | 'ending'
  | 'ended';

export interface HeldReward {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly kind: RewardTerms['kind'];
  readonly state: HeldState;
  /** For the checkout, while it works. Codes of cards and of partners never stand here. */
  readonly code: string | null;
  readonly points: number;
  /** The last of the shop's days on which it can be used. */
  readonly until: string | null;
  readonly because: Ending | null;
  /** Points that came back. */
  readonly back: number;
  /** Whether the member can give it back for its points. */
  readonly returnable: boolean;
  /** Seconds since 1970 since when it is so. */
  readonly at: number;
}

/** So long what is over is told. */
const TOLD_MS = 14 * DAY;
const MOST_HELD = 20;

/** The newest first. */
export function heldRewards(
  kept: readonly KeptReward[],
  { now, timeZone }: { readonly now: Moment; readonly timeZone: string },
): readonly HeldReward[] {
  const held = [...kept]
    .sort((a, b) => b.since - a.since || (a.id < b.id ? 1 : -1))
    .map((one) => ({ one, shown: heldReward(one, timeZone) }));
  const open = held.filter(({ shown }) => isOpen(shown));
  const over = held.filter(({ one, shown }) => !isOpen(shown) && isTold(one, shown, now));
  return [...open, ...over].slice(0, MOST_HELD).map(({ shown }) => shown);
}

function isOpen({ state }: HeldReward): boolean {
  return state === 'making' || state === 'usable' || state === 'waiting' || state === 'ending';
}

function isTold({ since, validUntil }: KeptReward, { state }: HeldReward, now: Moment): boolean {
  if (state === 'had') return validUntil === null || validUntil > now;
  return since > now - TOLD_MS;
}

export function heldReward(kept: KeptReward, timeZone: string): HeldReward {
  const { id, key, name, points, validUntil } = kept;
  const state = stateOf(kept);
  const isCode = usedBy(kept.terms) === 'order';
  return {
    ...{ id, key, name, kind: kept.terms.kind, state, points },
    code: isCode && state === 'usable' ? kept.code : null,
    until: validUntil === null ? null : shopDay(validUntil - 1, timeZone),
    because: state === 'ended' || state === 'ending' ? kept.ending : null,
    back: pointsBack(kept),
    returnable: mayBeGivenBack(kept),
    at: Math.floor(kept.since / 1000),
  };
}

/** What was bought with points and could still be used at the checkout. */
export function mayBeGivenBack(
  kept: Pick<KeptReward, 'terms' | 'points' | 'state' | 'ending' | 'making'>,
): boolean {
  const state = stateOf(kept);
  const isUnused = state === 'usable' || state === 'making';
  return isUnused && kept.points > 0 && usedBy(kept.terms) === 'order';
}

function stateOf({
  terms,
  state,
  ending,
  making,
}: Pick<KeptReward, 'terms' | 'state' | 'ending' | 'making'>): HeldState {
  const how = usedBy(terms);
  switch (state) {
    case 'captured':
    case 'returned':
      return how === 'having' ? 'had' : 'used';
    case 'released':
      return 'ended';
    case 'reserved':
      if (ending !== null || making === 'refused' || making === 'ended') return 'ending';
      if (making === 'asked') return 'making';
      return how === 'person' ? 'waiting' : 'usable';
  }
}

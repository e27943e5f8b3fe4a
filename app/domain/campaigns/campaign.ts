/** A campaign as the engine uses it, and whom, when and what it is for. */
import type { CampaignBonus, CampaignConditions } from './campaign-settings.ts';
import { WEEKDAYS } from './campaign-settings.ts';
import { outsideOf } from '../earning/audience.ts';
import type { Audience, Beheld } from '../earning/audience.ts';
import { parseMoney } from '../money/money.ts';
import { compare, ONE, parseRational } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';
import { channelOf } from '../orders/channel.ts';
import type { OrderLine, OrderSnapshot } from '../orders/order-facts.ts';
import type { ProgrammeDocument } from '../programme/document.ts';
import { shopHour } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** Only one that is switched on. */
export interface CampaignTerms {
  readonly key: string;
  readonly name: string;
  readonly by: Rational;
  readonly bonus: CampaignBonus;
  /** From this moment on, until just before that one. */
  readonly from: Moment;
  readonly until: Moment;
  readonly audience: Audience;
  readonly when: CampaignConditions;
  readonly minimumMinor: number | null;
  /** To how many orders of each member it adds something; null for any number. */
  readonly times: number | null;
  /** Keys of the rules that it multiplies; empty for every rule that looks at orders. */
  readonly rules: readonly string[];
  readonly budgetPoints: number | null;
}

export function campaignTerms(
  campaign: ProgrammeDocument['campaigns'][number],
  currency: string,
): CampaignTerms {
  const { key, name, audience, bonus, when, times, rules, budgetPoints } = campaign;
  return {
    ...{ key, name, audience, bonus, when, times, rules, budgetPoints },
    by: parseRational(campaign.multiplier),
    minimumMinor: when.minimum === '' ? null : parseMoney(when.minimum, currency),
    from: Date.parse(campaign.startsAt),
    until: Date.parse(campaign.endsAt),
  };
}

export function multiplies({ by }: Pick<CampaignTerms, 'by'>): boolean {
  return compare(by, ONE) !== 0;
}

export function runsAt(
  { from, until, when }: Pick<CampaignTerms, 'from' | 'until' | 'when'>,
  at: Moment,
  zone: string,
): boolean {
  if (at < from || at >= until) return false;
  const { weekdays, fromHour, untilHour } = when;
  if (weekdays.length === 0 && fromHour === null && untilHour === null) return true;
  const { weekday, hour } = shopHour(at, zone);
  const day = WEEKDAYS[weekday - 1];
  return (
    (weekdays.length === 0 || (day !== undefined && weekdays.includes(day))) &&
    hour >= (fromHour ?? 0) &&
    hour < (untilHour ?? 24)
  );
}

export function isFor({ audience }: Pick<CampaignTerms, 'audience'>, member: Beheld): boolean {
  return outsideOf(audience, member) === null;
}

/** Whether it asks something that only an order can answer: then it is for nothing else. */
export function looksAtOrders({ when, times }: Pick<CampaignTerms, 'when' | 'times'>): boolean {
  const { products, variants, collections, markets, channels, firstOrder, minimum } = when;
  return (
    [products, variants, collections, markets, channels].some((list) => list.length > 0) ||
    firstOrder ||
    minimum !== '' ||
    times !== null
  );
}

/** By where the order is from and where it was placed. */
export function isFrom(
  { when: { markets, channels } }: Pick<CampaignTerms, 'when'>,
  { source }: Pick<OrderSnapshot, 'source'>,
  marketKey: string | null,
): boolean {
  return (
    (markets.length === 0 || (marketKey !== null && markets.includes(marketKey))) &&
    (channels.length === 0 || channels.includes(channelOf(source)))
  );
}

export function namesLines({ when }: Pick<CampaignTerms, 'when'>): boolean {
  return when.products.length + when.variants.length + when.collections.length > 0;
}

/** A gift card is money and no goods: no campaign is for its line. */
export function isForLine(campaign: Pick<CampaignTerms, 'when'>, line: OrderLine): boolean {
  if (line.giftCard || line.tip) return false;
  if (!namesLines(campaign)) return true;
  const { products, variants, collections } = campaign.when;
  return (
    (line.productId !== null && products.includes(line.productId)) ||
    (line.variantId !== null && variants.includes(line.variantId)) ||
    (line.product?.collectionIds.some((id) => collections.includes(id)) ?? false)
  );
}

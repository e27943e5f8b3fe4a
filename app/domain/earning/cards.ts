/**
 * Cards that purchases fill: a spending goal, a punch card, a subscription that is kept. Each purchase
 * counts by the programme in force when it was placed, and what the member kept of it.
 */
import type { CardPeriod, OccasionFact } from './definition.ts';
import type { Deciding } from '../deciding.ts';
import type { Standing } from '../orders/standing.ts';
import type { EarningRuleTerms, ProgrammeTerms, ShopTerms } from '../programme/terms.ts';
import { inForce } from '../programme/terms.ts';
import { startOfPeriod } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface FilledCard {
  readonly fact: OccasionFact;
  readonly source: { readonly sourceKind: string; readonly sourceId: string };
  /** Only the rule whose card it is. */
  readonly terms: ProgrammeTerms;
}

export function* cardsFilled({
  shop,
  standings,
  membership,
}: Pick<Deciding, 'shop' | 'standings' | 'membership'>): Generator<FilledCard> {
  const cards = new Map<string, Card>();
  for (const purchase of standings) {
    const { placedAt: at, orderId, counts, test } = purchase;
    const terms = counts && membership.outside(at) === null ? termsAt(shop, at) : null;
    if (!terms || (test && !terms.version.document.testOrdersEarn)) continue;
    for (const rule of terms.earning) {
      const { definition } = rule;
      const times = definition.card ? stamp(cards, rule, definition.card, purchase, shop) : 0;
      if (times === 0) continue;
      yield {
        fact: { kind: 'card', of: definition.kind, times, at },
        source: { sourceKind: definition.kind, sourceId: orderId },
        terms: { ...terms, earning: [rule] },
      };
    }
  }
}

interface Card {
  readonly from: Moment;
  readonly stamps: number;
}

/** @returns how often the purchase made the card full */
function stamp(
  cards: Map<string, Card>,
  { key, settings }: EarningRuleTerms,
  card: NonNullable<EarningRuleTerms['definition']['card']>,
  purchase: Standing,
  { currency, timeZone }: ShopTerms,
): number {
  const period: CardPeriod = card.lasts(settings);
  const from = startOfPeriod(purchase.placedAt, period, timeZone);
  const known = cards.get(key);
  const before = known && known.from === from ? known.stamps : 0;
  const { adds, times } = card.stamp(settings, purchase, before, currency);
  cards.set(key, { from, stamps: before + adds });
  return times;
}

/** Past orders fill cards when they earn, by the first version; what they filled stays so. */
function termsAt(shop: ShopTerms, placedAt: Moment): ProgrammeTerms | null {
  const found = inForce(shop, placedAt);
  if (found) return found;
  const past = shop.versions.some(({ version }) => version.document.pastOrdersEarn);
  return past ? (shop.versions[0] ?? null) : null;
}

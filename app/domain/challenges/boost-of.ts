import { parseRational } from '../money/rational.ts';
import type { Boost } from '../prizes/boosts.ts';
import type { ShopTerms } from '../programme/terms.ts';
import { addDays } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/**
 * The multiplier for a time that a challenge gives, by the version under which it was completed. Where it
 * had been completed before that version came, the time begins with the version.
 */
export function boostOf(
  { versions, timeZone }: ShopTerms,
  key: string,
  { at, version: number }: { readonly at: Moment; readonly version: number },
): Boost | null {
  const terms = versions.find(({ version }) => version.version === number);
  const challenge = terms?.challenges.find((one) => one.key === key);
  if (!terms || !challenge || challenge.item.prizeMultiplier === '') return null;
  const { prizeMultiplier, prizeDays } = challenge.item;
  const from = Math.max(at, terms.version.effectiveAt);
  return {
    ...{ source: `challenge:${key}`, name: challenge.name, by: parseRational(prizeMultiplier) },
    ...{ from, until: addDays(from, prizeDays, timeZone) },
  };
}

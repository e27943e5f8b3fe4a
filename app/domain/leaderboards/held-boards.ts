import { inForce } from '../programme/terms.ts';
import type { ShopTerms } from '../programme/terms.ts';
import type { Moment } from '../time/shop-time.ts';

export interface HeldBoard {
  readonly key: string;
  readonly name: string;
  readonly unit: string;
}

/** Boards that are held now, then those that were, each under its newest name. */
export function heldBoards(shop: ShopTerms, now: Moment): readonly HeldBoard[] {
  const begun = shop.versions.filter(({ version }) => version.effectiveAt <= now);
  const found = new Map<string, HeldBoard>();
  for (const terms of [inForce(shop, now), ...begun.toReversed()]) {
    for (const { key, name, definition } of terms?.leaderboards ?? []) {
      if (!found.has(key)) found.set(key, { key, name, unit: definition.words.unit });
    }
  }
  return [...found.values()];
}

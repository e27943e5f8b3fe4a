/** How badly webhooks travel, for all shops and for single ones. */
import { z } from 'zod';

const chance = z.number().min(0).max(1);
const patience = z.number().int().min(0).max(600_000);

export const knobsSchema = z.strictObject({
  /** Share of deliveries that are sent again. */
  duplicate: chance,
  /** How many times again. */
  copies: z.number().int().min(1).max(20),
  delayMs: patience,
  /** Collects deliveries for this long and sends them shuffled. */
  reorderMs: patience,
  /** Share of deliveries that are never sent. */
  drop: chance,
});

export type Knobs = z.infer<typeof knobsSchema>;

export const smoothRoad: Knobs = { duplicate: 0, copies: 1, delayMs: 0, reorderMs: 0, drop: 0 };

export class KnobBoard {
  #everywhere: Knobs = smoothRoad;
  readonly #byShop = new Map<string, Knobs>();

  of(shop: string): Knobs {
    return this.#byShop.get(shop) ?? this.#everywhere;
  }

  /** Without a shop: for all of them, including those that had knobs of their own. */
  set(knobs: Partial<Knobs>, shop?: string): Knobs {
    if (shop === undefined) {
      this.#byShop.clear();
      this.#everywhere = { ...this.#everywhere, ...knobs };
      return this.#everywhere;
    }
    const own = { ...this.of(shop), ...knobs };
    this.#byShop.set(shop, own);
    return own;
  }

  all(): { everywhere: Knobs; shops: Record<string, Knobs> } {
    return { everywhere: this.#everywhere, shops: Object.fromEntries(this.#byShop) };
  }
}

import type { AdminClient } from '../../shopify/admin-client.ts';
import type { ClaimedEffect } from '../../storage/effects/effects.ts';
import type { World } from '../../world.ts';

/** How one kind of effect is carried out. Doing it again must do no harm. */
export interface Performer {
  readonly kind: string;
  /** How many are carried out by one call; they belong to one shop. */
  readonly together: number;
  /** After how many attempts it is given up and put before a person; 10 where it is left out. */
  readonly tries?: number;
  /** Carries them out, or throws for all. @returns a note for each, by its key */
  readonly perform: (
    stage: Stage,
    effects: readonly ClaimedEffect[],
  ) => Promise<ReadonlyMap<string, string>>;
}

/** What it is about is not known yet: it is looked at again later, and nothing is wrong meanwhile. */
export class NotYet extends Error {
  override name = 'NotYet';
  readonly waitMs: number;
  constructor(message: string, waitMs: number) {
    super(message);
    this.waitMs = waitMs;
  }
}

export interface Stage {
  readonly world: World;
  readonly shopId: string;
  /** Opens the shop's Admin API. @throws ShopLeft */
  readonly admin: () => Promise<AdminClient>;
}

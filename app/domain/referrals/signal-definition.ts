/**
 * A signal that a referral may not be what it says: words, weight, and a pure function that says since
 * when it is there. The registry lists them; each has a switch in the programme.
 */
import type { ReferralFacts } from './referral.ts';
import type { Words } from '../fields.ts';
import type { Moment } from '../time/shop-time.ts';

export interface SignalDefinition {
  readonly kind: string;
  readonly words: Words;
  /** Points of suspicion; those of all signals add up to the score. */
  readonly weight: number;
  /** @returns since when it is there; null where it is not */
  readonly since: (referral: ReferralFacts, settings: SignalSettings) => Moment | null;
}

export interface SignalSettings {
  /** More claims of one member's codes within a day are suspicious. */
  readonly manyPerDay: number;
}

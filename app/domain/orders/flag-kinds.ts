/** What of an order is shown to a person. */
import { CONTRADICTIONS } from './contradictions.ts';
import type { Contradiction } from './contradictions.ts';

/** Beside contradictions: what the shop sold, what it bought could not be given or taken back, and what was played with it. */
export const OTHER_FLAGS = [
  'membership-full',
  'deposit-used',
  'prize-used',
  'game-played',
] as const;
export const FLAG_KINDS = [...CONTRADICTIONS, ...OTHER_FLAGS] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];

export interface OrderFlagContent extends Omit<Contradiction, 'kind'> {
  readonly kind: FlagKind;
}

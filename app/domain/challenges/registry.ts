import type { ChallengeDefinition } from './definition.ts';
import { distinctPurchases } from './distinct-purchases.ts';
import { registryOf } from '../registry.ts';

/** Every kind of challenge. A new one is one file and one line here. */
export const challengeDefinitions = registryOf<ChallengeDefinition>('challenge', [
  distinctPurchases as ChallengeDefinition,
]);

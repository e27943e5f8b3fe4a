import type { GoalDefinition } from './definition.ts';
import { distinctPurchases } from './distinct-purchases.ts';
import { reviewsPublished } from './reviews-published.ts';
import { registryOf } from '../registry.ts';

/** Everything that badges and challenges can ask for. A new one is one file and one line here. */
export const goalDefinitions = registryOf<GoalDefinition>('goal', [
  distinctPurchases as GoalDefinition,
  reviewsPublished as GoalDefinition,
]);

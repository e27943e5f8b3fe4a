import type { BadgeDefinition } from './definition.ts';
import { reviewsPublished } from './reviews-published.ts';
import { registryOf } from '../registry.ts';

/** Every kind of badge. A new one is one file and one line here. */
export const badgeDefinitions = registryOf<BadgeDefinition>('badge', [
  reviewsPublished as BadgeDefinition,
]);

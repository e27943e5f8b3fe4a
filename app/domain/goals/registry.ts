import type { GoalDefinition } from './definition.ts';
import { amountSpent } from './amount-spent.ts';
import { answers } from './answers.ts';
import { deedsDone } from './deeds-done.ts';
import { distinctPurchases } from './distinct-purchases.ts';
import { friendsReferred } from './friends-referred.ts';
import { memberDates } from './member-dates.ts';
import { ordersPlaced } from './orders-placed.ts';
import { othersReached } from './others-reached.ts';
import { piecesBought } from './pieces-bought.ts';
import { reviewsPublished } from './reviews-published.ts';
import { severalOf } from './several.ts';
import { streakKept } from './streak.ts';
import { tierReached } from './tier-reached.ts';
import { registryOf } from '../registry.ts';
import type { Registry } from '../registry.ts';

/** Each by itself. A new one is one file and one line here. */
const plainGoals = registryOf<GoalDefinition>('goal', [
  ordersPlaced as GoalDefinition,
  amountSpent as GoalDefinition,
  distinctPurchases as GoalDefinition,
  piecesBought as GoalDefinition,
  reviewsPublished as GoalDefinition,
  friendsReferred as GoalDefinition,
  deedsDone as GoalDefinition,
  answers as GoalDefinition,
  memberDates as GoalDefinition,
  tierReached as GoalDefinition,
  streakKept as GoalDefinition,
  othersReached as GoalDefinition,
]);

/** Everything that badges and challenges can ask for. */
export const goalDefinitions = withSeveral(plainGoals);

/** Goals, and what can be made of several of them. */
export function withSeveral(plain: Registry<GoalDefinition>): Registry<GoalDefinition> {
  return registryOf(plain.name, [...plain.all, severalOf(plain) as GoalDefinition]);
}

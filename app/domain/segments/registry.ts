import { answeredCondition } from './answered.ts';
import {
  boughtCondition,
  joinedCondition,
  lastOrderCondition,
  neverRedeemedCondition,
  pointsCondition,
  tagCondition,
  tierCondition,
} from './conditions.ts';
import type { ConditionDefinition } from './definition.ts';
import { registryOf } from '../registry.ts';

/** Every condition. A new one is a definition, one line here, and what it asks of the database. */
export const conditionDefinitions = registryOf<ConditionDefinition>('condition', [
  tierCondition,
  tagCondition,
  joinedCondition,
  lastOrderCondition,
  pointsCondition,
  neverRedeemedCondition,
  boughtCondition,
  answeredCondition,
]);

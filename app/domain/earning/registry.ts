import type { EarningDefinition } from './definition.ts';
import { joinRule } from './join-rule.ts';
import { orderRule } from './order-rule.ts';
import { reviewRule } from './review-rule.ts';
import { registryOf } from '../registry.ts';

/** Every way to earn. A new one is one file and one line here. */
export const earningDefinitions = registryOf<EarningDefinition>('way to earn', [
  orderRule as EarningDefinition,
  joinRule as EarningDefinition,
  reviewRule as EarningDefinition,
]);

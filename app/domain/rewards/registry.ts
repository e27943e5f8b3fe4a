import { amountOff, variableAmountOff } from './amount-off.ts';
import type { RewardDefinition } from './definition.ts';
import { freeProduct } from './free-product.ts';
import { freeShipping } from './free-shipping.ts';
import { giftCard, storeCredit } from './paid-out.ts';
import { percentOff } from './percent-off.ts';
import { byHand, partnerCode, perk } from './without-checkout.ts';
import { registryOf } from '../registry.ts';

/** Every kind of reward. A new one is one file and one line here. */
export const rewardDefinitions = registryOf<RewardDefinition>('reward', [
  amountOff as RewardDefinition,
  variableAmountOff as RewardDefinition,
  percentOff as RewardDefinition,
  freeShipping as RewardDefinition,
  freeProduct as RewardDefinition,
  giftCard as RewardDefinition,
  storeCredit as RewardDefinition,
  perk as RewardDefinition,
  byHand as RewardDefinition,
  partnerCode as RewardDefinition,
]);

import { anniversaryRule } from './anniversary-rule.ts';
import { birthdayRule } from './birthday-rule.ts';
import { newsletterRule, smsRule } from './consent-rules.ts';
import { customRule } from './custom-rule.ts';
import type { EarningDefinition } from './definition.ts';
import { goalRule } from './goal-rule.ts';
import { joinRule } from './join-rule.ts';
import { orderRule } from './order-rule.ts';
import { profileRule } from './profile-rule.ts';
import { punchCardRule } from './punch-card-rule.ts';
import { receiptRule } from './receipt-rule.ts';
import { renewalRule } from './renewal-rule.ts';
import { reviewRule } from './review-rule.ts';
import { socialFollowRule, socialShareRule } from './social-rules.ts';
import { surveyRule } from './survey-rule.ts';
import { visitRule } from './visit-rule.ts';
import { registryOf } from '../registry.ts';

/** Every way to earn. A new one is one file and one line here. */
export const earningDefinitions = registryOf<EarningDefinition>('way to earn', [
  orderRule as EarningDefinition,
  joinRule as EarningDefinition,
  reviewRule as EarningDefinition,
  birthdayRule as EarningDefinition,
  anniversaryRule as EarningDefinition,
  newsletterRule as EarningDefinition,
  smsRule as EarningDefinition,
  socialFollowRule as EarningDefinition,
  socialShareRule as EarningDefinition,
  visitRule as EarningDefinition,
  profileRule as EarningDefinition,
  surveyRule as EarningDefinition,
  goalRule as EarningDefinition,
  punchCardRule as EarningDefinition,
  renewalRule as EarningDefinition,
  receiptRule as EarningDefinition,
  customRule as EarningDefinition,
]);

/** Points that are a number in the rule's settings, not a calculation. */
import { z } from 'zod';
import type { EarningTerms, Worth } from './definition.ts';
import type { FixedReason } from '../points/explanation.ts';
import type { Moment } from '../time/shop-time.ts';

export const pointsPaid = z.int().min(1).max(1_000_000);

/** @param withdrawnAt when the fact was taken back; before it happened means that it never counted */
export function fixedWorth(
  terms: EarningTerms,
  points: number,
  at: Moment,
  because: FixedReason,
  withdrawn: { readonly at: Moment; readonly because: FixedReason } | null = null,
): Worth {
  const never = withdrawn !== null && withdrawn.at < at;
  const earned = never ? 0 : points;
  const left = withdrawn === null ? earned : 0;
  return {
    steps: [
      { step: 'earn', at, total: earned },
      ...(withdrawn === null || never ? [] : [{ step: 'withdraw', at: withdrawn.at, total: 0 }]),
    ],
    explanation: {
      rule: 'fixed',
      programmeVersion: terms.programmeVersion,
      ruleName: terms.ruleName,
      because: withdrawn === null ? because : withdrawn.because,
      points: left,
    },
  };
}

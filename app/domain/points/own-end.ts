/**
 * Points that were given with a last day of their own: it stands in the rule by which they were given,
 * so that it goes wherever the lot goes, and says the same when the lot is made again from its entries.
 */
import type { Moment } from '../time/shop-time.ts';

const UNTIL = '@until:';

/** @param end the first moment at which they cannot be spent; null for as the programme says */
export function ruleEnding(rule: string, end: Moment | null): string {
  return end === null ? rule : `${rule}${UNTIL}${end}`;
}

export function ownEnd(ruleKey: string): Moment | null {
  const at = ruleKey.indexOf(UNTIL);
  return at === -1 ? null : Number(ruleKey.slice(at + UNTIL.length));
}

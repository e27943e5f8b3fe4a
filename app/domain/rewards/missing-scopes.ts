/** Rewards of some kinds need permissions in Shopify that a merchant allows only where they are wanted. */
import { rewardDefinitions } from './registry.ts';

/** Of what a reward of this kind needs, what the merchant has not allowed. */
export function missingScopes(kind: string, granted: ReadonlySet<string>): readonly string[] {
  const needed = rewardDefinitions.find(kind)?.scopes ?? [];
  return needed.filter((scope) => !granted.has(scope));
}

export function isAllowed(kind: string, granted: ReadonlySet<string>): boolean {
  return missingScopes(kind, granted).length === 0;
}

/**
 * Shopify signs only the query of a storefront request, so another site could make a signed-in
 * shopper's browser post. A token that only our own answer tells, and another site cannot read, shows
 * that the shopper's page asked.
 */
import type { SignIn } from './sign-in.ts';
import type { World } from '../world.ts';

const VALID_MS = 3_600_000;

export function joinToken(world: World, visit: SignIn): string {
  const until = String(world.now() + VALID_MS);
  return `${until}.${world.sealer.hashes(wordsOf(visit, until), placeOf(visit))[0] ?? ''}`;
}

export function isJoinToken(world: World, visit: SignIn, token: string): boolean {
  const until = /^(\d{13})\./.exec(token)?.[1];
  if (until === undefined || Number(until) < world.now()) return false;
  const given = token.slice(until.length + 1);
  return world.sealer.isHash(wordsOf(visit, until), placeOf(visit), given);
}

function wordsOf({ customerId }: SignIn, until: string): string {
  return `${customerId} ${until}`;
}

function placeOf({ shopId }: SignIn): string {
  return `join ${shopId}`;
}

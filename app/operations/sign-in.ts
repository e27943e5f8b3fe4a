/**
 * A customer is seen signed in at the storefront, or asks to join there. Shopify vouches for who it
 * is, so what waited for them is theirs; once a day is enough, unless something waits.
 */
import { mirrorMember } from './decide-members.ts';
import { guestKeys } from './join-and-claim.ts';
import { takeInFacts } from './take-in-facts.ts';
import { membershipTerms } from '../domain/members/membership.ts';
import { startOfDay } from '../domain/time/shop-time.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { waitingOrderIds } from '../storage/members/logins.ts';
import { termsMemoryOf, readShopTerms } from '../storage/programme/shop-terms.ts';
import { inTransaction, isContention } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export interface SignIn {
  readonly shopId: string;
  /** From Shopify's signed query: the caller's own. */
  readonly customerId: string;
}

export type Joined =
  | { readonly ok: true; readonly already: boolean }
  | { readonly ok: false; readonly refusal: { readonly kind: 'not-running' | 'by-tag' | 'gone' } };

const MOST_TURNS = 5;

/** @returns whether there was anything to note */
export async function noteSignIn(world: World, visit: SignIn): Promise<boolean> {
  const pool = world.db(visit.shopId);
  const now = world.now();
  const known = await readVisitor(pool, visit.shopId, visit.customerId);
  if (known && known.state !== 'active') return false;
  if (known?.lastLoginAt != null && known.email !== null) {
    const { timeZone } = await readShopTerms(pool, visit.shopId, termsMemoryOf(pool));
    const keys = guestKeys(world.sealer.hashes, visit.shopId, known.email);
    const waiting = await waitingOrderIds(pool, visit.shopId, keys);
    if (known.lastLoginAt >= startOfDay(now, timeZone) && waiting.length === 0) return false;
  }
  await takeIn(world, visit, false);
  if (known?.lastLoginAt == null) await showSeen(world, visit);
  return true;
}

/** Their page need not say again that they are here. */
async function showSeen(world: World, { shopId, customerId }: SignIn): Promise<void> {
  const pool = world.db(shopId);
  const visitor = await readVisitor(pool, shopId, customerId);
  if (visitor) {
    await wantEffects(pool, shopId, [mirrorMember(visitor.memberId)], new Date(world.now()));
  }
}

/** Joining is asked for by the customer, signed in; asking again changes nothing. */
export async function joinProgramme(world: World, visit: SignIn): Promise<Joined> {
  const pool = world.db(visit.shopId);
  const shop = await readShopTerms(pool, visit.shopId, termsMemoryOf(pool));
  const terms = membershipTerms(shop, world.now());
  const begun = shop.versions.some(({ version }) => version.effectiveAt <= world.now());
  if (!terms || !begun) return { ok: false, refusal: { kind: 'not-running' } };
  if (terms.policy === 'tagged') return { ok: false, refusal: { kind: 'by-tag' } };
  const before = await readVisitor(pool, visit.shopId, visit.customerId);
  if (before && before.state !== 'active') return { ok: false, refusal: { kind: 'gone' } };
  await takeIn(world, visit, true);
  const isMember = terms.policy === 'opted-in' && before?.membership === 'joined';
  return { ok: true, already: isMember || (before?.optedIn ?? false) };
}

/** Others may be at the same rows: then it is done again. */
async function takeIn(world: World, { shopId, customerId }: SignIn, joins: boolean): Promise<void> {
  const moment = {
    ...{ now: world.now(), newId: world.newId, hashes: world.sealer.hashes },
    termsMemory: termsMemoryOf(world.db(shopId)),
  };
  const told = { kind: 'signed-in', customerId, at: moment.now, joins } as const;
  for (let turn = 1; ; turn += 1) {
    try {
      await inTransaction(world.db(shopId), (client) =>
        takeInFacts(client, shopId, [told], moment),
      );
      return;
    } catch (error) {
      if (turn === MOST_TURNS || !isContention(error)) throw error;
    }
  }
}

/**
 * A friend, signed in, says by whose code they came. The first code counts; saying it again changes
 * nothing. Shopify alone says who the friend is.
 */
import { shopTermsNow, takeInNow } from './take-in-now.ts';
import { codeKey, isCode } from '../domain/referrals/codes.ts';
import { mayRefer } from '../domain/referrals/may-refer.ts';
import { tracesOf } from '../domain/referrals/traces.ts';
import { inForce } from '../domain/programme/terms.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { readFriendSoFar, readWouldBeAdvocate } from '../storage/referrals/people.ts';
import { ownersOf } from '../storage/referrals/referral-codes.ts';
import type { World } from '../world.ts';

export interface ReferralClaim {
  readonly shopId: string;
  /** From Shopify's signed query: the caller's own. */
  readonly customerId: string;
  readonly code: string;
  /** Where the claim comes from: kept as keyed hashes only. */
  readonly ip: string | null;
  readonly device: string | null;
}

export type ClaimRefusal = {
  readonly kind:
    'not-offered' | 'unknown-code' | 'own-code' | 'came-before' | 'not-new' | 'not-a-member';
};
export type ClaimedReferral =
  | { readonly ok: true; readonly already: boolean }
  | { readonly ok: false; readonly refusal: ClaimRefusal };

export async function claimReferral(world: World, claim: ReferralClaim): Promise<ClaimedReferral> {
  const { shopId, customerId, code } = claim;
  const pool = world.db(shopId);
  const now = world.now();
  const settings = inForce(await shopTermsNow(world, shopId), now)?.version.document.referrals;
  if (!settings?.enabled) return refuse('not-offered');
  const owner = isCode(code)
    ? (await ownersOf(pool, shopId, [code])).get(codeKey(code))
    : undefined;
  if (!owner) return refuse('unknown-code');
  const advocate = await readWouldBeAdvocate(pool, shopId, owner.memberId);
  if (!advocate || !mayRefer(settings, advocate, now)) return refuse('not-offered');
  const friend = await readVisitor(pool, shopId, customerId);
  if (friend && friend.state !== 'active') return refuse('not-a-member');
  if (friend?.memberId === owner.memberId) return refuse('own-code');
  const soFar = friend && (await readFriendSoFar(pool, shopId, friend.memberId));
  if (soFar?.advocateId === owner.memberId) return { ok: true, already: true };
  if (soFar && soFar.advocateId !== null) return refuse('came-before');
  if (settings.friendMustBeNew && soFar?.ordered) return refuse('not-new');
  const sighting = { at: now, traces: tracesOf({ ip: claim.ip, device: claim.device }) };
  const [outcome] = await takeInNow(world, shopId, [
    { kind: 'referral', customerId, code: owner.code, sighting },
  ]);
  if (outcome === 'nobody-known') return refuse('unknown-code');
  return outcome === 'not-offered' ? refuse('own-code') : { ok: true, already: false };
}

function refuse(kind: ClaimRefusal['kind']): ClaimedReferral {
  return { ok: false, refusal: { kind } };
}

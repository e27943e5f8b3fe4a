/** What a signed-in customer needs to refer friends: nothing, where they may not. */
import { ownCode } from './referral-code.ts';
import { shopTermsNow } from './take-in-now.ts';
import { inForce } from '../domain/programme/terms.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import type { World } from '../world.ts';

export interface OwnReferrals {
  readonly memberId: string;
  readonly code: string;
  /** Whether they may choose a code of their own. */
  readonly vanity: boolean;
}

export async function ownReferrals(
  world: World,
  shopId: string,
  customerId: string,
): Promise<OwnReferrals | null> {
  const visitor = await readVisitor(world.db(shopId), shopId, customerId);
  if (visitor?.state !== 'active') return null;
  const { memberId } = visitor;
  const code = await ownCode(world, shopId, memberId);
  if (code === null) return null;
  const terms = inForce(await shopTermsNow(world, shopId), world.now());
  return { memberId, code, vanity: terms?.version.document.referrals.vanityCodes ?? false };
}

/** Somebody opens a member's link: it is counted, and leads to the shop's own pages only. */
import { codeKey, isCode } from '../domain/referrals/codes.ts';
import { isOwnPath } from '../domain/referrals/own-path.ts';
import { shopDay } from '../domain/time/shop-time.ts';
import { shopTermsNow } from './take-in-now.ts';
import { countOpen, ownersOf } from '../storage/referrals/referral-codes.ts';
import type { World } from '../world.ts';

/** @returns the path to go on to; without the code where nobody has it */
export async function openReferral(
  world: World,
  shopId: string,
  { code, to }: { readonly code: string; readonly to: string | null },
): Promise<string> {
  const path = to !== null && isOwnPath(to) ? to : '/';
  const pool = world.db(shopId);
  const owner = isCode(code)
    ? (await ownersOf(pool, shopId, [code])).get(codeKey(code))
    : undefined;
  if (!owner) return path;
  const { timeZone } = await shopTermsNow(world, shopId);
  await countOpen(pool, shopId, owner.memberId, shopDay(world.now(), timeZone));
  const [before = '', fragment] = path.split('#');
  const query = `${before.includes('?') ? '&' : '?'}ref=${encodeURIComponent(owner.code)}`;
  return `${before}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}

import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { OWN, shopperOf } from './proxy/shopper.ts';
import { allowRequest } from '../operations/allow-request.ts';
import { joinToken } from '../operations/join-token.ts';
import { ownReferrals } from '../operations/own-referrals.ts';
import { storefrontReferrals } from '../queries/storefront-referrals.ts';
import { refused } from './proxy/posted.ts';

/**
 * Who: a customer signed in at the storefront, about themselves: their code, the path of their link, how
 * their friends stand, and the token with which their page may claim or choose.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { world } = args.context;
  const shopper = await shopperOf(args);
  if (!shopper) return json({ offered: false, token: null }, OWN);
  const { shopId, customerId } = shopper;
  const allowed = await allowRequest(world, shopId, 'shopper', customerId);
  if (!allowed.ok)
    return refused('too-often', 429, { 'Retry-After': String(allowed.retryAfterSeconds) });
  const own = await ownReferrals(world, shopId, customerId);
  const token = joinToken(world, shopper);
  if (!own) return json({ offered: false, token }, OWN);
  const prefix = new URL(args.request.url).searchParams.get('path_prefix') ?? '/apps/laurel';
  return json(
    {
      offered: true,
      code: own.code,
      path: `${prefix}/r/${encodeURIComponent(own.code)}`,
      vanity: own.vanity,
      referrals: await storefrontReferrals(world, shopId, own.memberId),
      token,
    },
    OWN,
  );
}

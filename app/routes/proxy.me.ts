import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { OWN, shopperOf } from './proxy/shopper.ts';
import { joinToken } from '../operations/join-token.ts';
import { noteSignIn } from '../operations/sign-in.ts';
import { storefrontMember } from '../queries/storefront-member.ts';

/**
 * Who: a visitor of the storefront, through Shopify's signed proxy. Who is signed in stands in the
 * signed query alone, so everybody sees only themselves. Being seen signed in claims what waited.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { world } = args.context;
  const visit = await shopperOf(args);
  if (!visit) return json({ member: null, membership: null, join: null }, OWN);
  await noteSignIn(world, visit).catch((error: unknown) => {
    world.log.warn({ shopId: visit.shopId, reason: String(error) }, 'a sign-in was not noted');
  });
  const standing = await storefrontMember(world, visit.shopId, visit.customerId);
  const join = standing.membership === 'not-joined' ? { token: joinToken(world, visit) } : null;
  return json({ ...standing, join }, OWN);
}

import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { countryOf } from './proxy/country-of.ts';
import { OWN, shopperOf } from './proxy/shopper.ts';
import { joinToken } from '../operations/join-token.ts';
import { play } from '../operations/play.ts';

/**
 * Who: a customer signed in at the storefront, by Shopify's signed query alone. Tells what they can take
 * part in, and the token with which their page may do so.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { world } = args.context;
  const shopper = await shopperOf(args);
  if (!shopper) return json({ token: null }, OWN);
  return json(
    { token: joinToken(world, shopper), ...(await play(world, shopper, countryOf(args.request))) },
    OWN,
  );
}

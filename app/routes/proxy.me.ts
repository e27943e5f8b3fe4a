import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { shopByDomain } from '../queries/shop-by-domain.ts';
import { storefrontMember } from '../queries/storefront-member.ts';

const OWN = { headers: { 'Cache-Control': 'private, no-store' } };

/**
 * Who: a visitor of the storefront, through Shopify's signed proxy. Who is signed in stands in the
 * signed query alone, so everybody sees only themselves.
 */
export async function loader({ request, context: { world, shopify } }: LoaderFunctionArgs) {
  await shopify.authenticate.public.appProxy(request);
  const { searchParams } = new URL(request.url);
  const shop = await shopByDomain(world, searchParams.get('shop') ?? '');
  const customerId = searchParams.get('logged_in_customer_id') ?? '';
  if (!shop?.installed || !/^[1-9]\d{0,17}$/.test(customerId)) return json({ member: null }, OWN);
  return json({ member: await storefrontMember(world, shop.id, customerId) }, OWN);
}

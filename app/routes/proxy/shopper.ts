/** Who asks from the storefront: the first line of whatever the app proxy leads to. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import type { SignIn } from '../../operations/sign-in.ts';
import { installedShopId } from '../../queries/shop-by-domain.ts';

/** Answers about one shopper, which nobody may keep. */
export const OWN = { headers: { 'Cache-Control': 'private, no-store' } };

/**
 * The signed-in customer, from Shopify's signed query alone.
 * @returns null for a guest, or a shop that has not installed us
 * @throws a Response where Shopify's signature is missing, wrong or old, or who asks is said twice
 */
export async function shopperOf({
  request,
  context: { world, shopify },
}: Pick<LoaderFunctionArgs, 'request' | 'context'>): Promise<SignIn | null> {
  await shopify.appProxy(request);
  const { searchParams } = new URL(request.url);
  const shopId = await installedShopId(world, searchParams.get('shop') ?? '');
  // Shopify says it once: a second one is somebody else's word, whatever the signature covers.
  const [customerId = '', ...others] = searchParams.getAll('logged_in_customer_id');
  if (others.length > 0) throw new Response('Who asks is said twice.', { status: 400 });
  if (shopId === null || !/^[1-9]\d{0,17}$/.test(customerId)) return null;
  return { shopId, customerId };
}

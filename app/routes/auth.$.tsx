import type { LoaderFunctionArgs } from '@remix-run/node';

/** Who: Shopify's library, which answers its own addresses (id tokens, leaving the iframe). */
export async function loader({ request, context: { shopify } }: LoaderFunctionArgs) {
  await shopify.authenticate.admin(request);
  return null;
}

import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';

/** Who: signed-in staff of the shop, who have just answered Shopify's question for permissions. */
export async function action({ request, context: { shopify } }: ActionFunctionArgs) {
  const { session } = await shopify.authenticate.admin(request);
  await shopify.install(session);
  return json({ ok: true } as const);
}

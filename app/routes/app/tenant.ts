/** Who asks, and for which shop: the first line of every page of the admin. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import type { Session } from '@shopify/shopify-api';
import { shopByDomain } from '../../queries/shop-by-domain.ts';
import type { Tenant } from '../../queries/shop-by-domain.ts';

export interface Caller {
  readonly shop: Tenant;
  /** As the audit names them, e.g. "staff:123". */
  readonly actor: string;
  /** With which Shopify is asked on their behalf. */
  readonly session: Session;
}

/**
 * A signed-in member of the shop's staff. A shop whose installation did not finish (our database was
 * down just then) finishes it here.
 * @throws a Response that signs in, or says that the shop cannot be opened now
 */
export async function requireStaff({
  request,
  context: { world, shopify },
}: Pick<LoaderFunctionArgs, 'request' | 'context'>): Promise<Caller> {
  const { session, sessionToken } = await shopify.authenticate.admin(request);
  const actor = `staff:${sessionToken?.sub ?? 'unknown'}`;
  const known = await shopByDomain(world, session.shop);
  if (known?.installed) return { shop: known, actor, session };
  await shopify.install(session);
  const shop = await shopByDomain(world, session.shop);
  if (!shop?.installed) throw new Response('The shop is not installed yet.', { status: 503 });
  return { shop, actor, session };
}

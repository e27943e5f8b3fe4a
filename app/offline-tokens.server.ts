/** Offline tokens by Shopify's library, which stores them sealed and refreshes them when they age. */
import { makeShopify } from './shopify.server.ts';
import { ShopLeft } from './shopify/admin-client.ts';
import type { OfflineTokens } from './jobs/admin-access.ts';
import type { World } from './world.ts';

export function offlineTokens(world: World): OfflineTokens {
  const shopify = makeShopify(world);
  return {
    of: async (domain) => {
      const { session } = await shopify.unauthenticated.admin(domain).catch((error: unknown) => {
        const name = error instanceof Error ? error.name : '';
        if (name === 'SessionNotFoundError' || error instanceof Response) {
          throw new ShopLeft('There is no usable token until the merchant opens the app again');
        }
        throw error;
      });
      if (!session.accessToken) throw new ShopLeft('There is no usable token');
      return { accessToken: session.accessToken, expiresAt: session.expires?.getTime() ?? null };
    },
  };
}

import { z } from 'zod';
import type { AdminClient } from './admin-client.ts';
import { READ_SHOP } from './operations/shop.graphql.ts';
import { gid } from './payloads/parts.ts';

const answer = z.object({
  shop: z.object({
    id: gid,
    name: z.string(),
    myshopifyDomain: z.string(),
    currencyCode: z.string(),
    ianaTimezone: z.string(),
    taxesIncluded: z.boolean(),
  }),
  currentAppInstallation: z.object({
    id: z.string(),
    accessScopes: z.array(z.object({ handle: z.string() })),
  }),
});

export interface ShopSeen {
  readonly id: string;
  readonly domain: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly taxesIncluded: boolean;
  readonly installationGid: string;
  readonly scopes: readonly string[];
}

export async function readShop(client: AdminClient): Promise<ShopSeen> {
  const { shop, currentAppInstallation } = await client.request(READ_SHOP, {}, answer);
  return {
    id: shop.id,
    domain: shop.myshopifyDomain,
    name: shop.name,
    currency: shop.currencyCode,
    timeZone: shop.ianaTimezone,
    taxesIncluded: shop.taxesIncluded,
    installationGid: currentAppInstallation.id,
    scopes: currentAppInstallation.accessScopes.map(({ handle }) => handle),
  };
}

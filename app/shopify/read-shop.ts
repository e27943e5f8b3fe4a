/** What Shopify says of a shop when the app is opened in it for the first time. */
import { z } from 'zod';
import { READ_SHOP } from './operations/shop.graphql.ts';
import { gid } from './payloads/parts.ts';

export interface ShopTold {
  readonly id: string;
  readonly domain: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly taxesIncluded: boolean;
  readonly installationGid: string;
  readonly scopes: readonly string[];
}

const answer = z.object({
  data: z.object({
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
  }),
});

/** @param ask Shopify's Admin API with the shop's own token */
export async function readShop(ask: (query: string) => Promise<Response>): Promise<ShopTold> {
  const response = await ask(READ_SHOP);
  const { shop, currentAppInstallation } = answer.parse(await response.json()).data;
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

import type { World } from '../world.ts';

/** The shop that a page, or a call from the storefront, is for. */
export interface Tenant {
  readonly id: string;
  readonly domain: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly installed: boolean;
}

export async function shopByDomain({ prisma }: World, domain: string): Promise<Tenant | null> {
  const shop = await prisma.shop.findUnique({ where: { domain } });
  if (!shop || shop.state === 'nobody') return null;
  return {
    id: String(shop.id),
    domain: shop.domain,
    name: shop.name,
    currency: shop.currency,
    timeZone: shop.timeZone,
    installed: shop.state === 'installed',
  };
}

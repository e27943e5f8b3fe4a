import type { Shop } from '@prisma/client';
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
  return !shop || shop.state === 'nobody' ? null : tenantOf(shop);
}

/** The shop of this domain, or without one all shops, also those that have left. */
export async function shopsByDomain(
  { prisma }: World,
  domain: string | null,
): Promise<readonly Tenant[]> {
  const shops = await prisma.shop.findMany({
    where: { state: { not: 'nobody' }, ...(domain !== null && { domain }) },
    orderBy: { id: 'asc' },
  });
  return shops.map(tenantOf);
}

function tenantOf(shop: Shop): Tenant {
  return {
    id: String(shop.id),
    domain: shop.domain,
    name: shop.name,
    currency: shop.currency,
    timeZone: shop.timeZone,
    installed: shop.state === 'installed',
  };
}

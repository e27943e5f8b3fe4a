import type { Shop } from '@prisma/client';
import type { World } from '../world.ts';

/** Every database knows all shops. */
const NOBODY = '0';

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

/** For calls of the storefront, of which there are many. @returns null where it is not installed */
export async function installedShopId(world: World, domain: string): Promise<string | null> {
  const { rows } = await world.db(NOBODY).query<{ id: string }>({
    name: 'installed-shop',
    text: `SELECT id FROM shops WHERE domain = $1 AND state = 'installed'`,
    values: [domain],
  });
  return rows[0]?.id ?? null;
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

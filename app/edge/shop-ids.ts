/** Shop ids by domain, remembered for a moment: the edge asks for each delivery. */
import type pg from 'pg';

const REMEMBER_MS = 30_000;
const MOST_REMEMBERED = 10_000;
/** Deliveries of shops that we do not know are kept under this id. */
export const NOBODY = '0';

export interface ShopIds {
  readonly find: (domain: string) => Promise<string>;
  readonly forget: () => void;
}

export function makeShopIds(pool: pg.Pool, now: () => number): ShopIds {
  const known = new Map<string, { readonly id: Promise<string>; readonly until: number }>();
  return {
    find: (domain) => {
      const remembered = known.get(domain);
      if (remembered && remembered.until > now()) return remembered.id;
      if (known.size >= MOST_REMEMBERED) known.clear();
      const id = readShopId(pool, domain);
      known.set(domain, { id, until: now() + REMEMBER_MS });
      id.then(
        (found) => found === NOBODY && known.delete(domain),
        () => known.delete(domain),
      );
      return id;
    },
    forget: () => known.clear(),
  };
}

async function readShopId(pool: pg.Pool, domain: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'shop-id',
    text: `SELECT id FROM shops WHERE domain = $1`,
    values: [domain],
  });
  return domain === '' ? NOBODY : (rows[0]?.id ?? NOBODY);
}

/** A shop of its own for every test of a file, with Laurel's blocks on its pages, as a shopper reads them. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createStorefront } from '../../devstore/storefront/index.ts';
import { programme } from '../devstore/loyalty-metafields.ts';
import { ShopperClient } from '../devstore/shopper.ts';
import { serve, smallShop, writeMetafield } from '../devstore/small-shop.ts';
import type { SmallShop } from '../devstore/small-shop.ts';

const FIGURES = [
  ['points', 'number_integer'],
  ['pending', 'number_integer'],
  ['tier', 'single_line_text_field'],
  ['progress', 'json'],
] as const;

export interface Figures {
  readonly points?: number;
  readonly pending?: number;
  readonly tier?: string;
  readonly progress?: object;
}

export interface DrawnShop {
  /** The one of the test that runs. */
  readonly shop: () => SmallShop;
  readonly publish: (changes?: object) => void;
  /** What Shopify keeps of the customer. */
  readonly mirror: (figures: Figures) => void;
  readonly guest: (language?: string) => ShopperClient;
  readonly member: (language?: string) => Promise<ShopperClient>;
}

export function drawnShop(): DrawnShop {
  let shop: SmallShop;
  let server: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    server = await serve();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    shop = smallShop();
    shop.world.addresses.storefront = server.origin;
    server.use(createStorefront(shop.world));
    for (const block of ['launcher', 'member-card']) shop.store.setBlockActive(block, true);
  });

  const guest = (language = 'en') => new ShopperClient(server.origin, language);
  return {
    shop: () => shop,
    publish: (changes = {}) => {
      const owner = { app: true, namespace: 'laurel' } as const;
      writeMetafield(shop.store, owner, 'programme', 'json', { ...programme, ...changes });
    },
    mirror: (figures) => {
      const customer = { customer: shop.customerId };
      for (const [key, type] of FIGURES) {
        const value = figures[key];
        if (value === undefined) continue;
        writeMetafield(
          shop.store,
          customer,
          key,
          type,
          typeof value === 'object' ? value : `${value}`,
        );
      }
    },
    guest,
    member: async (language) => {
      const client = guest(language);
      await client.post('/account/login', { email: 'ada@example.com' });
      return client;
    },
  };
}

/** The words a person reads, without markup and in one line. */
export function words(page: string): string {
  return page
    .replaceAll(/<(style|script|template)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll(/[\s\u00a0]+/g, ' ');
}

export async function seen(client: ShopperClient, path = '/account'): Promise<string> {
  return words(await client.page(path));
}

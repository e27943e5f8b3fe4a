import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createStorefront } from '../../devstore/storefront/index.ts';
import { programme } from '../devstore/loyalty-metafields.ts';
import { ShopperClient } from '../devstore/shopper.ts';
import { serve, smallShop, writeMetafield, type SmallShop } from '../devstore/small-shop.ts';

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
  shop.store.setBlockActive('launcher', true);
  shop.store.setBlockActive('member-card', true);
  writeMetafield(shop.store, { app: true, namespace: 'laurel' }, 'programme', 'json', programme);
});

async function account(progress: object): Promise<string> {
  writeMetafield(shop.store, { customer: shop.customerId }, 'progress', 'json', progress);
  const client = new ShopperClient(server.origin, 'en');
  await client.post('/account/login', { email: 'ada@example.com' });
  return client.page('/account');
}

describe('a customer who has not joined', () => {
  const invited = { v: 1, joined: false, invited: true };

  test('reads what joining brings, and is given a button that asks through the shop’s own path', async () => {
    const page = await account(invited);
    expect(page).toContain('Join for free and start with');
    expect(page).toMatch(/<button[^>]*data-laurel-join[^>]*hidden/);
    expect(page).toContain('data-laurel-proxy="/apps/laurel"');
    expect(page).not.toContain('Your points are being prepared');
  });

  test('has no button where a tag makes members, and no guest is asked for', async () => {
    const page = await account({ ...invited, invited: false });
    expect(page).toContain('Join for free');
    expect(page).not.toContain('data-laurel-join');
    const guest = await new ShopperClient(server.origin, 'en').page('/');
    expect(guest).not.toContain('data-laurel-proxy');
  });
});

import { describe, expect, test } from 'vitest';
import { drawnShop, seen } from './drawn-shop.ts';
import { progress } from '../devstore/loyalty-metafields.ts';
import { domain } from '../devstore/small-shop.ts';

const { guest, member, mirror, publish, shop } = drawnShop();

describe('the page', () => {
  test('carries one stylesheet and one deferred script, and nothing while both are off', async () => {
    publish();
    const page = await guest().page('/products/green-tea');
    expect(page.match(/<link href="\/extensions\/[^"]+\.css"/g)).toHaveLength(1);
    expect(page.match(/<script src="\/extensions\/[^"]+\.js" defer>/g)).toHaveLength(1);
    shop().store.setBlockActive('launcher', false);
    shop().store.setBlockActive('member-card', false);
    const without = await guest().page('/products/green-tea');
    expect(without).not.toContain('/extensions/');
    expect(without).not.toContain('class="laurel');
  });

  test('has the embed everywhere and the block on product and account pages only', async () => {
    publish();
    const client = await member();
    for (const path of ['/', '/collections/tea', '/cart']) {
      const page = await client.page(path);
      expect(page).toContain('laurel-launcher');
      expect(page).not.toContain('laurel-card');
    }
    expect(await client.page('/products/teapot')).toContain('laurel-card');
    expect(await client.page('/account')).toContain('laurel-card');
  });

  test('asks nobody but the shop: there is no request to the app in it', async () => {
    publish();
    mirror({ points: 5, progress });
    const page = await (await member()).page('/products/green-tea');
    const addresses = [...page.matchAll(/(?:src|href|action)="([^"]*)"/g)].map(
      (one) => one[1] ?? '',
    );
    expect(addresses.length).toBeGreaterThan(5);
    expect(addresses.filter((address) => address.includes('/apps/'))).toEqual([]);
    expect(page).not.toContain(domain);
  });

  test('of the theme editor tells the merchant why nothing shows', async () => {
    expect(await seen(guest(), '/?preview=editor')).toContain('once it is published');
    expect(await seen(guest(), '/')).not.toContain('once it is published');
  });

  test('has no text without a translation', async () => {
    publish();
    mirror({ points: -5, pending: 3, tier: 'Silver', progress });
    for (const language of ['en', 'de']) {
      const client = await member(language);
      for (const path of ['/account', '/products/green-tea', '/', '/cart', '/account/login']) {
        expect(await client.page(path)).not.toContain('Translation missing');
      }
    }
  });
});

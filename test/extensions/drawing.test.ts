import { describe, expect, test } from 'vitest';
import { drawnShop, seen, words } from './drawn-shop.ts';
import { programme, progress } from '../devstore/loyalty-metafields.ts';

const { guest, member, mirror, publish, shop } = drawnShop();

describe('a guest', () => {
  test('reads what joining brings and finds the way to log in and back', async () => {
    publish();
    const page = await guest().page('/products/green-tea');
    const text = words(page);
    expect(text).toContain('Join for free and start with 100 points.');
    expect(text).toContain('For every €1.00 you spend 2 points');
    expect(text).toContain('For each published review 50 points');
    expect(text).toContain('Explorer 100 points');
    expect(text).toContain('Super Fan 50 points');
    expect(text).toContain('Bronze From the start');
    expect(text).toContain('Silver Spend €200.00 1.25× points');
    expect(text).toContain('Gold Place 1 order');
    expect(page).toContain('href="/account/login?return_url=%2Fproducts%2Fgreen-tea"');
  });

  test('reads of a tier that is only granted that it is by invitation', async () => {
    const [bronze] = programme.tiers;
    publish({ tiers: [bronze, { ...bronze, key: 'club', name: 'Club', need: null }] });
    expect(await seen(guest(), '/products/green-tea')).toContain('Club By invitation');
  });

  test('reads German with German numbers', async () => {
    publish();
    const text = await seen(guest('de'), '/products/green-tea');
    expect(text).toContain('Mach kostenlos mit – zum Start gibt es 100 Punkte.');
    expect(text).toContain('1,25× Punkte');
    expect(text).toContain('Ab 1 Bestellung');
  });

  test('sees nothing of a programme that is not live, unpublished, or of a version yet unknown', async () => {
    expect(await guest().page('/products/green-tea')).not.toContain('class="laurel');
    publish({ live: false });
    expect(await guest().page('/products/green-tea')).not.toContain('class="laurel');
    publish({ v: 2 });
    expect(await guest().page('/products/green-tea')).not.toContain('class="laurel');
    publish();
    expect(await guest().page('/products/green-tea')).toContain('class="laurel');
  });

  test('sees nothing in the checkout, where Shopify draws no extension', async () => {
    publish();
    const client = guest();
    const variant = shop().store.productByHandle('green-tea')?.variants[0]?.id ?? '';
    await client.post('/cart/add', { id: variant, quantity: '1' });
    expect(await client.page('/cart')).toContain('class="laurel');
    expect(await client.page('/checkout')).not.toContain('class="laurel');
  });
});

describe('a member', () => {
  test('whose figures are not there yet is told so and sees no zero', async () => {
    publish();
    const text = await seen(await member());
    expect(text).toContain('Your points are being prepared.');
    expect(text).not.toMatch(/\b0 points/);
  });

  test('sees points, tier, the way to the next tier, challenges and badges', async () => {
    publish();
    mirror({ points: 1234567, pending: 1, tier: 'Silver', progress });
    const page = await (await member()).page('/account');
    const text = words(page);
    expect(text).toContain('Your balance: 1,234,567 points Your tier: Silver');
    expect(text).toContain('1 point more on the way');
    expect(text).toContain('€180.00 to go until Gold');
    expect(page).toContain('max="100" value="64" aria-label="Progress to Gold"');
    expect(text).toContain('Explorer 2 of 3');
    expect(text).toContain('Counted so far: Tea, Coffee');
    expect(text).toContain('Super Fan 3 of 5');
  });

  test('reads until when what is missing holds, and what keeping the tier takes', async () => {
    publish();
    const keep = { left: 2000, by: '2026-12-31', to: { key: 'bronze', name: 'Bronze' } };
    const figures = { ...progress, next: { ...progress.next, by: '2026-12-31' }, keep };
    mirror({ points: 5, tier: 'Silver', progress: figures });
    const text = await seen(await member());
    expect(text).toContain('€180.00 to go until Gold (by December 31, 2026)');
    expect(text).toContain('€20.00 more by December 31, 2026 to keep Silver');
    expect(await seen(await member('de'))).toContain('Noch €20.00 bis 31.12.2026, um Silver');
    mirror({ progress: { ...figures, keep: { ...keep, left: null } } });
    const granted = await seen(await member());
    expect(granted).toContain('Silver is yours until December 31, 2026, then Bronze.');
    expect(granted).not.toContain('to keep Silver');
    mirror({ progress: { ...figures, keep: { ...keep, left: null, to: null } } });
    expect(await seen(await member())).toContain('Silver is yours until December 31, 2026.');
  });

  test('whose points expire sees every date, not only the first', async () => {
    publish();
    const expiring = [
      { on: '2026-12-10', points: 50 },
      { on: '2027-02-28', points: 1 },
    ];
    mirror({ points: 51, progress: { ...progress, expiring } });
    const text = await seen(await member());
    expect(text).toContain('50 points to be used by December 10, 2026');
    expect(text).toContain('1 point to be used by February 28, 2027');
    expect(await seen(await member('de'))).toContain('50 Punkte einzulösen bis 10.12.2026');
    mirror({ progress: { ...progress, expiring: [] } });
    expect(await seen(await member())).not.toContain('to be used by');
  });

  test('with points on the way is told so in German too', async () => {
    publish();
    mirror({ points: 12345, pending: 20, progress });
    const text = await seen(await member('de'));
    expect(text).toContain('12.345 Punkte');
    expect(text).toContain('20 Punkte sind unterwegs');
    expect(text).toContain('Noch €180.00 bis Gold');
  });

  test('with zero points sees zero, because it is true', async () => {
    publish();
    mirror({ points: 0 });
    expect(await seen(await member())).toContain('Your balance: 0 points');
  });

  test('who owes points reads how that came and that nothing is to be paid', async () => {
    publish();
    mirror({ points: -20 });
    const text = await seen(await member());
    expect(text).toContain('−20 points');
    expect(text).toContain('After a return you are 20 points behind. There is nothing to pay');
  });

  test('at the top is thanked instead of shown a bar', async () => {
    publish();
    mirror({ points: 5, tier: 'Gold', progress: { ...progress, next: null, challenges: [] } });
    const page = await (await member()).page('/account');
    expect(words(page)).toContain('Gold is our highest tier.');
    expect(page).not.toContain('<progress');
  });

  test('sees points and tier even when the progress is of a version yet unknown', async () => {
    publish();
    mirror({ points: 5, tier: 'Silver', progress: { ...progress, v: 2 } });
    const page = await (await member()).page('/account');
    expect(words(page)).toContain('5 points');
    expect(page).not.toContain('<progress');
  });

  test('who finished a challenge sees it done and what was won', async () => {
    publish();
    const challenges = progress.challenges.map((one) => ({ ...one, have: 3, done: true }));
    mirror({ points: 100, progress: { ...progress, challenges } });
    const text = await seen(await member());
    expect(text).toContain('Explorer Completed');
    expect(text).toContain('You won 100 points');
  });

  test('shopping in another currency reads amounts with the shop’s currency named', async () => {
    publish();
    mirror({ points: 5, progress });
    const client = await member();
    await client.post('/localization', { currency_code: 'USD' });
    expect(await seen(client)).toContain('180.00 EUR to go until Gold');
  });
});

describe('the words of the merchant', () => {
  test('take the place of points, in one and many', async () => {
    publish({ word: { one: 'leaf', other: 'leaves' }, order: { points: 1, per: 100 } });
    const text = await seen(guest('de'), '/products/green-tea');
    expect(text).toContain('100 leaves');
    expect(text).toContain('Einkaufswert 1 leaf');
  });

  test('are escaped exactly once wherever they stand', async () => {
    const nasty = `<b>"R&B's"</b>`;
    publish({
      name: nasty,
      word: { one: nasty, other: nasty },
      tiers: [{ key: 'x', name: nasty, metric: 'points', need: 5, multiplier: nasty }],
    });
    mirror({
      points: -3,
      pending: 2,
      tier: nasty,
      progress: {
        v: 1,
        tier: { key: 'x', name: nasty, multiplier: '1' },
        next: { ...progress.next, name: nasty, metric: 'points' },
        challenges: [{ ...progress.challenges[0], name: nasty, counted: [nasty] }],
        badges: [{ ...progress.badges[0], name: nasty }],
      },
    });
    for (const page of [
      await (await member()).page('/account'),
      await guest().page('/products/green-tea'),
    ]) {
      expect(page).toContain('&lt;b&gt;&quot;R&amp;B&#39;s&quot;&lt;/b&gt;');
      expect(page).not.toContain('<b>');
      expect(page).not.toContain('&amp;amp;');
      expect(page).not.toContain('&amp;lt;');
      expect(page).not.toContain('&amp;quot;');
    }
  });
});

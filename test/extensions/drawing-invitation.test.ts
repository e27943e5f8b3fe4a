import { beforeEach, describe, expect, test } from 'vitest';
import { drawnShop } from './drawn-shop.ts';

const { guest, member, mirror, publish } = drawnShop();
beforeEach(() => publish());

async function account(progress: object): Promise<string> {
  mirror({ progress });
  return (await member()).page('/account');
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
    expect(await guest().page('/')).not.toContain('data-laurel-proxy');
  });
});

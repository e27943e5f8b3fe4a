import { Session } from '@shopify/shopify-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSealer } from '../../../app/storage/sealing.ts';
import { sealedSessionStorage } from '../../../app/storage/sessions/sealed-session-storage.ts';
import type { UnreadableSession } from '../../../app/storage/sessions/sealed-session-storage.ts';
import type { World } from '../../../app/world.ts';
import { readingWorld } from '../../support/shop-rows.ts';

let world: World;
beforeAll(async () => {
  world = await readingWorld();
});
afterAll(() => world.close());

const KEY = `a:${Buffer.alloc(32, 1).toString('base64')}`;
const OTHER_KEY = `b:${Buffer.alloc(32, 2).toString('base64')}`;

function session(shop: string): Session {
  return new Session({
    id: `offline_${shop}`,
    shop,
    state: '',
    isOnline: false,
    scope: 'read_orders',
    accessToken: 'shpat_access',
    refreshToken: 'shprt_refresh',
    expires: new Date('2026-11-20T13:00:00Z'),
    refreshTokenExpires: new Date('2027-02-18T12:00:00Z'),
  });
}

function storage(keys: string, unreadable: UnreadableSession[] = []) {
  return sealedSessionStorage(world.prisma, makeSealer(keys), (one) => unreadable.push(one));
}

describe('the storage of sessions', () => {
  it('gives back what it was given, and keeps no token that can be read', async () => {
    const shop = 'sealed.myshopify.com';
    const sessions = storage(KEY);
    await sessions.storeSession(session(shop));
    const row = await world.prisma.session.findUniqueOrThrow({ where: { id: `offline_${shop}` } });
    expect(
      JSON.stringify(row, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      ),
    ).not.toMatch(/shpat|shprt/);
    const loaded = await sessions.loadSession(`offline_${shop}`);
    expect(loaded?.toObject()).toMatchObject({
      shop,
      scope: 'read_orders',
      accessToken: 'shpat_access',
      refreshToken: 'shprt_refresh',
      expires: new Date('2026-11-20T13:00:00Z'),
      refreshTokenExpires: new Date('2027-02-18T12:00:00Z'),
    });
    expect((await sessions.findSessionsByShop(shop)).map(({ accessToken }) => accessToken)).toEqual(
      ['shpat_access'],
    );
  });

  it('counts a session as none when its key is gone, and says so without a token', async () => {
    const shop = 'keyless.myshopify.com';
    await storage(KEY).storeSession(session(shop));
    const unreadable: UnreadableSession[] = [];
    const later = storage(OTHER_KEY, unreadable);
    expect(await later.loadSession(`offline_${shop}`)).toBeUndefined();
    expect(await later.findSessionsByShop(shop)).toEqual([]);
    expect(unreadable).toHaveLength(2);
    expect(unreadable[0]).toMatchObject({
      shop,
      because: expect.stringContaining('"a"') as string,
    });
    expect(JSON.stringify(unreadable)).not.toMatch(/shpat|shprt|laurel1/);
  });

  it('does not open a token that was copied from another shop’s row', async () => {
    const sessions = storage(KEY);
    await sessions.storeSession(session('victim.myshopify.com'));
    await sessions.storeSession(session('thief.myshopify.com'));
    const { accessToken } = await world.prisma.session.findUniqueOrThrow({
      where: { id: 'offline_victim.myshopify.com' },
    });
    await world.prisma.session.update({
      where: { id: 'offline_thief.myshopify.com' },
      data: { accessToken },
    });
    expect(await sessions.loadSession('offline_thief.myshopify.com')).toBeUndefined();
  });

  it('is none for an id that nobody has, and gone after it was deleted', async () => {
    const sessions = storage(KEY);
    expect(await sessions.loadSession('offline_nobody.myshopify.com')).toBeUndefined();
    await sessions.storeSession(session('leaving.myshopify.com'));
    await sessions.deleteSession('offline_leaving.myshopify.com');
    expect(await sessions.loadSession('offline_leaving.myshopify.com')).toBeUndefined();
  });
});

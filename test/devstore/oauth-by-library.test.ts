/** Shopify's own library exchanges and refreshes its tokens here and cannot tell the difference. */
import '@shopify/shopify-api/adapters/web-api';
import { ApiVersion, RequestedTokenType, shopifyApi } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionToken } from '../../devstore/oauth/session-token.ts';
import { apiKey, apiSecret, runningShopify, type Running } from './running-shopify.ts';

let shopify: Running;
beforeAll(async () => {
  // The library checks the token's times against the real clock.
  shopify = await runningShopify({ clock: { now: () => new Date() } });
  setAbstractFetchFunc((url, init) => {
    const { host, pathname } = new URL(url instanceof Request ? url.url : url);
    return fetch(`${shopify.devstore.addresses.admin}/shops/${host}${pathname}`, init);
  });
});
afterAll(() => shopify.close());

const api = shopifyApi({
  apiKey,
  apiSecretKey: apiSecret,
  apiVersion: ApiVersion.October26,
  hostName: 'localhost',
  isEmbeddedApp: true,
  logger: { level: 0 },
});

test('the library decodes our session token, exchanges it, queries, and refreshes', async () => {
  const { store, devstore } = shopify;
  const shop = store.domain;
  const token = sessionToken(devstore.world, store);
  expect(await api.session.decodeSessionToken(token)).toMatchObject({ dest: `https://${shop}` });

  const { session } = await api.auth.tokenExchange({
    shop,
    sessionToken: token,
    requestedTokenType: RequestedTokenType.OfflineAccessToken,
    expiring: true,
  });
  expect(session.isActive(undefined)).toBe(true);
  expect(session.refreshToken).toMatch(/^shprt_/);
  const client = new api.clients.Graphql({ session });
  const answer = await client.request('{ shop { myshopifyDomain } }');
  expect(answer.data).toEqual({ shop: { myshopifyDomain: shop } });

  const refreshed = await api.auth.refreshToken({ shop, refreshToken: session.refreshToken ?? '' });
  expect(refreshed.session.accessToken).not.toBe(session.accessToken);
  expect(refreshed.session.refreshToken).not.toBe(session.refreshToken);
});

test('a scope that is missing reaches the library as its own error', async () => {
  const { store, devstore } = shopify;
  const { session } = await api.auth.tokenExchange({
    shop: store.domain,
    sessionToken: sessionToken(devstore.world, store),
    requestedTokenType: RequestedTokenType.OnlineAccessToken,
  });
  expect(session.onlineAccessInfo?.associated_user.email).toBe(store.staff.email);
  const client = new api.clients.Graphql({ session });
  await expect(client.request('{ locations(first: 1) { nodes { id } } }')).rejects.toThrow(
    /Access denied for locations field/,
  );
});

import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionToken } from '../../devstore/oauth/session-token.ts';
import {
  apiSecret,
  exchange,
  graphqlUrl,
  runningShopify,
  type Running,
} from './running-shopify.ts';

let shopify: Running;
beforeAll(async () => {
  shopify = await runningShopify();
});
afterAll(() => shopify.close());

const offline = 'urn:shopify:params:oauth:token-type:offline-access-token';

async function statusWith(token: string): Promise<number> {
  const response = await fetch(graphqlUrl(shopify.devstore, shopify.store), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
    body: JSON.stringify({ query: '{ shop { id } }' }),
  });
  return response.status;
}

async function refreshWith(refreshToken: string) {
  return exchange(shopify.devstore, shopify.store, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
}

test('an expiring exchange answers an hour of access and ninety days of refresh', async () => {
  const { status, body } = await exchange(shopify.devstore, shopify.store, { expiring: '1' });
  expect(status).toBe(200);
  expect(Object.keys(body).sort()).toEqual(
    ['access_token', 'expires_in', 'refresh_token', 'refresh_token_expires_in', 'scope'].sort(),
  );
  expect(body).toMatchObject({ expires_in: 3600, refresh_token_expires_in: 7_776_000 });
  expect(await statusWith(String(body['access_token']))).toBe(200);
});

test('an exchange that does not ask for expiry gets a token without end', async () => {
  const { body } = await exchange(shopify.devstore, shopify.store);
  expect(Object.keys(body).sort()).toEqual(['access_token', 'scope']);
});

test('an online token names the staff member it is for', async () => {
  const { body } = await exchange(shopify.devstore, shopify.store, {
    requested_token_type: 'urn:shopify:params:oauth:token-type:online-access-token',
  });
  expect(body['associated_user']).toMatchObject({ first_name: 'Rike', account_owner: true });
});

test('an access token is dead after an hour', async () => {
  const token = await shopify.accessToken();
  shopify.clock.advance(3599_000);
  expect(await statusWith(token)).toBe(200);
  shopify.clock.advance(2_000);
  expect(await statusWith(token)).toBe(401);
});

test('a refresh token may be tried again until the token it brought is used', async () => {
  const { body: first } = await exchange(shopify.devstore, shopify.store, { expiring: '1' });
  const old = String(first['refresh_token']);
  const lost = await refreshWith(old);
  const again = await refreshWith(old);
  expect([lost.status, again.status]).toEqual([200, 200]);
  expect(await statusWith(String(again.body['access_token']))).toBe(200);
  expect(await refreshWith(old)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('a refresh token is dead after ninety days', async () => {
  const { body } = await exchange(shopify.devstore, shopify.store, { expiring: '1' });
  shopify.clock.advance(90 * 86_400_000 + 1_000);
  expect((await refreshWith(String(body['refresh_token']))).status).toBe(400);
});

test('a session token that is forged, late or for another shop is refused', async () => {
  const { devstore, store, clock } = shopify;
  const good = sessionToken(devstore.world, store);
  const [header, claims] = good.split('.');
  const forged = `${header}.${claims}.${createHmac('sha256', 'wrong').update(`${header}.${claims}`).digest('base64url')}`;
  const foreign = sessionToken(devstore.world, devstore.world.store('laurel-second.myshopify.com'));
  const refusal = { status: 400, body: { error: 'invalid_subject_token' } };
  const ask = (subject_token: string) =>
    exchange(devstore, store, { subject_token, requested_token_type: offline });
  expect(await ask(forged)).toMatchObject(refusal);
  expect(await ask(foreign)).toMatchObject(refusal);
  expect(await ask('not.a.token')).toMatchObject(refusal);
  clock.advance(61_000);
  expect(await ask(good)).toMatchObject(refusal);
});

test('a wrong client secret gets nothing', async () => {
  const answer = await exchange(shopify.devstore, shopify.store, {
    client_secret: `${apiSecret}!`,
  });
  expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_client' } });
});

test('uninstalling kills every token, tells the app, and a new install starts afresh', async () => {
  const token = await shopify.accessToken();
  shopify.app.heard.length = 0;
  await shopify.control('POST', '/app/uninstall', {});
  expect(await statusWith(token)).toBe(401);
  expect((await exchange(shopify.devstore, shopify.store)).status).toBe(400);
  await shopify.control('POST', '/app/shop-redact', {});
  await shopify.control('POST', '/customers', { email: 'unseen@example.com' });
  await shopify.devstore.courier.settled();
  expect(shopify.app.topics()).toEqual(['app/uninstalled', 'shop/redact']);
  await shopify.control('POST', '/app/install', {});
  expect(await statusWith(token)).toBe(401);
  expect(await statusWith(await shopify.accessToken())).toBe(200);
});

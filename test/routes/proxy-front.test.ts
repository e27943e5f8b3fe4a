/** What the storefront asks is answered before Remix, by the same routes. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from '@remix-run/node';
import type { ServerBuild } from '@remix-run/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProxyFront } from '../../app/proxy-front.ts';
import * as redeem from '../../app/routes/proxy.redeem.ts';
import * as rewards from '../../app/routes/proxy.rewards.ts';
import { contextOf, proxyRequest } from '../support/admin-request.ts';
import { openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { storefrontOf } from '../support/storefront-shoppers.ts';
import type { Storefront } from '../support/storefront-shoppers.ts';
import { writtenRewards } from '../support/written-rewards.ts';

const LEFT = 418;
const SAFE = { 'X-Content-Type-Options': 'nosniff' };

let road: Road;
let server: Server;
let front: Storefront;
const failures: object[] = [];

beforeAll(async () => {
  road = await openRoad();
  await road.publish({
    earning: [],
    rewards: writtenRewards({ key: 'five-off', kind: 'amount-off', name: '€5 off', points: 500 }),
  });
  await road.settle();
  const context = contextOf(road);
  front = storefrontOf(road, context);
  const log = Object.assign(Object.create(context.world.log), {
    error: (about: object) => failures.push(about),
  }) as typeof context.world.log;
  const world = { ...context.world, log };
  const told = (module: object, path: string) => [path, { id: path, path, module }] as const;
  const routes = Object.fromEntries([
    told(rewards, 'proxy/rewards'),
    told(redeem, 'proxy/redeem'),
    told({ loader: () => Promise.reject(new Error('a secret')) }, 'proxy/broken'),
    told(
      { action: async ({ request }) => json(await request.json()) } satisfies Echo,
      'proxy/echo',
    ),
    told({ loader: () => json({ code: 'x' }) }, 'proxy/r/:code'),
    told({ loader: () => json({ page: true }) }, 'app/members'),
    told({ loader: () => json({ page: true }), default: () => null }, 'proxy/page'),
  ]) as unknown as ServerBuild['routes'];
  const proxy = createProxyFront(routes, { ...context, world }, SAFE);
  server = createServer((request, response) => {
    if (!proxy(request, response)) response.writeHead(LEFT).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await road.close();
});

interface Echo {
  readonly action: (args: { readonly request: Request }) => Promise<Response>;
}

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return fetch(origin + path, init);
}

function signed(path: string, customerId: string, secret?: string): string {
  const query = { shop: road.store.domain, logged_in_customer_id: customerId };
  const url = new URL(proxyRequest(path, query, secret === undefined ? {} : { secret }).url);
  return url.pathname + url.search;
}

const posted = (body: string, more: object = {}): RequestInit => ({
  ...{ method: 'POST', body, headers: { 'Content-Type': 'application/json', ...more } },
});

describe('a call of the storefront', () => {
  it('600 points become a code and 100 points, over a real connection (law 5.1)', async () => {
    const mina = await front.shopper(600);
    const seen = await ask(signed('/proxy/rewards', mina.customerId));
    expect(seen.headers.get('cache-control')).toBe('private, no-store');
    expect(seen.headers.get('x-content-type-options')).toBe('nosniff');
    const { token } = (await seen.json()) as { token: string };
    const wish = JSON.stringify({ token, reward: 'five-off', key: randomUUID() });
    const answer = await ask(signed('/proxy/redeem', mina.customerId), posted(wish));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toMatchObject({ ok: true, reward: { state: 'usable' } });
    expect(await front.available(mina)).toBe(100);
  });

  it('is refused where Shopify did not sign it, by what the library throws, and changes nothing', async () => {
    const noor = await front.shopper(600);
    const { token } = (await front.see(noor)).body;
    const wish = JSON.stringify({ token, reward: 'five-off', key: randomUUID() });
    const path = '/proxy/redeem';
    const forged = await ask(signed(path, noor.customerId, 'another secret'), posted(wish));
    expect(forged.status).toBe(400);
    expect(await front.available(noor)).toBe(600);
    // Control: the same wish, signed by Shopify.
    expect((await ask(signed(path, noor.customerId), posted(wish))).status).toBe(200);
  });

  it('gets of a failure nothing but that it was one', async () => {
    const broken = await ask('/proxy/broken');
    expect([broken.status, await broken.text()]).toEqual([500, 'Unexpected Server Error']);
    expect(failures).toMatchObject([
      { path: '/proxy/broken', reason: expect.stringContaining('a secret') as string },
    ]);
  });
});

describe('left to Remix', () => {
  it.each([
    ['a page of the admin', '/app/members', {}],
    ['a path with a parameter', '/proxy/r/K7Q', {}],
    ['a path that is none', '/proxy/none', {}],
    ['a page to be drawn', '/proxy/page', {}],
    ['a method that nobody uses', '/proxy/echo', { method: 'PUT', body: '{}' }],
    ['a GET of what is only posted', '/proxy/echo', {}],
    ['a long body', '/proxy/echo', posted(JSON.stringify('x'.repeat(16_000)))],
  ])('is %s', async (_what, path, init) => {
    expect((await ask(path, init)).status).toBe(LEFT);
  });

  it('is a body of unknown length', async () => {
    const body = new Blob(['"short"']).stream();
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    expect((await ask('/proxy/echo', init)).status).toBe(LEFT);
    // Control: one that says how long it is.
    expect(await (await ask('/proxy/echo', posted('"short"'))).json()).toBe('short');
  });
});

import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loader } from '../../app/routes/proxy.me.ts';
import { answerOf, contextOf, proxyRequest } from '../support/admin-request.ts';
import { openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { newMember } from '../support/shop-rows.ts';

let road: Road;
let context: AppLoadContext;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  await newMember(road.world, road.shopId, { customerId: 77n, available: 120n, tierKey: 'gold' });
});
afterAll(() => road.close());

const ask = (request: Request): Promise<Response> =>
  answerOf(() => loader({ request, context, params: {} }));
const signed = (customer: string, more: Record<string, string> = {}): Record<string, string> => ({
  shop: road.store.domain,
  logged_in_customer_id: customer,
  ...more,
});

describe('what the storefront may ask about a shopper', () => {
  it('is the figures of whoever is signed in, which nobody may keep', async () => {
    const answer = await ask(proxyRequest('/proxy/me', signed('77')));
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store');
    expect(await answer.json()).toEqual({
      member: { points: 120, pending: 0, tier: { key: 'gold', since: null } },
      membership: 'joined',
      join: null,
    });
  });

  it('is nobody for a guest, or an id that is none; who was never heard of begins with 0', async () => {
    for (const customer of ['', '0', '077', '99999999999999999999', '77 OR 1=1']) {
      const answer = await ask(proxyRequest('/proxy/me', signed(customer)));
      const nobody = { member: null, membership: null, join: null };
      expect([answer.status, await answer.json()]).toEqual([200, nobody]);
    }
    const heard = await ask(proxyRequest('/proxy/me', signed('78')));
    expect(await heard.json()).toMatchObject({ member: { points: 0 }, membership: 'joined' });
  });

  it('never follows an id that the visitor added', async () => {
    const own = signed('', { customer_id: '77', logged_in_customer: '77' });
    expect(await (await ask(proxyRequest('/proxy/me', own))).json()).toMatchObject({
      member: null,
    });
  });

  it('is refused without Shopify’s signature, with another’s, or with an old one', async () => {
    const url = new URL(proxyRequest('/proxy/me', signed('78')).url);
    url.searchParams.set('logged_in_customer_id', '77');
    const unsigned = new URL(url);
    unsigned.searchParams.delete('signature');
    const twice = new URL(proxyRequest('/proxy/me', signed('77')).url);
    twice.searchParams.append('shop', 'other.myshopify.com');
    for (const request of [
      new Request(url),
      new Request(unsigned),
      new Request(twice),
      proxyRequest('/proxy/me', signed('77'), { secret: 'another secret' }),
      proxyRequest('/proxy/me', signed('77'), { ageS: 600 }),
    ]) {
      const answer = await ask(request);
      expect(answer.status).toBe(400);
      expect(await answer.text()).not.toContain('120');
    }
  });
});

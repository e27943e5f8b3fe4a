import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { action } from '../../app/routes/proxy.join.ts';
import { loader } from '../../app/routes/proxy.me.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import type { Customer } from '../../devstore/state/customer.ts';
import { answerOf, contextOf, proxyRequest } from '../support/admin-request.ts';
import { memberOf, openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
let context: AppLoadContext;
let mia: Customer;
let kim: Customer;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  const { membership } = firstDraft('Road');
  await road.publish({ membership: { ...membership, policy: 'opted-in' } });
  await road.settle();
  road.clock.advance(60_000);
  mia = createCustomer(road.store, { email: 'mia@road.example' });
  kim = createCustomer(road.store, { email: 'kim@road.example' });
  await road.settle();
});
afterAll(() => road.close());

const signed = (customer: string): Record<string, string> => ({
  shop: road.store.domain,
  logged_in_customer_id: customer,
});

async function invitation(customer: string): Promise<{ token: string }> {
  const request = proxyRequest('/proxy/me', signed(customer));
  const answer = await answerOf(() => loader({ request, context, params: {} }));
  const { join } = (await answer.json()) as { join: { token: string } | null };
  return join ?? { token: '' };
}

async function ask(
  customer: string,
  body: unknown,
  { type = 'application/json', secret }: { type?: string; secret?: string } = {},
): Promise<[number, string]> {
  const from = proxyRequest('/proxy/join', signed(customer), secret ? { secret } : {});
  const request = new Request(from.url, {
    method: 'POST',
    headers: { ...Object.fromEntries(from.headers), 'Content-Type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer = await answerOf(() => action({ request, context, params: {} }));
  const told = (await answer.json().catch(() => ({}))) as { refusal?: { kind: string } };
  return [answer.status, told.refusal?.kind ?? 'ok'];
}

const joined = async (customer: Customer): Promise<number> =>
  (await memberOf(road, customer.id)).available;

describe('asking to join at the storefront (law 7.1)', () => {
  it('is refused to a guest, without a token, with another’s, with an old one, and as a form', async () => {
    const mine = await invitation(mia.id);
    const others = await invitation(kim.id);
    expect(await ask('', mine)).toEqual([401, 'signed-out']);
    expect(await ask(mia.id, {})).toEqual([403, 'bad-token']);
    expect(await ask(mia.id, others)).toEqual([403, 'bad-token']);
    expect(await ask(mia.id, { token: `${mine.token}x` })).toEqual([403, 'bad-token']);
    const form = { type: 'text/plain' };
    expect(await ask(mia.id, JSON.stringify(mine), form)).toEqual([415, 'only-json']);
    expect((await ask(mia.id, mine, { secret: 'another secret' }))[0]).toBe(400);
    road.clock.advance(3_600_001);
    expect(await ask(mia.id, mine)).toEqual([403, 'bad-token']);
    expect(await joined(mia)).toBe(0);
  });

  it('makes the asker a member at once, once, and nobody else', async () => {
    const mine = await invitation(mia.id);
    expect(await ask(mia.id, mine)).toEqual([200, 'ok']);
    expect(await ask(mia.id, mine)).toEqual([200, 'ok']);
    expect([await joined(mia), await joined(kim)]).toEqual([100, 0]);
    expect(await invitation(mia.id)).toEqual({ token: '' });
  });
});

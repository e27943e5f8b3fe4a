/** Shoppers of a road's storefront, who ask through Shopify's signed proxy. */
import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { answerOf, proxyRequest } from './admin-request.ts';
import type { Road } from './road.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { action as cancel } from '../../app/routes/proxy.redemptions.cancel.ts';
import { action as redeem } from '../../app/routes/proxy.redeem.ts';
import { loader } from '../../app/routes/proxy.rewards.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';

export interface Shopper {
  readonly customerId: string;
  readonly memberId: string;
}

type Body = Record<string, unknown> & {
  readonly token?: string;
  readonly reward?: { readonly id: string; readonly state: string; readonly code: string | null };
  readonly held?: readonly Record<string, unknown>[];
  readonly rewards?: readonly Record<string, unknown>[];
};

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

interface Change {
  readonly token?: string;
  readonly type?: string;
  readonly key?: string;
  readonly lang?: string;
}

const BROWSER = { 'User-Agent': 'Mozilla/5.0' };

export type Storefront = ReturnType<typeof storefrontOf>;

export function storefrontOf(road: Road, context: AppLoadContext) {
  async function shopper(points: number): Promise<Shopper> {
    const { id: customerId } = createCustomer(road.store, { email: `${randomUUID()}@example.com` });
    await road.settle();
    const [row] = await road.query<{ id: string }>(
      `SELECT id FROM members WHERE customer_id = $1`,
      [customerId],
    );
    const memberId = row?.id ?? '';
    await give({ memberId }, points);
    return { customerId, memberId };
  }

  async function give({ memberId }: Pick<Shopper, 'memberId'>, points: number): Promise<void> {
    await adjustPoints(road.world, {
      ...{ shopId: road.shopId, memberId, points, reason: 'test', note: '', actor: 'test' },
      ...{ requestKey: randomUUID(), allowDebt: false, countsForTier: false },
    });
  }

  function signed(path: string, customerId: string, more: Record<string, string> = {}): string {
    const query = { shop: road.store.domain, logged_in_customer_id: customerId, ...more };
    return proxyRequest(path, query).url;
  }

  async function answered(call: () => Promise<unknown>): Promise<Answer> {
    const response = await answerOf(call);
    const text = await response.text();
    const body = text.startsWith('{') ? (JSON.parse(text) as Body) : {};
    return { status: response.status, headers: response.headers, body };
  }

  function see(who: Shopper | null, more: Record<string, string> = {}): Promise<Answer> {
    const url = signed('/proxy/rewards', who?.customerId ?? '', more);
    const request = new Request(url, { headers: BROWSER });
    return answered(() => loader({ request, context, params: {} }));
  }

  async function post(
    to: 'redeem' | 'redemptions/cancel',
    who: Shopper,
    wish: object,
    { token, type = 'application/json', lang = 'en' }: Change = {},
  ): Promise<Answer> {
    const request = new Request(signed(`/proxy/${to}`, who.customerId, { lang }), {
      method: 'POST',
      headers: { ...BROWSER, 'Content-Type': type },
      body: JSON.stringify({ token: token ?? (await see(who)).body.token, ...wish }),
    });
    const action = to === 'redeem' ? redeem : cancel;
    return answered(() => action({ request, context, params: {} }));
  }

  const get = (who: Shopper, reward: string, more: object = {}, change: Change = {}) =>
    post('redeem', who, { reward, key: change.key ?? randomUUID(), ...more }, change);

  const available = async ({ memberId }: Shopper): Promise<number> => {
    const [row] = await road.query<{ available: string }>(
      `SELECT available FROM members WHERE id = $1`,
      [memberId],
    );
    return Number(row?.available);
  };

  const effectOf = async (id = ''): Promise<Record<string, unknown> | undefined> =>
    (
      await road.query(`SELECT state, attempts, wanted FROM effects WHERE key = $1`, [
        `make-reward:${id}`,
      ])
    )[0];

  return { shopper, give, see, post, get, available, effectOf };
}

/** Joining challenges at the storefront, what follows on the whole road, and that a rebuild finds the same. */
import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../devstore/state/order.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import { orderFlags } from '../../app/queries/order-flags.ts';
import { rebuildMembers } from '../../app/operations/rebuild-members.ts';
import { perk } from '../../app/domain/rewards/without-checkout.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';
import { action } from '../../app/routes/proxy.challenges.join.ts';
import { loader } from '../../app/routes/proxy.play.ts';
import { answerOf, contextOf, proxyRequest } from '../support/admin-request.ts';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { badge, challenge } from '../domain/goals.ts';
import { ordersPlaced } from '../../app/domain/goals/orders-placed.ts';

const DAY = 86_400_000;

const orders = (count: number) => ({
  ...{ kind: 'orders', settings: { ...ordersPlaced.defaults, count } },
});
const { shape } = programmeDocument;

let road: Road;
let context: AppLoadContext;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  await road.publish({
    ...{ earning: [], membership: { policy: 'everyone', tag: '', claimDays: 0 } },
    rewards: shape.rewards.parse([
      {
        ...{ key: 'tasting', kind: 'perk', name: 'Tasting', enabled: true, points: 1 },
        ...{ forPoints: false, settings: perk.defaults },
      },
    ]),
    challenges: [
      challenge(0, 100, {
        ...{ key: 'few', name: 'For two', joining: 'opt-in', capacity: 2, ...orders(1) },
        prizeReward: 'tasting',
      }),
      challenge(0, 7, {
        ...{ key: 'weekly', name: 'Each week', ...orders(2) },
        window: { kind: 'recurring', every: 'week' },
      }),
      challenge(0, 1, {
        key: 'past',
        joining: 'opt-in',
        endsAt: '2026-11-19T23:00:00Z',
        ...orders(1),
      }),
    ],
    badges: [
      badge(0, 0, {
        ...orders(1),
        ...{ hidden: true, words: 'Shh', art: { shape: 'leaf', colour: '#123456' } },
        levels: ['1', '3'].map((need) => ({ key: `l${need}`, name: `Level ${need}`, need })),
      }),
    ],
  });
  await road.settle();
});
afterAll(() => road.close());
beforeEach(async () => {
  await road.query(`DELETE FROM request_counts`);
  road.clock.advance(60_000);
});

interface Shopper {
  readonly id: string;
  readonly email: string;
}

async function shopper(): Promise<Shopper> {
  const email = `${randomUUID()}@example.com`;
  const { id } = createCustomer(road.store, { email });
  await road.settle();
  return { id, email };
}

async function buy({ email }: Shopper): Promise<Order> {
  const [variant] = [...road.store.products.values()]
    .filter(({ giftCard }) => !giftCard)
    .flatMap(({ variants: [first] }) => first?.id ?? []);
  const lines = [{ variantId: variant ?? '', quantity: 1 }];
  road.clock.advance(60_000);
  const order = road.store.placeOrder({ buyer: { email, firstName: 'A', lastName: 'B' }, lines });
  await road.settle();
  return order;
}

const url = (path: string, customer: string): string =>
  proxyRequest(path, {
    ...{ shop: road.store.domain, logged_in_customer_id: customer, lang: 'en' },
  }).url;

type Body = Record<string, unknown> & {
  readonly token?: string;
  readonly challenges?: readonly Record<string, unknown>[];
  readonly badges?: readonly Record<string, unknown>[];
};
async function answered(call: () => Promise<unknown>): Promise<{ status: number; body: Body }> {
  const response = await answerOf(call);
  return { status: response.status, body: (await response.json()) as Body };
}

const play = async (customer: string): Promise<Body> => {
  const headers = { 'User-Agent': 'Mozilla/5.0' };
  const request = new Request(url('/proxy/play', customer), { headers });
  return (await answered(() => loader({ request, context, params: {} }))).body;
};

async function join(
  customer: string,
  wish: object,
  { token, headers = {} }: { token?: string; headers?: Record<string, string> } = {},
) {
  const body = { token: token ?? (await play(customer)).token ?? '', ...wish };
  const request = new Request(url('/proxy/challenges/join', customer), {
    method: 'POST',
    headers: { 'User-Agent': 'Mozilla/5.0', 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return answered(() => action({ request, context, params: {} }));
}

const joined = (): Promise<Record<string, unknown>[]> =>
  road.query(`SELECT member_id FROM activities WHERE kind = 'challenge-joined'`);
const named = (body: Body, key: string): Record<string, unknown> | undefined =>
  body.challenges?.find((one) => one['key'] === key);

describe('a challenge with two places (law 10.2)', () => {
  let three: Shopper[];

  it('is joined by the first two of three who ask at once, and says to the third that it is full', async () => {
    three = [await shopper(), await shopper(), await shopper()];
    const all = await Promise.all(three.map(({ id }) => join(id, { challenge: 'few' })));
    expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
    const late = all.find(({ status }) => status === 409)?.body;
    expect(late).toMatchObject({
      refusal: { kind: 'full', capacity: 2 },
      says: 'All places are taken.',
    });
    expect(await joined()).toHaveLength(2);
    const [first, , third] = three.toSorted(
      (a, b) => all[three.indexOf(a)]!.status - all[three.indexOf(b)]!.status,
    );
    expect(named(await play(first!.id), 'few')).toMatchObject({ joining: 'joined', have: 0 });
    expect(named(await play(third!.id), 'few')).toMatchObject({ joining: 'full' });
    const again = await join(first!.id, { challenge: 'few' });
    expect([again.status, again.body['already']]).toEqual([200, true]);
    three = [first!, third!];
  });

  it('pays who joined, and not who bought without; a refund takes back what was not used, and shows what was', async () => {
    const [first, third] = three;
    const order = await buy(first!);
    await buy(third!);
    const figures = async ({ id }: Shopper): Promise<number> =>
      (await memberOf(road, id)).available;
    expect([await figures(first!), await figures(third!)]).toEqual([100, 0]);
    const body = await play(first!.id);
    expect(named(body, 'few')).toMatchObject({
      ...{ have: 1, need: 1, done: true, joining: 'joined', steps: [] },
      prize: { points: 100, reward: 'Tasting', badge: null },
    });
    expect(body.badges).toMatchObject([
      {
        ...{ key: 'fan', have: 1, need: 3, earned: true, hidden: true, words: 'Shh' },
        ...{ level: { key: 'l1', name: 'Level 1' }, next: { name: 'Level 3', need: 3 } },
        art: { shape: 'leaf', colour: '#123456', image: '' },
      },
    ]);
    const kept = road.store
      .metafields(`gid://shopify/Customer/${first!.id}`)
      .find(({ key }) => key === 'progress');
    expect(JSON.parse(kept?.value ?? '{}')).toMatchObject({
      challenges: [{ key: 'few', done: true }, { key: 'weekly', have: 1, need: 2 }, {}],
    });
    // A perk is had at once, so it cannot be taken back.
    refundOrder(road.store, {
      ...{ orderId: order.id, lines: [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }] },
    });
    await road.settle();
    expect(await figures(first!)).toBe(0);
    expect(named(await play(first!.id), 'few')).toMatchObject({ have: 0, done: false });
    const { flags } = await orderFlags(road.world, road.shopId);
    expect(flags).toMatchObject([
      { kind: 'prize-used', orderId: order.id, of: 'For two', told: 'Tasting' },
    ]);
    await buy(first!);
    expect((await orderFlags(road.world, road.shopId)).flags).toEqual([]);
    expect(await figures(first!)).toBe(100);
  });

  it.each<[string, number, object]>([
    ['unknown-challenge', 404, { challenge: 'none' }],
    ['no-joining', 422, { challenge: 'weekly' }],
    ['over', 409, { challenge: 'past' }],
    ['bad-form', 400, { challenge: 'few', customer: '1' }],
    ['bad-form', 400, {}],
  ])('control: %s is answered %d, and nothing is written', async (kind, status, wish) => {
    const before = await joined();
    const { id } = await shopper();
    const answer = await join(id, wish);
    expect([answer.status, answer.body['refusal']]).toEqual([status, { kind }]);
    expect(await joined()).toEqual(before);
  });

  it('is joined by nobody for another, from another site, or without signing in', async () => {
    const [first] = three;
    const { id } = await shopper();
    const token = (await play(first!.id)).token ?? '';
    expect((await join(id, { challenge: 'few' }, { token })).status).toBe(403);
    const elsewhere = { headers: { 'Sec-Fetch-Site': 'cross-site' } };
    expect((await join(id, { challenge: 'few' }, elsewhere)).status).toBe(403);
    const plain = { headers: { 'Content-Type': 'text/plain' } };
    expect((await join(id, { challenge: 'few' }, plain)).status).toBe(415);
    expect([(await join('', { challenge: 'few' })).status, await play('')]).toEqual([
      401,
      { token: null },
    ]);
    expect(await joined()).toHaveLength(2);
  });
});

it('what is kept is what the facts say: a new week forgets the old one, and a rebuild writes lost rows again', async () => {
  const buyer = await shopper();
  await buy(buyer);
  await buy(buyer);
  const { id } = await memberOf(road, buyer.id);
  const rows = () =>
    road.query(
      `SELECT key, have, need, completed_at, until, details FROM progress
        WHERE member_id = $1 AND kind IN ('badge', 'challenge') ORDER BY key`,
      [id],
    );
  const before = await rows();
  expect(before).toMatchObject([
    { key: 'badge:fan', have: '2', need: '3', until: null },
    { key: 'challenge:weekly', have: '2', details: { round: '2026-11-16' } },
  ]);
  expect(await proof(road)).toEqual([]);
  await road.query(
    `UPDATE progress SET have = 9, details = NULL WHERE member_id = $1 AND kind = 'challenge'`,
    [id],
  );
  await road.query(`DELETE FROM progress WHERE member_id = $1 AND key = 'badge:fan'`, [id]);
  await road.query(
    `INSERT INTO progress (shop_id, member_id, key, kind, have, need) VALUES ($1, $2, 'badge:gone', 'badge', 1, 2)`,
    [road.shopId, id],
  );
  expect((await proof(road)).map(({ figure }) => figure).sort()).toEqual([
    'progress badge:fan',
    'progress badge:gone',
    'progress challenge:weekly',
  ]);
  await rebuildMembers(road.world, road.shopId, { told: () => undefined });
  expect([await rows(), await proof(road)]).toEqual([before, []]);
  road.clock.advance(3 * DAY);
  await road.settle();
  expect((await rows()).map((row) => row['key'])).toEqual(['badge:fan']);
  expect([(await memberOf(road, buyer.id)).available, await proof(road)]).toEqual([7, []]);
});

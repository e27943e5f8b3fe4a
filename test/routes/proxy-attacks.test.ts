/** What somebody with ill will sends to the storefront's calls: it is refused, and nothing is another than before. */
import { createHmac, randomUUID } from 'node:crypto';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { joinToken } from '../../app/operations/join-token.ts';
import { action as cancel } from '../../app/routes/proxy.redemptions.cancel.ts';
import { action as redeem } from '../../app/routes/proxy.redeem.ts';
import { loader as rewards } from '../../app/routes/proxy.rewards.ts';
import { action as claim } from '../../app/routes/proxy.referral_.claim.ts';
import { answerOf, contextOf, proxyRequest } from '../support/admin-request.ts';
import { API_SECRET, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { storefrontOf } from '../support/storefront-shoppers.ts';
import type { Shopper, Storefront } from '../support/storefront-shoppers.ts';
import { writtenRewards } from '../support/written-rewards.ts';

type Action = (args: LoaderFunctionArgs) => Promise<unknown>;

let road: Road;
let front: Storefront;
let context: ReturnType<typeof contextOf>;
let mina: Shopper;
let noor: Shopper;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  front = storefrontOf(road, context);
  await road.publish({
    earning: [],
    rewards: writtenRewards(
      { key: 'choose', kind: 'variable-amount-off', points: 100 },
      { key: 'perk', kind: 'perk', points: 10 },
    ),
  });
  await road.settle();
  mina = await front.shopper(5_000);
  noor = await front.shopper(5_000);
});
afterAll(() => road.close());

/** No refusal here is of too many calls. */
let calls = 0;
async function fresh(): Promise<void> {
  calls += 1;
  if (calls % 20 === 0) road.clock.advance(120_000);
}

const tokenOf = ({ customerId }: Shopper, shopId = road.shopId): string =>
  joinToken(road.world, { shopId, customerId });

function signed(path: string, { customerId }: Shopper): string {
  const query = { shop: road.store.domain, logged_in_customer_id: customerId };
  return proxyRequest(path, query).url;
}

async function send(
  action: Action,
  url: string,
  body: BodyInit,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; kind: unknown; headers: Headers }> {
  await fresh();
  const request = new Request(url, {
    method: 'POST',
    headers: { 'User-Agent': 'Mozilla/5.0', 'Content-Type': 'application/json', ...headers },
    body,
  });
  const response = await answerOf(() => action({ request, context, params: {} }));
  const text = await response.text();
  const told = text.startsWith('{') ? (JSON.parse(text) as { refusal?: { kind: string } }) : {};
  return { status: response.status, kind: told.refusal?.kind ?? null, headers: response.headers };
}

/** Points, redemptions and discounts of everybody. */
async function everything(): Promise<unknown> {
  const [sums] = await road.query(
    `SELECT (SELECT sum(available) FROM members) AS points, (SELECT count(*) FROM redemptions) AS redemptions`,
  );
  return [sums, road.store.discounts.all().length];
}

it.each([
  ['-1'],
  ['0'],
  ['1.5'],
  ['1e308'],
  ['1e999'],
  ['NaN'],
  ['Infinity'],
  ['"10"'],
  ['[1]'],
  ['{"valueOf":1}'],
  ['true'],
  ['null'],
  ['9007199254740993'],
  ['1000001'],
  ['-0'],
])('steps of %s are no steps, and nothing is spent', async (steps) => {
  const before = await everything();
  const body = `{"token":"${tokenOf(mina)}","reward":"choose","key":"${randomUUID()}","steps":${steps}}`;
  const { status, kind } = await send(redeem, signed('/proxy/redeem', mina), body);
  expect([status, kind]).toEqual([400, 'bad-form']);
  expect(await everything()).toEqual(before);
});

it.each([
  ['a key of 10,000 letters', { key: 'k'.repeat(3_000) }, 400],
  ['a key that is too short to be unguessable', { key: 'k' }, 400],
  ['a key of staff’s own kind', { key: 'agent:0123456789abcdef' }, 400],
  ['a key with a line break', { key: '0123456789abcdef\r\n' }, 400],
  ['a reward of 10,000 letters', { reward: 'r'.repeat(3_000) }, 400],
  ['no reward', { reward: undefined }, 400],
  ['somebody else’s id', { customerId: '1' }, 400],
  ['a price of their own', { points: 1 }, 400],
  ['the prototype', { __proto__: null, constructor: { prototype: {} } }, 400],
  ['a reward that is a name of JavaScript', { reward: 'constructor' }, 422],
  ['a reward that is SQL', { reward: `perk' OR 1=1 --` }, 422],
  ['no token', { token: undefined }, 400],
  ['an empty token', { token: '' }, 403],
  ['a token that is a number', { token: 1 }, 400],
  ['a token of 5,000 letters', { token: 't'.repeat(1_000) }, 400],
])('%s is refused, and nothing is spent', async (_what, change, expected) => {
  const before = await everything();
  const wish = { token: tokenOf(mina), reward: 'perk', key: randomUUID(), ...change };
  const { status } = await send(redeem, signed('/proxy/redeem', mina), JSON.stringify(wish));
  expect(status).toBe(expected);
  expect(await everything()).toEqual(before);
});

it('a token is of one customer, one shop and one hour', async () => {
  const before = await everything();
  const wish = (token: string) => JSON.stringify({ token, reward: 'perk', key: randomUUID() });
  const url = signed('/proxy/redeem', mina);
  const own = tokenOf(mina);
  const [until = '', hash = ''] = own.split('.');
  for (const token of [
    tokenOf(noor),
    tokenOf(mina, '77'),
    `${Number(until) + 3_600_000}.${hash}`,
    `${until}.${hash.slice(0, -1)}`,
    until,
  ]) {
    expect(await send(redeem, url, wish(token))).toMatchObject({ status: 403, kind: 'bad-token' });
  }
  road.clock.advance(3_600_001);
  expect(await send(redeem, url, wish(own))).toMatchObject({ status: 403, kind: 'bad-token' });
  expect(await everything()).toEqual(before);
  expect((await send(redeem, url, wish(tokenOf(mina)))).status).toBe(200);
});

it.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/json',
  '',
])('a body of the type "%s" is none, nor what another site sends', async (type) => {
  const before = await everything();
  const url = signed('/proxy/redeem', mina);
  const body = JSON.stringify({ token: tokenOf(mina), reward: 'perk', key: randomUUID() });
  expect((await send(redeem, url, body, { 'Content-Type': type })).status).toBe(415);
  const cross = { 'Sec-Fetch-Site': 'cross-site' };
  expect((await send(redeem, url, body, cross)).status).toBe(403);
  expect(await everything()).toEqual(before);
});

it.each(['', 'null', '[]', '"text"', '{', '{"token":', '1', `{"token":"a","token":"b"}`])(
  'the body %j is no wish',
  async (body) => {
    expect((await send(redeem, signed('/proxy/redeem', mina), body)).status).toBe(400);
  },
);

it('a key that comes again with another wish is refused, and the first one stands', async () => {
  const key = randomUUID();
  const url = signed('/proxy/redeem', noor);
  const wish = (more: object) =>
    JSON.stringify({ token: tokenOf(noor), reward: 'choose', key, steps: 2, ...more });
  expect((await send(redeem, url, wish({}))).status).toBe(200);
  const before = await everything();
  for (const more of [{ steps: 3 }, { steps: 1 }, { reward: 'perk', steps: 1 }]) {
    expect(await send(redeem, url, wish(more))).toMatchObject({
      ...{ status: 422, kind: 'key-used-otherwise' },
    });
  }
  expect((await send(redeem, url, wish({}))).status).toBe(200);
  expect(await everything()).toEqual(before);
  // Nobody else's key is theirs: the same one is a wish of its own.
  const other = JSON.stringify({ token: tokenOf(mina), reward: 'perk', key });
  expect((await send(redeem, signed('/proxy/redeem', mina), other)).status).toBe(200);
});

/** As Shopify's library reads it: what stands there twice is signed with a comma between. */
function signedTwice(path: string, name: string, values: readonly string[]): string {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const all = {
    ...{ path_prefix: '/apps/laurel', timestamp, shop: road.store.domain },
    logged_in_customer_id: mina.customerId,
    [name]: values.join(','),
  };
  const message = Object.entries(all)
    .map(([one, value]) => `${one}=${value}`)
    .sort()
    .join('');
  const signature = createHmac('sha256', API_SECRET).update(message).digest('hex');
  const query = new URLSearchParams({ ...all, signature });
  query.delete(name);
  for (const value of values) query.append(name, value);
  return `http://localhost:1${path}?${query.toString()}`;
}

it('who asks is said once: said twice it is nobody, though the signature were good', async () => {
  const url = signedTwice('/proxy/rewards', 'logged_in_customer_id', [
    noor.customerId,
    mina.customerId,
  ]);
  const request = new Request(url, { headers: { 'User-Agent': 'Mozilla/5.0' } });
  const told = await answerOf(() => rewards({ request, context, params: {} }));
  expect(told.status).toBe(400);
  // Another parameter that stands there twice harms nobody.
  const harmless = new Request(signedTwice('/proxy/rewards', 'lang', ['de', 'en']), {
    headers: { 'User-Agent': 'Mozilla/5.0' },
  });
  expect((await answerOf(() => rewards({ request: harmless, context, params: {} }))).status).toBe(
    200,
  );
});

it.each(['shop', 'timestamp', 'signature'])('%s stands in the query once', async (name) => {
  const url = new URL(signed('/proxy/rewards', mina));
  url.searchParams.append(name, url.searchParams.get(name) ?? '');
  const request = new Request(url, { headers: { 'User-Agent': 'Mozilla/5.0' } });
  const told = await answerOf(() => rewards({ request, context, params: {} }));
  expect(told.status).toBe(400);
});

it('a hundred wishes in a minute are thirty, and the others are told to wait a minute', async () => {
  road.clock.advance(120_000);
  const eager = await front.shopper(5_000);
  const url = signed('/proxy/redeem', eager);
  const answers = [];
  for (let wish = 0; wish < 100; wish += 1) {
    const body = JSON.stringify({ token: tokenOf(eager), reward: 'perk', key: randomUUID() });
    const request = new Request(url, {
      method: 'POST',
      headers: { 'User-Agent': 'Mozilla/5.0', 'Content-Type': 'application/json' },
      body,
    });
    answers.push(await answerOf(() => redeem({ request, context, params: {} })));
  }
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(30);
  expect(statuses.slice(30)).toEqual(Array<number>(70).fill(429));
  const wait = Number(answers[99]?.headers.get('Retry-After'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect(await front.available(eager)).toBe(5_000 - 30 * 10);
  // Nobody else waits for them.
  expect((await front.get(noor, 'perk')).status).toBe(200);
});

it.each([
  ['redemptions/cancel', cancel as Action, { redemption: '../../etc/passwd' }, 400],
  ['redemptions/cancel', cancel as Action, { redemption: randomUUID(), customerId: '1' }, 400],
  ['referral/claim', claim as Action, { code: 'x'.repeat(500) }, 400],
  ['referral/claim', claim as Action, { code: 'NOBODYSCODE', member: randomUUID() }, 400],
])('%s takes what it asks for and no more (%#)', async (path, action, wish, expected) => {
  const before = await everything();
  const body = JSON.stringify({ token: tokenOf(mina), ...wish });
  expect((await send(action, signed(`/proxy/${path}`, mina), body)).status).toBe(expected);
  expect(await everything()).toEqual(before);
});

it('in the end the books are right', async () => {
  await road.settle();
  expect(await proof(road)).toEqual([]);
});

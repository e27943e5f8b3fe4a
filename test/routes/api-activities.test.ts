/** A shop's own programs tell of custom actions by a key. */
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeApiKey, revokeApiKey } from '../../app/operations/api-keys.ts';
import type { ApiScope } from '../../app/domain/api-scopes.ts';
import { action } from '../../app/routes/api.activities.ts';
import { programmeOf, way } from '../domain/activities/ways.ts';
import { answerOf, contextOf } from '../support/admin-request.ts';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { newMember, newShop } from '../support/shop-rows.ts';

let road: Road;
let context: AppLoadContext;
let key: string;
let customer = 900;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  await road.publish(
    programmeOf(
      way('custom', { points: 50, action: 'photo', most: 80 }),
      way(
        'custom',
        { points: 10, action: 'stroll' },
        { key: 'stroll', limits: { perMember: [{ most: 25, of: 'points', per: 'day' }] } },
      ),
    ),
  );
  key = await newKey();
});
afterAll(() => road.close());
beforeEach(async () => {
  customer += 1;
  await newMember(road.world, road.shopId, { customerId: BigInt(customer) });
});

async function newKey(
  scopes: ApiScope[] = ['tell-activities', 'withdraw-activities'],
): Promise<string> {
  const made = await makeApiKey(road.world, {
    shopId: road.shopId,
    actor: 'staff:1',
    name: 'Till',
    scopes,
  });
  if (!made.ok) throw new Error(made.refusal.kind);
  return made.key;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function call(
  body: unknown,
  { method = 'POST', bearer = key, headers = {} } = {},
): Promise<Answer> {
  const request = new Request('http://localhost:1/api/activities', {
    method,
    headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json', ...headers },
    ...(method !== 'GET' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const response = await answerOf(() => action({ request, context, params: {} }));
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

const photo = (over: object = {}): object => ({
  id: `photo-${customer}`,
  customer_id: String(customer),
  action: 'photo',
  ...over,
});
const available = async (): Promise<number> => (await memberOf(road, String(customer))).available;

describe('a custom action by the API (law 8)', () => {
  it('pays 50 once for its id: told, told again, and fifty times at once', async () => {
    expect(await call(photo())).toMatchObject({ status: 201, body: { ok: true, already: false } });
    expect(await call(photo())).toMatchObject({ status: 200, body: { ok: true, already: true } });
    const all = await Promise.all(Array.from({ length: 50 }, () => call(photo())));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await available()).toBe(50);
    expect(await proof(road)).toEqual([]);
  });

  it('is one though fifty tell it first at the same moment', async () => {
    await Promise.all(Array.from({ length: 50 }, () => call(photo())));
    expect(await available()).toBe(50);
    expect(await proof(road)).toEqual([]);
  });

  it('stays within 25 points a day though forty are told at the same moment', async () => {
    const strolls = Array.from({ length: 40 }, (_, index) =>
      call(photo({ id: `stroll-${customer}-${index}`, action: 'stroll' })),
    );
    expect(new Set((await Promise.all(strolls)).map(({ status }) => status))).toEqual(
      new Set([201]),
    );
    // 10, 10, 5, and nothing for the other thirty-seven.
    expect(await available()).toBe(25);
    expect(await proof(road)).toEqual([]);
  });

  it('may be worth 80 at most, and never anything but a whole number', async () => {
    expect((await call(photo({ points: 80 }))).status).toBe(201);
    expect(await available()).toBe(80);
    expect(await call(photo({ id: 'more', points: 81 }))).toMatchObject({
      status: 422,
      body: { refusal: { kind: 'too-many-points', most: 80 } },
    });
    for (const points of ['1e308', 1e308, -1, 0, 1.5, '50', null]) {
      expect((await call(photo({ id: 'odd', points }))).status).toBe(400);
    }
    const raw = JSON.stringify(photo({ id: 'nan' })).replace('}', ',"points":NaN}');
    expect((await call(raw)).status).toBe(400);
    expect(await available()).toBe(80);
  });

  it('under an id that was used for something else is refused, for the same or another member', async () => {
    await call(photo());
    const other = customer;
    customer += 1;
    await newMember(road.world, road.shopId, { customerId: BigInt(customer) });
    expect((await call({ ...photo(), id: `photo-${other}` })).status).toBe(409);
    expect(await available()).toBe(0);
    customer = other;
    expect((await call(photo({ points: 70 }))).status).toBe(409);
    expect(await available()).toBe(50);
    customer += 1;
  });

  it('is taken back by DELETE, once, and a withdrawal may come first', async () => {
    await call(photo());
    const withdraw = { id: `photo-${customer}` };
    const first = await call(withdraw, { method: 'DELETE' });
    expect([first.status, await available()]).toEqual([201, 0]);
    expect(await call(withdraw, { method: 'DELETE' })).toMatchObject({ body: { already: true } });
    expect(await call(photo())).toMatchObject({ body: { ok: true, already: true } });
    const early = { id: 'early', customer_id: String(customer) };
    expect((await call({ id: 'early' }, { method: 'DELETE' })).status).toBe(404);
    expect((await call(early, { method: 'DELETE' })).status).toBe(201);
    expect((await call(photo({ id: 'early' }))).status).toBe(201);
    expect(await available()).toBe(0);
    expect(await proof(road)).toEqual([]);
  });

  it('that is not in the programme, of a stranger, or of another time is refused', async () => {
    expect((await call(photo({ action: 'dance' }))).status).toBe(422);
    expect((await call(photo({ customer_id: '424242' }))).status).toBe(404);
    expect((await call(photo({ occurred_at: '2026-10-01T00:00:00Z' }))).body).toMatchObject({
      refusal: { kind: 'bad-moment', days: 30 },
    });
    expect((await call(photo({ occurred_at: '2027-01-01T00:00:00Z' }))).status).toBe(422);
    // Before the programme began there was no such action.
    expect((await call(photo({ occurred_at: '2026-11-19T00:00:00Z' }))).body).toMatchObject({
      refusal: { kind: 'not-offered' },
    });
    expect(await available()).toBe(0);
  });

  it('told again is the same: by a clock two minutes ahead, and when its rule is gone', async () => {
    const ahead = new Date(road.clock.now().getTime() + 120_000).toISOString();
    const stroll = photo({ action: 'stroll', occurred_at: ahead });
    expect((await call(stroll)).status).toBe(201);
    road.clock.advance(10_000);
    expect(await call(stroll)).toMatchObject({ status: 200, body: { already: true } });
    const dayBefore = new Date(road.clock.now().getTime() - 86_400_000).toISOString();
    expect((await call({ ...stroll, occurred_at: dayBefore })).status).toBe(409);
    // 40 days later it lies further back than anything new may.
    road.clock.advance(40 * 86_400_000);
    expect(await call(stroll)).toMatchObject({ status: 200, body: { already: true } });
    expect(await call({ ...stroll, id: 'late' })).toMatchObject({
      status: 422,
      body: { refusal: { kind: 'bad-moment' } },
    });
    expect(await available()).toBe(10);
  });
});

describe('who may call', () => {
  it('is who has a key: no other shop’s, no revoked one, none with a letter changed', async () => {
    const other = await newShop(road.world);
    const [, shopId = '', id = '', secret = ''] = /^laurel_(\d+)_([^_]+)_(.+)$/.exec(key) ?? [];
    const revoked = await newKey();
    const revokedId = /^laurel_\d+_([^_]+)_/.exec(revoked)?.[1] ?? '';
    await revokeApiKey(road.world, { shopId: road.shopId, actor: 'staff:1', id: revokedId });
    const changed = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
    const wrong = [
      '',
      'x',
      revoked,
      `laurel_${other.id}_${id}_${secret}`,
      `laurel_${shopId}_${id}_${changed}`,
      `laurel_9223372036854775808_${id}_${secret}`,
    ];
    for (const bearer of wrong) expect((await call(photo(), { bearer })).status).toBe(401);
    expect(await available()).toBe(0);
  });

  it('needs the scope, and gets a sentence without it', async () => {
    const only = await newKey(['tell-activities']);
    expect((await call(photo(), { bearer: only })).status).toBe(201);
    const refused = await call({ id: `photo-${customer}` }, { method: 'DELETE', bearer: only });
    expect(refused).toMatchObject({ status: 403, body: { says: expect.any(String) as string } });
    expect(await available()).toBe(50);
  });

  it('must send JSON, by POST or DELETE, and no more than it means', async () => {
    expect((await call(photo(), { headers: { 'Content-Type': 'text/plain' } })).status).toBe(415);
    expect((await call(photo(), { method: 'PUT' })).status).toBe(405);
    for (const body of ['', '{', '[]', 'null', photo({ shop_id: '1' }), photo({ id: 'x y' })]) {
      expect((await call(body)).status).toBe(400);
    }
    expect((await call(photo({ id: 'x'.repeat(5_000) }))).status).toBe(413);
    expect(await available()).toBe(0);
  });

  it('waits after 600 calls in a minute', async () => {
    const busy = await newKey();
    const id = /^laurel_\d+_([^_]+)_/.exec(busy)?.[1] ?? '';
    await road.query(
      `INSERT INTO request_counts (shop_id, caller, window_ends, count) VALUES ($1, $2, $3, 600)`,
      [road.shopId, `api-key:${id}`, new Date(road.world.now() + 30_000)],
    );
    const told = await call(photo(), { bearer: busy });
    expect([told.status, told.headers.get('Retry-After')]).toEqual([429, '30']);
    road.clock.advance(30_000);
    expect((await call(photo(), { bearer: busy })).status).toBe(201);
  });

  it('finds no secret in the database', async () => {
    const [row] = await road.query<{ row: string }>(
      `SELECT string_agg(k::text, ' ') AS row FROM api_keys k WHERE shop_id = $1`,
      [road.shopId],
    );
    expect(row?.row).not.toContain(key.slice(-43));
  });
});

/** What a shopper may say of themselves at the storefront, and what nobody may. */
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { action, loader } from '../../app/routes/proxy.activities.ts';
import { answerOf, contextOf, proxyRequest } from '../support/admin-request.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { newMember } from '../support/shop-rows.ts';
import { programmeOf, way } from '../domain/activities/ways.ts';

const CUSTOMERS = { mina: '77', noor: '78' };
const DAY = 86_400_000;

let road: Road;
let context: AppLoadContext;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  await road.publish(
    programmeOf(
      way('visit', { points: 5 }),
      way('social-follow', { points: 25, network: 'tiktok', url: 'https://www.tiktok.com/@tea' }),
      way('birthday', { points: 200 }),
      way('survey', { points: 30 }),
      way('receipt', { points: 1, per: '1', withinDays: 30 }),
      way('custom', { points: 50, action: 'photo', claimable: true }),
      way('custom', { points: 500, action: 'secret' }, { key: 'secret' }),
    ),
  );
});
afterAll(() => road.close());

let memberIds: Record<keyof typeof CUSTOMERS, string>;
beforeEach(async () => {
  await road.query(`DELETE FROM request_counts`);
  CUSTOMERS.mina = String(Number(CUSTOMERS.mina) + 10);
  CUSTOMERS.noor = String(Number(CUSTOMERS.noor) + 10);
  const made = (customerId: string): Promise<string> =>
    newMember(road.world, road.shopId, { customerId: BigInt(customerId) });
  memberIds = { mina: await made(CUSTOMERS.mina), noor: await made(CUSTOMERS.noor) };
});

function signedUrl(customer: string, change: Parameters<typeof proxyRequest>[2] = {}): string {
  const query = { shop: road.store.domain, logged_in_customer_id: customer };
  return proxyRequest('/proxy/activities', query, change).url;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function answered(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, headers: response.headers, body };
}

async function tokenOf(customer: string): Promise<string> {
  const request = new Request(signedUrl(customer), { headers: { 'User-Agent': 'Mozilla/5.0' } });
  const { body } = await answered(await answerOf(() => loader({ request, context, params: {} })));
  return String(body['token']);
}

async function post(
  customer: string,
  wish: unknown,
  change: { url?: string; headers?: Record<string, string>; token?: string; raw?: string } = {},
): Promise<Answer> {
  const token = change.token ?? (await tokenOf(customer));
  const request = new Request(change.url ?? signedUrl(customer), {
    method: 'POST',
    headers: {
      'User-Agent': 'Mozilla/5.0',
      'Content-Type': 'application/json',
      ...change.headers,
    },
    body: change.raw ?? JSON.stringify({ token, ...(wish as object) }),
  });
  return answered(await answerOf(() => action({ request, context, params: {} })));
}

const activities = (memberId: string): Promise<Record<string, unknown>[]> =>
  road.query(`SELECT kind, activity_id, state, content FROM activities WHERE member_id = $1`, [
    memberId,
  ]);

describe('a shopper at the storefront (law 8)', () => {
  it('sees what they can do, and not what only programs tell', async () => {
    const request = new Request(signedUrl(CUSTOMERS.mina), {
      headers: { 'User-Agent': 'Mozilla/5.0' },
    });
    const { body, headers } = await answered(
      await answerOf(() => loader({ request, context, params: {} })),
    );
    expect(headers.get('Cache-Control')).toBe('private, no-store');
    expect(body['ways']).toMatchObject([
      { kind: 'visit', points: 5, with: {} },
      { kind: 'social-follow', with: { network: 'tiktok', url: 'https://www.tiktok.com/@tea' } },
      { kind: 'birthday' },
      { kind: 'survey' },
      { kind: 'receipt' },
      { kind: 'custom', with: { action: 'photo' } },
    ]);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('gets 5 for a visit once, though it is sent a thousand times and fifty at once', async () => {
    const { mina } = CUSTOMERS;
    const token = await tokenOf(mina);
    const told = await Promise.all(
      Array.from({ length: 50 }, () => post(mina, { kind: 'visit' }, { token })),
    );
    const statuses = told.map(({ status }) => status).sort();
    // Thirty calls a minute; the rest is told to wait.
    expect(statuses).toEqual([...Array<number>(30).fill(200), ...Array<number>(20).fill(429)]);
    expect(told.find(({ status }) => status === 429)?.headers.get('Retry-After')).toBe('60');
    expect(await activities(memberIds.mina)).toHaveLength(1);
    await road.query(`DELETE FROM request_counts`);
    expect(await post(mina, { kind: 'visit' })).toMatchObject({
      status: 200,
      body: { ok: true, already: true, member: { points: 5 } },
    });
    expect(await proof(road)).toEqual([]);
  });

  it('gets 25 for a network that the programme names, and a sentence for another', async () => {
    const { mina } = CUSTOMERS;
    expect(await post(mina, { kind: 'social-follow', network: 'tiktok' })).toMatchObject({
      body: { ok: true, member: { points: 25 } },
    });
    expect(await post(mina, { kind: 'social-follow', network: 'x' })).toMatchObject({
      status: 409,
      body: { refusal: { kind: 'not-offered' }, says: expect.any(String) as string },
    });
    expect(await activities(memberIds.mina)).toHaveLength(1);
  });

  it('tells a birthday once; the same again is known', async () => {
    const { mina } = CUSTOMERS;
    const born = { kind: 'birthday', month: 2, day: 29 };
    expect((await post(mina, born)).body).toMatchObject({ ok: true, already: false });
    expect((await post(mina, born)).body).toMatchObject({ ok: true, already: true });
    expect(await activities(memberIds.mina)).toMatchObject([{ content: { month: 2, day: 29 } }]);
    expect((await post(mina, { ...born, day: 30 })).status).toBe(400);
  });

  it('claims a receipt that waits for a person, and nobody else can claim it', async () => {
    const { mina, noor } = CUSTOMERS;
    const receipt = {
      kind: 'receipt',
      number: 'a-1001',
      amount: '49.95',
      purchasedOn: '2026-11-10',
    };
    expect(await post(mina, receipt)).toMatchObject({
      status: 200,
      body: { ok: true, state: 'pending', member: { points: 0 } },
    });
    expect((await post(mina, receipt)).body).toMatchObject({ ok: true, already: true });
    expect(await post(noor, { ...receipt, number: 'A 1001' })).toMatchObject({
      status: 409,
      body: { refusal: { kind: 'claimed-already' } },
    });
    expect(await post(mina, { ...receipt, amount: '500' })).toMatchObject({ status: 409 });
    expect(await activities(memberIds.noor)).toEqual([]);
  });

  it('loses the race for a receipt to one of two who claim it at once', async () => {
    const receipt = { kind: 'receipt', number: 'RACE-1', amount: '10', purchasedOn: '2026-11-10' };
    const [a, b] = await Promise.all(Object.values(CUSTOMERS).map((who) => post(who, receipt)));
    expect([a?.status, b?.status].sort()).toEqual([200, 409]);
  });

  it('cannot claim a receipt of tomorrow, of 31 days ago, or of no amount', async () => {
    const receipt = { kind: 'receipt', number: 'B-1', amount: '10', purchasedOn: '2026-11-10' };
    const wrong = [
      [{ ...receipt, purchasedOn: '2026-11-22' }, 400, 'bad-date'],
      [{ ...receipt, purchasedOn: '2026-10-20' }, 409, 'too-old'],
      [{ ...receipt, amount: '0' }, 400, 'bad-amount'],
      [{ ...receipt, amount: '10.001' }, 400, 'bad-amount'],
      ...['1e308', 'NaN', '-5', '', '٣', '9'.repeat(30)].map(
        (amount) => [{ ...receipt, amount }, 400, 'bad-form'] as const,
      ),
      [{ ...receipt, purchasedOn: '2026-02-30' }, 400, 'bad-form'],
      [{ ...receipt, amount: 10 }, 400, 'bad-form'],
      [{ ...receipt, attachment: 'javascript:alert(1)' }, 400, 'bad-form'],
    ] as const;
    for (const [wish, status, kind] of wrong) {
      expect(await post(CUSTOMERS.mina, wish)).toMatchObject({
        status,
        body: { refusal: { kind } },
      });
    }
    expect(await activities(memberIds.mina)).toEqual([]);
  });

  it('claims an action by a key of its own, and no action that is not for claiming', async () => {
    const claim = { kind: 'custom', action: 'photo', key: 'k1', note: 'My photo' };
    expect((await post(CUSTOMERS.mina, claim)).body).toMatchObject({ ok: true, state: 'pending' });
    // Another member's key of the same letters is another claim.
    expect((await post(CUSTOMERS.noor, claim)).body).toMatchObject({ ok: true, already: false });
    expect(await post(CUSTOMERS.mina, { ...claim, action: 'secret', key: 'k2' })).toMatchObject({
      status: 409,
    });
  });
});

describe('what nobody may send', () => {
  const wish = { kind: 'visit' };

  it('is refused for a guest, with a forged or old signature, or another customer’s', async () => {
    const forged = new URL(signedUrl(CUSTOMERS.noor));
    forged.searchParams.set('logged_in_customer_id', CUSTOMERS.mina);
    const token = await tokenOf(CUSTOMERS.mina);
    const all = [
      [await post('', wish, { token }), 401],
      [await post(CUSTOMERS.mina, wish, { token, url: forged.href }), 400],
      [
        await post(CUSTOMERS.mina, wish, {
          token,
          url: signedUrl(CUSTOMERS.mina, { secret: 'other' }),
        }),
        400,
      ],
      [
        await post(CUSTOMERS.mina, wish, { token, url: signedUrl(CUSTOMERS.mina, { ageS: 600 }) }),
        400,
      ],
      // The token is bound to whom it was told.
      [await post(CUSTOMERS.noor, wish, { token }), 403],
    ] as const;
    for (const [{ status }, expected] of all) expect(status).toBe(expected);
    expect(await activities(memberIds.mina)).toEqual([]);
    expect(await activities(memberIds.noor)).toEqual([]);
  });

  it.each([
    ['a form of another site', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['plain text', { 'Content-Type': 'text/plain' }, 415],
    ['another site by the browser’s word', { 'Sec-Fetch-Site': 'cross-site' }, 403],
  ])('is %s', async (_what, headers, status) => {
    expect((await post(CUSTOMERS.mina, wish, { headers })).status).toBe(status);
    expect(await activities(memberIds.mina)).toEqual([]);
  });

  it.each([
    ['somebody else’s id', { ...wish, customer_id: '1', memberId: 'x' }],
    ['points of its own', { ...wish, points: 1_000_000 }],
    ['a kind that nobody knows', { kind: 'jackpot' }],
    ['a profile, which only Shopify tells', { kind: 'profile', fields: ['name'] }],
    ['a month that is none', { kind: 'birthday', month: 1.5, day: 1 }],
    ['a day of 1e308', { kind: 'birthday', month: 1, day: 1e308 }],
    ['a score with the survey', { kind: 'survey', survey: 'nps', score: 10 }],
  ])('is %s', async (_what, body) => {
    expect((await post(CUSTOMERS.mina, body)).status).toBe(400);
    expect(await activities(memberIds.mina)).toEqual([]);
  });

  it.each(['', '{', 'null', '[]', '"x"', '{"token":1}'])('is the body %j', async (raw) => {
    expect((await post(CUSTOMERS.mina, wish, { raw })).status).toBe(400);
  });

  it('is a token of two hours ago', async () => {
    const token = await tokenOf(CUSTOMERS.mina);
    road.clock.advance(DAY / 12);
    expect((await post(CUSTOMERS.mina, wish, { token })).status).toBe(403);
  });

  it('is a text of many letters', async () => {
    const raw = JSON.stringify({ token: 'x', kind: 'visit', pad: 'x'.repeat(5_000) });
    expect((await post(CUSTOMERS.mina, wish, { raw })).status).toBe(413);
  });
});

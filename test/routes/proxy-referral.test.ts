/** What a shopper’s page may ask of referrals, and what nobody may (law 9). */
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { action as claimAction } from '../../app/routes/proxy.referral_.claim.ts';
import { action as codeAction } from '../../app/routes/proxy.referral_.code.ts';
import { loader as openLink } from '../../app/routes/proxy.r.$code.ts';
import { loader } from '../../app/routes/proxy.referral.ts';
import { answerOf, contextOf, proxyRequest } from '../support/admin-request.ts';
import { DAY, openFriends, road, someone } from '../support/friends.ts';
import type { Person } from '../support/friends.ts';
import { newMember, newShop } from '../support/shop-rows.ts';

const AGENT = { 'User-Agent': 'Mozilla/5.0' };

let context: AppLoadContext;
beforeAll(async () => {
  await openFriends();
  context = contextOf(road);
});
afterAll(() => road.close());

let mina: Person;
let kim: Person;
beforeEach(async () => {
  await road.query(`DELETE FROM request_counts`);
  [mina, kim] = [await someone(), await someone()];
});

function urlOf(path: string, who: string, more: Record<string, string> = {}): string {
  const query = { shop: road.store.domain, logged_in_customer_id: who, ...more };
  return proxyRequest(path, { ...query, path_prefix: '/apps/laurel' }).url;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

async function answered(ask: () => Promise<unknown>): Promise<Answer> {
  const response = await answerOf(ask);
  const text = await response.text();
  const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, headers: response.headers, text, body };
}

const own = (who: string): Promise<Answer> => {
  const request = new Request(urlOf('/proxy/referral', who), { headers: AGENT });
  return answered(() => loader({ request, context, params: {} }));
};

const opened = (code: string, more: Record<string, string> = {}): Promise<Answer> => {
  const request = new Request(urlOf(`/proxy/r/${code}`, '', more), { headers: AGENT });
  return answered(() => openLink({ request, context, params: { code } }));
};

async function post(
  what: 'claim' | 'code',
  who: string,
  wish: object,
  change: { token?: string; headers?: Record<string, string>; url?: string } = {},
): Promise<Answer> {
  const token = change.token ?? String((await own(who)).body['token']);
  const request = new Request(change.url ?? urlOf(`/proxy/referral/${what}`, who), {
    method: 'POST',
    headers: { ...AGENT, 'Content-Type': 'application/json', ...change.headers },
    body: JSON.stringify({ token, ...wish }),
  });
  const action = what === 'claim' ? claimAction : codeAction;
  return answered(() => action({ request, context, params: {} }));
}

const device = 'a-browser-of-its-own';

describe('a signed-in member', () => {
  it('sees their code, the path of their link, and of friends a state and a letter', async () => {
    const { body, headers } = await own(mina.id);
    expect(headers.get('Cache-Control')).toBe('private, no-store');
    expect(body).toMatchObject({ offered: true, vanity: true, referrals: [] });
    expect(body['path']).toBe(`/apps/laurel/r/${String(body['code'])}`);
    expect(String(body['code'])).toMatch(/^[2-9A-HJ-NP-Z]{10}$/);
    expect((await own(mina.id)).body['code']).toBe(body['code']);
    await post('claim', kim.id, { code: body['code'], device });
    await road.settle();
    const told = (await own(mina.id)).body['referrals'];
    expect(told).toEqual([{ state: 'joined', name: 'K…', since: '2026-11-20', due: null }]);
    expect(JSON.stringify(told)).not.toContain(kim.email);
  });

  it('gives a friend 100 points once, however often the claim is sent', async () => {
    const { code } = (await own(mina.id)).body;
    const first = await post('claim', kim.id, { code, device });
    expect(first).toMatchObject({ status: 200, body: { ok: true, already: false } });
    expect((await post('claim', kim.id, { code, device })).body).toMatchObject({ already: true });
    await road.settle();
    expect((await post('claim', kim.id, { code })).body).toMatchObject({ member: { points: 100 } });
    expect(
      await road.query(
        `SELECT 1 FROM referrals r JOIN members m ON m.id = r.friend_member_id
      WHERE m.customer_id = $1`,
        [kim.id],
      ),
    ).toHaveLength(1);
  });

  it('chooses a code of their own, and is told why not', async () => {
    const code = `mina-${mina.id}`;
    expect(await post('code', mina.id, { code })).toMatchObject({
      ...{ status: 200, body: { ok: true, code: code.toUpperCase() } },
    });
    const why = async (wish: string): Promise<unknown> =>
      (await post('code', kim.id, { code: wish })).body['refusal'];
    expect(await why(code.toUpperCase())).toEqual({ kind: 'taken' });
    expect(await why('f.u')).toEqual({ kind: 'bad-code' });
    expect(await why('fuckyou')).toEqual({ kind: 'offensive' });
    expect(await why('support')).toEqual({ kind: 'reserved' });
  });
});

describe('a link', () => {
  it('leads on to the shop’s own pages, is counted, and leads nowhere else', async () => {
    const code = String((await own(mina.id)).body['code']);
    const { status, text, headers } = await opened(code.toLowerCase(), { to: '/products/tea?a=1' });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain(`content="0;url=/products/tea?a=1&amp;ref=${code}"`);
    for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example', '/"><script>']) {
      expect((await opened(code, { to })).text).toContain(`content="0;url=/?ref=${code}"`);
    }
    expect((await opened('NOBODYHASIT')).text).toContain('content="0;url=/"');
    const [count] = await road.query(
      `SELECT opens FROM referral_opens o JOIN members m ON m.id = o.member_id WHERE m.customer_id = $1`,
      [mina.id],
    );
    expect(count).toEqual({ opens: 5 });
  });

  it('cannot be searched for: 30 a minute from one address, 5 wrong claims a customer', async () => {
    const codes = Array.from({ length: 31 }, (_one, index) => `GUESS${index}`);
    const found: number[] = [];
    for (const code of codes) found.push((await opened(code)).status);
    expect(found).toEqual([...Array<number>(30).fill(200), 429]);
    const token = String((await own(kim.id)).body['token']);
    const tried: number[] = [];
    for (const code of codes.slice(0, 6)) {
      tried.push((await post('claim', kim.id, { code }, { token })).status);
    }
    expect(tried).toEqual([404, 404, 404, 404, 404, 429]);
    const kept = await road.query<{ caller: string }>(`SELECT caller FROM request_counts`);
    expect(kept.some(({ caller }) => /\d+\.\d+\.\d+\.\d+/.test(caller))).toBe(false);
  });
});

describe('what nobody may', () => {
  const claims = (): Promise<unknown[]> => road.query(`SELECT 1 FROM referrals`);

  it('is to claim as a guest, as another, by a form, from another site, or with an old token', async () => {
    const code = String((await own(mina.id)).body['code']);
    const token = String((await own(kim.id)).body['token']);
    const before = await claims();
    const forged = new URL(urlOf('/proxy/referral/claim', mina.id));
    forged.searchParams.set('logged_in_customer_id', kim.id);
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const refused = [
      [await post('claim', '', { code }, { token }), 401],
      [await post('claim', kim.id, { code }, { token, url: forged.href }), 400],
      [await post('claim', mina.id, { code }, { token }), 403],
      [await post('claim', kim.id, { code }, { headers: form }), 415],
      [await post('claim', kim.id, { code }, { headers: { 'Sec-Fetch-Site': 'cross-site' } }), 403],
      [await post('claim', kim.id, { code, customer_id: '1' }), 400],
      [await post('claim', kim.id, { code, device: '<script>' }), 400],
      [await post('claim', mina.id, { code }), 409],
    ] as const;
    expect(refused.map(([{ status }]) => status)).toEqual(refused.map(([, status]) => status));
    road.clock.advance(DAY / 12);
    expect((await post('claim', kim.id, { code }, { token })).status).toBe(403);
    expect(await claims()).toEqual(before);
  });

  it('is to claim by a code of another shop', async () => {
    const other = await newShop(road.world);
    const memberId = await newMember(road.world, other.id, { customerId: 5n });
    await road.query(
      `INSERT INTO referral_codes (shop_id, code_key, code, member_id, made_at) VALUES ($1, 'OTHERSHOP', 'OTHERSHOP', $2, now())`,
      [other.id, memberId],
    );
    expect((await post('claim', kim.id, { code: 'OTHERSHOP' })).status).toBe(404);
    expect((await opened('OTHERSHOP')).text).toContain('content="0;url=/"');
    expect(await road.query(`SELECT 1 FROM referral_opens WHERE shop_id = $1`, [other.id])).toEqual(
      [],
    );
  });
});

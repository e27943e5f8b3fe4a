/** What Shopify, Flow and the calendar tell, through the whole road. */
import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowRequest } from '../../app/operations/allow-request.ts';
import { tellActivity } from '../../app/operations/tell-activity.ts';
import { programmeOf, way } from '../domain/activities/ways.ts';
import { API_SECRET, memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { newMember } from '../support/shop-rows.ts';

const DAY = 86_400_000;

let road: Road;
let customer = 7000;
beforeAll(async () => {
  road = await openRoad();
  await road.publish(
    programmeOf(
      way('newsletter', { points: 40, keptAfterDays: 30 }),
      way('sms', { points: 15 }),
      way('birthday', { points: 200 }),
      way('profile', { points: 60, name: true, email: true, phone: true, address: false }),
      way('custom', { points: 50, action: 'photo', most: 80 }),
    ),
  );
  road.clock.set('2026-12-01T12:00:00Z');
});
afterAll(() => road.close());

async function someone(): Promise<string> {
  customer += 1;
  await newMember(road.world, road.shopId, { customerId: BigInt(customer) });
  return String(customer);
}

const balance = async (id: string): Promise<number> => {
  const { available, debt } = await memberOf(road, id);
  return available - debt;
};

async function webhook(topic: string, body: object): Promise<string> {
  const webhookId = randomUUID();
  const text = JSON.stringify(body);
  const answer = await fetch(`${road.edgeUrl}/webhooks/shopify`, {
    method: 'POST',
    headers: {
      'X-Shopify-Topic': topic,
      'X-Shopify-Hmac-Sha256': signed(text),
      'X-Shopify-Shop-Domain': road.store.domain,
      'X-Shopify-Api-Version': '2026-10',
      'X-Shopify-Webhook-Id': webhookId,
    },
    body: text,
  });
  expect(answer.status).toBe(200);
  await road.settle();
  return webhookId;
}

function signed(text: string, secret = API_SECRET): string {
  return createHmac('sha256', secret).update(text).digest('base64');
}

async function flow(body: object, secret = API_SECRET): Promise<number> {
  const text = JSON.stringify(body);
  const answer = await fetch(`${road.edgeUrl}/flow/award`, {
    method: 'POST',
    headers: { 'X-Shopify-Hmac-Sha256': signed(text, secret) },
    body: text,
  });
  await answer.text();
  await road.settle();
  return answer.status;
}

const run = (id: string, properties: object, over: object = {}): object => ({
  shop_id: '1',
  shopify_domain: road.store.domain,
  action_run_id: id,
  handle: 'award-points',
  properties: { action: 'photo', ...properties },
  ...over,
});

describe('consent that Shopify tells (law 8)', () => {
  const email = (id: string, state: string, at: string | null): object => ({
    customer_id: Number(id),
    email_address: 'mina@example.com',
    email_marketing_consent: { state, opt_in_level: 'single_opt_in', consent_updated_at: at },
  });

  it('pays the newsletter, takes it back when it is left soon, and pays nothing again', async () => {
    const id = await someone();
    const topic = 'customers_email_marketing_consent/update';
    await webhook(topic, email(id, 'pending', '2026-11-20T13:00:00Z'));
    expect(await balance(id)).toBe(0);
    await webhook(topic, email(id, 'subscribed', '2026-11-20T14:00:00Z'));
    expect(await balance(id)).toBe(40);
    await webhook(topic, email(id, 'unsubscribed', '2026-11-25T14:00:00Z'));
    expect(await balance(id)).toBe(0);
    await webhook(topic, email(id, 'subscribed', '2026-11-26T14:00:00Z'));
    expect(await balance(id)).toBe(0);
    expect(await proof(road)).toEqual([]);
  });

  it('keeps no address with the consent', async () => {
    const kept = await road.query<{ all: string }>(
      `SELECT coalesce(string_agg(a::text, ' '), '') AS all FROM activities a WHERE kind = 'newsletter'`,
    );
    expect(kept[0]?.all).not.toContain('mina');
  });

  it('pays text messages by their own topic', async () => {
    const id = await someone();
    await webhook('customers_marketing_consent/update', {
      id: Number(id),
      phone: '+49123',
      sms_marketing_consent: { state: 'subscribed', consent_updated_at: '2026-11-20T14:00:00Z' },
    });
    expect(await balance(id)).toBe(15);
  });
});

describe('a profile that Shopify tells of (law 8)', () => {
  const person = (id: string, updated: string, over: object = {}): object => ({
    id: Number(id),
    created_at: '2020-01-01T00:00:00Z',
    updated_at: updated,
    email: 'noor@example.com',
    first_name: 'Noor',
    last_name: null,
    ...over,
  });

  it('pays 60 when the last field is filled in, and keeps only that it is', async () => {
    const id = await someone();
    await webhook('customers/update', person(id, '2026-11-20T14:00:00Z'));
    expect(await balance(id)).toBe(0);
    await webhook('customers/update', person(id, '2026-11-21T14:00:00Z', { phone: '+49 30 1234' }));
    expect(await balance(id)).toBe(60);
    await webhook('customers/update', person(id, '2026-11-22T14:00:00Z'));
    expect(await balance(id)).toBe(60);
    const [row] = await road.query<{ content: object }>(
      `SELECT content FROM activities WHERE kind = 'profile' AND member_id = $1`,
      [(await memberOf(road, id)).id],
    );
    expect(Object.keys(row?.content ?? {}).sort()).toEqual(['email', 'name', 'phone']);
    expect(JSON.stringify(row?.content)).not.toContain('1234');
  });
});

describe('Flow’s action (law 8)', () => {
  it('awards once for its run, however often Flow sends it', async () => {
    const id = await someone();
    for (let time = 0; time < 5; time += 1) {
      expect(await flow(run(`run-${id}`, { customer_id: id, points: '70' }))).toBe(200);
    }
    expect(await balance(id)).toBe(70);
    await flow(run(`run2-${id}`, { customer_id: `gid://shopify/Customer/${id}`, points: '' }));
    expect(await balance(id)).toBe(120);
    expect(await proof(road)).toEqual([]);
  });

  it('of an action that the programme does not name is kept, earns nothing, and says so', async () => {
    const id = await someone();
    await flow(run(`dance-${id}`, { customer_id: id, action: 'dance' }));
    const [row] = await road.query(`SELECT state, outcome FROM deliveries WHERE webhook_id = $1`, [
      `flow:dance-${id}`,
    ]);
    expect([row, await balance(id)]).toEqual([{ state: 'done', outcome: 'not-offered' }, 0]);
  });

  it('is refused with a forged signature, or without a run', async () => {
    const id = await someone();
    expect(await flow(run(`f-${id}`, { customer_id: id }), 'another secret')).toBe(401);
    expect(await flow(run(`f-${id}`, { customer_id: id }, { action_run_id: undefined }))).toBe(400);
    expect(await flow(run(`f-${id}`, {}, { shopify_domain: 'evil.example.com' }))).toBe(400);
    expect(await balance(id)).toBe(0);
  });

  it.each(['1.5', '-3', '1e308', 'NaN', '9999999999'])(
    'with %s points is kept as unreadable, and awards nothing',
    async (points) => {
      const id = await someone();
      expect(await flow(run(`odd-${points}-${id}`, { customer_id: id, points }))).toBe(200);
      const [row] = await road.query<{ state: string; detail: string }>(
        `SELECT state, detail FROM deliveries WHERE webhook_id = $1`,
        [`flow:odd-${points}-${id}`],
      );
      expect(row).toMatchObject({
        state: 'dead',
        detail: expect.stringContaining('points') as string,
      });
      expect(await balance(id)).toBe(0);
    },
  );
});

describe('a birthday (law 8)', () => {
  it('is paid by the calendar at the start of the shop’s day, once, also by a worker that slept', async () => {
    const id = await someone();
    const shopper = { shopId: road.shopId, customerId: id };
    await tellActivity(road.world, shopper, { kind: 'birthday', month: 12, day: 24 });
    await road.passTime();
    expect(await balance(id)).toBe(0);
    road.clock.set('2026-12-26T12:00:00Z');
    await road.passTime();
    await road.passTime();
    expect(await balance(id)).toBe(200);
    road.clock.advance(364 * DAY);
    await road.passTime();
    expect(await balance(id)).toBe(400);
    expect(await proof(road)).toEqual([]);
  });
});

describe('what a member did', () => {
  const born = (id: string, month: number, day: number): Promise<unknown> =>
    tellActivity(
      road.world,
      { shopId: road.shopId, customerId: id },
      { kind: 'birthday', month, day },
    );

  it('goes with them when they are merged, and what both had is kept once', async () => {
    const [kept, gone] = [await someone(), await someone()];
    const consent = (id: string, day: number): object => ({
      customer_id: Number(id),
      email_marketing_consent: {
        state: 'subscribed',
        consent_updated_at: new Date(Date.UTC(2027, 0, day)).toISOString(),
      },
    });
    road.clock.set('2028-01-10T12:00:00Z');
    await webhook('customers_email_marketing_consent/update', consent(kept, 3));
    await webhook('customers_email_marketing_consent/update', consent(gone, 2));
    await flow(run(`merge-${gone}`, { customer_id: gone, points: '30' }));
    expect([await balance(kept), await balance(gone)]).toEqual([40, 70]);
    await webhook('customers/merge', {
      admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
      admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
      status: 'completed',
      errors: [],
    });
    // 40 for the newsletter once, and the 30 that only the other had.
    expect(await balance(kept)).toBe(70);
    expect(await proof(road)).toEqual([]);
  });

  it('is forgotten with them: no birthday, no profile, no word of a claim stays', async () => {
    const id = await someone();
    await born(id, 5, 6);
    await webhook('customers/update', {
      id: Number(id),
      updated_at: '2026-11-20T14:00:00Z',
      email: `gone${id}@example.com`,
      first_name: 'Gone',
    });
    const { id: memberId } = await memberOf(road, id);
    await road.query(
      `INSERT INTO activities (shop_id, member_id, kind, activity_id, occurred_at, state, told_at, content)
        SELECT $1, $2, 'custom', 'claim:' || state, now(), state, now(), '{"action": "photo", "note": "I am Gone"}'
        FROM unnest(ARRAY['pending', 'refused']) AS state`,
      [road.shopId, memberId],
    );
    await allowRequest(road.world, road.shopId, 'shopper', id);
    await webhook('customers/redact', { customer: { id: Number(id) }, orders_to_redact: [] });
    expect(
      await road.query(`SELECT kind, content FROM activities WHERE member_id = $1`, [memberId]),
    ).toEqual([{ kind: 'custom', content: { action: 'photo' } }]);
    expect(await road.query(`SELECT 1 FROM request_counts WHERE caller LIKE '%${id}'`)).toEqual([]);
    expect(await proof(road)).toEqual([]);
  });
});

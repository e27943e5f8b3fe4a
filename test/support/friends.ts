/**
 * Members and their friends on the road: what each does, told as Shopify and the storefront tell it.
 * One road for a test file, because whoever does something does it there.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { orderBody, refundBody } from './order-body.ts';
import { API_SECRET, memberOf, openRoad } from './road.ts';
import type { Road } from './road.ts';
import { claimReferral } from '../../app/operations/claim-referral.ts';
import { ownReferrals } from '../../app/operations/own-referrals.ts';
import { referring } from '../domain/referrals/referred.ts';

export const DAY = 86_400_000;

export let road: Road;
let people = 8000;
let orders = 88_000;
/** 200 for who refers and 100 for the friend, unless the programme says otherwise. */
export async function openFriends(over: Parameters<typeof referring>[0] = {}): Promise<void> {
  road = await openRoad();
  await road.publish(referring(over));
}

export const iso = (): string => new Date(road.clock.now()).toISOString();

export interface Person {
  readonly id: string;
  readonly email: string;
}

/** A customer whose account began now. */
export async function someone(email?: string): Promise<Person> {
  people += 1;
  const person = { id: String(people), email: email ?? `person${people}@example.com` };
  await webhook('customers/create', {
    id: people,
    ...{ created_at: iso(), updated_at: iso() },
    ...{ email: person.email, first_name: `Kim${people}`, last_name: 'Test' },
  });
  return person;
}

export async function webhook(topic: string, body: object): Promise<void> {
  await tell(topic, body);
  await road.settle();
}

/** Stored, and left in the inbox. */
export async function tell(topic: string, body: object, triggeredAt?: string): Promise<void> {
  const text = JSON.stringify(body);
  const answer = await fetch(`${road.edgeUrl}/webhooks/shopify`, {
    method: 'POST',
    headers: {
      'X-Shopify-Topic': topic,
      'X-Shopify-Hmac-Sha256': createHmac('sha256', API_SECRET).update(text).digest('base64'),
      'X-Shopify-Shop-Domain': road.store.domain,
      'X-Shopify-Api-Version': '2026-10',
      'X-Shopify-Webhook-Id': randomUUID(),
      ...(triggeredAt !== undefined && { 'X-Shopify-Triggered-At': triggeredAt }),
    },
    body: text,
  });
  expect(answer.status).toBe(200);
}

export async function codeOf({ id }: Person): Promise<string> {
  const own = await ownReferrals(road.world, road.shopId, id);
  if (!own) throw new Error('They may refer friends.');
  return own.code;
}

let devices = 0;
export const device = (): string => {
  devices += 1;
  return `browser-of-a-person-${devices}`;
};

export async function claim(
  friend: Person,
  code: string,
  from: { ip?: string; device?: string } = {},
) {
  const told = await claimReferral(road.world, {
    ...{ shopId: road.shopId, customerId: friend.id, code },
    ...{ ip: from.ip ?? null, device: from.device ?? device() },
  });
  await road.settle();
  return told;
}

export interface Bought {
  readonly id: number;
  readonly body: Record<string, unknown>;
}

/** A paid order of one line of €50.00; nothing in it is anybody else's. */
export async function buys(friend: Person, over: Record<string, unknown> = {}): Promise<Bought> {
  orders += 10;
  const id = orders;
  const lines = [{ id: id + 1, price: '50.00', quantity: 1 }];
  const body = {
    ...orderBody({ id, customerId: Number(friend.id), placedAt: iso(), lines }),
    ...{ email: friend.email, contact_email: friend.email, phone: null, browser_ip: null },
    ...{ shipping_address: null, billing_address: null, note_attributes: [] },
    ...over,
  };
  const customer = { ...(body as { customer?: object }).customer, id: Number(friend.id) };
  const told = { ...body, customer: { ...customer, email: friend.email, default_address: null } };
  await webhook('orders/paid', told);
  return { id, body: told };
}

export async function refunds({ id }: Bought): Promise<void> {
  await webhook(
    'refunds/create',
    refundBody({
      ...{ id: id + 5, orderId: id, at: iso() },
      lines: [{ lineId: id + 1, quantity: 1, subtotal: '50.00' }],
    }),
  );
}

export async function passes(days: number): Promise<void> {
  road.clock.advance(days * DAY);
  await road.settle();
}

export const balance = async ({ id }: Person): Promise<number> => {
  const { available, debt } = await memberOf(road, id);
  return available - debt;
};

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly state: string;
  readonly because: string | null;
  readonly score: number;
  readonly signals: string[];
}

export async function rowsOf(friend: Person): Promise<Row[]> {
  const { id } = await memberOf(road, friend.id);
  return road.query<Row>(
    `SELECT id, state, because, score, signals FROM referrals WHERE friend_member_id = $1 ORDER BY claimed_at`,
    [id],
  );
}

export const withCode = (code: string): Record<string, unknown> => ({
  note_attributes: [{ name: '_laurel_ref', value: code }],
});

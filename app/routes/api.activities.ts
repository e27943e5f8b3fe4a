import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import type { ApiScope } from '../domain/api-scopes.ts';
import { allowRequest } from '../operations/allow-request.ts';
import { apiCaller } from '../operations/api-keys.ts';
import { tellCustomAction, withdrawCustomAction } from '../operations/tell-custom-action.ts';
import type { ToldAction } from '../operations/tell-custom-action.ts';

const MOST_BYTES = 4_000;
const customerId = z.string().regex(/^[1-9]\d{0,17}$/);
const id = z.string().regex(/^[A-Za-z0-9._:-]{1,100}$/);

const telling = z.strictObject({
  id,
  customer_id: customerId,
  action: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  points: z.int().min(1).max(1_000_000).optional(),
  occurred_at: z.iso.datetime({ offset: true }).optional(),
});

const withdrawing = z.strictObject({ id, customer_id: customerId.optional() });

/**
 * Who: a program of the shop's own, by a key that its staff made; the key alone says for which shop.
 * POST tells of a custom action, DELETE takes one back. The same id is the same action.
 */
export async function action({ request, context: { world } }: ActionFunctionArgs) {
  const { method } = request;
  if (method !== 'POST' && method !== 'DELETE') {
    return refused('only-post-or-delete', 405, { Allow: 'POST, DELETE' });
  }
  const caller = await apiCaller(world, request.headers.get('authorization') ?? '');
  if (!caller) return refused('bad-key', 401, { 'WWW-Authenticate': 'Bearer' });
  const { shopId, keyId } = caller;
  const allowed = await allowRequest(world, shopId, 'api-key', keyId);
  if (!allowed.ok)
    return refused('too-often', 429, { 'Retry-After': String(allowed.retryAfterSeconds) });
  const scope: ApiScope = method === 'POST' ? 'tell-activities' : 'withdraw-activities';
  if (!caller.scopes.includes(scope)) return refused('not-allowed', 403);
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return refused('only-json', 415);
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES)
    return refused('too-large', 413);
  const text = await request.text();
  if (text.length > MOST_BYTES) return refused('too-large', 413);
  if (method === 'DELETE') {
    const asked = withdrawing.safeParse(parsed(text));
    if (!asked.success) return malformed(asked.error);
    const wish = { shopId, id: asked.data.id, customerId: asked.data.customer_id ?? null };
    return answerOf(await withdrawCustomAction(world, wish));
  }
  const asked = telling.safeParse(parsed(text));
  if (!asked.success) return malformed(asked.error);
  const { points, occurred_at: moment } = asked.data;
  const told = await tellCustomAction(world, {
    shopId,
    customerId: asked.data.customer_id,
    id: asked.data.id,
    action: asked.data.action,
    points: points ?? null,
    occurredAt: moment === undefined ? null : Date.parse(moment),
  });
  return answerOf(told);
}

function answerOf(told: ToldAction) {
  if (told.ok) return json(told, { status: told.already ? 200 : 201, headers: NOT_KEPT });
  const { kind, ...numbers } = told.refusal;
  const status = { 'unknown-customer': 404, 'unknown-id': 404, 'used-otherwise': 409 }[
    kind as string
  ];
  return refused(kind, status ?? 422, {}, numbers);
}

function malformed(error: z.ZodError) {
  const places = error.issues.map(({ path }) => path.map(String).join('.') || 'body');
  return refused('bad-form', 400, {}, { places: [...new Set(places)].slice(0, 10) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const NOT_KEPT = { 'Cache-Control': 'no-store' };

const SAYS: Readonly<Record<string, string>> = {
  'only-post-or-delete': 'Only POST and DELETE.',
  'bad-key': 'The key is not valid.',
  'too-often': 'Too many calls. Try again after the seconds in Retry-After.',
  'not-allowed': 'The key does not have the scope that this needs.',
  'only-json': 'Send JSON.',
  'too-large': 'At most 4,000 characters.',
  'bad-form': 'A field is missing, not known, or not what it should be.',
  'not-offered': 'No custom action of this name was in the programme at that moment.',
  'too-many-points': 'The programme allows fewer points for this action.',
  'bad-moment': 'The moment lies in the future, or too far back.',
  'unknown-customer': 'The shop has no member with this customer id.',
  'unknown-id': 'No action with this id was told. Name the customer to withdraw it beforehand.',
  'used-otherwise': 'This id was used for something else.',
};

function refused(
  kind: string,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  more: object = {},
) {
  const body = { ok: false, refusal: { kind, ...more }, says: SAYS[kind] };
  return json(body, { status, headers: { ...NOT_KEPT, ...headers } });
}

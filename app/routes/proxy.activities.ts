import { json } from '@remix-run/node';
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { OWN, shopperOf } from './proxy/shopper.ts';
import { wish } from '../domain/activities/wish.ts';
import { allowRequest } from '../operations/allow-request.ts';
import { isJoinToken, joinToken } from '../operations/join-token.ts';
import { tellActivity } from '../operations/tell-activity.ts';
import type { TellRefusal } from '../operations/tell-activity.ts';
import { activityWays } from '../queries/activity-ways.ts';
import { storefrontMember } from '../queries/storefront-member.ts';

const MOST_BYTES = 4_000;

/**
 * Who: a customer signed in at the storefront, by Shopify's signed query. Tells what they can do for
 * points, and the token with which their page may say that they did.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { world } = args.context;
  const shopper = await shopperOf(args);
  if (!shopper) return json({ ways: [], token: null }, OWN);
  return json(
    { ways: await activityWays(world, shopper.shopId), token: joinToken(world, shopper) },
    OWN,
  );
}

/**
 * Who: a customer signed in at the storefront, about themselves: the signed query alone says who it
 * is, and an id in the body is refused. JSON with the token from the loader, so that no other site can
 * speak in their name.
 */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { world } = context;
  const shopper = await shopperOf(args);
  if (request.method !== 'POST') return refused('only-post', 405);
  if (!shopper) return refused('signed-out', 401);
  const { shopId, customerId } = shopper;
  const allowed = await allowRequest(world, shopId, 'shopper', customerId);
  if (!allowed.ok)
    return refused('too-often', 429, { 'Retry-After': String(allowed.retryAfterSeconds) });
  if (request.headers.get('Sec-Fetch-Site') === 'cross-site') return refused('another-site', 403);
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return refused('only-json', 415);
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES)
    return refused('too-large', 413);
  const text = await request.text();
  if (text.length > MOST_BYTES) return refused('too-large', 413);
  const { token, asked } = readBody(text);
  if (!asked) return refused('bad-form', 400);
  if (!isJoinToken(world, shopper, token)) return refused('bad-token', 403);
  const told = await tellActivity(world, shopper, asked);
  if (!told.ok) return refused(told.refusal.kind, statusOf(told.refusal));
  const { member } = await storefrontMember(world, shopId, customerId);
  return json({ ...told, member }, OWN);
}

const withToken = z.looseObject({ token: z.string().max(200) });

function readBody(text: string): { token: string; asked: z.infer<typeof wish> | null } {
  const body = withToken.safeParse(parsed(text));
  if (!body.success) return { token: '', asked: null };
  const { token, ...rest } = body.data;
  return { token, asked: wish.safeParse(rest).data ?? null };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function statusOf({ kind }: TellRefusal): number {
  return kind === 'bad-amount' || kind === 'bad-date' ? 400 : 409;
}

/** What a person at the keyboard can read; the page has its own words for the kinds. */
const SAYS: Readonly<Record<string, string>> = {
  'only-post': 'Only GET and POST.',
  'signed-out': 'Sign in first.',
  'too-often': 'That was too often. Try again in a minute.',
  'another-site': 'Another site cannot ask for this.',
  'only-json': 'Send JSON.',
  'too-large': 'That is too much text.',
  'bad-form': 'Something is missing, or is not what it should be.',
  'bad-token': 'The page is too old. Load it again.',
  'not-running': 'The programme is not running.',
  'not-a-member': 'Only members of the programme earn points.',
  'not-offered': 'The programme gives no points for this.',
  'bad-amount': 'This is no amount of money of the shop.',
  'bad-date': 'The day of the purchase lies in the future.',
  'too-old': 'The receipt is too old.',
  'claimed-already': 'This was claimed already.',
};

function refused(kind: string, status: number, more: Readonly<Record<string, string>> = {}) {
  return json(
    { ok: false, refusal: { kind }, says: SAYS[kind] },
    { status, headers: { ...OWN.headers, ...more } },
  );
}

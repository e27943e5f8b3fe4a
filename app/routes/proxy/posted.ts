/** What a shopper's page posts: JSON with the token that only our own answers tell, about themselves. */
import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { OWN, shopperOf } from './shopper.ts';
import { allowRequest } from '../../operations/allow-request.ts';
import { isJoinToken } from '../../operations/join-token.ts';
import type { SignIn } from '../../operations/sign-in.ts';

const MOST_BYTES = 4_000;
const withToken = z.looseObject({ token: z.string().max(200) });

export type Posted<T, Met = void> =
  | { readonly ok: true; readonly shopper: SignIn; readonly asked: T; readonly met: Met }
  | { readonly ok: false; readonly response: Response };

interface How<Met> {
  readonly mostBytes?: number;
  /** Read while the call is counted, whatever becomes of it. */
  readonly meeting: (shopper: SignIn) => Promise<Met>;
}

const MEETING_NOBODY: How<void> = { meeting: () => Promise.resolve() };

/** Who: a customer signed in at the storefront, by Shopify's signed query alone. */
export async function posted<T>(
  args: ActionFunctionArgs,
  shape: z.ZodType<T>,
  how?: Omit<How<void>, 'meeting'>,
): Promise<Posted<T>>;
export async function posted<T, Met>(
  args: ActionFunctionArgs,
  shape: z.ZodType<T>,
  how: How<Met>,
): Promise<Posted<T, Met>>;
export async function posted<T>(
  args: ActionFunctionArgs,
  shape: z.ZodType<T>,
  how: Partial<How<unknown>> = {},
): Promise<Posted<T, unknown>> {
  const { mostBytes, meeting } = { mostBytes: MOST_BYTES, ...MEETING_NOBODY, ...how };
  const { request, context } = args;
  const { world } = context;
  const shopper = await shopperOf(args);
  if (request.method !== 'POST') return no('only-post', 405);
  if (!shopper) return no('signed-out', 401);
  const [allowed, met] = await Promise.all([
    allowRequest(world, shopper.shopId, 'shopper', shopper.customerId),
    meeting(shopper),
  ]);
  if (!allowed.ok)
    return no('too-often', 429, { 'Retry-After': String(allowed.retryAfterSeconds) });
  if (request.headers.get('Sec-Fetch-Site') === 'cross-site') return no('another-site', 403);
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return no('only-json', 415);
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return no('too-large', 413);
  const text = await request.text();
  if (text.length > mostBytes) return no('too-large', 413);
  const body = withToken.safeParse(parsed(text));
  if (!body.success) return no('bad-form', 400);
  const { token, ...rest } = body.data;
  const asked = shape.safeParse(rest);
  if (!asked.success) return no('bad-form', 400);
  if (!isJoinToken(world, shopper, token)) return no('bad-token', 403);
  return { ok: true, shopper, asked: asked.data, met };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function refused(kind: string, status: number, more: Readonly<Record<string, string>> = {}) {
  return json({ ok: false, refusal: { kind } }, { status, headers: { ...OWN.headers, ...more } });
}

function no(
  kind: string,
  status: number,
  more: Readonly<Record<string, string>> = {},
): { readonly ok: false; readonly response: Response } {
  return { ok: false, response: refused(kind, status, more) };
}

/** The caller's address as Shopify's proxy tells it; for limits and comparisons, never for who it is. */
export function addressOf(request: Request): string | null {
  return request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? null;
}

/** Requests as they come from the admin's iframe and from Shopify's app proxy, really signed. */
import { createHmac } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { API_KEY, API_SECRET } from './road.ts';
import type { Road } from './road.ts';
import { makeAtOnce } from '../../app/jobs/make-at-once.ts';
import { makeShopify } from '../../app/shopify.server.ts';

const APP = 'http://localhost:1';
/** Shopify's library turns bots away, and takes a browser without a name for one. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';

export function contextOf(road: Road): AppLoadContext {
  const { world, access } = road;
  return { world, shopify: makeShopify(world), makeReward: makeAtOnce(world, access) };
}

/** Shopify's library compares with the real clock, so the token is of now. */
export function idToken(
  domain: string,
  change: {
    readonly secret?: string;
    readonly audience?: string;
    readonly staff?: string;
    readonly ageS?: number;
  } = {},
): string {
  const issued = Math.floor(Date.now() / 1000) - (change.ageS ?? 0);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({
    iss: `https://${domain}/admin`,
    dest: `https://${domain}`,
    aud: change.audience ?? API_KEY,
    sub: change.staff ?? '42',
    exp: issued + 60,
    nbf: issued,
    iat: issued,
    jti: 'test',
    sid: 'test',
  })}`;
  const secret = change.secret ?? API_SECRET;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}

/** What App Bridge's fetch sends. */
export function adminRequest(path: string, token: string | null, body?: unknown): Request {
  return new Request(`${APP}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'User-Agent': BROWSER,
      ...(token !== null && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

/** What Shopify sends for a visitor of the storefront. */
export function proxyRequest(
  path: string,
  parameters: Readonly<Record<string, string>>,
  { secret = API_SECRET, ageS = 0 }: { readonly secret?: string; readonly ageS?: number } = {},
): Request {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageS);
  const all = { path_prefix: '/apps/laurel', timestamp, ...parameters };
  const message = Object.entries(all)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('');
  const signature = createHmac('sha256', secret).update(message).digest('hex');
  const query = new URLSearchParams({ ...all, signature });
  return new Request(`${APP}${path}?${query.toString()}`, { headers: { 'User-Agent': BROWSER } });
}

/** The answer, also where it was thrown. */
export async function answerOf(call: () => Promise<unknown>): Promise<Response> {
  const answer = await call().catch((thrown: unknown) => thrown);
  if (answer instanceof Response) return answer;
  throw answer instanceof Error ? answer : new Error('There was no response.');
}

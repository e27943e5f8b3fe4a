/** The JWT that App Bridge hands to the app: HS256 with the app's secret, one minute long. */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Store } from '../state/store.ts';
import type { World } from '../state/world.ts';

const lifetimeSeconds = 60;

const claimsSchema = z.object({
  iss: z.string(),
  dest: z.string(),
  aud: z.string(),
  sub: z.string(),
  exp: z.number(),
  nbf: z.number(),
  iat: z.number(),
  jti: z.string(),
  sid: z.string(),
});

export type SessionClaims = z.infer<typeof claimsSchema>;

/** A new token for the shop's staff member. */
export function sessionToken(world: World, store: Store): string {
  const now = Math.floor(world.clock.now().getTime() / 1000);
  const claims: SessionClaims = {
    iss: `https://${store.domain}/admin`,
    dest: `https://${store.domain}`,
    aud: world.credentials.apiKey,
    sub: store.staff.id,
    exp: now + lifetimeSeconds,
    nbf: now,
    iat: now,
    jti: randomUUID(),
    sid: randomUUID().replaceAll('-', ''),
  };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${signature(world, signed).toString('base64url')}`;
}

/** The claims, or why Shopify would not take the token for this shop. */
export function readSessionToken(
  world: World,
  store: Store,
  token: string,
): { claims: SessionClaims } | { refusal: string } {
  const [header = '', body = '', mark = ''] = token.split('.');
  const given = Buffer.from(mark, 'base64url');
  const expected = signature(world, `${header}.${body}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return { refusal: 'the signature is not of this app' };
  }
  const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  if (!claims.success) return { refusal: 'a claim is missing' };
  const now = Math.floor(world.clock.now().getTime() / 1000);
  const { aud, dest, exp, iss, nbf } = claims.data;
  if (aud !== world.credentials.apiKey) return { refusal: 'it is for another app' };
  if (dest !== `https://${store.domain}`) return { refusal: 'it is for another shop' };
  if (iss !== `${dest}/admin`) return { refusal: 'its issuer is not that shop' };
  if (exp <= now) return { refusal: 'it has expired' };
  // A few seconds of tolerance, as clocks differ.
  if (nbf > now + 5) return { refusal: 'it is not valid yet' };
  return { claims: claims.data };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function signature(world: World, signed: string): Buffer {
  return createHmac('sha256', world.credentials.apiSecret).update(signed).digest();
}

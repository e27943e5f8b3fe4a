/** HMACs over the raw bytes, compared in constant time. */
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/**
 * Shopify's webhooks: base64 of HMAC-SHA256 by the app's secret; two secrets while one is rotated.
 * Shopify sends no empty body, and its own library takes none.
 */
export function isSignedByShopify(
  body: Buffer,
  signature: string,
  secrets: readonly KeyObject[],
): boolean {
  const matching = secrets.map((secret) => matches(body, signature, secret, 'base64'));
  return body.length > 0 && matching.includes(true);
}

/** The app's secret, made ready once: that costs more than a signature. */
export function secretKey(secret: string): KeyObject {
  return createSecretKey(secret, 'utf8');
}

/** Judge.me: hex of HMAC-SHA256 by the shop's private token. */
export function isSignedByJudgeMe(body: Buffer, signature: string, secret: string): boolean {
  return matches(body, signature, secret, 'hex');
}

function matches(
  body: Buffer,
  signature: string,
  secret: string | KeyObject,
  encoding: 'base64' | 'hex',
): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(body).digest(encoding));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

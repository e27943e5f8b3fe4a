/** HMACs over the raw bytes, compared in constant time. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Shopify's webhooks: base64 of HMAC-SHA256 by the app's secret; two secrets while one is rotated. */
export function isSignedByShopify(
  body: Buffer,
  signature: string,
  secrets: readonly string[],
): boolean {
  return secrets.map((secret) => matches(body, signature, secret, 'base64')).includes(true);
}

/** Judge.me: hex of HMAC-SHA256 by the shop's private token. */
export function isSignedByJudgeMe(body: Buffer, signature: string, secret: string): boolean {
  return matches(body, signature, secret, 'hex');
}

function matches(
  body: Buffer,
  signature: string,
  secret: string,
  encoding: 'base64' | 'hex',
): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(body).digest(encoding));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

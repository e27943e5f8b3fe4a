/**
 * A key as its owner keeps it: "laurel_<shop>_<id>_<secret>". It names the shop and its row, so that it
 * is looked up within the shop; of the secret, 256 bits of chance, only a hash is kept.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const FORM =
  /^laurel_([1-9]\d{0,18})_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;
const SECRET_BYTES = 32;

export interface ApiKeyParts {
  readonly shopId: string;
  readonly id: string;
  readonly secret: string;
}

export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

export function writeApiKey({ shopId, id, secret }: ApiKeyParts): string {
  return `laurel_${shopId}_${id}_${secret}`;
}

export function readApiKey(text: string): ApiKeyParts | null {
  const [, shopId, id, secret] = FORM.exec(text) ?? [];
  return shopId && id && secret ? { shopId, id, secret } : null;
}

export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

export function isSecretOf(secret: string, hash: Buffer): boolean {
  return timingSafeEqual(hashOf(secret), hash);
}

/**
 * Secrets at rest: AES-256-GCM under a key that lives outside the database. A sealed text names its
 * key, so keys can be rotated, and is bound to the place it was written for, so that a sealed text
 * copied into another row does not open.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

export interface Sealer {
  /** @param place where it will lie, e.g. "session offline_x.myshopify.com accessToken" */
  readonly seal: (plain: string, place: string) => string;
  /** @throws SealFault when the key is unknown, the place is another, or a byte was changed. */
  readonly open: (sealed: string, place: string) => string;
  /**
   * Keyed hashes by which a text can be found again and never read: the first is the one to store, the
   * others are those of older keys.
   */
  readonly hashes: (text: string, place: string) => readonly string[];
  /** Whether this is one of them; takes the same time wherever it differs. */
  readonly isHash: (text: string, place: string, given: string) => boolean;
}

export class SealFault extends Error {
  override name = 'SealFault';
}

const FORM = /^laurel1\.([A-Za-z0-9_-]{1,40})\.([A-Za-z0-9_-]+)$/;
const KEY_ID = /^[A-Za-z0-9_-]{1,40}$/;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * @param text "2026-11:<base64>,2026-05:<base64>": the first key seals, every key opens
 * @throws SealFault that names the key which is wrong, and never shows it
 */
export function makeSealer(text: string): Sealer {
  const keys = readKeys(text);
  const [current] = keys;
  if (!current) throw new SealFault('There is no encryption key.');
  const byId = new Map(keys.map((key) => [key.id, key.bytes]));
  if (byId.size !== keys.length) throw new SealFault('Two encryption keys have the same id.');

  const hashes: Sealer['hashes'] = (text, place) =>
    keys.map(({ id, bytes }) => {
      const hash = createHmac('sha256', bytes).update(`hash\0${place}\0${text}`);
      return `${id}.${hash.digest('base64url')}`;
    });

  return {
    hashes,
    isHash: (text, place, given) => {
      const bytes = Buffer.from(given);
      return hashes(text, place)
        .map((hash) => Buffer.from(hash))
        .some((hash) => hash.length === bytes.length && timingSafeEqual(hash, bytes));
    },
    seal: (plain, place) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.bytes, iv);
      cipher.setAAD(boundTo(current.id, place));
      const sealed = [iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return `laurel1.${current.id}.${Buffer.concat(sealed).toString('base64url')}`;
    },
    open: (sealed, place) => {
      const match = FORM.exec(sealed);
      const [, id = '', content = ''] = match ?? [];
      const key = byId.get(id);
      if (!match) throw new SealFault('This is not a sealed text.');
      if (!key) throw new SealFault(`It was sealed with the key "${id}", which is not configured.`);
      const bytes = Buffer.from(content, 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) throw new SealFault('The sealed text is cut short.');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
      decipher.setAAD(boundTo(id, place));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      try {
        const opened = decipher.update(bytes.subarray(IV_BYTES, bytes.length - TAG_BYTES));
        return Buffer.concat([opened, decipher.final()]).toString('utf8');
      } catch (fault) {
        throw new SealFault('The sealed text was changed, or belongs to another place.', {
          cause: fault,
        });
      }
    },
  };
}

/** Where the token of a shop's review app lies. */
export function reviewSecretPlace(shopId: string, provider: string): string {
  return `integration ${shopId} ${provider}`;
}

/** Where the code of a gift card that was given as a reward lies. */
export function giftCardPlace(shopId: string, redemptionId: string): string {
  return `gift card ${shopId} ${redemptionId}`;
}

/** Where the seed lies by which the draws of a game's day, or of a giveaway, are made. */
export function gameSeedPlace(shopId: string, game: string, epoch: string): string {
  return `game seed ${shopId} ${game} ${epoch}`;
}

/** Where the codes lie that a partner gave for a reward. */
export function partnerCodePlace(shopId: string, rewardKey: string): string {
  return `partner code ${shopId} ${rewardKey}`;
}

interface SealingKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

function readKeys(text: string): readonly SealingKey[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts.filter(Boolean).map((part) => {
    const colon = part.indexOf(':');
    const id = part.slice(0, Math.max(0, colon));
    if (!KEY_ID.test(id)) {
      throw new SealFault(
        'An encryption key is written as id:base64, with letters, digits, - and _ in the id.',
      );
    }
    const bytes = Buffer.from(part.slice(colon + 1), 'base64');
    if (bytes.length !== KEY_BYTES) {
      throw new SealFault(`The encryption key "${id}" has ${bytes.length} bytes instead of 32.`);
    }
    return { id, bytes };
  });
}

function boundTo(keyId: string, place: string): Buffer {
  return Buffer.from(`laurel1 ${keyId} ${place}`, 'utf8');
}

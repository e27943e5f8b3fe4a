/** The cryptography of draws, by Node; and new seeds. */
import { createHash, createHmac, randomBytes } from 'node:crypto';

export const hashing = {
  hmac: (keyHex: string, text: string): string =>
    createHmac('sha256', Buffer.from(keyHex, 'hex')).update(text, 'utf8').digest('hex'),
  sha256OfBytes: (hex: string): string =>
    createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex'),
  sha256OfText: (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex'),
};

/** 256 bits that nobody can guess. */
export function newSeed(): string {
  return randomBytes(32).toString('hex');
}

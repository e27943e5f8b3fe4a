import { describe, expect, it } from 'vitest';
import { makeSealer, SealFault } from '../../app/storage/sealing.ts';

const OLD = `2026-05:${Buffer.alloc(32, 1).toString('base64')}`;
const NEW = `2026-11:${Buffer.alloc(32, 2).toString('base64')}`;
const PLACE = 'session offline_a.myshopify.com accessToken';

describe('a sealed text', () => {
  it('opens at its place to what was sealed, and shows nothing of it before', () => {
    const { seal, open } = makeSealer(NEW);
    const sealed = seal('shpat_secret ✓', PLACE);
    expect(sealed).toMatch(/^laurel1\.2026-11\./);
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').includes('shpat')).toBe(false);
    expect(open(sealed, PLACE)).toBe('shpat_secret ✓');
  });

  it('is another text each time, so that equal secrets do not look equal', () => {
    const { seal } = makeSealer(NEW);
    expect(seal('a', PLACE)).not.toBe(seal('a', PLACE));
  });

  it('does not open in another place, nor when a byte was changed', () => {
    const { seal, open } = makeSealer(NEW);
    const sealed = seal('secret', PLACE);
    expect(() => open(sealed, 'session offline_b.myshopify.com accessToken')).toThrow(SealFault);
    const bytes = Buffer.from(sealed.split('.')[2] ?? '', 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const text = `laurel1.2026-11.${changed.toString('base64url')}`;
      expect(() => open(text, PLACE)).toThrow(SealFault);
    }
  });

  it('opens after a rotation, and a new one is sealed with the new key', () => {
    const sealed = makeSealer(OLD).seal('secret', PLACE);
    const rotated = makeSealer(`${NEW}, ${OLD}`);
    expect(rotated.open(sealed, PLACE)).toBe('secret');
    expect(rotated.seal('secret', PLACE)).toMatch(/^laurel1\.2026-11\./);
    expect(() => makeSealer(NEW).open(sealed, PLACE)).toThrow('"2026-05", which is not configured');
  });

  it.each(['plain text', '', 'laurel1.2026-11.', 'laurel1.2026-11.AAAA', 'laurel2.2026-11.AAAA'])(
    'refuses %j as sealed',
    (text) => {
      expect(() => makeSealer(NEW).open(text, PLACE)).toThrow(SealFault);
    },
  );
});

describe('the encryption keys', () => {
  it.each([
    ['', 'no encryption key'],
    ['nocolon', 'id:base64'],
    ['a b:AAAA', 'id:base64'],
    ['short:AAAA', '3 bytes instead of 32'],
    [`${NEW},${NEW}`, 'same id'],
  ])('%j stops the start with a sentence', (text, sentence) => {
    expect(() => makeSealer(text)).toThrow(sentence);
  });

  it('are never named in a refusal, only their ids are', () => {
    const key = Buffer.alloc(31, 9).toString('base64');
    expect(() => makeSealer(`mine:${key}`)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(key) as string }) as Error,
    );
  });
});

/** The mathematics of a draw: known numbers, published odds, nothing that leans to one side. */
import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  CHOSEN,
  drawNumber,
  drawText,
  numberIn,
  prizeAt,
  WHOLE,
} from '../../../app/domain/games/draw.ts';
import { expectedPoints, outcomeOf } from '../../../app/domain/games/odds.ts';

const SEED = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const hmac = (key: string, text: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex');

const words = { shopId: '4711', game: 'wheel', epoch: '2026-11-22', serial: 1, chosen: 'abcdefgh' };

/** Drawn by hand with openssl, as docs/verify-a-draw.md says. */
const VECTORS = [
  { serial: 1, chosen: 'abcdefgh', number: 626_520 },
  { serial: 2, chosen: 'abcdefgh', number: 819_103 },
  { serial: 1, chosen: 'Zz-_0123456789', number: 485_731 },
] as const;

const PRIZES = [
  { key: 'tea', chance: 1_000 },
  { key: 'hundred', chance: 49_000 },
  { key: 'ten', chance: 450_000 },
];

describe('a draw', () => {
  it('signs six lines, of which nobody can add one (law 10.5)', () => {
    expect(drawText(words)).toBe(
      'laurel-draw-1\nshop 4711\ngame wheel\nepoch 2026-11-22\nserial 1\nchosen abcdefgh',
    );
    for (const odd of [
      'short',
      'with\nline-break',
      'with space',
      'ä'.repeat(8),
      'x'.repeat(65),
      '',
    ])
      expect(CHOSEN.test(odd)).toBe(false);
    for (const fine of ['abcdefgh', 'A-_9'.repeat(16), 'f'.repeat(64)])
      expect(CHOSEN.test(fine)).toBe(true);
  });

  it.each(VECTORS)('of serial $serial and "$chosen" is $number, by openssl', async (vector) => {
    const { number, ...more } = vector;
    const text = drawText({ ...words, ...more });
    expect(await drawNumber(SEED, text, WHOLE, { hmac })).toBe(number);
  });

  it('takes the first piece below the greatest multiple of the range, and signs again where none is', async () => {
    const limit = 2 ** 48 - (2 ** 48 % WHOLE);
    expect(limit).toBe(281_474_976_000_000);
    const hex = (...pieces: number[]): string =>
      pieces
        .map((piece) => piece.toString(16).padStart(12, '0'))
        .join('')
        .padEnd(64, '0');
    expect(numberIn(hex(limit - 1, 5, 6, 7, 8), WHOLE)).toBe(999_999);
    expect(numberIn(hex(limit, limit + 9, 1_234_567, 7, 8), WHOLE)).toBe(234_567);
    const none = hex(limit, limit, limit, limit, limit);
    expect(numberIn(none, WHOLE)).toBeNull();
    const asked: string[] = [];
    const found = await drawNumber(SEED, 'text', WHOLE, {
      hmac: (_, text) => {
        asked.push(text);
        return asked.length < 3 ? none : hex(2_000_007, 0, 0, 0, 0);
      },
    });
    expect(found).toBe(7);
    expect(asked).toEqual(['text', 'text\nagain 1', 'text\nagain 2']);
  });

  it('gives each prize the numbers of its chance, in the published order', () => {
    const at = (number: number): string | null => prizeAt(PRIZES, number)?.key ?? null;
    // 1,000 + 49,000 + 450,000 = 500,000 of a million: from there on nothing.
    expect([0, 999, 1_000, 49_999, 50_000, 499_999, 500_000, 999_999].map(at)).toEqual([
      ...['tea', 'tea', 'hundred', 'hundred', 'ten', 'ten', null, null],
    ]);
    expect(prizeAt([], 0)).toBeNull();
    expect(prizeAt([{ key: 'all', chance: WHOLE }], WHOLE - 1)?.key).toBe('all');
  });

  it('matches the published odds in a million draws by one seed (law 10.5, chi-square)', () => {
    const draws = 1_000_000;
    const found = new Map<string, number>();
    // A hundred boxes of the numbers themselves show what the three prizes would hide.
    const boxes = new Array<number>(100).fill(0);
    const key = createSecretKey(Buffer.from(SEED, 'hex'));
    for (let serial = 1; serial <= draws; serial += 1) {
      const text = drawText({ ...words, serial });
      const number = numberIn(createHmac('sha256', key).update(text).digest('hex'), WHOLE) ?? -1;
      const prize = prizeAt(PRIZES, number)?.key ?? 'nothing';
      found.set(prize, (found.get(prize) ?? 0) + 1);
      const box = Math.floor(number / 10_000);
      boxes[box] = (boxes[box] ?? 0) + 1;
    }
    const expected = [...PRIZES, { key: 'nothing', chance: 500_000 }];
    const chiSquare = (pairs: readonly (readonly [number, number])[]): number =>
      pairs.reduce((sum, [seen, due]) => sum + (seen - due) ** 2 / due, 0);
    // 3 degrees of freedom: 16.27 is passed once in a thousand seeds. This one is fixed.
    const prizes = expected.map(({ key, chance }) => [found.get(key) ?? 0, chance] as const);
    expect(chiSquare(prizes)).toBeLessThan(16.27);
    // 99 degrees of freedom: 148.2 likewise.
    expect(chiSquare(boxes.map((seen) => [seen, draws / 100] as const))).toBeLessThan(148.2);
    // A control: odds a hundredth off are noticed.
    const off = prizes.map(([seen, due], at) => [seen, at === 2 ? due * 1.01 : due] as const);
    expect(chiSquare(off)).toBeGreaterThan(16.27);
  }, 60_000);

  it('is committed to by the hash of the seed, byte for byte', () => {
    const commit = createHash('sha256').update(Buffer.from(SEED, 'hex')).digest('hex');
    expect(commit).toBe('4773d12e2371bb935b9a0f5439b4a1c3ad3f2414b86980f8418d1cfabdfadfef');
  });
});

describe('what is given for what was drawn', () => {
  const prizes = [
    { key: 'tea', instead: 'hundred' },
    { key: 'hundred', instead: 'ten' },
    { key: 'ten', instead: null },
    { key: 'loop', instead: 'loop' },
  ];
  const lacking =
    (stock: string[], budget: string[] = []) =>
    (key: string) =>
      stock.includes(key) ? 'stock' : budget.includes(key) ? 'budget' : null;

  it('is the prize, else what stands in its place, else nothing, and says why (law 10.5)', () => {
    expect(outcomeOf(prizes, 'tea', lacking([]))).toEqual({
      ...{ drawn: 'tea', given: 'tea', because: null },
    });
    expect(outcomeOf(prizes, 'tea', lacking(['tea']))).toEqual({
      ...{ drawn: 'tea', given: 'hundred', because: 'stock' },
    });
    expect(outcomeOf(prizes, 'tea', lacking(['tea'], ['hundred']))).toEqual({
      ...{ drawn: 'tea', given: 'ten', because: 'stock' },
    });
    expect(outcomeOf(prizes, 'hundred', lacking([], ['hundred', 'ten']))).toEqual({
      ...{ drawn: 'hundred', given: null, because: 'budget' },
    });
    expect(outcomeOf(prizes, null, lacking(['tea']))).toEqual({
      ...{ drawn: null, given: null, because: null },
    });
    expect(outcomeOf(prizes, 'loop', lacking(['loop'])).given).toBeNull();
  });

  it('costs on average what its chances say', () => {
    // 0.1 × 50 + 0.01 × 1,000 = 15
    expect(
      expectedPoints([
        { chance: 100_000, points: 50 },
        { chance: 10_000, points: 1_000 },
        { chance: 5, points: 0 },
      ]),
    ).toBe(15);
  });
});

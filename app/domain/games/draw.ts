/**
 * A draw as anybody can do it again: the commitment, the number, the prize. The cryptography is an
 * argument, so that the server and a shopper's browser reckon by the same lines.
 */

/** HMAC-SHA256 and SHA-256 over UTF-8 text; bytes as lower-case hex digits. */
export interface Hashing {
  readonly hmac: (keyHex: string, text: string) => Promise<string> | string;
  /** Of the bytes that the hex digits stand for. */
  readonly sha256OfBytes: (hex: string) => Promise<string> | string;
  readonly sha256OfText: (text: string) => Promise<string> | string;
}

/** Chances are whole numbers of a million. */
export const WHOLE = 1_000_000;

export interface DrawWords {
  readonly shopId: string;
  readonly game: string;
  readonly epoch: string;
  /** Draws of an epoch are counted from 1, without a gap. */
  readonly serial: number;
  /** By the shopper's browser; of a giveaway the hash of the list of tickets. */
  readonly chosen: string;
}

/** What the shopper's browser may choose: nothing that could end a line. */
export const CHOSEN = /^[A-Za-z0-9_-]{8,64}$/;

/** The text that is signed by the seed: five lines and a name, none ended by a line break at the end. */
export function drawText({ shopId, game, epoch, serial, chosen }: DrawWords): string {
  return [
    'laurel-draw-1',
    `shop ${shopId}`,
    `game ${game}`,
    `epoch ${epoch}`,
    `serial ${serial}`,
    `chosen ${chosen}`,
  ].join('\n');
}

/** Pieces of 12 hex digits are numbers that every language holds exactly. */
const PIECE = 12;
const PIECES = 5;
const PIECE_VALUES = 2 ** 48;

/**
 * A number from 0 to `range` - 1, each as likely: the first of the five pieces below the greatest multiple
 * of `range`. Where none is, which is all but impossible, the text is signed again with a line more.
 */
export async function drawNumber(
  seedHex: string,
  text: string,
  range: number,
  { hmac }: Pick<Hashing, 'hmac'>,
): Promise<number> {
  for (let round = 0; ; round += 1) {
    const signed = await hmac(seedHex, round === 0 ? text : `${text}\nagain ${round}`);
    const found = numberIn(signed, range);
    if (found !== null) return found;
  }
}

/** @returns what the 64 hex digits come to; null where every piece lies at the limit or above it */
export function numberIn(signedHex: string, range: number): number | null {
  const limit = PIECE_VALUES - (PIECE_VALUES % range);
  for (let piece = 0; piece < PIECES; piece += 1) {
    const value = Number.parseInt(signedHex.slice(piece * PIECE, (piece + 1) * PIECE), 16);
    if (value < limit) return value % range;
  }
  return null;
}

export interface Odds {
  readonly key: string;
  readonly chance: number;
}

/** The prizes in their published order: the first has the numbers from 0, the next those after it. */
export function prizeAt<P extends Odds>(prizes: readonly P[], number: number): P | null {
  let upTo = 0;
  for (const prize of prizes) {
    upTo += prize.chance;
    if (number < upTo) return prize;
  }
  return null;
}

/** Codes that nobody guesses, kept before Shopify is asked to make something with them. */
import { randomBytes } from 'node:crypto';

/** Crockford's letters: none is mistaken for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 16;

/** 80 random bits in letters that are easily typed, in groups of four. */
export function newDiscountCode(): string {
  return (newLetters().match(/.{4}/g) ?? []).join('-');
}

/** 80 random bits in the small letters and digits that gift cards are made of. */
export function newGiftCardCode(): string {
  return newLetters().toLowerCase();
}

function newLetters(): string {
  return [...randomBytes(CODE_LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** Referral codes: unguessable unless the member chose a word, and compared without regard to case. */

/** Without letters and digits that are taken for each other. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 10;

/** A code of ten letters, some fifty bits, from bytes that nobody can guess. */
export function codeFrom(bytes: Iterable<number>): string {
  return [...bytes]
    .slice(0, LENGTH)
    .map((byte) => LETTERS[byte % LETTERS.length] ?? '')
    .join('');
}

/** One text for a code, however it is typed. */
export function codeKey(code: string): string {
  return code.trim().toUpperCase();
}

/** What can be a code at all: whatever else is asked for need not be looked for. */
export function isCode(code: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]{2,23}$/.test(code.trim());
}

export type VanityRefusal = { readonly kind: 'bad-code' | 'offensive' | 'reserved' };

const RESERVED: ReadonlySet<string> = new Set(
  'ADMIN SUPPORT STAFF SHOP SHOPIFY LAUREL OFFICIAL SERVICE HELP CHECKOUT FREE DISCOUNT SALE NULL TEST'.split(
    ' ',
  ),
);

/** Words that nobody should have to read in a link, wherever they stand in it. */
const OFFENSIVE = [
  ...['ARSCH', 'BITCH', 'CUNT', 'FAGGOT', 'FICK', 'FOTZE', 'FUCK', 'HITLER', 'HURE', 'KANAKE'],
  ...['MISSGEBURT', 'MOTHERF', 'NAZI', 'NIGGER', 'NIGGA', 'NUTTE', 'PENIS', 'PORN', 'RAPE'],
  ...['SHIT', 'SCHEISS', 'SCHLAMPE', 'SLUT', 'TRANNY', 'WANKER', 'WHORE', 'WICHS'],
];
const DISGUISED: Readonly<Record<string, string>> = {
  ...{ '0': 'O', '1': 'I', '3': 'E', '4': 'A', '5': 'S', '7': 'T', '8': 'B', '-': '' },
};

/** @returns why a member cannot have this code; null where they can, if nobody else has it */
export function vanityRefusal(code: string): VanityRefusal | null {
  const key = codeKey(code);
  if (!/^[A-Z0-9](-?[A-Z0-9]){3,19}$/.test(key)) return { kind: 'bad-code' };
  if (!/[A-Z]/.test(key)) return { kind: 'bad-code' };
  const plain = key.replaceAll(/[0134578-]/g, (letter) => DISGUISED[letter] ?? letter);
  if (OFFENSIVE.some((word) => plain.includes(word) || key.includes(word))) {
    return { kind: 'offensive' };
  }
  return RESERVED.has(plain) || RESERVED.has(key) ? { kind: 'reserved' } : null;
}

/** "M…" for Mina: enough to know whom one invited, and no more. */
export function maskedName(name: string | null): string | null {
  const [first] = (name ?? '').trim();
  return first === undefined ? null : `${first.toUpperCase()}…`;
}

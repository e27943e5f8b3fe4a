/**
 * JSON whose whole numbers beyond 2^53 stay exact: they come back as strings of digits. What
 * PostgreSQL cannot keep in a text, NUL and halves of surrogate pairs, is taken out or replaced.
 */

/** Digits in a row of the shortest number that JSON.parse could round. */
const MAY_BE_ROUNDED = 16;
const MAY_BE_UNSTORABLE = /\\u(?:0000|[dD][89a-fA-F])/;

/** @throws SyntaxError when the text is not JSON */
export function parseExactJson(text: string): unknown {
  const exact = hasDigits(text, MAY_BE_ROUNDED);
  // Most bodies have no escape at all, which is found out much faster than by the pattern.
  const storable = text.includes('\\u') && MAY_BE_UNSTORABLE.test(text);
  if (!exact && !storable) return JSON.parse(text);
  // TypeScript does not know the third argument (source text access) yet.
  const parse = JSON.parse as (
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ) => unknown;
  return parse(text, (_key, value, { source }) => {
    if (typeof value === 'string') return storable ? storableText(value) : value;
    const rounded =
      typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined;
    return rounded && /^-?\d+$/.test(source) ? source : value;
  });
}

/** Whether so many digits stand in a row: only every so manieth character has to be looked at. */
function hasDigits(text: string, many: number): boolean {
  for (let at = many - 1; at < text.length; at += many) {
    if (!isDigit(text, at)) continue;
    let [first, last] = [at, at];
    while (isDigit(text, first - 1)) first -= 1;
    while (isDigit(text, last + 1)) last += 1;
    if (last - first + 1 >= many) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

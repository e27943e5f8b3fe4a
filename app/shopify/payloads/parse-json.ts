/** JSON whose whole numbers beyond 2^53 stay exact: they come back as strings of digits. */

/** Sixteen digits in a row are the shortest number that JSON.parse could round. */
const MAY_BE_ROUNDED = /\d{16}/;

/** @throws SyntaxError when the text is not JSON */
export function parseExactJson(text: string): unknown {
  if (!MAY_BE_ROUNDED.test(text)) return JSON.parse(text);
  // TypeScript does not know the third argument (source text access) yet.
  const parse = JSON.parse as (
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ) => unknown;
  return parse(text, (_key, value, context) =>
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    context.source !== undefined &&
    /^-?\d+$/.test(context.source)
      ? context.source
      : value,
  );
}

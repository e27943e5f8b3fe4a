/**
 * A whole number as a person writes it: with a sign, and grouped as their language groups it ("1,000" in
 * English, "1.000" in German) or by spaces. Null for anything else, so that nobody books one point for a thousand.
 */
export function wholeNumberIn(text: string, locale: string): number | null {
  const group = new Intl.NumberFormat(locale)
    .formatToParts(1_000_000)
    .find(({ type }) => type === 'group')?.value;
  const [, sign, digits] = /^([+-]?)(.+)$/.exec(text.trim().replace(/^[\u2212\u2013]/, '-')) ?? [];
  if (digits === undefined) return null;
  const separators = [...(group === undefined ? [] : [group]), ' ', '\u00a0', '\u202f'];
  const plain =
    separators
      .map((one) => digits.split(one))
      .find(
        ([first = '', ...rest]) =>
          /^\d{1,3}$/.test(first) && rest.every((part) => /^\d{3}$/.test(part)),
      )
      ?.join('') ?? digits;
  return /^\d{1,8}$/.test(plain) ? Number(`${sign}${plain}`) : null;
}

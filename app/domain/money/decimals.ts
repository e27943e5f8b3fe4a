const decimalsByCurrency = new Map<string, number>();

/** How many decimals the currency has: JPY 0, USD 2, KWD 3. Unknown codes count as 2. */
export function decimalsOf(currency: string): number {
  const known = decimalsByCurrency.get(currency);
  if (known !== undefined) return known;
  const decimals = /^[A-Z]{3}$/.test(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ?? 2)
    : 2;
  decimalsByCurrency.set(currency, decimals);
  return decimals;
}

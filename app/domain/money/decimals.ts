/**
 * ISO 4217. Not what `Intl` says: it follows what people print, so that a forint or a rupiah has no
 * decimals there, while Shopify's taxes and discounts in them do.
 */
const NOT_TWO: ReadonlyMap<string, number> = new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW'].map((code) => [code, 0] as const),
  ...['PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map((code) => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
]);

/** How many decimals the currency has: JPY 0, USD 2, KWD 3. Unknown codes count as 2. */
export function decimalsOf(currency: string): number {
  return NOT_TWO.get(currency) ?? 2;
}

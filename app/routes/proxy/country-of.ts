/** What the page says of where the shopper is: Shopify's own choice of a market. It can only add a rule. */
export function countryOf(request: Request): string | null {
  const told = new URL(request.url).searchParams.get('country') ?? '';
  return /^[A-Za-z]{2}$/.test(told) ? told.toUpperCase() : null;
}

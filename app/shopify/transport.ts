/** How calls to Shopify leave: as they are, or, where a local Shopify runs, to it. */

/** @param localShopifyUrl origin of the local Shopify, or null for the real one */
export function shopifyFetch({
  localShopifyUrl,
}: {
  readonly localShopifyUrl: string | null;
}): typeof fetch {
  if (localShopifyUrl === null) return fetch;
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!url.hostname.endsWith('.myshopify.com')) return fetch(input, init);
    const local = `${localShopifyUrl}/shops/${url.hostname}${url.pathname}${url.search}`;
    return fetch(input instanceof Request ? new Request(local, input) : local, init);
  };
}

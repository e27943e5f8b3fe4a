/** What products, variants and collections are called. */
export const READ_TITLES = `query ReadTitles($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on Product { id title }
    ... on ProductVariant { id title product { title hasOnlyDefaultVariant } }
    ... on Collection { id title }
  }
}`;

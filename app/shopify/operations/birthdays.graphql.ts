/** Shopify's own place for a customer's birthday: its standard definition facts.birth_date. */
export const READ_BIRTHDAYS = `query ReadBirthdays($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Customer {
      id
      metafield(namespace: "facts", key: "birth_date") { value updatedAt }
    }
  }
}`;

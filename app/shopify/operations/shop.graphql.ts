export const READ_SHOP = /* GraphQL */ `
  query ReadShop {
    shop {
      id
      name
      myshopifyDomain
      currencyCode
      ianaTimezone
      taxesIncluded
    }
    currentAppInstallation {
      id
      accessScopes {
        handle
      }
    }
  }
`;

export const READ_MERGEABLE = /* GraphQL */ `
  query ReadMergeable($one: ID!, $other: ID!) {
    one: customer(id: $one) {
      mergeable {
        isMergeable
        errorFields
      }
    }
    other: customer(id: $other) {
      mergeable {
        isMergeable
        errorFields
      }
    }
  }
`;

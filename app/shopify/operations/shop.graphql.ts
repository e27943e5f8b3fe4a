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

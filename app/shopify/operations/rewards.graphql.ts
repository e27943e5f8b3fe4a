const ITEMS = /* GraphQL */ `
  __typename
  ... on AllDiscountItems {
    allItems
  }
  ... on DiscountProducts {
    products(first: 100) {
      nodes {
        id
      }
    }
    productVariants(first: 100) {
      nodes {
        id
      }
    }
  }
  ... on DiscountCollections {
    collections(first: 100) {
      nodes {
        id
      }
    }
  }
`;

const COMMON = /* GraphQL */ `
  title
  status
  startsAt
  endsAt
  usageLimit
  appliesOncePerCustomer
  asyncUsageCount
  codes(first: 2) {
    nodes {
      code
    }
  }
  combinesWith {
    orderDiscounts
    productDiscounts
    shippingDiscounts
  }
  context {
    __typename
    ... on DiscountCustomers {
      customers {
        id
      }
    }
  }
`;

const MINIMUM = /* GraphQL */ `
  minimumRequirement {
    ... on DiscountMinimumSubtotal {
      greaterThanOrEqualToSubtotal {
        amount
        currencyCode
      }
    }
    ... on DiscountMinimumQuantity {
      greaterThanOrEqualToQuantity
    }
  }
`;

const GETS = /* GraphQL */ `
  customerGets {
    appliesOnOneTimePurchase
    appliesOnSubscription
    items { ${ITEMS} }
    value {
      ... on DiscountPercentage { percentage }
      ... on DiscountAmount { amount { amount currencyCode } }
      ... on DiscountOnQuantity {
        quantity { quantity }
        effect { ... on DiscountPercentage { percentage } }
      }
    }
  }
`;

const NODE = /* GraphQL */ `
  id
  codeDiscount {
    __typename
    ... on DiscountCodeBasic { ${COMMON} ${MINIMUM} ${GETS} recurringCycleLimit }
    ... on DiscountCodeFreeShipping {
      ${COMMON}
      ${MINIMUM}
      maximumShippingPrice { amount currencyCode }
      destinationSelection {
        ... on DiscountCountries { countries includeRestOfWorld }
        ... on DiscountCountryAll { allCountries }
      }
    }
    ... on DiscountCodeBxgy {
      ${COMMON}
      ${GETS}
      customerBuys {
        items { ${ITEMS} }
        value { ... on DiscountQuantity { quantity } }
      }
    }
  }
`;

/** What a mutation is asked for is free of charge, so it is the whole discount. */
const ANSWER = `codeDiscountNode { ${NODE} } userErrors { field code message extraInfo }`;

export const FIND_CODE = `query FindCode($code: String!) {
  codeDiscountNodeByCode(code: $code) { ${NODE} }
}`;

export const READ_DISCOUNT = `query ReadDiscount($id: ID!) {
  node(id: $id) { ... on DiscountCodeNode { ${NODE} } }
}`;

/** Which of these are still there, and how they stand: what was deleted comes as null. */
export const DISCOUNTS_STILL_THERE = `query DiscountsStillThere($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on DiscountCodeNode {
      id
      codeDiscount {
        ... on DiscountCodeBasic { status updatedAt }
        ... on DiscountCodeFreeShipping { status updatedAt }
        ... on DiscountCodeBxgy { status updatedAt }
      }
    }
  }
}`;

export const MAKE_DISCOUNT = `mutation MakeDiscount($discount: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $discount) { ${ANSWER} }
}`;

export const MAKE_FREE_SHIPPING = `mutation MakeFreeShipping($discount: DiscountCodeFreeShippingInput!) {
  discountCodeFreeShippingCreate(freeShippingCodeDiscount: $discount) { ${ANSWER} }
}`;

export const MAKE_FREE_PRODUCT = `mutation MakeFreeProduct($discount: DiscountCodeBxgyInput!) {
  discountCodeBxgyCreate(bxgyCodeDiscount: $discount) { ${ANSWER} }
}`;

export const END_DISCOUNT = `mutation EndDiscount($id: ID!) {
  discountCodeDeactivate(id: $id) { ${ANSWER} }
}`;

const PAGE =
  'codes(first: 250, after: $after) { nodes { code } pageInfo { hasNextPage endCursor } }';

export const READ_CODES = `query ReadCodes($id: ID!, $after: String) {
  node(id: $id) {
    ... on DiscountCodeNode {
      codeDiscount {
        ... on DiscountCodeBasic { ${PAGE} }
        ... on DiscountCodeFreeShipping { ${PAGE} }
        ... on DiscountCodeBxgy { ${PAGE} }
      }
    }
  }
}`;

export const ADD_CODES = `mutation AddCodes($id: ID!, $codes: [DiscountRedeemCodeInput!]!) {
  discountRedeemCodeBulkAdd(discountId: $id, codes: $codes) {
    bulkCreation { id }
    userErrors { field code message extraInfo }
  }
}`;

export const READ_ADDED_CODES = `query ReadAddedCodes($id: ID!) {
  discountRedeemCodeBulkCreation(id: $id) { done importedCount failedCount }
}`;

const CARD = /* GraphQL */ `
  id
  lastCharacters
  enabled
  expiresOn
  createdAt
  note
  balance {
    amount
    currencyCode
  }
  initialValue {
    amount
    currencyCode
  }
  customer {
    id
  }
`;

export const FIND_GIFT_CARD = `query FindGiftCard($query: String!) {
  giftCards(first: 5, query: $query) { nodes { ${CARD} } }
}`;

export const READ_GIFT_CARD = `query ReadGiftCard($id: ID!) {
  giftCard(id: $id) { ${CARD} }
}`;

export const MAKE_GIFT_CARD = `mutation MakeGiftCard($card: GiftCardCreateInput!) {
  giftCardCreate(input: $card) { giftCard { ${CARD} } userErrors { field code message } }
}`;

export const SEND_GIFT_CARD = `mutation SendGiftCard($id: ID!) {
  giftCardSendNotificationToCustomer(id: $id) { userErrors { field message } }
}`;

export const END_GIFT_CARD = `mutation EndGiftCard($id: ID!) {
  giftCardDeactivate(id: $id) { giftCard { ${CARD} } userErrors { field code message } }
}`;

const CREDIT = /* GraphQL */ `
  id
  amount {
    amount
    currencyCode
  }
  remainingAmount {
    amount
    currencyCode
  }
  createdAt
  expiresAt
  event
`;

export const READ_CREDITS = `query ReadCredits(
  $customerId: ID!
  $account: String!
  $credits: String!
  $most: Int!
) {
  shop { customerAccountsV2 { customerAccountsVersion } }
  customer(id: $customerId) {
    storeCreditAccounts(first: 1, query: $account) {
      nodes {
        transactions(first: $most, query: $credits, sortKey: CREATED_AT, reverse: true) {
          nodes { ... on StoreCreditAccountCreditTransaction { ${CREDIT} } }
        }
      }
    }
  }
}`;

export const GIVE_CREDIT = `mutation GiveCredit($id: ID!, $credit: StoreCreditAccountCreditInput!) {
  storeCreditAccountCredit(id: $id, creditInput: $credit) {
    storeCreditAccountTransaction { ${CREDIT} }
    userErrors { field code message }
  }
}`;

export const READ_CREDIT = `query ReadCredit($id: ID!) {
  node(id: $id) { ... on StoreCreditAccountCreditTransaction { ${CREDIT} } }
}`;

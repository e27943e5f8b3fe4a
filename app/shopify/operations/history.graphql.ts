/**
 * Reading what happened before us: in bulk after the installation, one order or some products at a
 * time later. Bulk queries take no named fragments and no connection inside a list, so refunds come
 * with their ids only, and orders that have any, or were edited, are read one by one.
 */

const money = 'shopMoney { amount currencyCode }';
/** As the shopper saw and paid it: sums of it are exact, whatever the rates did since. */
const seen = 'presentmentMoney { amount currencyCode }';

const orderFields = `
  id name email createdAt processedAt updatedAt cancelledAt displayFinancialStatus test taxesIncluded dutiesIncluded sourceName
  currencyCode presentmentCurrencyCode discountCodes edited returnStatus displayFulfillmentStatus
  customer { id tags }
  customAttributes { key value }
  shippingAddress { countryCodeV2 }
  billingAddress { countryCodeV2 }
  fulfillments { createdAt status }
  transactions { kind status gateway processedAt amountSet { ${money} ${seen} } }
  originalTotalPriceSet { ${seen} }
  disputes { id status }
  totalPriceSet { ${money} ${seen} }
  totalShippingPriceSet { ${money} }
  shippingLine { taxLines { priceSet { ${money} } } }
  totalOutstandingSet { ${money} }
  totalTipReceivedSet { ${money} }
  originalTotalDutiesSet { ${money} }`;

const lineFields = `
  id title quantity currentQuantity isGiftCard vendor
  product { id }
  variant { id }
  sellingPlan { name }
  originalUnitPriceSet { ${money} }
  discountAllocations {
    allocatedAmountSet { ${money} }
    discountApplication { index ... on DiscountCodeApplication { code } }
  }
  taxLines { priceSet { ${money} } }
  duties { price { ${money} } }`;

const productFields = 'id title productType vendor tags updatedAt category { name }';

export const BULK_ORDERS = `query {
  orders {
    edges { node {
      ${orderFields}
      refunds { id }
      lineItems { edges { node { ${lineFields} } } }
    } }
  }
}`;

const customerFields = `id firstName lastName createdAt updatedAt tags verifiedEmail
  defaultEmailAddress { emailAddress marketingState marketingUpdatedAt }`;

export const BULK_CUSTOMERS = `query {
  customers {
    edges { node { ${customerFields} } }
  }
}`;

export const BULK_PRODUCTS = `query {
  products {
    edges { node {
      ${productFields}
      collections { edges { node { id } } }
    } }
  }
}`;

export const RUN_BULK = `mutation RunBulk($query: String!) {
  bulkOperationRunQuery(query: $query) {
    bulkOperation { id status }
    userErrors { field message code }
  }
}`;

export const READ_BULK = `query ReadBulk($id: ID!) {
  bulkOperation(id: $id) { id status errorCode objectCount rootObjectCount url partialDataUrl }
}`;

/** Small pages: most orders have few lines, and a query is paid for by what it could return. */
export const READ_ORDER = `query ReadOrder($id: ID!) {
  order(id: $id) {
    ${orderFields}
    lineItems(first: 10) { nodes { ${lineFields} } pageInfo { hasNextPage endCursor } }
    refunds { id }
  }
}`;

export const READ_ORDER_LINES = `query ReadOrderLines($id: ID!, $after: String) {
  order(id: $id) {
    lineItems(first: 40, after: $after) { nodes { ${lineFields} } pageInfo { hasNextPage endCursor } }
  }
}`;

/**
 * What came with edits, returns and exchanges: asked only of orders that had any. What one of them
 * brings beyond 200 lines counts as placed.
 */
export const READ_AGREEMENTS = `query ReadAgreements($id: ID!, $after: String) {
  order(id: $id) {
    agreements(first: 2, after: $after) {
      nodes {
        id happenedAt reason
        sales(first: 200) { nodes { actionType quantity ... on ProductSale { lineItem { id } } } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const READ_REFUND = `query ReadRefund($id: ID!, $after: String) {
  node(id: $id) {
    ... on Refund {
      id
      createdAt
      refundLineItems(first: 10, after: $after) {
        nodes { quantity lineItem { id } subtotalSet { ${money} } totalTaxSet { ${money} } }
        pageInfo { hasNextPage endCursor }
      }
      refundShippingLines(first: 5) { nodes { subtotalAmountSet { ${money} } taxAmountSet { ${money} } } }
      orderAdjustments(first: 5) { nodes { amountSet { ${money} } taxAmountSet { ${money} } } }
      duties { amountSet { ${money} } }
      totalRefundedSet { ${money} ${seen} }
    }
  }
}`;

export const READ_PRODUCTS = `query ReadProducts($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Product {
      ${productFields}
      collections(first: 100) { nodes { id } }
    }
  }
}`;

/** What changed in a while, page by page: of an order enough to see whether all of it is known. */
export const CHANGED_ORDERS = `query ChangedOrders($query: String!, $after: String) {
  orders(first: 100, query: $query, sortKey: UPDATED_AT, after: $after) {
    nodes {
      id updatedAt cancelledAt displayFinancialStatus edited customer { id } refunds { id } disputes { id status }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Which of these Shopify still has: what it deleted comes as null. */
export const ORDERS_STILL_THERE = `query OrdersStillThere($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Order { id } }
}`;

export const CHANGED_CUSTOMERS = `query ChangedCustomers($query: String!, $after: String) {
  customers(first: 100, query: $query, sortKey: UPDATED_AT, after: $after) {
    nodes { ${customerFields} }
    pageInfo { hasNextPage endCursor }
  }
}`;

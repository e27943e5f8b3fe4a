import type { GraphQLResolveInfo } from 'graphql';
import type { Order, OrderLine, ShippingLine, Transaction } from '../../state/order.ts';
import type { Store } from '../../state/store.ts';
import { gid } from '../../state/ids.ts';
import { minus, nothing } from '../../state/money.ts';
import { orderFigures, type OrderFigures } from '../../state/orders/order-figures.ts';
import { gatewaysOf, mergedTaxes } from '../../webhooks/payloads/order-body.ts';
import { connectionOf, type ConnectionArguments, type SortKey } from '../connection.ts';
import type { Context, View } from '../context.ts';
import { notImplemented } from '../errors.ts';
import { agreementsOf, agreementView } from './agreement-view.ts';
import { addressView, customerView } from './customer-view.ts';
import { applicationView, lineView, shippingView, taxView } from './line-view.ts';
import { metafieldFields } from './metafield-view.ts';
import { bagView, moneyView } from './money-view.ts';
import { refundView } from './refund-view.ts';

export type OrderSortKey = string;

export function orderSorts(key: OrderSortKey): SortKey<Order> {
  const id = (order: Order): string => order.id;
  switch (key) {
    case 'CREATED_AT':
      return { of: (order) => order.createdAt, id };
    case 'ID':
    case 'RELEVANCE':
      return { of: (order) => order.id.padStart(20, '0'), id };
    case 'ORDER_NUMBER':
      return { of: (order) => order.number, id };
    case 'PROCESSED_AT':
      return { of: (order) => order.processedAt, id };
    case 'UPDATED_AT':
      return { of: (order) => order.updatedAt, id };
    default:
      throw notImplemented(`sorting orders by ${key}`);
  }
}

type Args = ConnectionArguments;
type First = { first?: number | null };

export function orderView(store: Store, order: Order): View {
  const id = gid('Order', order.id);
  let known: OrderFigures | null = null;
  const figures = (): OrderFigures => (known ??= orderFigures(order));
  const customer = order.customerId === null ? undefined : store.customers.get(order.customerId);
  const capped = <T>(list: readonly T[], first: number | null | undefined): readonly T[] =>
    first == null ? list : list.slice(0, first);
  const lines = (args: Args, context: Context, info: GraphQLResolveInfo): object =>
    connectionOf(order.lines, args, context, info, inOrder(order.lines), (line: OrderLine) =>
      lineView(store, order, line),
    );
  const owed = (): boolean => figures().outstanding.shop > 0;
  return {
    __typename: 'Order',
    id,
    legacyResourceId: order.id,
    name: order.name,
    number: order.number,
    confirmationNumber: order.confirmationNumber,
    confirmed: true,
    email: order.email,
    phone: order.phone,
    note: order.note,
    tags: order.tags,
    test: order.test,
    sourceName: order.sourceName,
    sourceIdentifier: null,
    customerLocale: order.locale,
    customAttributes: attributesOf(order),
    createdAt: order.createdAt,
    processedAt: order.processedAt,
    updatedAt: order.updatedAt,
    closed: order.closedAt !== null,
    closedAt: order.closedAt,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelReason === null ? null : order.cancelReason.toUpperCase(),
    currencyCode: order.currency,
    presentmentCurrencyCode: order.presentmentCurrency,
    taxesIncluded: order.taxesIncluded,
    taxExempt: false,
    dutiesIncluded: false,
    displayFinancialStatus: () => figures().financialStatus.toUpperCase(),
    displayFulfillmentStatus: order.fulfilled ? 'FULFILLED' : 'UNFULFILLED',
    fullyPaid: () => !owed() && order.cancelledAt === null,
    unpaid: owed,
    refundable: () => minus(figures().received, figures().refunded).shop > 0,
    paymentGatewayNames: gatewaysOf(order),
    discountCode: order.discounts.find((one) => one.code !== null)?.code ?? null,
    discountCodes: order.discounts.flatMap((one) => (one.code === null ? [] : [one.code])),
    customer: customer ? () => customerView(store, customer) : null,
    billingAddress: order.billingAddress ? addressView(order.billingAddress) : null,
    shippingAddress: order.shippingAddress ? addressView(order.shippingAddress) : null,
    lineItems: lines,
    subtotalLineItemsQuantity: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    currentSubtotalLineItemsQuantity: order.lines.reduce(
      (sum, line) => sum + line.currentQuantity,
      0,
    ),
    discountApplications: (args: Args, context: Context, info: GraphQLResolveInfo) => {
      const indexed = order.discounts.map((application, index) => ({ application, index }));
      return connectionOf(indexed, args, context, info, inOrder(indexed), (one) =>
        applicationView(order, one.index),
      );
    },
    shippingLine: order.shipping[0] ? shippingView(order, order.shipping[0]) : null,
    shippingLines: (args: Args, context: Context, info: GraphQLResolveInfo) =>
      connectionOf(
        order.shipping,
        args,
        context,
        info,
        inOrder(order.shipping),
        (one: ShippingLine) => shippingView(order, one),
      ),
    taxLines: () => mergedTaxes(order).map((tax) => taxView(order, tax)),
    transactions: ({ first }: First) => {
      const all = [...order.transactions, ...order.refunds.flatMap((one) => one.transactions)];
      return capped(all, first).map((one) => transactionView(store, order, one));
    },
    refunds: ({ first }: First) =>
      capped(order.refunds, first).map((refund) => refundView(store, order, refund)),
    ...courseFields(store, order),
    ...moneyFields(order, figures),
    ...metafieldFields(store, id),
  };
}

/** What became of the order after it was placed. */
function courseFields(store: Store, order: Order): Record<string, unknown> {
  return {
    edited: order.edits.length > 0,
    returnStatus: 'NO_RETURN',
    fulfillments: ({ first }: First) => fulfillmentsOf(order).slice(0, first ?? undefined),
    disputes: order.disputes.map((one) => ({
      __typename: 'OrderDisputeSummary',
      id: gid('ShopifyPaymentsDispute', one.id),
      status: one.status.toUpperCase(),
      initiatedAs: one.kind.toUpperCase(),
    })),
    agreements: (args: Args, context: Context, info: GraphQLResolveInfo) => {
      const all = agreementsOf(order);
      return connectionOf(all, args, context, info, inOrder(all), (one) =>
        agreementView(store, order, one),
      );
    },
  };
}

function fulfillmentsOf(order: Order): View[] {
  if (!order.fulfilled) return [];
  const createdAt = order.fulfilledAt ?? order.updatedAt;
  return [
    { __typename: 'Fulfillment', id: gid('Fulfillment', order.id), createdAt, status: 'SUCCESS' },
  ];
}

function moneyFields(order: Order, figures: () => OrderFigures): Record<string, unknown> {
  const bag =
    (of: (all: OrderFigures) => { shop: number; presentment: number }): (() => View) =>
    () =>
      bagView(order, of(figures()));
  return {
    cartDiscountAmountSet: bag((all) => all.discounts),
    currentCartDiscountAmountSet: bag((all) => all.currentDiscounts),
    currentShippingPriceSet: bag((all) => all.currentShipping),
    currentSubtotalPriceSet: bag((all) => all.currentSubtotal),
    currentTotalAdditionalFeesSet: null,
    currentTotalDiscountsSet: bag((all) => all.currentDiscounts),
    currentTotalDutiesSet: null,
    currentTotalPriceSet: bag((all) => all.currentTotal),
    currentTotalTaxSet: bag((all) => all.currentTax),
    netPaymentSet: bag((all) => minus(all.received, all.refunded)),
    originalTotalDutiesSet: null,
    originalTotalPriceSet: bag(() => order.originalTotal),
    refundDiscrepancySet: bag((all) => all.refundDiscrepancy),
    subtotalPriceSet: bag((all) => all.subtotal),
    totalCapturableSet: bag((all) =>
      all.financialStatus === 'authorized' ? all.outstanding : nothing,
    ),
    totalDiscountsSet: bag((all) => all.discounts),
    totalOutstandingSet: bag((all) => all.outstanding),
    totalPriceSet: bag((all) => all.total),
    totalReceivedSet: bag((all) => all.received),
    totalRefundedSet: bag((all) => all.refunded),
    totalRefundedShippingSet: bag((all) => all.refundedShipping),
    totalShippingPriceSet: bag((all) => all.shipping),
    totalTaxSet: bag((all) => all.tax),
    totalTipReceivedSet: bag(() => nothing),
    totalTipReceived: moneyView(0, order.presentmentCurrency),
  };
}

export function transactionView(store: Store, order: Order, transaction: Transaction): View {
  return {
    __typename: 'OrderTransaction',
    id: gid('OrderTransaction', transaction.id),
    kind: transaction.kind.toUpperCase(),
    status: transaction.status.toUpperCase(),
    gateway: transaction.gateway,
    formattedGateway: transaction.gateway,
    manualPaymentGateway: transaction.gateway === 'manual',
    amountSet: bagView(order, transaction.amount),
    createdAt: transaction.createdAt,
    processedAt: transaction.createdAt,
    test: order.test,
    errorCode: null,
    order: () => orderView(store, order),
    parentTransaction: () => {
      const parent = order.transactions.find((one) => one.id === transaction.parentId);
      return parent ? transactionView(store, order, parent) : null;
    },
  };
}

/** Keeps the order of the list, whatever the ids. */
export function inOrder<T>(list: readonly T[]): SortKey<T> {
  const place = new Map(list.map((item, index) => [item, index]));
  return { of: (item) => place.get(item) ?? 0, id: (item) => String(place.get(item) ?? 0) };
}

function attributesOf({ noteAttributes = {} }: Order): object[] {
  return Object.entries(noteAttributes).map(([key, value]) => ({
    __typename: 'Attribute',
    key,
    value,
  }));
}

import type { GraphQLResolveInfo } from 'graphql';
import type { Order, Refund } from '../../state/order.ts';
import type { Store } from '../../state/store.ts';
import { gid } from '../../state/ids.ts';
import { portionOf } from '../../state/money.ts';
import { refundedBy } from '../../state/orders/order-figures.ts';
import { connectionOf, type ConnectionArguments } from '../connection.ts';
import type { Context, View } from '../context.ts';
import { lineView, shippingView } from './line-view.ts';
import { bagView } from './money-view.ts';
import { inOrder, orderView, transactionView } from './order-view.ts';

export function refundView(store: Store, order: Order, refund: Refund): View {
  const connected =
    <T>(list: readonly T[], view: (item: T) => unknown) =>
    (args: ConnectionArguments, context: Context, info: GraphQLResolveInfo): object =>
      connectionOf(list, args, context, info, inOrder(list), view);
  return {
    __typename: 'Refund',
    id: gid('Refund', refund.id),
    legacyResourceId: refund.id,
    createdAt: refund.createdAt,
    processedAt: refund.createdAt,
    updatedAt: refund.createdAt,
    note: refund.note,
    duties: [],
    return: null,
    order: () => orderView(store, order),
    totalRefundedSet: bagView(order, refundedBy(refund)),
    refundLineItems: connected(refund.lines, (gone) => {
      const line = order.lines.find((one) => one.id === gone.lineId);
      return {
        __typename: 'RefundLineItem',
        id: gid('RefundLineItem', gone.id),
        quantity: gone.quantity,
        restockType: gone.restock.toUpperCase(),
        restocked: gone.restock !== 'no_restock',
        location: null,
        lineItem: () => (line ? lineView(store, order, line) : null),
        priceSet: bagView(order, portionOf(gone.subtotal, 1, gone.quantity)),
        subtotalSet: bagView(order, gone.subtotal),
        totalTaxSet: bagView(order, gone.tax),
      };
    }),
    refundShippingLines: connected(refund.shipping, (gone) => ({
      __typename: 'RefundShippingLine',
      id: gid('RefundShippingLine', gone.id),
      shippingLine: () => {
        const line = order.shipping.find((one) => one.id === gone.shippingLineId);
        return line ? shippingView(order, line) : null;
      },
      subtotalAmountSet: bagView(order, gone.subtotal),
      taxAmountSet: bagView(order, gone.tax),
    })),
    orderAdjustments: connected(refund.adjustments, (one) => ({
      __typename: 'OrderAdjustment',
      id: gid('OrderAdjustment', one.id),
      reason: 'REFUND_DISCREPANCY',
      amountSet: bagView(order, one.amount),
      taxAmountSet: bagView(order, one.tax),
    })),
    transactions: connected(refund.transactions, (one) => transactionView(store, order, one)),
  };
}

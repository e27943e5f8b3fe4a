/** What was agreed when: the placement, then each edit. Their ids are not those of the webhooks. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Order, OrderLine } from '../../state/order.ts';
import type { Store } from '../../state/store.ts';
import { gid } from '../../state/ids.ts';
import { connectionOf, type ConnectionArguments } from '../connection.ts';
import type { Context, View } from '../context.ts';
import { lineView } from './line-view.ts';
import { inOrder } from './order-view.ts';

type Sale = { lineId: string; quantity: number; action: 'ORDER' | 'RETURN' };
type Agreement = { id: string; edit: boolean; at: string; sales: Sale[] };

export function agreementsOf(order: Order): Agreement[] {
  const added = (line: OrderLine): number =>
    order.edits
      .flatMap((edit) => edit.additions)
      .filter((one) => one.lineId === line.id)
      .reduce((sum, one) => sum + one.delta, 0);
  const placed = order.lines.flatMap((line): Sale[] => {
    const quantity = line.quantity - added(line);
    return quantity > 0 ? [{ lineId: line.id, quantity, action: 'ORDER' }] : [];
  });
  return [
    { id: `${order.id}1`, edit: false, at: order.createdAt, sales: placed },
    ...order.edits.map((edit, index) => ({
      id: `${order.id}${index + 2}`,
      edit: true,
      at: edit.createdAt,
      sales: [
        ...edit.additions.map(({ lineId, delta }): Sale => ({
          ...{ lineId, quantity: delta },
          action: 'ORDER',
        })),
        ...edit.removals.map(({ lineId, delta }): Sale => ({
          ...{ lineId, quantity: -delta },
          action: 'RETURN',
        })),
      ],
    })),
  ];
}

export function agreementView(store: Store, order: Order, agreement: Agreement): View {
  return {
    __typename: agreement.edit ? 'OrderEditAgreement' : 'OrderAgreement',
    id: gid('SalesAgreement', agreement.id),
    happenedAt: agreement.at,
    reason: agreement.edit ? 'ORDER_EDIT' : 'ORDER',
    sales: (args: ConnectionArguments, context: Context, info: GraphQLResolveInfo) =>
      connectionOf(
        agreement.sales,
        args,
        context,
        info,
        inOrder(agreement.sales),
        ({ lineId, quantity, action }) => {
          const line = order.lines.find((one) => one.id === lineId);
          return {
            __typename: 'ProductSale',
            id: gid('Sale', `${agreement.id}${lineId}`),
            actionType: action,
            lineType: 'PRODUCT',
            quantity,
            lineItem: line ? lineView(store, order, line) : null,
          };
        },
      ),
  };
}

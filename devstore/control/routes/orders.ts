import { z } from 'zod';
import { attachCustomer } from '../../state/orders/attach-customer.ts';
import { cancelOrder, deleteOrder, fulfillOrder } from '../../state/orders/cancel-order.ts';
import { disputeOrder } from '../../state/orders/dispute-order.ts';
import { editOrder } from '../../state/orders/edit-order.ts';
import { payOrder, voidOrder } from '../../state/orders/pay-order.ts';
import { refundOrder } from '../../state/orders/refund-order.ts';
import type { Buyer } from '../../state/orders/place-order.ts';
import type { Store } from '../../state/store.ts';
import type { Order } from '../../state/order.ts';
import { describeOrder } from '../describe.ts';
import { customerNamed, orderNamed, variantNamed } from '../named.ts';
import { idSchema, minor, noBody, reading, route, type Call, type Route } from '../route.ts';
import { refuse } from '../../state/refusal.ts';

const percent = z.string().regex(/^\d{1,3}(\.\d{1,2})?$/, 'a percentage such as "12.5"');
const discount = z.union([
  z.strictObject({ percent, title: z.string().optional() }),
  z.strictObject({ amountMinor: minor, title: z.string().optional() }),
]);

const place = z.strictObject({
  /** E-mail or id of a customer, or an e-mail that is new. Null: nobody, as at a till. */
  customer: z.union([z.string(), z.null()]).optional(),
  guestEmail: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  lines: z
    .array(
      z.strictObject({
        product: z.string(),
        quantity: z.int().min(1).default(1),
        discount: discount.optional(),
        sellingPlan: z.string().optional(),
      }),
    )
    .min(1),
  currency: z.string().optional(),
  discountCode: z.string().optional(),
  discountCodes: z.array(z.string()).optional(),
  giftCards: z.array(z.string()).optional(),
  storeCredit: z.boolean().optional(),
  discount: discount.optional(),
  shippingMinor: minor.optional(),
  payment: z.enum(['paid', 'authorized', 'pending']).optional(),
  gateway: z.string().optional(),
  test: z.boolean().optional(),
  sourceName: z.string().optional(),
  locale: z.string().optional(),
  note: z.string().optional(),
  tags: z.array(z.string()).optional(),
  /** Of the cart: they become note attributes of the order. */
  attributes: z.record(z.string(), z.string()).optional(),
});

const units = z.strictObject({ line: idSchema, quantity: z.int().min(1).default(1) });
const goneUnits = z.strictObject({ ...units.shape, restock: z.boolean().optional() });

const answer = ({ store }: Call, order: Order) => ({ order: describeOrder(store, order) });

function orderOf({ store, params }: Call): Order {
  return orderNamed(store, params['order'] ?? '');
}

export const orderRoutes: Route[] = [
  reading('/orders', 'The newest orders. `?limit=20`, `?customer=mia@example.com`.', (call) => {
    const { store, query } = call;
    const limit = Number(query['limit'] ?? '20');
    if (!Number.isInteger(limit) || limit < 1) refuse('limit must be a whole number, at least 1.');
    const all = query['customer']
      ? store.ordersOf(customerNamed(store, query['customer']).id)
      : [...store.orders.values()];
    return {
      orders: all
        .slice(-limit)
        .reverse()
        .map((order) => describeOrder(store, order)),
    };
  }),
  reading('/orders/:order', 'One order: its id, its name (without #) or `latest`.', (call) =>
    answer(call, orderOf(call)),
  ),
  route(
    'POST',
    '/orders',
    'Places an order. Products by handle or variant id; amounts in minor units of the shop’s currency.',
    place,
    {
      customer: 'mia@example.com',
      lines: [{ product: 'misty-ridge-oolong' }, { product: 'monstera', quantity: 2 }],
      discountCode: 'WELCOME10',
    },
    (call, body) => {
      const { store } = call;
      const { customer, guestEmail, firstName, lastName, lines, attributes, ...rest } = body;
      const order = store.placeOrder({
        ...rest,
        noteAttributes: attributes,
        buyer: buyerOf(store, { customer, guestEmail, firstName, lastName }),
        lines: lines.map((line) => ({
          variantId: variantNamed(store, line.product).id,
          quantity: line.quantity,
          discount: line.discount,
          sellingPlan: line.sellingPlan,
        })),
      });
      return answer(call, order);
    },
  ),
  route(
    'POST',
    '/orders/:order/pay',
    'Pays what is owed, or `amountMinor` of it.',
    z.strictObject({ amountMinor: minor.optional(), gateway: z.string().optional() }),
    {},
    (call, body) => answer(call, payOrder(call.store, { orderId: orderOf(call).id, ...body })),
  ),
  route(
    'POST',
    '/orders/:order/refund',
    'Refunds lines by quantity, shipping, or only an amount. `lines: "all"` takes everything left.',
    z.strictObject({
      lines: z.union([z.literal('all'), z.array(goneUnits)]).optional(),
      shipping: z.union([z.boolean(), minor]).optional(),
      amountMinor: minor.optional(),
      note: z.string().optional(),
    }),
    { lines: 'all', shipping: true },
    (call, { lines, ...rest }) => {
      const order = orderOf(call);
      const wanted =
        lines === 'all'
          ? order.lines
              .filter((line) => line.currentQuantity > 0)
              .map((line) => ({ lineId: line.id, quantity: line.currentQuantity }))
          : lines?.map(({ line, ...units }) => ({ lineId: line, ...units }));
      const { refund } = refundOrder(call.store, { orderId: order.id, lines: wanted, ...rest });
      return { refundId: refund.id, ...answer(call, order) };
    },
  ),
  route(
    'POST',
    '/orders/:order/edit',
    'Commits an order edit: `add` products, `remove` units of lines, `raise` units of lines.',
    z.strictObject({
      add: z
        .array(z.strictObject({ product: z.string(), quantity: z.int().min(1).default(1) }))
        .optional(),
      remove: z.array(goneUnits).optional(),
      raise: z.array(units).optional(),
      note: z.string().optional(),
    }),
    { add: [{ product: 'bud-vase', quantity: 1 }] },
    (call, body) => {
      const { store } = call;
      const { order } = editOrder(store, {
        orderId: orderOf(call).id,
        note: body.note,
        add: body.add?.map(({ product, quantity }) => ({
          variantId: variantNamed(store, product).id,
          quantity,
        })),
        remove: body.remove?.map(({ line, ...rest }) => ({ lineId: line, ...rest })),
        raise: body.raise?.map(({ line, quantity }) => ({ lineId: line, quantity })),
      });
      return answer(call, order);
    },
  ),
  route(
    'POST',
    '/orders/:order/cancel',
    'Cancels, with everything paid back unless `refund` is false.',
    z.strictObject({
      reason: z.enum(['customer', 'declined', 'fraud', 'inventory', 'other', 'staff']).optional(),
      refund: z.boolean().optional(),
      restock: z.boolean().optional(),
    }),
    { reason: 'customer' },
    (call, body) => answer(call, cancelOrder(call.store, { orderId: orderOf(call).id, ...body })),
  ),
  route(
    'POST',
    '/orders/:order/void',
    'Lets go of an unpaid order’s authorization.',
    noBody,
    {},
    (call) => answer(call, voidOrder(call.store, orderOf(call).id)),
  ),
  route(
    'POST',
    '/orders/:order/dispute',
    'Opens a chargeback, or moves the open one on: `lost`, `won`, `under_review` and so on.',
    z.strictObject({
      status: z
        .enum(['accepted', 'charge_refunded', 'lost', 'needs_response', 'prevented'])
        .or(z.enum(['under_review', 'won']))
        .optional(),
      amountMinor: minor.optional(),
    }),
    { status: 'lost' },
    (call, body) =>
      answer(call, disputeOrder(call.store, { orderId: orderOf(call).id, ...body }).order),
  ),
  route(
    'POST',
    '/orders/:order/customer',
    'Gives a till sale its customer.',
    z.strictObject({ customer: z.string() }),
    { customer: 'mia@example.com' },
    (call, { customer }) =>
      answer(
        call,
        attachCustomer(call.store, {
          orderId: orderOf(call).id,
          customerId: customerNamed(call.store, customer).id,
        }),
      ),
  ),
  route('POST', '/orders/:order/fulfill', 'Sends everything left.', noBody, {}, (call) =>
    answer(call, fulfillOrder(call.store, orderOf(call).id)),
  ),
  route('DELETE', '/orders/:order', 'Deletes an order for good.', noBody, {}, (call) => {
    const { id } = orderOf(call);
    deleteOrder(call.store, id);
    return { deleted: id };
  }),
];

function buyerOf(
  store: Store,
  given: {
    customer?: string | null | undefined;
    guestEmail?: string | undefined;
    firstName?: string | undefined;
    lastName?: string | undefined;
  },
): Buyer {
  const { customer, guestEmail, firstName, lastName } = given;
  if (guestEmail !== undefined) {
    if (customer !== undefined) refuse('Give customer or guestEmail, not both.');
    return { guestEmail };
  }
  if (customer === undefined) refuse('Give customer (e-mail, id or null) or guestEmail.');
  if (customer === null) return null;
  if (customer.includes('@')) return { email: customer, firstName, lastName };
  return { customerId: customerNamed(store, customer).id };
}

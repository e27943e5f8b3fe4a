import type { GraphQLResolveInfo } from 'graphql';
import type { Address, Customer } from '../../state/customer.ts';
import type { Store } from '../../state/store.ts';
import { gid } from '../../state/ids.ts';
import { receivedOf, refundedOf } from '../../state/orders/order-figures.ts';
import { mergeBlocks } from '../../state/customers/merge-blocks.ts';
import { connectionOf, type ConnectionArguments } from '../connection.ts';
import type { Context, View } from '../context.ts';
import { creditAccountsField } from '../credit/store-credit.ts';
import { isVisible } from '../visible-orders.ts';
import { metafieldFields } from './metafield-view.ts';
import { moneyView } from './money-view.ts';
import { orderSorts, orderView, type OrderSortKey } from './order-view.ts';

export function customerView(store: Store, customer: Customer): View {
  const id = gid('Customer', customer.id);
  const orders = (): ReturnType<Store['ordersOf']> => store.ordersOf(customer.id);
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(' ');
  const defaultAddress = customer.addresses.find((one) => one.id === customer.defaultAddressId);
  return {
    __typename: 'Customer',
    id,
    legacyResourceId: customer.id,
    firstName: customer.firstName,
    lastName: customer.lastName,
    displayName: name || customer.email || customer.phone || '',
    email: customer.email,
    phone: customer.phone,
    defaultEmailAddress: customer.email === null ? null : emailView(customer, customer.email),
    defaultPhoneNumber:
      customer.phone === null
        ? null
        : { __typename: 'CustomerPhoneNumber', phoneNumber: customer.phone },
    defaultAddress: defaultAddress ? addressView(defaultAddress) : null,
    addresses: () => customer.addresses.map(addressView),
    addressesV2: (args: ConnectionArguments, context: Context, info: GraphQLResolveInfo) => {
      const sort = { of: (one: Address) => one.id, id: (one: Address) => one.id };
      return connectionOf(customer.addresses, args, context, info, sort, addressView);
    },
    state: customer.state.toUpperCase(),
    note: customer.note,
    tags: customer.tags,
    taxExempt: customer.taxExempt,
    verifiedEmail: customer.verifiedEmail,
    validEmailAddress: customer.email !== null,
    locale: customer.locale,
    dataSaleOptOut: false,
    canDelete: () => orders().length === 0,
    createdAt: customer.createdAt,
    updatedAt: customer.updatedAt,
    numberOfOrders: () => String(orders().length),
    amountSpent: () => amountSpent(store, customer),
    lastOrder: (_args: unknown, context: Context) => {
      const last = orders().at(-1);
      return last && isVisible(context, last) ? orderView(store, last) : null;
    },
    orders: (
      args: ConnectionArguments & { sortKey: OrderSortKey },
      context: Context,
      info: GraphQLResolveInfo,
    ) => {
      const visible = orders().filter((order) => isVisible(context, order));
      const sort = orderSorts(args.sortKey);
      return connectionOf(visible, args, context, info, sort, (order) => orderView(store, order));
    },
    storeCreditAccounts: creditAccountsField(store, customer.id),
    mergeable: () => mergeableView(store, customer.id),
    ...metafieldFields(store, id),
  };
}

function mergeableView(store: Store, customerId: string): View {
  const blocks = mergeBlocks(store, customerId);
  return {
    __typename: 'CustomerMergeable',
    isMergeable: blocks.length === 0,
    errorFields: blocks,
    reason: blocks.length === 0 ? null : `It cannot be merged: ${blocks.join(', ')}.`,
  };
}

/** Money kept from this customer's orders, in the shop's currency. Test orders are no money. */
function amountSpent(store: Store, customer: Customer): View {
  const kept = store
    .ordersOf(customer.id)
    .filter((order) => !order.test)
    .reduce((sum, order) => sum + receivedOf(order).shop - refundedOf(order).shop, 0);
  return moneyView(kept, store.shop.currency);
}

function emailView(customer: Customer, emailAddress: string): View {
  const { state, optInLevel, updatedAt } = customer.emailConsent;
  return {
    __typename: 'CustomerEmailAddress',
    emailAddress,
    marketingState: state === 'redacted' ? 'UNSUBSCRIBED' : state.toUpperCase(),
    marketingOptInLevel: optInLevel === null ? null : optInLevel.toUpperCase(),
    marketingUpdatedAt: updatedAt,
    validFormat: true,
  };
}

export function addressView(address: Address): View {
  return {
    __typename: 'MailingAddress',
    id: gid('MailingAddress', address.id),
    firstName: address.firstName,
    lastName: address.lastName,
    name: [address.firstName, address.lastName].filter(Boolean).join(' ') || null,
    company: address.company,
    address1: address.address1,
    address2: address.address2,
    city: address.city,
    province: address.province,
    provinceCode: address.provinceCode,
    country: address.country,
    countryCodeV2: address.countryCode,
    zip: address.zip,
    phone: address.phone,
    latitude: null,
    longitude: null,
  };
}

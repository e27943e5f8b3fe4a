import type { Order } from '../../state/order.ts';
import { graphqlDecimal, type MinorPair } from '../../state/money.ts';
import type { View } from '../context.ts';

export function moneyView(minor: number, currencyCode: string): View {
  return { __typename: 'MoneyV2', amount: graphqlDecimal(minor, currencyCode), currencyCode };
}

type Currencies = Pick<Order, 'currency' | 'presentmentCurrency'>;

export function bagView(order: Currencies, pair: MinorPair): View {
  return {
    __typename: 'MoneyBag',
    shopMoney: moneyView(pair.shop, order.currency),
    presentmentMoney: moneyView(pair.presentment, order.presentmentCurrency),
  };
}

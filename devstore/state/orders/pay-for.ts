/** How a new order is paid: store credit and gift cards first, what they leave by a gateway. */
import type { Order, Transaction } from '../order.ts';
import type { Store } from '../store.ts';
import type { PlaceOrderInput } from './place-order.ts';
import { balanceOf, creditAccount, debitAccount } from '../credit/store-credit.ts';
import { findGiftCard, giftCardFault, payByGiftCard } from '../credit/gift-card.ts';
import { minus, portion, type MinorPair } from '../money.ts';
import { refuse } from '../refusal.ts';

/** Shopify's own names; that of store credit is not in its reference. */
const giftCardGateway = 'gift_card';
const storeCreditGateway = 'shopify_store_credit';

type Part = { gateway: string; presentment: number };

/** Refuses what cannot be paid so, before anything is changed. */
export function checkPayment(
  store: Store,
  input: PlaceOrderInput,
  customerId: string | null,
  currency: string,
): void {
  const cards = input.giftCards ?? [];
  if (!input.storeCredit && cards.length === 0) return;
  if ((input.payment ?? 'paid') !== 'paid') refuse('Store credit and gift cards pay at once.');
  if (input.storeCredit && customerId === null) {
    refuse('Store credit is spent by customers who are signed in.');
  }
  if (input.storeCredit && store.shop.classicCustomerAccounts) {
    refuse('Store credit cannot be spent with classic customer accounts.');
  }
  for (const code of cards) {
    const card = findGiftCard(store, code);
    const fault = giftCardFault(store, card);
    if (fault !== null) refuse(fault);
    if (card && card.currency !== currency) refuse(`This gift card pays in ${card.currency}.`);
  }
}

/** What `checkPayment` let through. */
export function payFor(
  store: Store,
  input: PlaceOrderInput,
  order: Order,
  whole: MinorPair,
): Transaction[] {
  const payment = input.payment ?? 'paid';
  const parts: Part[] = [];
  let left = whole.presentment;
  const take = (gateway: string, presentment: number): void => {
    if (presentment > 0) parts.push({ gateway, presentment });
    left -= presentment;
  };
  if (input.storeCredit) take(storeCreditGateway, fromCredit(store, order, left));
  for (const code of input.giftCards ?? []) {
    const card = findGiftCard(store, code);
    if (card && left > 0) take(giftCardGateway, payByGiftCard(store, card, left, order.id));
  }
  const gateway = payment === 'pending' ? 'manual' : 'shopify_payments';
  take(input.gateway ?? gateway, left);
  let rest = whole;
  return parts.map((part, index) => {
    const shop = portion(whole.shop, part.presentment, whole.presentment);
    const last = index === parts.length - 1;
    const amount = last ? rest : { shop, presentment: part.presentment };
    rest = minus(rest, amount);
    return {
      id: store.ids.next('OrderTransaction'),
      kind: payment === 'authorized' ? 'authorization' : 'sale',
      status: payment === 'pending' ? 'pending' : 'success',
      gateway: part.gateway,
      amount,
      parentId: null,
      createdAt: order.createdAt,
    };
  });
}

function fromCredit(store: Store, order: Order, most: number): number {
  const account = creditAccount(store, order.customerId ?? '', order.presentmentCurrency);
  const amount = Math.min(most, account ? balanceOf(account) : 0);
  if (account && amount > 0) debitAccount(store, account, amount, 'ORDER_PAYMENT', order.id);
  return amount;
}

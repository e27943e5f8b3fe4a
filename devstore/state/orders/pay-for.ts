/** How a new order is paid: store credit and gift cards first, what they leave by a gateway. */
import type { Order, Transaction } from '../order.ts';
import type { Store } from '../store.ts';
import type { PlaceOrderInput } from './place-order.ts';
import { balanceOf, creditAccount, creditCustomer, debitAccount } from '../credit/store-credit.ts';
import { findGiftCard, giftCardFault, payByGiftCard } from '../credit/gift-card.ts';
import { minus, portion, total, type MinorPair } from '../money.ts';
import { refuse } from '../refusal.ts';

/** Shopify's own names; that of store credit is not in its reference. */
const giftCardGateway = 'gift_card';
const storeCreditGateway = 'shopify_store_credit';

type Part = { gateway: string; presentment: number; giftCardId: string | null };

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
  const take = (gateway: string, presentment: number, giftCardId: string | null = null): void => {
    if (presentment > 0) parts.push({ gateway, presentment, giftCardId });
    left -= presentment;
  };
  if (input.storeCredit) take(storeCreditGateway, fromCredit(store, order, left));
  for (const code of input.giftCards ?? []) {
    const card = findGiftCard(store, code);
    if (card && left > 0) {
      take(giftCardGateway, payByGiftCard(store, card, left, order.id), card.id);
    }
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
      giftCardId: part.giftCardId,
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

/**
 * Money goes back the way it came, what was paid last first: to gift cards and to store credit, too.
 * What was never paid, by anything, goes back by hand.
 */
export function payBack(store: Store, order: Order, whole: MinorPair, at: string): Transaction[] {
  const paid = order.transactions.filter(
    (one) => one.status === 'success' && (one.kind === 'sale' || one.kind === 'capture'),
  );
  const earlier = order.refunds.flatMap((refund) => refund.transactions);
  const parts: Transaction[] = [];
  let rest = whole;
  for (const payment of paid.toReversed()) {
    const gone = total(
      earlier.filter((one) => one.parentId === payment.id).map((one) => one.amount),
    );
    const left = minus(payment.amount, gone);
    if (rest.shop <= 0 || left.shop <= 0) continue;
    const amount = left.shop < rest.shop ? left : rest;
    parts.push(refundBy(store, order, payment, amount, at));
    rest = minus(rest, amount);
  }
  if (rest.shop > 0) parts.push(refundBy(store, order, null, rest, at));
  return parts;
}

function refundBy(
  store: Store,
  order: Order,
  payment: Transaction | null,
  amount: MinorPair,
  at: string,
): Transaction {
  const card = store.purses.cards.get(payment?.giftCardId ?? '');
  if (card) payByGiftCard(store, card, -amount.presentment, order.id);
  if (payment?.gateway === storeCreditGateway && order.customerId !== null) {
    creditCustomer(store, {
      customerId: order.customerId,
      currency: order.presentmentCurrency,
      amountMinor: amount.presentment,
      expiresAt: null,
      event: 'ORDER_REFUND',
      orderId: order.id,
    });
  }
  return {
    id: store.ids.next('OrderTransaction'),
    kind: 'refund',
    status: 'success',
    gateway: payment?.gateway ?? 'manual',
    amount,
    parentId: payment?.id ?? null,
    giftCardId: payment?.giftCardId ?? null,
    createdAt: at,
  };
}

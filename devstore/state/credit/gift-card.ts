/** Gift cards: a code that is money, in one currency. */
import type { Store } from '../store.ts';
import { notFound, refuse } from '../refusal.ts';

export type GiftCardTransaction = {
  id: string;
  /** Negative for a payment. */
  amountMinor: number;
  orderId: string | null;
  at: string;
};

export type GiftCard = {
  id: string;
  /** In small letters. */
  code: string;
  currency: string;
  initialMinor: number;
  balanceMinor: number;
  customerId: string | null;
  /** The last day on which it is valid, in the shop's calendar. */
  expiresOn: string | null;
  note: string | null;
  deactivatedAt: string | null;
  transactions: GiftCardTransaction[];
  /** When it was sent to its customer by e-mail. */
  sentAt: string[];
  createdAt: string;
  updatedAt: string;
};

export type NewGiftCard = Pick<
  GiftCard,
  'code' | 'currency' | 'initialMinor' | 'customerId' | 'expiresOn' | 'note'
>;

export function createGiftCard(store: Store, wanted: NewGiftCard): GiftCard {
  return store.act(() => {
    const now = store.timestamp();
    const code = wanted.code.toLowerCase();
    if (findGiftCard(store, code)) refuse('The code of this gift card is taken.');
    const card: GiftCard = {
      ...wanted,
      code,
      id: store.ids.next('GiftCard'),
      balanceMinor: wanted.initialMinor,
      deactivatedAt: null,
      transactions: [],
      sentAt: [],
      createdAt: now,
      updatedAt: now,
    };
    store.purses.cards.set(card.id, card);
    return card;
  });
}

export function findGiftCard(store: Store, code: string): GiftCard | undefined {
  const wanted = code.trim().toLowerCase().replaceAll(/[\s-]/g, '');
  for (const card of store.purses.cards.values()) if (card.code === wanted) return card;
  return undefined;
}

/** For good: Shopify does not take it back. */
export function deactivateGiftCard(store: Store, id: string): GiftCard {
  return store.act(() => {
    const card = requireGiftCard(store, id);
    if (card.deactivatedAt === null) {
      card.deactivatedAt = store.timestamp();
      card.updatedAt = card.deactivatedAt;
    }
    return card;
  });
}

export function sendGiftCard(store: Store, card: GiftCard): void {
  store.act(() => {
    card.sentAt.push(store.timestamp());
  });
}

/** Takes at most what is on it; a negative amount goes back on it. @returns what it paid */
export function payByGiftCard(store: Store, card: GiftCard, most: number, orderId: string): number {
  const amount = Math.min(most, card.balanceMinor);
  const at = store.timestamp();
  card.balanceMinor -= amount;
  card.updatedAt = at;
  const id = store.ids.next('GiftCardTransaction');
  card.transactions.push({ id, amountMinor: -amount, orderId, at });
  return amount;
}

/** Why it cannot be paid with, or null. */
export function giftCardFault(store: Store, card: GiftCard | undefined): string | null {
  if (!card || card.deactivatedAt !== null) return 'This gift card code is not valid.';
  if (isExpired(store, card)) return `This gift card expired on ${card.expiresOn}.`;
  return card.balanceMinor === 0 ? 'This gift card has no balance left.' : null;
}

export function isExpired(store: Store, { expiresOn }: GiftCard): boolean {
  return expiresOn !== null && shopDayOf(store) > expiresOn;
}

/** "2026-11-22", by the shop's calendar. */
export function shopDayOf(store: Store): string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: store.shop.ianaTimezone });
  return format.format(store.now());
}

export function requireGiftCard(store: Store, id: string): GiftCard {
  return store.purses.cards.get(id) ?? notFound(`${store.domain} has no gift card ${id}.`);
}

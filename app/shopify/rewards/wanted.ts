/** Which of Shopify's things a given reward is, with what that needs. */
import type { WantedDiscount } from './discount-input.ts';
import type { CardOf } from './gift-cards.ts';
import type { CreditOf } from './store-credit.ts';
import type { GivenReward } from './wish.ts';
import { invariant } from '../../domain/invariant.ts';

type Common = Omit<GivenReward, 'gid'>;

export type Wanted<T extends Common> =
  | { readonly kind: 'code'; readonly of: WantedDiscount }
  | { readonly kind: 'card'; readonly of: CardOf<T> }
  | { readonly kind: 'credit'; readonly of: CreditOf<T> };

export function wantedOf<T extends Common>(wish: T): Wanted<T> {
  const { terms, title, code, giftCardCode, customerId, givenAt, validUntil } = wish;
  switch (terms.kind) {
    case 'gift-card':
      invariant(giftCardCode !== null, 'the code of a gift card is stored before it is asked for');
      return { kind: 'card', of: { ...wish, terms, giftCardCode } };
    case 'store-credit':
      return { kind: 'credit', of: { ...wish, terms } };
    case 'discount':
    case 'free-shipping':
    case 'free-product': {
      invariant(code !== null, 'the code of a discount is stored before it is asked for');
      const dates = { startsAt: givenAt, endsAt: validUntil };
      return { kind: 'code', of: { terms, title, code, customerId, ...dates } };
    }
  }
}

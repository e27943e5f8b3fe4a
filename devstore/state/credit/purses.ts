/** What money of its customers a shop keeps: gift cards and accounts of store credit. */
import type { GiftCard } from './gift-card.ts';
import type { CreditAccount } from './store-credit.ts';

/** A state that was kept by an older build has neither. */
export type PurseRecords = { giftCards?: GiftCard[]; creditAccounts?: CreditAccount[] };

export class Purses {
  readonly cards: Map<string, GiftCard>;
  readonly accounts: Map<string, CreditAccount>;

  constructor({ giftCards = [], creditAccounts = [] }: PurseRecords) {
    this.cards = new Map(giftCards.map((one) => [one.id, one]));
    this.accounts = new Map(creditAccounts.map((one) => [one.id, one]));
  }

  records(): Required<PurseRecords> {
    return { giftCards: [...this.cards.values()], creditAccounts: [...this.accounts.values()] };
  }
}

/** Why a customer cannot be merged: Shopify moves neither gift cards nor store credit. */
import type { Store } from '../store.ts';
import { balanceOf, creditAccountsOf } from '../credit/store-credit.ts';

export type MergeBlock = 'GIFT_CARDS' | 'STORE_CREDIT' | 'REDACTED_AT';

export function mergeBlocks(store: Store, customerId: string): MergeBlock[] {
  const blocks: MergeBlock[] = [];
  const cards = [...store.purses.cards.values()];
  if (cards.some((card) => card.customerId === customerId)) blocks.push('GIFT_CARDS');
  if (creditAccountsOf(store, customerId).some((account) => balanceOf(account) > 0)) {
    blocks.push('STORE_CREDIT');
  }
  if (store.customers.get(customerId)?.emailConsent.state === 'redacted')
    blocks.push('REDACTED_AT');
  return blocks;
}

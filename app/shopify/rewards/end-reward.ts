import { answered } from './answered.ts';
import { endDiscount } from './discounts.ts';
import { endGiftCard } from './gift-cards.ts';
import { endCredit } from './store-credit.ts';
import { wantedOf } from './wanted.ts';
import type { EndAnswer, GivenReward } from './wish.ts';
import type { AdminClient } from '../admin-client.ts';

/** May be asked for as often as one likes. @throws ShopLeft */
export async function endReward(admin: AdminClient, given: GivenReward): Promise<EndAnswer> {
  const wanted = wantedOf(given);
  return answered<EndAnswer>(() => {
    switch (wanted.kind) {
      case 'code':
        return endDiscount(admin, given, wanted.of);
      case 'card':
        return endGiftCard(admin, wanted.of);
      case 'credit':
        return endCredit(admin, given);
    }
  });
}

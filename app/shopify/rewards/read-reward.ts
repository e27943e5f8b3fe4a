import { answered } from './answered.ts';
import { readDiscount } from './discounts.ts';
import { readGiftCard } from './gift-cards.ts';
import { readCredit } from './store-credit.ts';
import { wantedOf } from './wanted.ts';
import type { GivenReward, ReadAnswer } from './wish.ts';
import type { Moment } from '../../domain/time/shop-time.ts';
import type { AdminClient } from '../admin-client.ts';

/** What Shopify has now of what was given. @throws ShopLeft */
export async function readReward(
  admin: AdminClient,
  given: GivenReward,
  now: Moment,
): Promise<ReadAnswer> {
  const wanted = wantedOf(given);
  return answered<ReadAnswer>(() => {
    switch (wanted.kind) {
      case 'code':
        return readDiscount(admin, given, wanted.of);
      case 'card':
        return readGiftCard(admin, wanted.of, now);
      case 'credit':
        return readCredit(admin, given, now);
    }
  });
}

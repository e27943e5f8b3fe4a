import { answered } from './answered.ts';
import { makeDiscount } from './discounts.ts';
import { makeGiftCard } from './gift-cards.ts';
import { giveCredit } from './store-credit.ts';
import { wantedOf } from './wanted.ts';
import type { MakeAnswer, RewardWish } from './wish.ts';
import type { AdminClient } from '../admin-client.ts';

/** Exactly one comes of it, however often it is asked for, if later attempts say so. @throws ShopLeft */
export async function makeReward(admin: AdminClient, wish: RewardWish): Promise<MakeAnswer> {
  const wanted = wantedOf(wish);
  return answered<MakeAnswer>(() => {
    switch (wanted.kind) {
      case 'code':
        return makeDiscount(admin, wanted.of, wish.attempt.first);
      case 'card':
        return makeGiftCard(admin, wanted.of);
      case 'credit':
        return giveCredit(admin, wanted.of);
    }
  });
}

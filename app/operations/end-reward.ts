/**
 * A reward comes to nothing. It is marked first, so that it is ended in Shopify before its points come
 * back; an order that used it by then has it. Releasing puts one back into its stock, once.
 */
import { changeRedemption } from './change-redemption.ts';
import type { Changed, ChangeWish } from './change-redemption.ts';
import { release } from '../domain/points/redemption.ts';
import type { Ending } from '../domain/points/redemption.ts';
import { writeEnded, writeNotMade, writeStockReturned } from '../storage/rewards/issued-rewards.ts';
import type { MakingRefusal } from '../storage/rewards/issued-rewards.ts';
import { putBackInStock } from '../storage/rewards/stock.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

interface Wish {
  readonly shopId: string;
  readonly redemptionId: string;
}

/** Asks the outbox to end it; its points come back once nobody can use it any more. */
export async function markEnding(
  world: World,
  wish: Wish & Pick<ChangeWish, 'audit'> & { readonly because: Exclude<Ending, 'left'> },
): Promise<Changed> {
  return changeRedemption(world, wish, (redemption) => {
    switch (redemption.state) {
      case 'released':
        return { kind: 'released' };
      case 'captured':
      case 'returned':
        return { kind: 'captured', orderId: redemption.orderId };
      case 'reserved':
        return redemption.ending === null ? { ...redemption, ending: wish.because } : redemption;
    }
  });
}

/** Nobody can use it any more: its points go back into the lots that they came from, unless it was used. */
export async function concludeEnding(
  world: World,
  wish: Wish & { readonly because: Ending },
): Promise<Changed> {
  const changed = await changeRedemption(world, wish, (redemption, books, grace) => {
    switch (redemption.state) {
      case 'released':
        return redemption;
      case 'captured':
      case 'returned':
        return { kind: 'captured', orderId: redemption.orderId };
      case 'reserved': {
        const ending = redemption.ending ?? wish.because;
        return release(books, { ...redemption, ending }, grace);
      }
    }
  });
  if (!changed.ok) return changed;
  const { redemption } = changed;
  await inTransaction(world.db(wish.shopId), async (client) => {
    const at = new Date(world.now());
    if (await writeStockReturned(client, wish.shopId, redemption.id)) {
      await putBackInStock(client, wish.shopId, redemption.purpose);
    }
    await writeEnded(client, wish.shopId, redemption.id, at);
  });
  return changed;
}

/** It cannot be made: the member has their points back, and is told why. */
export async function concludeRefusal(
  world: World,
  wish: Wish & { readonly refusal: MakingRefusal },
): Promise<Changed> {
  await inTransaction(world.db(wish.shopId), (client) =>
    writeNotMade(client, wish.shopId, wish.redemptionId, wish.refusal),
  );
  return concludeEnding(world, { ...wish, because: 'refused' });
}

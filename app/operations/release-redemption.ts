/** The reward came to nothing: the points go back into the lots that they came from, with their dates. */
import { changeRedemption } from './change-redemption.ts';
import type { Changed } from './change-redemption.ts';
import { release } from '../domain/points/redemption.ts';
import type { World } from '../world.ts';

/** A redemption that an order has used is never released. */
export function releaseRedemption(
  world: World,
  wish: { readonly shopId: string; readonly redemptionId: string },
): Promise<Changed> {
  return changeRedemption(world, wish, (redemption, books, grace) => {
    switch (redemption.state) {
      case 'released':
        return redemption;
      case 'captured':
      case 'returned':
        return { kind: 'captured', orderId: redemption.orderId };
      case 'reserved':
        return release(books, redemption, grace);
    }
  });
}

/** A paid order used the redemption, or it was given out at once: its points are spent for good. */
import { changeRedemption } from './change-redemption.ts';
import type { Changed } from './change-redemption.ts';
import type { DiscountOnLine } from '../domain/points/redemption.ts';
import type { World } from '../world.ts';

export function captureRedemption(
  world: World,
  wish: {
    readonly shopId: string;
    readonly redemptionId: string;
    /** Null for what no order uses, such as a gift card. */
    readonly orderId: string | null;
    /** What it took off the order's lines, where the order does not tell by its code. */
    readonly discountLines?: readonly DiscountOnLine[];
  },
): Promise<Changed> {
  const { orderId, discountLines = null } = wish;
  return changeRedemption(world, wish, (redemption, _books, { now }) => {
    switch (redemption.state) {
      case 'released':
        return { kind: 'released' };
      case 'captured':
      case 'returned':
        if (redemption.orderId === orderId) return redemption;
        return { kind: 'captured', orderId: redemption.orderId };
      case 'reserved':
        return { ...redemption, state: 'captured', orderId, discountLines, capturedAt: now };
    }
  });
}

/** A member who redeemed 500 points, and the order that used them. */
import { pointsHeld } from '../../app/domain/points/redemption.ts';
import type { OrderTidings, RefundFacts } from '../../app/domain/orders/order-facts.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import { day, line, Member, order, programme, refund, shopWith } from './fixtures.ts';

export const shopThat = (over: Partial<ProgrammeInput> = {}) =>
  shopWith([[day(1), programme(over)]], { timeZone: 'UTC' });

/** Spends nothing it earned: the member came by their points before. */
export function memberWith(points: number, over: Partial<ProgrammeInput> = {}): Member {
  const lines = [line({ priceMinor: points * 100 })];
  return new Member(shopThat(over)).order(
    order({ placedAt: day(2), lines }, { orderId: '1' }),
    day(2),
  );
}

/** $50 of goods in two lines of $25, $5 off by the code, $7 of shipping. Gift cards, so that it earns nothing itself. */
export const used = (over: Partial<OrderTidings> = {}, refunds: readonly RefundFacts[] = []) =>
  order(
    {
      placedAt: day(10),
      shippingMinor: 700,
      lines: ['a', 'b'].map((id) =>
        line({ id, priceMinor: 2_500, discountMinor: 250, giftCard: true }),
      ),
      discountCodes: [
        { code: 'THANKS-1', lines: ['a', 'b'].map((lineId) => ({ lineId, minor: 250 })) },
      ],
      ...over.snapshot,
    },
    { orderId: '77', refunds, ...over, ...(over.snapshot && {}) },
  );

export const half = refund({ id: '91', createdAt: day(20), lines: [{ lineId: 'a', quantity: 1 }] });
export const rest = refund({ id: '92', createdAt: day(21), lines: [{ lineId: 'b', quantity: 1 }] });

export function redeemed(over: Partial<ProgrammeInput> = {}, points = 500): Member {
  const member = memberWith(points, over);
  member.redeem(500, day(9), { code: 'thanks-1' });
  return member;
}

export const state = (member: Member): string => {
  const [redemption] = member.redemptions.values();
  return redemption ? `${redemption.state} ${pointsHeld(redemption)}` : 'none';
};

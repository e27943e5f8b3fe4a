/** Campaigns in a programme of one point for every 1.00, and members who buy in them. */
import type { OrderSnapshot, OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import type { ShopTerms } from '../../../app/domain/programme/terms.ts';
import { day, line, Member, order, programme, shopWith } from '../fixtures.ts';

export type CampaignInput = NonNullable<ProgrammeInput['campaigns']>[number];

export const iso = (at: number): string => new Date(at).toISOString();

/** From 5 to 29 January, UTC. */
export function campaign(over: Partial<CampaignInput> = {}): CampaignInput {
  return {
    ...{ key: 'summer', name: 'Summer', enabled: true },
    ...{ startsAt: iso(day(5)), endsAt: iso(day(30)) },
    ...over,
  };
}

export function shopOf(
  campaigns: readonly CampaignInput[],
  over: Partial<ProgrammeInput> = {},
  settings: Partial<Omit<ShopTerms, 'versions'>> = {},
): ShopTerms {
  return shopWith([[day(1), programme({ campaigns: [...campaigns], ...over })]], settings);
}

export function memberOf(...campaigns: readonly CampaignInput[]): Member {
  return new Member(shopOf(campaigns));
}

/** One line of so many dollars. */
export function bought(
  orderId: string,
  dollars: number,
  over: Partial<OrderSnapshot> = {},
  told: Partial<Omit<OrderTidings, 'snapshot'>> = {},
): OrderTidings {
  const placedAt = over.placedAt ?? day(10);
  const lines = [line({ priceMinor: dollars * 100 })];
  return order({ lines, ...over, placedAt }, { orderId, ...told });
}

export function cancelled(told: OrderTidings, at = day(50)): OrderTidings {
  if (!told.snapshot) throw new Error('There is an order.');
  return order(
    { ...told.snapshot, updatedAt: at, cancelledAt: at },
    { orderId: told.orderId, refunds: told.refunds },
  );
}

/** Memberships of a test's own: every setting that it does not name is the quiet one. */
import type { Purchase } from '../../../app/domain/memberships/purchases.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { storeCredit } from '../../../app/domain/rewards/paid-out.ts';
import { day, Member, programme, shopWith, tiers } from '../fixtures.ts';
import { level } from '../tiers/tier-members.ts';

export type MembershipInput = NonNullable<ProgrammeInput['memberships']>[number];

/** A club of this tier, by product 77 for 30 days. */
export function club(tier: string | null, over: Partial<MembershipInput> = {}): MembershipInput {
  return {
    ...{ key: 'club', name: 'Club', enabled: true, tier, noticeDays: 0 },
    plans: [{ products: ['77'], length: 30, unit: 'days' }],
    ...over,
  };
}

/** One piece that bought so many days of a tier; a membership of its own for each tier. */
export function boughtTerm(
  tier: string,
  days: number | null,
  times: Pick<Purchase, 'from' | 'lostAt'>,
): Purchase {
  const plan = { products: [], variants: [], length: days, unit: 'days' as const };
  const membership = {
    ...{ key: tier, name: tier, tier, plans: [plan], graceDays: 0, noticeDays: 0 },
    ...{ limit: null, reward: null },
  };
  return { membership, plan, orderId: '1', piece: '1.1', version: 1, ...times };
}

/** Bronze at 0, silver at 200 dollars, and vip, that is only granted. No order earns. */
export const levels = [
  level('bronze', '0'),
  level('silver', '200'),
  level('vip', '', { grantedOnly: true }),
];

const credit: NonNullable<ProgrammeInput['rewards']>[number] = {
  ...{ key: 'credit', kind: 'store-credit', name: '60 to spend', enabled: true },
  ...{ points: 1, forPoints: false, settings: storeCredit.defaults },
};

export function selling(...memberships: readonly MembershipInput[]): ProgrammeDocument {
  return programme({
    ...{ earning: [], tiers: tiers([], { levels }), memberships: [...memberships] },
    rewards: [credit],
  });
}

/** A member since day 10, in a shop that sells these memberships since day 5. */
export function buyer(...memberships: readonly MembershipInput[]): Member {
  const member = new Member(shopWith([[day(5), selling(...memberships)]]));
  member.createdAt = day(10);
  member.enrolledAt = day(10);
  return member;
}

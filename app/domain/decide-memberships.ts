/** Memberships that were bought: where the member stands with them, what comes with each piece, what is told. */
import type { Deciding } from './deciding.ts';
import { heldOf } from './memberships/held.ts';
import type { HeldMembership } from './memberships/held.ts';
import { membershipNews } from './memberships/news.ts';
import type { Purchase } from './memberships/purchases.ts';

export interface DecidedMemberships {
  /** Null where no version of the programme sells any. */
  readonly memberships: readonly HeldMembership[] | null;
  readonly deposits: readonly Deposit[];
}

/** An order that a reward came with. */
export interface Deposit {
  readonly orderId: string;
  /** Of the membership. */
  readonly name: string;
  /** Pieces that were given back, and those of them whose reward cannot be taken back any more. */
  readonly returned: number;
  readonly used: number;
}

export function decideMemberships(deciding: Deciding): DecidedMemberships {
  const { member, shop, now, purchases, tell, wakeAt } = deciding;
  if (!shop.versions.some(({ memberships }) => memberships.length > 0)) {
    return { memberships: null, deposits: [] };
  }
  const news = membershipNews(purchases, shop.timeZone, member.enrolledAt ?? null, now);
  for (const event of news.events) tell(event);
  for (const moment of news.later) wakeAt(moment);
  const rewarded = purchases.filter(({ membership }) => membership.reward !== null);
  for (const purchase of rewarded) {
    const { reward } = purchase.membership;
    if (reward === null || purchase.lostAt !== null) continue;
    const { version: programmeVersion } = purchase;
    deciding.give({ key: giftKey(purchase), rewardKey: reward, programmeVersion });
  }
  return {
    memberships: heldOf(purchases, shop.timeZone, now),
    deposits: depositsOf(rewarded, deciding),
  };
}

function giftKey({ membership, orderId, piece }: Purchase): string {
  return `membership:${membership.key}:${orderId}:${piece}`;
}

function depositsOf(rewarded: readonly Purchase[], { redemptions }: Deciding): Deposit[] {
  if (rewarded.length === 0) return [];
  const used = new Set(
    [...redemptions.values()]
      .filter(({ state }) => state === 'captured')
      .map(({ requestKey }) => requestKey),
  );
  return [...Map.groupBy(rewarded, ({ orderId }) => orderId)].map(([orderId, pieces]) => {
    const returned = pieces.filter(({ lostAt }) => lostAt !== null);
    const kept = returned.filter((one) => used.has(`prize:${giftKey(one)}`));
    const name = pieces[0]?.membership.name ?? '';
    return { orderId, name, returned: returned.length, used: kept.length };
  });
}

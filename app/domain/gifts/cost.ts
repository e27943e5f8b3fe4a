/** What a gift costs, as far as that is known before it is used. */
import type { GiftContent } from './gift.ts';
import { MoneyFault, parseMoney } from '../money/money.ts';
import type { ProgrammeDocument } from '../programme/document.ts';

export interface GiftCost {
  readonly points: number;
  /** In minor units; null where what is given has no price of its own. */
  readonly minor: number | null;
}

/** @param given how many get it, and how many points all of them together */
export function giftCost(
  content: GiftContent,
  given: { readonly members: number; readonly points: number },
  document: ProgrammeDocument,
  currency: string,
): GiftCost {
  const { members } = given;
  switch (content.kind) {
    case 'points':
      return { points: given.points, minor: worthOf(given.points, document, currency) };
    case 'reward':
      return { points: 0, minor: rewardMinor(content.reward, members, document, currency) };
    case 'badge': {
      const badge = document.badges.find(({ key }) => key === content.badge);
      // Of levels it is the lowest that is given.
      const [level] = badge?.levels.toSorted((a, b) => Number(a.need) - Number(b.need)) ?? [];
      const points = (level ?? badge ?? { bonusPoints: 0 }).bonusPoints * members;
      const reward = (level ?? badge)?.bonusReward ?? null;
      const more = reward === null ? 0 : rewardMinor(reward, members, document, currency);
      return { points, minor: more === null ? null : worthOf(points, document, currency) + more };
    }
  }
}

function worthOf(points: number, { worthOf100 }: ProgrammeDocument, currency: string): number {
  return Number((BigInt(points) * BigInt(parseMoney(worthOf100, currency))) / 100n);
}

/** Of rewards that are an amount. */
function rewardMinor(
  key: string,
  members: number,
  { rewards }: ProgrammeDocument,
  currency: string,
): number | null {
  const amount = rewards.find((reward) => reward.key === key)?.settings['amount'];
  if (typeof amount !== 'string') return null;
  try {
    return parseMoney(amount, currency) * members;
  } catch (fault) {
    if (fault instanceof MoneyFault) return null;
    throw fault;
  }
}

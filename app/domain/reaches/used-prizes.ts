/**
 * Rewards of badges and challenges that are no longer complete. Those that were not used end; what was used
 * stays with the member, and is shown to a person on an order.
 */
import type { Deciding } from '../deciding.ts';

export interface UsedPrizes {
  /** Orders of the member: none of these but those below shows any. */
  readonly lookedAt: readonly string[];
  readonly raised: readonly {
    readonly orderId: string;
    /** Of the badge or the challenge, and of the reward in the programme. */
    readonly name: string;
    readonly reward: string;
  }[];
}

const PRIZE = /^prize:((badge|challenge):[^~]+)(~\d+)?$/;

/** @param due what badges and challenges give by all that is known; null where nobody has used any */
export function usedPrizes(
  { redemptions, standings, shop }: Deciding,
  due: ReadonlySet<string>,
): UsedPrizes | null {
  const used = [...redemptions.values()].flatMap(({ state, requestKey, purpose, orderId }) => {
    const key = state === 'captured' ? PRIZE.exec(requestKey)?.[1] : undefined;
    return key === undefined ? [] : [{ key, purpose, orderId }];
  });
  if (used.length === 0) return null;
  const raised = used.flatMap(({ key, purpose, orderId }) => {
    const shownOn = orderId ?? lastGivenBack(standings);
    if (due.has(key) || shownOn === null) return [];
    const [known = ''] = key.split(/[@/]/, 1);
    const named = shop.versions.flatMap(({ badges, challenges }) => [
      ...badges.map((one) => ({ key: `badge:${one.key}`, name: one.name })),
      ...challenges.map((one) => ({ key: `challenge:${one.key}`, name: one.name })),
    ]);
    const name = named.findLast((one) => one.key === known)?.name ?? known;
    const rewards = shop.versions.flatMap((terms) => terms.rewards);
    const reward = rewards.findLast((one) => one.key === purpose)?.name ?? purpose;
    return [{ orderId: shownOn, name, reward }];
  });
  return { lookedAt: standings.map(({ orderId }) => orderId), raised: oneForEach(raised) };
}

/** What was had at once was used on no order: the last one of which something went back stands for it. */
function lastGivenBack(standings: Deciding['standings']): string | null {
  const last =
    standings.findLast(({ changes }) => changes.some(([, minor]) => minor < 0)) ?? standings.at(-1);
  return last?.orderId ?? null;
}

function oneForEach(raised: UsedPrizes['raised']): UsedPrizes['raised'] {
  return [...new Map(raised.map((one) => [one.orderId, one])).values()];
}

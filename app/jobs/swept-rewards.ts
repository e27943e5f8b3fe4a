/**
 * A page of codes that members still hold, compared with Shopify. The webhook that told of a deleted or
 * edited discount may have been lost: what is not as it was made is looked at by the same road.
 */
import type pg from 'pg';
import type { Onward } from './swept-page.ts';
import { rewardEffect } from '../operations/issue-rewards.ts';
import { NOTHING_SWEPT } from '../domain/sweeps/sweep.ts';
import type { SweepCounts } from '../domain/sweeps/sweep.ts';
import { discountsStillThere } from '../shopify/rewards/still-there.ts';
import { heldCodes } from '../storage/rewards/changed-rewards.ts';
import type { WantedEffect } from '../storage/effects/effects.ts';

const AT_ONCE = 100;
/** Making it is a change, too, and Shopify's clock is not ours. */
const OWN_CHANGES_MS = 120_000;

export interface SweptRewards {
  readonly counts: SweepCounts;
  /** Looks at what is not as it was made. */
  readonly effects: readonly WantedEffect[];
  /** After which one to go on; null after the last page. */
  readonly next: string | null;
}

export async function differentRewards(
  pool: pg.Pool,
  shopId: string,
  asked: { readonly since: number; readonly now: number; readonly after: string | null },
  { ask }: Pick<Onward, 'ask'>,
): Promise<SweptRewards> {
  const held = await heldCodes(pool, shopId, new Date(asked.now), asked.after, AT_ONCE);
  const gids = held.map(({ shopifyId }) => shopifyId);
  const there = held.length === 0 ? null : await ask((client) => discountsStillThere(client, gids));
  const over = held.filter(({ shopifyId }) => there?.get(shopifyId)?.isOver ?? true);
  const edited = held.filter(({ shopifyId, madeAt }) => {
    const { isOver = true, updatedAt = 0 } = there?.get(shopifyId) ?? {};
    return !isOver && updatedAt >= asked.since && updatedAt > madeAt + OWN_CHANGES_MS;
  });
  return {
    counts: {
      ...NOTHING_SWEPT,
      alreadyRight: held.length - over.length,
      ...{ repaired: over.length, rewardsEnded: over.length },
    },
    effects: [...over, ...edited].map(({ id, memberId }) =>
      rewardEffect('check-reward', id, memberId),
    ),
    next: held.length < AT_ONCE ? null : (held.at(-1)?.id ?? null),
  };
}

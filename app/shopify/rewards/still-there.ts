/** How discounts of ours stand, many at once: enough to see which of them must be read. */
import { z } from 'zod';
import { DISCOUNTS_STILL_THERE } from '../../shopify/operations/rewards.graphql.ts';
import { moment } from '../payloads/parts.ts';
import type { AdminClient } from '../admin-client.ts';

const answer = z.object({
  nodes: z.array(
    z
      .object({
        id: z.string(),
        codeDiscount: z.object({
          status: z.enum(['ACTIVE', 'EXPIRED', 'SCHEDULED']),
          updatedAt: moment,
        }),
      })
      .nullable(),
  ),
});

export interface StandingDiscount {
  readonly isOver: boolean;
  readonly updatedAt: number;
}

/** @param gids at most 250. @returns by gid; what Shopify no longer has is left out */
export async function discountsStillThere(
  admin: AdminClient,
  gids: readonly string[],
): Promise<ReadonlyMap<string, StandingDiscount>> {
  const { nodes } = await admin.request(DISCOUNTS_STILL_THERE, { ids: gids }, answer);
  return new Map(
    nodes.flatMap((node) => {
      if (!node) return [];
      const { status, updatedAt } = node.codeDiscount;
      return [[node.id, { isOver: status === 'EXPIRED', updatedAt }] as const];
    }),
  );
}

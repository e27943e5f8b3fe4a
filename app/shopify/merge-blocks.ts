/** Why Shopify would not merge these customers: gift cards, store credit and others stand in the way. */
import { z } from 'zod';
import type { AdminClient } from './admin-client.ts';
import { READ_MERGEABLE } from './operations/shop.graphql.ts';

export interface MergeBlock {
  readonly customerId: string;
  /** As Shopify names them, e.g. "GIFT_CARDS"; empty where it can be merged. */
  readonly fields: readonly string[];
}

const customer = z
  .object({ mergeable: z.object({ isMergeable: z.boolean(), errorFields: z.array(z.string()) }) })
  .nullable();
const answer = z.object({ one: customer, other: customer });

export async function readMergeBlocks(
  client: AdminClient,
  [one, other]: readonly [string, string],
): Promise<readonly MergeBlock[]> {
  const gidOf = (id: string): string => `gid://shopify/Customer/${id}`;
  const variables = { one: gidOf(one), other: gidOf(other) };
  const told = await client.request(READ_MERGEABLE, variables, answer);
  const blockOf = (customerId: string, found: z.infer<typeof customer>): MergeBlock => ({
    customerId,
    fields: found === null ? ['DELETED_AT'] : found.mergeable.errorFields,
  });
  return [blockOf(one, told.one), blockOf(other, told.other)];
}

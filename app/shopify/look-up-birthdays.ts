import { z } from 'zod';
import type { AdminClient } from './admin-client.ts';
import { READ_BIRTHDAYS } from './operations/birthdays.graphql.ts';
import { gid, moment } from './payloads/parts.ts';

export interface FoundBirthday {
  readonly customerId: string;
  readonly month: number;
  readonly day: number;
  /** When it was written there. */
  readonly at: number;
}

const answer = z.object({ nodes: z.array(z.unknown()) });

/** The year is not even read. */
const node = z.object({
  id: gid,
  metafield: z.object({
    value: z.iso.date().transform((date) => {
      const [, month = '', day = ''] = date.split('-');
      return { month: Number(month), day: Number(day) };
    }),
    updatedAt: moment,
  }),
});

/** Of those customers whose birthday stands in Shopify. */
export async function lookUpBirthdays(
  client: AdminClient,
  customerIds: readonly string[],
): Promise<readonly FoundBirthday[]> {
  const ids = customerIds.map((id) => `gid://shopify/Customer/${id}`);
  const { nodes } = await client.request(READ_BIRTHDAYS, { ids }, answer);
  return nodes.flatMap((one) => {
    const { data } = node.safeParse(one);
    return data
      ? [{ customerId: data.id, ...data.metafield.value, at: data.metafield.updatedAt }]
      : [];
  });
}

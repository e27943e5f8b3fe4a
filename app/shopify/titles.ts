import { z } from 'zod';
import type { AdminClient } from './admin-client.ts';
import { READ_TITLES } from './operations/titles.graphql.ts';

/** What `nodes` takes at once. */
const MOST_IDS = 250;

const answer = z.object({
  nodes: z.array(
    z
      .object({
        id: z.string(),
        title: z.string(),
        product: z.object({ title: z.string(), hasOnlyDefaultVariant: z.boolean() }).optional(),
      })
      .nullable(),
  ),
});

/** By the number in the gid; empty for what the shop does not have. */
export async function readTitles(
  client: AdminClient,
  gids: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const titles: Record<string, string> = Object.fromEntries(gids.map((id) => [numberIn(id), '']));
  for (let from = 0; from < gids.length; from += MOST_IDS) {
    const ids = gids.slice(from, from + MOST_IDS);
    const { nodes } = await client.request(READ_TITLES, { ids }, answer);
    for (const node of nodes) {
      if (!node) continue;
      const { id, title, product } = node;
      // The only variant of a product has a name that nobody gave it.
      const named = product?.hasOnlyDefaultVariant ? product.title : `${product?.title} – ${title}`;
      titles[numberIn(id)] = product ? named : title;
    }
  }
  return titles;
}

function numberIn(id: string): string {
  return id.replace(/^.*\//, '');
}

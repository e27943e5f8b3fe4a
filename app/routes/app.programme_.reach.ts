import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { tryReach } from '../operations/try-reach.ts';
import { requireStaff } from './app/tenant.ts';

const wish = z.strictObject({
  list: z.enum(['badges', 'challenges']),
  key: z.string().max(1_000),
  document: z.unknown(),
  after: z.uuid().nullable(),
  /** The moment that the first answer told; null for the first. */
  now: z.int().positive().nullable(),
});

/**
 * Who: signed-in staff of the shop, asking who would have a badge of the draft as they type it. One batch of
 * members at a time; nothing is written.
 */
export async function action(args: ActionFunctionArgs) {
  const { shop } = await requireStaff(args);
  const { world } = args.context;
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) return json({ ok: false, refusal: { kind: 'unreadable' } } as const, 400);
  const now = asked.data.now ?? world.now();
  const { list, key, document, after } = asked.data;
  const tried = await tryReach(world, { shopId: shop.id, list, key, document, after, now });
  return json({ ...tried, now });
}

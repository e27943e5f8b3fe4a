import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { giveFreeze } from '../operations/give-freeze.ts';
import { requireStaff } from './app/tenant.ts';

const wish = z.object({
  streak: z.string().max(60),
  from: z.enum(['now', 'its-end']),
  reason: z.string().max(100),
  note: z.string().max(500),
  requestKey: z.uuid(),
});

/** Who: signed-in staff of the shop, giving a member a freeze of a streak. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) {
    return json({ ok: false, refusal: { kind: 'bad-request' } } as const, 400);
  }
  const memberId = args.params['memberId'] ?? '';
  const who = { shopId: shop.id, actor, memberId };
  return json(await giveFreeze(args.context.world, { ...asked.data, ...who }));
}

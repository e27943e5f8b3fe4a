import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { FLAG_KINDS } from '../domain/orders/flag-kinds.ts';
import { dismissFlag } from '../operations/dismiss-flag.ts';
import { requireStaff } from './app/tenant.ts';

const wish = z.object({
  orderId: z.string().regex(/^\d{1,19}$/),
  kind: z.enum(FLAG_KINDS),
});

/** Who: signed-in staff of the shop, putting away what they have seen. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) return json({ ok: false } as const, 400);
  const dismissed = await dismissFlag(args.context.world, {
    ...asked.data,
    shopId: shop.id,
    actor,
  });
  return json({ ok: dismissed } as const);
}

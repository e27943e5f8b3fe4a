import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { enterBirthday } from '../operations/enter-birthday.ts';
import { requireStaff } from './app/tenant.ts';

const wish = z.object({ month: z.int(), day: z.int() });

/** Who: signed-in staff of the shop, entering a birthday that a member told them. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) return json({ ok: false, refusal: { kind: 'bad-date' } } as const, 400);
  const memberId = args.params['memberId'] ?? '';
  return json(
    await enterBirthday(args.context.world, { ...asked.data, shopId: shop.id, actor, memberId }),
  );
}

import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { grantTier, revokeTierGrant } from '../operations/grant-tier.ts';
import { requireStaff } from './app/tenant.ts';

const request = {
  reason: z.string().max(100),
  note: z.string().max(500),
  requestKey: z.uuid(),
};

const wish = z.discriminatedUnion('wish', [
  z.object({
    wish: z.literal('grant'),
    tierKey: z.string().max(60),
    lastDay: z.string().max(10).nullable(),
    ...request,
  }),
  z.object({ wish: z.literal('revoke'), grantId: z.uuid(), ...request }),
]);

/** Who: signed-in staff of the shop, granting a tier or taking a grant back. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const { world } = args.context;
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) {
    return json({ ok: false, refusal: { kind: 'unknown-tier' } } as const, 400);
  }
  const who = { shopId: shop.id, memberId: args.params['memberId'] ?? '', actor };
  return json(
    asked.data.wish === 'grant'
      ? await grantTier(world, { ...asked.data, ...who })
      : await revokeTierGrant(world, { ...asked.data, ...who }),
  );
}

import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { giveByHand, takeBackByHand } from '../operations/staff-rewards.ts';
import { requireStaff } from './app/tenant.ts';

const said = { reason: z.string().max(100), note: z.string().max(500), requestKey: z.uuid() };

const wish = z.discriminatedUnion('wish', [
  z.object({ wish: z.literal('give'), rewardKey: z.string().max(60), ...said }),
  z.object({ wish: z.literal('take-back'), redemptionId: z.uuid(), ...said }),
]);

/** Who: signed-in staff of the shop, giving a reward for nothing or taking one back. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const { world } = args.context;
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) {
    return json({ ok: false, refusal: { kind: 'unknown-reward' } } as const, 400);
  }
  const who = { shopId: shop.id, actor };
  const answer =
    asked.data.wish === 'give'
      ? await giveByHand(world, {
          ...{ ...asked.data, ...who, memberId: args.params['memberId'] ?? '' },
        })
      : await takeBackByHand(world, { ...asked.data, ...who });
  return json(answer.ok ? ({ ok: true } as const) : answer);
}

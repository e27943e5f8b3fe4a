import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { API_SCOPES } from '../domain/api-scopes.ts';
import { makeApiKey, revokeApiKey } from '../operations/api-keys.ts';
import { requireStaff } from './app/tenant.ts';

const wish = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('make'),
    name: z.string().max(200),
    scopes: z.array(z.enum(API_SCOPES)),
  }),
  z.object({ intent: z.literal('revoke'), id: z.uuid() }),
]);

/** Who: signed-in staff of the shop, making or revoking a key for a program of their own. */
export async function action(args: ActionFunctionArgs) {
  const { shop, actor } = await requireStaff(args);
  const { world } = args.context;
  const asked = wish.safeParse(await args.request.json().catch(() => null));
  if (!asked.success) return json({ ok: false, refusal: { kind: 'bad-form' } } as const, 400);
  const by = { shopId: shop.id, actor };
  if (asked.data.intent === 'revoke') {
    await revokeApiKey(world, { ...by, id: asked.data.id });
    return json({ ok: true, key: null } as const);
  }
  const { name, scopes } = asked.data;
  return json(await makeApiKey(world, { ...by, name, scopes }), {
    headers: { 'Cache-Control': 'no-store' },
  });
}

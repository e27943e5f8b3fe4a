import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { OWN, shopperOf } from './proxy/shopper.ts';
import { isJoinToken } from '../operations/join-token.ts';
import { joinProgramme } from '../operations/sign-in.ts';
import { storefrontMember } from '../queries/storefront-member.ts';

const wish = z.object({ token: z.string().max(200) });
const refused = (kind: string, status: number) =>
  json({ ok: false, refusal: { kind } }, { ...OWN, status });

/**
 * Who: a customer signed in at the storefront who asks to join. JSON with the token from `me`, so that
 * no other site can ask in their name.
 */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { world } = context;
  const visit = await shopperOf(args);
  if (request.method !== 'POST') return refused('only-post', 405);
  if (!visit) return refused('signed-out', 401);
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return refused('only-json', 415);
  const asked = wish.safeParse(await request.json().catch(() => null));
  if (!asked.success || !isJoinToken(world, visit, asked.data.token)) {
    return refused('bad-token', 403);
  }
  const joined = await joinProgramme(world, visit);
  if (!joined.ok) return json(joined, { ...OWN, status: 409 });
  return json(
    { ...joined, ...(await storefrontMember(world, visit.shopId, visit.customerId)) },
    OWN,
  );
}

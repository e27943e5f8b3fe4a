import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { posted, refused } from './proxy/posted.ts';
import { OWN } from './proxy/shopper.ts';
import { ownReferrals } from '../operations/own-referrals.ts';
import { chooseCode } from '../operations/referral-code.ts';

const wish = z.strictObject({ code: z.string().max(40) });

/** Who: a customer signed in at the storefront who chooses a code of their own. */
export async function action(args: ActionFunctionArgs) {
  const told = await posted(args, wish);
  if (!told.ok) return told.response;
  const { world } = args.context;
  const { shopId, customerId } = told.shopper;
  const own = await ownReferrals(world, shopId, customerId);
  if (!own) return refused('not-a-member', 409);
  const chosen = await chooseCode(world, { shopId, memberId: own.memberId, code: told.asked.code });
  if (!chosen.ok) {
    const { kind } = chosen.refusal;
    return refused(kind, kind === 'bad-code' || kind === 'offensive' ? 400 : 409);
  }
  const prefix = new URL(args.request.url).searchParams.get('path_prefix') ?? '/apps/laurel';
  const path = `${prefix}/r/${encodeURIComponent(chosen.code)}`;
  return json({ ok: true, code: chosen.code, path }, OWN);
}

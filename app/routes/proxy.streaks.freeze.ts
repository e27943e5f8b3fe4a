import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { posted } from './proxy/posted.ts';
import { withWords } from './proxy/reward-words.ts';
import { OWN } from './proxy/shopper.ts';
import { streakWords } from './proxy/streak-words.ts';
import { buyFreeze } from '../operations/buy-freeze.ts';
import type { BuyRefusal } from '../operations/buy-freeze.ts';
import { rewardSpeech } from '../queries/storefront-rewards.ts';

const wish = z.strictObject({
  streak: z.string().min(1).max(40),
  /** Made by the page for one press of the button: sent again, it is the same freeze. */
  key: z.string().regex(/^[A-Za-z0-9-]{16,64}$/),
});

/**
 * Who: a customer signed in at the storefront, about their own points and streaks: the signed query alone
 * says who it is, and an id in the body is refused.
 */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { world } = context;
  const told = await posted(args, wish);
  if (!told.ok) return withWords(request, told.response);
  const { shopper, asked } = told;
  const answer = await buyFreeze(world, shopper, asked);
  const words = streakWords(request, await rewardSpeech(world, shopper.shopId), world.now());
  if (!answer.ok) {
    const { refusal } = answer;
    const says = words.refused(refusal);
    return json({ ok: false, refusal, says }, { ...OWN, status: statusOf(refusal) });
  }
  const { already, freezes } = answer;
  return json({ ok: true, already, freezes, says: words.bought(freezes) }, OWN);
}

/** 422: it would be refused at any time. 409: as things stand now. */
function statusOf({ kind }: BuyRefusal): number {
  switch (kind) {
    case 'unknown-streak':
    case 'not-for-sale':
    case 'key-used-otherwise':
      return 422;
    case 'not-running':
    case 'not-a-member':
    case 'no-streak':
    case 'no-room':
    case 'owes':
    case 'not-enough':
      return 409;
  }
}

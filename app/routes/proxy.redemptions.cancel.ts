import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { posted, refused } from './proxy/posted.ts';
import { rewardWords, withWords } from './proxy/reward-words.ts';
import { OWN } from './proxy/shopper.ts';
import { giveBackReward } from '../operations/give-back-reward.ts';
import { rewardSpeech, storefrontReward } from '../queries/storefront-rewards.ts';

const wish = z.strictObject({ redemption: z.uuid() });

/**
 * Who: a customer signed in at the storefront, about a reward of theirs that they have not used. Another
 * one's is answered as if there were none, so that trying ids out tells nothing.
 */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { world } = context;
  const told = await posted(args, wish);
  if (!told.ok) return withWords(request, told.response);
  const { shopper, asked } = told;
  const answer = await giveBackReward(world, shopper, asked.redemption);
  if (!answer.ok) {
    const { kind } = answer.refusal;
    return withWords(request, refused(kind, kind === 'unknown-reward' ? 404 : 409));
  }
  const speech = await rewardSpeech(world, shopper.shopId);
  const words = rewardWords(request, speech, world.now());
  const reward = await storefrontReward(world, shopper, asked.redemption, speech.timeZone);
  return json({ ok: true, reward: reward && { ...reward, says: words.held(reward) } }, OWN);
}

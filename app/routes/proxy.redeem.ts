import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { posted } from './proxy/posted.ts';
import { rewardWords, withWords } from './proxy/reward-words.ts';
import { OWN } from './proxy/shopper.ts';
import { meetVisitor, redeemAtStorefront } from '../operations/redeem-at-storefront.ts';
import type { RewardRefusal } from '../operations/redeem-reward.ts';
import type { SignIn } from '../operations/sign-in.ts';
import { rewardSpeech, speechOf, storefrontReward } from '../queries/storefront-rewards.ts';

const wish = z.strictObject({
  reward: z.string().min(1).max(40),
  steps: z.int().min(1).max(1_000_000).default(1),
  /** Made by the page for one press of the button: sent again, it is the same redemption. */
  key: z.string().regex(/^[A-Za-z0-9-]{16,64}$/),
});

/**
 * Who: a customer signed in at the storefront, about their own points: the signed query alone says who
 * it is, and an id in the body is refused. The reward is made while they wait; what takes longer than
 * that is told as being made, and their page asks again.
 */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { world, makeReward } = context;
  const meeting = (shopper: SignIn) => meetVisitor(world, shopper);
  const told = await posted(args, wish, { meeting });
  if (!told.ok) return withWords(request, told.response);
  const { shopper, asked, met } = told;
  const { shopId } = shopper;
  const answer = await redeemAtStorefront(world, shopId, met, asked);
  if (!answer.ok) {
    const { refusal } = answer;
    const words = rewardWords(request, await rewardSpeech(world, shopId), world.now());
    const says = words.refused(refusal);
    return json({ ok: false, refusal, says }, { ...OWN, status: statusOf(refusal) });
  }
  const { already, redemption, shop } = answer;
  if (answer.asked) await makeReward(shopId, answer.asked);
  const reward = await storefrontReward(world, shopper, redemption.id, shop.timeZone);
  if (!reward)
    return json({ ok: false, refusal: { kind: 'member-gone' } }, { ...OWN, status: 409 });
  const words = rewardWords(request, speechOf(shop, world.now()), world.now());
  return json({ ok: true, already, reward: { ...reward, says: words.held(reward) } }, OWN);
}

/** 422: it would be refused at any time. 409: as things stand now. */
function statusOf({ kind }: RewardRefusal): number {
  switch (kind) {
    case 'bad-request':
    case 'bad-steps':
    case 'unknown-reward':
    case 'not-for-points':
    case 'key-used-otherwise':
      return 422;
    case 'unknown-member':
    case 'member-gone':
    case 'not-a-member':
    case 'not-now':
    case 'not-for-you':
    case 'limit-reached':
    case 'out-of-stock':
    case 'needs-permission':
    case 'owes':
    case 'not-enough':
      return 409;
  }
}

import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { rewardWords } from './proxy/reward-words.ts';
import { OWN, shopperOf } from './proxy/shopper.ts';
import { joinToken } from '../operations/join-token.ts';
import { storefrontRewards } from '../queries/storefront-rewards.ts';

/**
 * Who: a visitor of the storefront, through Shopify's signed proxy; the signed query alone says who it
 * is. Tells what they can have for points, or why not yet, what they hold with its codes, and the token
 * with which their page may redeem.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { request, context } = args;
  const { world } = context;
  const shopper = await shopperOf(args);
  if (!shopper) return json({ token: null, points: null, balance: '', rewards: [], held: [] }, OWN);
  const { shopId, customerId } = shopper;
  const { points, currency, rewards, held, ...about } = await storefrontRewards(
    world,
    shopId,
    customerId,
  );
  const words = rewardWords(request, about, world.now());
  return json(
    {
      ...{ token: joinToken(world, shopper), points, currency },
      balance: points === null ? '' : words.balance(points),
      rewards: rewards.map(({ why, ...reward }) => ({
        ...reward,
        can: why === null,
        ...(why && { why: { ...why, says: words.why(why) } }),
      })),
      held: held.map((one) => ({ ...one, says: words.held(one) })),
    },
    OWN,
  );
}

import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { rewardWords } from './proxy/reward-words.ts';
import { OWN, shopperOf } from './proxy/shopper.ts';
import type { ShownReward } from '../domain/storefront/rewards.ts';
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
      balance: points === null ? '' : words.points(points),
      rewards: rewards.map(({ why, ...reward }) => ({
        ...{ ...reward, can: why === null, cannot: why !== null, most: mostSteps(reward, points) },
        ...(why && { why, says: words.why(why) }),
      })),
      // The newest last: a page puts each before what it has.
      held: held.toReversed().map(({ secret, ...one }) => ({
        ...{ ...one, code: one.code ?? secret, says: words.held(one) },
        apply: one.code === null ? null : `/discount/${one.code}?redirect=/cart`,
      })),
      again: held.some(({ state }) => state === 'making' || state === 'ending'),
    },
    OWN,
  );
}

/** How many times its points they can spend on it. */
function mostSteps({ steps, cost }: ShownReward, points: number | null): number {
  const { least, most } = steps ?? { least: 1, most: 1 };
  return Math.max(least, Math.min(most, Math.floor((points ?? 0) / cost)));
}

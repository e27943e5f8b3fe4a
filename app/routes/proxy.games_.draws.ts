import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { OWN, shopperOf } from './proxy/shopper.ts';
import { ownDraws } from '../queries/draws.ts';
import { prizeOf } from '../queries/game-prizes.ts';

/** Who: a customer signed in at the storefront. Their own draws, the newest first, each with its proof. */
export async function loader(args: LoaderFunctionArgs) {
  const { world } = args.context;
  const shopper = await shopperOf(args);
  if (!shopper) return json({ draws: [] }, OWN);
  const { shopId, customerId } = shopper;
  const proofs = await ownDraws(world, shopId, customerId);
  const draws = await Promise.all(
    proofs.map(async (proof) => {
      const { id, game, epoch, at, version, given } = proof;
      const prize = await prizeOf(world, shopId, { game, version, prize: given });
      return { id, game, epoch, at: Math.floor(at / 1_000), prize, proof };
    }),
  );
  return json({ draws }, OWN);
}

import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { gameWords } from './proxy/game-words.ts';
import { countryOf } from './proxy/country-of.ts';
import { OWN, shopperOf } from './proxy/shopper.ts';
import { joinToken } from '../operations/join-token.ts';
import { gamesFor } from '../operations/play-games.ts';
import type { PlayRefusal } from '../operations/play-game.ts';
import { rewardSpeech } from '../queries/storefront-rewards.ts';

/**
 * Who: a visitor of the storefront, through Shopify's signed proxy; the signed query alone says who it is.
 * Tells the games that go on, or the one that is named: odds, commitment, ways in, why not yet, and the token
 * with which their page may play.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { request, context } = args;
  const { world } = context;
  const shopper = await shopperOf(args);
  if (!shopper) return json({ token: null, games: [] }, OWN);
  const { shopId } = shopper;
  const words = gameWords(request, await rewardSpeech(world, shopId), world.now());
  const games = (await gamesFor(world, shopper, countryOf(request))).map((game) => ({
    ...game,
    ...(isRefusal(game['why']) && { says: words.refused(game['why']) }),
  }));
  const token = joinToken(world, shopper);
  const asked = new URL(request.url).searchParams.get('game');
  if (asked === null) return json({ token, games }, OWN);
  const game = games.find(({ key }) => key === asked);
  if (game) return json({ token, game }, OWN);
  const refusal = { kind: 'unknown-game' } as const;
  return json({ ok: false, refusal, says: words.refused(refusal) }, { ...OWN, status: 404 });
}

function isRefusal(why: unknown): why is PlayRefusal {
  return typeof why === 'object' && why !== null && 'kind' in why;
}

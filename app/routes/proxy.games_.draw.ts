import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { countryOf } from './proxy/country-of.ts';
import { gameWords } from './proxy/game-words.ts';
import { posted } from './proxy/posted.ts';
import { withWords } from './proxy/reward-words.ts';
import { OWN } from './proxy/shopper.ts';
import { CHOSEN } from '../domain/games/draw.ts';
import { ROUTES } from '../domain/games/plays.ts';
import { playGame } from '../operations/play-game.ts';
import type { PlayRefusal } from '../operations/play-game.ts';
import { drawProof } from '../queries/draws.ts';
import { prizeOf } from '../queries/game-prizes.ts';
import { rewardSpeech } from '../queries/storefront-rewards.ts';

const wish = z.strictObject({
  game: z.string().min(1).max(40),
  /** Made by the page for one press of the button: sent again, it is the same play. */
  key: z.string().regex(/^[A-Za-z0-9-]{16,64}$/),
  /** By the shopper's browser alone: the shop's seed was fixed before it was known. */
  chosen: z.string().regex(CHOSEN),
  entry: z.enum(ROUTES).nullable().default(null),
  /** The commitment that the shopper saw. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
});

/**
 * Who: a customer signed in at the storefront, about themselves: the signed query alone says who it is, and an
 * id in the body is refused. Plays once, or takes a ticket of a giveaway.
 */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { world } = context;
  const told = await posted(args, wish);
  if (!told.ok) return withWords(request, told.response);
  const { shopper, asked } = told;
  const { shopId } = shopper;
  const { entry: route, ...about } = asked;
  const answer = await playGame(world, shopper, { ...about, route, country: countryOf(request) });
  const words = gameWords(request, await rewardSpeech(world, shopId), world.now());
  if (!answer.ok) {
    const { refusal } = answer;
    const says = words.refused(refusal);
    return json({ ok: false, refusal, says }, { ...OWN, status: statusOf(refusal) });
  }
  const { already, play } = answer;
  const { id, as, epoch, game } = play;
  if (as === 'ticket') {
    return json({ ok: true, already, ticket: { id, game, epoch }, says: words.ticket() }, OWN);
  }
  const prize = await prizeOf(world, shopId, play);
  const proof = await drawProof(world, shopId, id);
  const says = words.won(prize?.name ?? null);
  return json({ ok: true, already, draw: { id, game, epoch, prize, proof }, says }, OWN);
}

/** 422: it would be refused at any time. 403: not where the shopper is. 409: as things stand now. */
function statusOf({ kind }: PlayRefusal): number {
  switch (kind) {
    case 'key-used-otherwise':
      return 422;
    case 'unknown-game':
      return 404;
    case 'not-here':
    case 'free-only':
    case 'age-needed':
      return 403;
    case 'not-running':
    case 'not-a-member':
    case 'not-now':
    case 'not-for-you':
    case 'commit-changed':
    case 'limit-reached':
    case 'owes':
    case 'not-enough':
    case 'no-ticket':
      return 409;
  }
}

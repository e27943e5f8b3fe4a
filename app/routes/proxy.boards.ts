import { json } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { boardRefused } from './proxy/board-words.ts';
import { refused } from './proxy/posted.ts';
import { OWN, shopperOf } from './proxy/shopper.ts';
import { withWords } from './proxy/reward-words.ts';
import { allowRequest } from '../operations/allow-request.ts';
import { joinToken } from '../operations/join-token.ts';
import { shownBoard } from '../queries/boards.ts';

/**
 * Who: a customer signed in at the storefront, by Shopify's signed query alone. One board with its first
 * hundred, where the caller stands, and the token with which their page may take part.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { request, context } = args;
  const { world } = context;
  const shopper = await shopperOf(args);
  if (!shopper) return json({ token: null, board: null }, OWN);
  const { shopId, customerId } = shopper;
  const allowed = await allowRequest(world, shopId, 'shopper', customerId);
  if (!allowed.ok) {
    const after = { 'Retry-After': String(allowed.retryAfterSeconds) };
    return withWords(request, refused('too-often', 429, after));
  }
  const { searchParams } = new URL(request.url);
  const asked = {
    board: (searchParams.get('board') ?? '').slice(0, 40),
    season: searchParams.get('season')?.slice(0, 40) ?? null,
  };
  const board = await shownBoard(world, shopId, customerId, asked);
  if (!board) return boardRefused(request, 'unknown-board');
  return json({ token: joinToken(world, shopper), ...board }, OWN);
}

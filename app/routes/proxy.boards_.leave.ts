import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { boardRefused } from './proxy/board-words.ts';
import { posted } from './proxy/posted.ts';
import { withWords } from './proxy/reward-words.ts';
import { OWN } from './proxy/shopper.ts';
import { leaveBoards } from '../operations/take-part.ts';

/** Who: a customer signed in at the storefront who no longer wants to be on any board. */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const told = await posted(args, z.strictObject({}));
  if (!told.ok) return withWords(request, told.response);
  const left = await leaveBoards(context.world, told.shopper);
  if (!left.ok) return boardRefused(request, left.refusal.kind);
  return json({ ok: true, nickname: null }, OWN);
}

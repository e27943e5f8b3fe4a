import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { boardRefused } from './proxy/board-words.ts';
import { posted } from './proxy/posted.ts';
import { withWords } from './proxy/reward-words.ts';
import { OWN } from './proxy/shopper.ts';
import { takePart } from '../operations/take-part.ts';

const wish = z.strictObject({ nickname: z.string().max(100) });

/** Who: a customer signed in at the storefront who takes part under a nickname, or changes it. */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const told = await posted(args, wish);
  if (!told.ok) return withWords(request, told.response);
  const part = await takePart(context.world, told.shopper, told.asked.nickname);
  if (!part.ok) return boardRefused(request, part.refusal.kind);
  return json({ ok: true, nickname: part.nickname }, OWN);
}

import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { boardRefused } from './proxy/board-words.ts';
import { posted } from './proxy/posted.ts';
import { withWords } from './proxy/reward-words.ts';
import { OWN } from './proxy/shopper.ts';
import { reportName } from '../operations/report-name.ts';

const wish = z.strictObject({ board: z.string().max(40), name: z.string().max(100) });

/** Who: a customer signed in at the storefront who finds a nickname unfit; a person looks at it. */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const told = await posted(args, wish);
  if (!told.ok) return withWords(request, told.response);
  const reported = await reportName(context.world, told.shopper, told.asked);
  if (!reported.ok) return boardRefused(request, reported.refusal.kind);
  return json({ ok: true }, OWN);
}

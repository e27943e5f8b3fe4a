import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { posted } from './proxy/posted.ts';
import { withWords } from './proxy/reward-words.ts';
import { OWN } from './proxy/shopper.ts';
import { confirmAge } from '../operations/confirm-age.ts';

/** The shopper says it in so many words; nothing else counts as having said it. */
const wish = z.strictObject({ age: z.int().min(13).max(30), confirmed: z.literal(true) });

/** Who: a customer signed in at the storefront, about themselves. Keeps that they said they are so old, and when. */
export async function action(args: ActionFunctionArgs) {
  const told = await posted(args, wish);
  if (!told.ok) return withWords(args.request, told.response);
  const kept = await confirmAge(args.context.world, told.shopper, told.asked.age);
  if (kept) return json({ ok: true }, OWN);
  const refusal = { kind: 'not-a-member' };
  return withWords(args.request, json({ ok: false, refusal }, { ...OWN, status: 409 }));
}

import { json } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { challengeWords } from './proxy/challenge-words.ts';
import { posted } from './proxy/posted.ts';
import { withWords } from './proxy/reward-words.ts';
import { OWN } from './proxy/shopper.ts';
import { joinChallenge } from '../operations/join-challenge.ts';
import type { JoinRefusal } from '../operations/join-challenge.ts';
import { playChallenges } from '../operations/play-challenges.ts';

const wish = z.strictObject({ challenge: z.string().min(1).max(40) });

/**
 * Who: a customer signed in at the storefront, about their own taking part: the signed query alone says who
 * it is, and an id in the body is refused. Asking again changes nothing.
 */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { world } = context;
  const told = await posted(args, wish);
  if (!told.ok) return withWords(request, told.response);
  const { shopper, asked } = told;
  const answer = await joinChallenge(world, shopper, asked.challenge);
  const words = challengeWords(request);
  if (!answer.ok) {
    const { refusal } = answer;
    const says = words.refused(refusal);
    return json({ ok: false, refusal, says }, { ...OWN, status: statusOf(refusal) });
  }
  const { challenges } = await playChallenges(world, shopper);
  return json({ ok: true, already: answer.already, says: words.joined, challenges }, OWN);
}

/** 422: it would be refused at any time. 409: as things stand now. */
function statusOf({ kind }: JoinRefusal): number {
  switch (kind) {
    case 'unknown-challenge':
      return 404;
    case 'no-joining':
      return 422;
    case 'not-running':
    case 'not-a-member':
    case 'over':
    case 'not-for-you':
    case 'full':
      return 409;
  }
}

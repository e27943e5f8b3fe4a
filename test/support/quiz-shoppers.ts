/** Quizzes and votes of a road's storefront, and shoppers who answer them through Shopify's signed proxy. */
import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { answerOf, proxyRequest } from './admin-request.ts';
import type { Road } from './road.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { action, loader } from '../../app/routes/proxy.quizzes.ts';
import { countAnswers } from '../../app/storage/quizzes/count-answers.ts';
import { question, quiz } from '../domain/quizzes/quizzes.ts';
import { tiers } from '../domain/programmes.ts';

const vote = quiz({
  ...{ key: 'colour', kind: 'vote', name: 'Next colour', changeable: true },
  questions: [question('colour', ['red', 'blue'])],
  prize: { points: 10 },
  resultsShown: 'answered',
  settings: { weights: [{ tier: 'gold', weight: 3 }] },
});
const hard = quiz({
  ...{ key: 'hard', name: 'Tea master' },
  questions: [
    question('leaf', ['green', 'rooibos'], { right: ['green'] }),
    question('best', ['cup', 'pot', 'bowl'], { several: true, required: false }),
  ],
  prize: { points: 40 },
  settings: { leastRight: 1 },
});

/** On 20 November 2026: two that are open to all, and others that are not. */
export const ASKING: Partial<ProgrammeDocument> = {
  earning: [],
  badges: [],
  challenges: [],
  tiers: tiers([['gold', '500', '1']], { metric: 'points' }),
  quizzes: [
    vote,
    hard,
    quiz({ key: 'past', endsAt: '2026-11-19T23:00:00Z', resultsShown: 'ended' }),
    quiz({ key: 'coming', startsAt: '2026-12-01T00:00:00Z' }),
    quiz({ key: 'golden', audience: { tiers: ['gold'] } }),
    quiz({ key: 'off', enabled: false }),
  ],
};

export interface QuizShopper {
  readonly id: string;
  readonly memberId: string;
}

type Body = Record<string, unknown> & { readonly token?: string };

export type QuizFront = ReturnType<typeof quizFrontOf>;

export function quizFrontOf(road: Road, context: AppLoadContext) {
  async function shopper(points = 0): Promise<QuizShopper> {
    const { id } = createCustomer(road.store, { email: `${randomUUID()}@example.com` });
    await road.settle();
    const [row] = await road.query<{ id: string }>(
      `SELECT id FROM members WHERE customer_id = $1`,
      [id],
    );
    const who = { id, memberId: row?.id ?? '' };
    if (points > 0) {
      await adjustPoints(road.world, {
        ...{ shopId: road.shopId, memberId: who.memberId, points, reason: 'test', note: '' },
        ...{ requestKey: randomUUID(), allowDebt: false, countsForTier: true, actor: 'test' },
      });
    }
    return who;
  }

  async function answered(call: () => Promise<unknown>): Promise<{ status: number; body: Body }> {
    const response = await answerOf(call);
    return { status: response.status, body: (await response.json()) as Body };
  }

  function signed(who: QuizShopper | null, more: Record<string, string> = {}): Request {
    const query = { shop: road.store.domain, logged_in_customer_id: who?.id ?? '', ...more };
    return proxyRequest('/proxy/quizzes', query);
  }

  const see = (who: QuizShopper | null, more: Record<string, string> = {}) =>
    answered(() => loader({ request: signed(who, more), context, params: {} }));

  async function answer(
    who: QuizShopper,
    wish: object,
    { token, headers = {} }: { token?: string; headers?: Record<string, string> } = {},
  ) {
    const body = { token: token ?? (await see(who)).body.token, ...wish };
    const request = new Request(signed(who, { lang: 'en' }), {
      method: 'POST',
      headers: { 'User-Agent': 'Mozilla/5.0', 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return answered(() => action({ request, context, params: {} }));
  }

  function choose(who: QuizShopper, colour: string) {
    road.clock.advance(1_000);
    return answer(who, { quiz: 'colour', answers: { colour } });
  }

  const balance = async ({ memberId }: QuizShopper): Promise<number> => {
    const [row] = await road.query<{ available: string }>(
      `SELECT available FROM members WHERE id = $1`,
      [memberId],
    );
    return Number(row?.available);
  };

  /** Voices and what they weigh, by colour. */
  const voices = async (): Promise<Record<string, [number, number]>> =>
    Object.fromEntries(
      (await countAnswers(road.world.db(road.shopId), road.shopId, 'colour')).flatMap(
        ({ choice, members, weight }) => (choice === null ? [] : [[choice, [members, weight]]]),
      ),
    );

  return { shopper, signed, see, answer, choose, balance, voices, answered };
}

/** Quizzes and votes at the storefront: who may answer, what it brings, and what becomes of the answers. */
import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redactCustomer, requestCustomerData } from '../../devstore/state/customers/privacy.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import type { Segment } from '../../app/domain/segments/segment.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { grantTier } from '../../app/operations/grant-tier.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import { action, loader } from '../../app/routes/proxy.quizzes.ts';
import { loader as playLoader } from '../../app/routes/proxy.play.ts';
import { countAnswers } from '../../app/storage/quizzes/count-answers.ts';
import { segmentSql } from '../../app/storage/segments/segment-sql.ts';
import { question, quiz } from '../domain/quizzes/quizzes.ts';
import { tiers } from '../domain/programmes.ts';
import { answerOf, contextOf, proxyRequest } from '../support/admin-request.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

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

let road: Road;
let context: AppLoadContext;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  await road.publish({
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
  });
  await road.settle();
});
afterAll(() => road.close());
beforeEach(async () => {
  await road.query(`DELETE FROM request_counts`);
  road.clock.advance(1_000);
});

interface Shopper {
  readonly id: string;
  readonly memberId: string;
}

async function shopper(points = 0): Promise<Shopper> {
  const { id } = createCustomer(road.store, { email: `${randomUUID()}@example.com` });
  await road.settle();
  const [row] = await road.query<{ id: string }>(`SELECT id FROM members WHERE customer_id = $1`, [
    id,
  ]);
  const who = { id, memberId: row?.id ?? '' };
  if (points > 0) {
    await adjustPoints(road.world, {
      ...{ shopId: road.shopId, memberId: who.memberId, points, reason: 'test', note: '' },
      ...{ requestKey: randomUUID(), allowDebt: false, countsForTier: true, actor: 'test' },
    });
  }
  return who;
}

type Body = Record<string, unknown> & { readonly token?: string };

async function answered(call: () => Promise<unknown>): Promise<{ status: number; body: Body }> {
  const response = await answerOf(call);
  return { status: response.status, body: (await response.json()) as Body };
}

function signed(who: Shopper | null, more: Record<string, string> = {}): Request {
  const query = { shop: road.store.domain, logged_in_customer_id: who?.id ?? '', ...more };
  return proxyRequest('/proxy/quizzes', query);
}

const see = (who: Shopper | null, more: Record<string, string> = {}) =>
  answered(() => loader({ request: signed(who, more), context, params: {} }));

async function answer(
  who: Shopper,
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

function choose(who: Shopper, colour: string) {
  road.clock.advance(1_000);
  return answer(who, { quiz: 'colour', answers: { colour } });
}

const balance = async ({ memberId }: Shopper): Promise<number> => {
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

describe('answering', () => {
  it('pays once, tells what was right, and is known when it is sent again (law 10.6)', async () => {
    const mina = await shopper();
    const wish = { quiz: 'hard', answers: { leaf: 'green', best: ['pot', 'cup'] } };
    const once = await answer(mina, wish);
    expect([once.status, once.body]).toMatchObject([
      200,
      {
        ...{ ok: true, already: false },
        result: {
          ...{ can: false, why: { kind: 'answered-already', says: 'You have answered already.' } },
          ...{ answered: { leaf: ['green'], best: ['cup', 'pot'] }, right: { leaf: ['green'] } },
          ...{ score: { right: 1, of: 1 }, results: null },
        },
      },
    ]);
    expect((await answer(mina, wish)).body).toMatchObject({ ok: true, already: true });
    expect(await balance(mina)).toBe(40);
    const other = await answer(mina, { ...wish, answers: { leaf: 'rooibos' } });
    expect([other.status, other.body['refusal']]).toEqual([409, { kind: 'answered-already' }]);
    expect(await balance(mina)).toBe(40);
  });

  it('wrongly pays nothing, and says so (law 10.6)', async () => {
    const mina = await shopper();
    const { body } = await answer(mina, { quiz: 'hard', answers: { leaf: 'rooibos' } });
    expect(body['result']).toMatchObject({ score: { right: 0, of: 1 } });
    expect(await balance(mina)).toBe(0);
  });

  it('many times at once is answering once', async () => {
    const mina = await shopper();
    const { token = '' } = (await see(mina)).body;
    const all = await Promise.all(
      ['green', 'rooibos', 'green', 'rooibos', 'green', 'rooibos'].map((leaf) =>
        answer(mina, { quiz: 'hard', answers: { leaf } }, { token }),
      ),
    );
    expect(all.filter(({ body }) => body['ok'] === true && body['already'] === false)).toHaveLength(
      1,
    );
    const rows = await road.query(
      `SELECT 1 FROM activities WHERE kind = 'answers' AND member_id = $1`,
      [mina.memberId],
    );
    expect(rows).toHaveLength(1);
    expect([0, 40]).toContain(await balance(mina));
  });

  it.each<[string, number, object, string]>([
    ['unknown-quiz', 404, { quiz: 'none', answers: { leaf: 'green' } }, 'There is no such quiz.'],
    ['unknown-quiz', 404, { quiz: 'off', answers: { drink: 'tea' } }, 'There is no such quiz.'],
    ['not-now', 409, { quiz: 'past', answers: { drink: 'tea' } }, 'This has ended.'],
    ['not-now', 409, { quiz: 'coming', answers: { drink: 'tea' } }, 'From December 1, 2026.'],
    [
      'not-for-you',
      409,
      { quiz: 'golden', answers: { drink: 'tea' } },
      'For members of another tier.',
    ],
    [
      'unanswered',
      422,
      { quiz: 'hard', answers: { best: 'cup' } },
      'Something is not answered yet.',
    ],
    [
      'one-choice',
      422,
      { quiz: 'hard', answers: { leaf: ['green', 'rooibos'] } },
      'Choose one answer only.',
    ],
    [
      'bad-form',
      400,
      { quiz: 'hard', answers: 'green' },
      'Something is missing, or is not what it should be.',
    ],
    [
      'bad-form',
      400,
      { quiz: 'hard', answers: {}, customer_id: '1' },
      'Something is missing, or is not what it should be.',
    ],
  ])('%s is refused with %i, and changes nothing', async (kind, status, wish, says) => {
    const mina = await shopper();
    const told = await answer(mina, wish);
    expect([told.status, told.body]).toMatchObject([
      status,
      { ok: false, refusal: { kind }, says },
    ]);
    const rows = await road.query(
      `SELECT 1 FROM activities WHERE kind = 'answers' AND member_id = $1`,
      [mina.memberId],
    );
    expect([rows, await balance(mina)]).toEqual([[], 0]);
  });

  it('is nobody’s but the signed-in member’s, by their own page', async () => {
    const [mina, noor] = [await shopper(), await shopper()];
    const wish = { quiz: 'hard', answers: { leaf: 'green' } };
    const { token = '' } = (await see(noor)).body;
    const cross = { 'Sec-Fetch-Site': 'cross-site' };
    const statuses = [
      (await answer(mina, wish, { token })).status,
      (await answer(mina, wish, { headers: cross })).status,
      (await answer(mina, wish, { headers: { 'Content-Type': 'text/plain' } })).status,
      (await answer({ id: '', memberId: '' }, wish, { token })).status,
      (await answer({ id: '99999', memberId: '' }, wish)).status,
    ];
    expect(statuses).toEqual([403, 403, 415, 401, 409]);
    expect(
      await road.query(`SELECT 1 FROM activities WHERE kind = 'answers' AND member_id = $1`, [
        mina.memberId,
      ]),
    ).toEqual([]);
    expect((await see(null)).body).toEqual({ token: null, quizzes: [] });
  });
});

describe('a vote', () => {
  it('weighs by the tier at the moment, and is right after changes, merges and an erasure (law 10.7)', async () => {
    const [mina, noor, gold] = [await shopper(), await shopper(), await shopper(600)];
    expect((await choose(mina, 'red')).status).toBe(200);
    await choose(noor, 'blue');
    const told = await choose(gold, 'blue');
    // Of 1 + 1 + 3, blue has 4: 80 of 100.
    expect(told.body['result']).toMatchObject({
      can: true,
      results: {
        members: 3,
        questions: [
          {
            choices: [
              { key: 'red', members: 1, percent: 20 },
              { key: 'blue', members: 2, percent: 80 },
            ],
          },
        ],
      },
    });
    expect(await voices()).toEqual({ red: [1, 1], blue: [2, 4] });
    await choose(gold, 'red');
    expect(await voices()).toEqual({ red: [2, 4], blue: [1, 1] });
    expect([await balance(gold), await balance(mina)]).toEqual([610, 10]);

    await mergeByHand(road.world, {
      ...{ shopId: road.shopId, keptId: mina.memberId, goneId: noor.memberId },
      ...{ reason: 'the same person', actor: 'staff:7' },
    });
    // Of both the later voice counts, and there is one prize.
    expect(await voices()).toEqual({ red: [1, 3], blue: [1, 1] });
    expect(await balance(mina)).toBe(10);
    const [merge] = await road.query<{ id: string }>(`SELECT id FROM merges`);
    await undoMerge(road.world, {
      shopId: road.shopId,
      mergeId: merge?.id ?? '',
      actor: 'staff:7',
    });
    expect(await voices()).toEqual({ red: [2, 4], blue: [1, 1] });

    requestCustomerData(road.store, gold.id);
    await road.settle();
    const [request] = await road.query<{ content: string }>(`SELECT content FROM data_requests`);
    const gathered = JSON.parse(request?.content ?? '{}') as Record<string, unknown>;
    expect(gathered['answers to quizzes and votes']).toMatchObject([
      { name: 'Next colour', weight: 3, answers: [{ question: 'colour?', chosen: ['RED'] }] },
    ]);
    redactCustomer(road.store, gold.id);
    await road.settle();
    expect(await voices()).toEqual({ red: [1, 1], blue: [1, 1] });
    expect(await proof(road)).toEqual([]);
  });

  it('is kept with what the tier weighed in that moment; whoever votes anew weighs what they weigh then (law 10.7)', async () => {
    const gold = await shopper();
    await grantTier(road.world, {
      ...{ shopId: road.shopId, memberId: gold.memberId, tierKey: 'gold', lastDay: '2026-11-20' },
      ...{ reason: 'test', note: '', actor: 'test', requestKey: randomUUID() },
    });
    const weight = async (): Promise<unknown> => {
      const [row] = await road.query<{ content: Record<string, unknown> }>(
        `SELECT content FROM activities WHERE kind = 'answers' AND member_id = $1`,
        [gold.memberId],
      );
      return row?.content['_weight'];
    };
    await choose(gold, 'blue');
    // The grant is over, and no worker has come by to say so.
    road.clock.advance(86_400_000);
    expect(await weight()).toBe(3);
    await choose(gold, 'red');
    expect(await weight()).toBe(1);
    expect(await proof(road)).toEqual([]);
  });
});

it('lists what is open, with what was answered, and never what is right before', async () => {
  const mina = await shopper();
  const { body } = await see(mina);
  const listed = body['quizzes'] as Record<string, unknown>[];
  expect(listed.map(({ key, can }) => [key, can])).toEqual([
    ['colour', true],
    ['hard', true],
    ['golden', false],
  ]);
  expect(JSON.stringify(body)).not.toContain('"right":[');
  expect(listed.find(({ key }) => key === 'hard')).toMatchObject({ right: null, score: null });
  expect((await see(mina, { quiz: 'past' })).body['quiz']).toMatchObject({
    ...{ can: false, why: { kind: 'not-now' }, results: { members: 0 } },
  });
  expect((await see(mina, { quiz: 'none' })).status).toBe(404);
  const play = await answered(() => playLoader({ request: signed(mina), context, params: {} }));
  expect((play.body['quizzes'] as unknown[]).length).toBe(3);
});

it('what members answered makes segments (law 10.8)', async () => {
  const [mina, noor, out] = [await shopper(), await shopper(), await shopper()];
  await answer(mina, { quiz: 'hard', answers: { leaf: 'green', best: ['cup', 'bowl'] } });
  await answer(noor, { quiz: 'hard', answers: { leaf: 'rooibos' } });
  const who = async (settings: { answer: string }, not = false): Promise<string[]> => {
    const segment: Segment = { match: 'all', conditions: [{ kind: 'answered', not, settings }] };
    const ids = [mina, noor, out].map(({ memberId }) => memberId);
    const values: unknown[] = [road.shopId, ids];
    const sql = segmentSql(segment, (value) => `$${values.push(value)}`, new Date());
    const rows = await road.query<{ id: string }>(
      `SELECT m.id FROM members m WHERE m.shop_id = $1 AND m.id = ANY($2::uuid[]) AND (${sql})`,
      values,
    );
    return ids.filter((id) => rows.some((row) => row.id === id));
  };
  expect(await who({ answer: 'hard' })).toEqual([mina.memberId, noor.memberId]);
  expect(await who({ answer: 'hard/leaf/green' })).toEqual([mina.memberId]);
  expect(await who({ answer: 'hard/best/bowl' })).toEqual([mina.memberId]);
  expect(await who({ answer: 'hard/best/bow' })).toEqual([]);
  expect(await who({ answer: 'hard' }, true)).toEqual([out.memberId]);
});

/** Who may answer quizzes at the storefront, what it brings, and what is told to whom. */
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loader as playLoader } from '../../app/routes/proxy.play.ts';
import { contextOf } from '../support/admin-request.ts';
import { ASKING, quizFrontOf } from '../support/quiz-shoppers.ts';
import type { QuizFront } from '../support/quiz-shoppers.ts';
import { openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
let context: AppLoadContext;
let front: QuizFront;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  front = quizFrontOf(road, context);
  await road.publish(ASKING);
  await road.settle();
});
afterAll(() => road.close());
beforeEach(async () => {
  await road.query(`DELETE FROM request_counts`);
  road.clock.advance(1_000);
});

describe('answering', () => {
  it('pays once, tells what was right, and is known when it is sent again (law 10.6)', async () => {
    const mina = await front.shopper();
    const wish = { quiz: 'hard', answers: { leaf: 'green', best: ['pot', 'cup'] } };
    const once = await front.answer(mina, wish);
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
    expect((await front.answer(mina, wish)).body).toMatchObject({ ok: true, already: true });
    expect(await front.balance(mina)).toBe(40);
    const other = await front.answer(mina, { ...wish, answers: { leaf: 'rooibos' } });
    expect([other.status, other.body['refusal']]).toEqual([409, { kind: 'answered-already' }]);
    expect(await front.balance(mina)).toBe(40);
  });

  it('wrongly pays nothing, and says so (law 10.6)', async () => {
    const mina = await front.shopper();
    const { body } = await front.answer(mina, { quiz: 'hard', answers: { leaf: 'rooibos' } });
    expect(body['result']).toMatchObject({ score: { right: 0, of: 1 } });
    expect(await front.balance(mina)).toBe(0);
  });

  it('many times at once is answering once', async () => {
    const mina = await front.shopper();
    const { token = '' } = (await front.see(mina)).body;
    const all = await Promise.all(
      ['green', 'rooibos', 'green', 'rooibos', 'green', 'rooibos'].map((leaf) =>
        front.answer(mina, { quiz: 'hard', answers: { leaf } }, { token }),
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
    expect([0, 40]).toContain(await front.balance(mina));
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
    const mina = await front.shopper();
    const told = await front.answer(mina, wish);
    expect([told.status, told.body]).toMatchObject([
      status,
      { ok: false, refusal: { kind }, says },
    ]);
    const rows = await road.query(
      `SELECT 1 FROM activities WHERE kind = 'answers' AND member_id = $1`,
      [mina.memberId],
    );
    expect([rows, await front.balance(mina)]).toEqual([[], 0]);
  });

  it('is nobody’s but the signed-in member’s, by their own page', async () => {
    const [mina, noor] = [await front.shopper(), await front.shopper()];
    const wish = { quiz: 'hard', answers: { leaf: 'green' } };
    const { token = '' } = (await front.see(noor)).body;
    const cross = { 'Sec-Fetch-Site': 'cross-site' };
    const statuses = [
      (await front.answer(mina, wish, { token })).status,
      (await front.answer(mina, wish, { headers: cross })).status,
      (await front.answer(mina, wish, { headers: { 'Content-Type': 'text/plain' } })).status,
      (await front.answer({ id: '', memberId: '' }, wish, { token })).status,
      (await front.answer({ id: '99999', memberId: '' }, wish)).status,
    ];
    expect(statuses).toEqual([403, 403, 415, 401, 409]);
    expect(
      await road.query(`SELECT 1 FROM activities WHERE kind = 'answers' AND member_id = $1`, [
        mina.memberId,
      ]),
    ).toEqual([]);
    expect((await front.see(null)).body).toEqual({ token: null, quizzes: [] });
  });
});

it('lists what is open, with what was answered, and never what is right before', async () => {
  const mina = await front.shopper();
  const { body } = await front.see(mina);
  const listed = body['quizzes'] as Record<string, unknown>[];
  expect(listed.map(({ key, can }) => [key, can])).toEqual([
    ['colour', true],
    ['hard', true],
    ['golden', false],
  ]);
  expect(JSON.stringify(body)).not.toContain('"right":[');
  expect(listed.find(({ key }) => key === 'hard')).toMatchObject({ right: null, score: null });
  expect((await front.see(mina, { quiz: 'past' })).body['quiz']).toMatchObject({
    ...{ can: false, why: { kind: 'not-now' }, results: { members: 0 } },
  });
  expect((await front.see(mina, { quiz: 'none' })).status).toBe(404);
  const play = await front.answered(() =>
    playLoader({ request: front.signed(mina), context, params: {} }),
  );
  expect((play.body['quizzes'] as unknown[]).length).toBe(3);
});

/** What becomes of votes and answers: what they weigh, merges, erasures, requests for data, segments. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redactCustomer, requestCustomerData } from '../../devstore/state/customers/privacy.ts';
import type { Segment } from '../../app/domain/segments/segment.ts';
import { grantTier } from '../../app/operations/grant-tier.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import { segmentSql } from '../../app/storage/segments/segment-sql.ts';
import { contextOf } from '../support/admin-request.ts';
import { ASKING, quizFrontOf } from '../support/quiz-shoppers.ts';
import type { QuizFront } from '../support/quiz-shoppers.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
let front: QuizFront;
beforeAll(async () => {
  road = await openRoad();
  front = quizFrontOf(road, contextOf(road));
  await road.publish(ASKING);
  await road.settle();
});
afterAll(() => road.close());
beforeEach(async () => {
  await road.query(`DELETE FROM request_counts`);
  road.clock.advance(1_000);
});

describe('a vote', () => {
  it('weighs by the tier at the moment, and is right after changes, merges and an erasure (law 10.7)', async () => {
    const [mina, noor, gold] = [
      await front.shopper(),
      await front.shopper(),
      await front.shopper(600),
    ];
    expect((await front.choose(mina, 'red')).status).toBe(200);
    await front.choose(noor, 'blue');
    const told = await front.choose(gold, 'blue');
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
    expect(await front.voices()).toEqual({ red: [1, 1], blue: [2, 4] });
    await front.choose(gold, 'red');
    expect(await front.voices()).toEqual({ red: [2, 4], blue: [1, 1] });
    expect([await front.balance(gold), await front.balance(mina)]).toEqual([610, 10]);

    await mergeByHand(road.world, {
      ...{ shopId: road.shopId, keptId: mina.memberId, goneId: noor.memberId },
      ...{ reason: 'the same person', actor: 'staff:7' },
    });
    // Of both the later voice counts, and there is one prize.
    expect(await front.voices()).toEqual({ red: [1, 3], blue: [1, 1] });
    expect(await front.balance(mina)).toBe(10);
    const [merge] = await road.query<{ id: string }>(`SELECT id FROM merges`);
    await undoMerge(road.world, {
      shopId: road.shopId,
      mergeId: merge?.id ?? '',
      actor: 'staff:7',
    });
    expect(await front.voices()).toEqual({ red: [2, 4], blue: [1, 1] });

    requestCustomerData(road.store, gold.id);
    await road.settle();
    const [request] = await road.query<{ content: string }>(`SELECT content FROM data_requests`);
    const gathered = JSON.parse(request?.content ?? '{}') as Record<string, unknown>;
    expect(gathered['answers to quizzes and votes']).toMatchObject([
      { name: 'Next colour', weight: 3, answers: [{ question: 'colour?', chosen: ['RED'] }] },
    ]);
    redactCustomer(road.store, gold.id);
    await road.settle();
    expect(await front.voices()).toEqual({ red: [1, 1], blue: [1, 1] });
    expect(await proof(road)).toEqual([]);
  });

  it('is kept with what the tier weighed in that moment; whoever votes anew weighs what they weigh then (law 10.7)', async () => {
    const gold = await front.shopper();
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
    await front.choose(gold, 'blue');
    // The grant is over, and no worker has come by to say so.
    road.clock.advance(86_400_000);
    expect(await weight()).toBe(3);
    await front.choose(gold, 'red');
    expect(await weight()).toBe(1);
    expect(await proof(road)).toEqual([]);
  });
});

it('what members answered makes segments (law 10.8)', async () => {
  const [mina, noor, out] = [await front.shopper(), await front.shopper(), await front.shopper()];
  await front.answer(mina, { quiz: 'hard', answers: { leaf: 'green', best: ['cup', 'bowl'] } });
  await front.answer(noor, { quiz: 'hard', answers: { leaf: 'rooibos' } });
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

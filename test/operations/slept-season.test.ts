/** A worker that slept over the end of a season: ranks and prizes are those of one that was awake. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runSeasons } from '../../app/jobs/run-seasons.ts';
import { openBoards, player, worksOff } from '../support/board-players.ts';
import { balance, buys, DAY, iso, road, tell } from '../support/friends.ts';
import type { Person } from '../support/friends.ts';
import { orderBody, refundBody } from '../support/order-body.ts';
import { memberOf, proof } from '../support/road.ts';

beforeAll(openBoards);
afterAll(() => road.close());

async function orderInTheInbox({ id, email }: Person, orderId: number): Promise<void> {
  const lines = [{ id: orderId + 1, price: '50.00', quantity: 1 }];
  const body = orderBody({ id: orderId, customerId: Number(id), placedAt: iso(), lines });
  const customer = { ...(body['customer'] as object), id: Number(id), email };
  await tell('orders/paid', { ...body, customer, note_attributes: [] });
}

const ranks = (): Promise<Record<string, unknown>[]> =>
  road.query(
    `SELECT n.nickname, s.score::int, s.final_rank FROM leaderboard_scores s JOIN leaderboard_names n USING (member_id)
      WHERE s.board = 'top' AND s.season = '2026-11' ORDER BY s.score DESC`,
  );

it('no score is lost by who is decided about late, and what was told in time counts (law 10.4)', async () => {
  const [ann, bea] = [await player('Ann', 1), await player('Bea', 1)];
  const first = await buys(ann);
  await orderInTheInbox(bea, 91_000);
  await orderInTheInbox(bea, 91_010);
  // 10 December: refunds of November counted until the third.
  road.clock.advance(20 * DAY);
  // What goes back by now takes nothing from November.
  const back = [{ lineId: first.id + 1, quantity: 1, subtotal: '50.00' }];
  const of = { id: first.id + 5, orderId: first.id };
  await tell('refunds/create', refundBody({ ...of, at: iso(), lines: back }));
  // Whoever settles seasons is up first, and waits for what lies in the inbox.
  for (let step = 0; step < 5; step += 1) {
    await runSeasons(road.world);
    road.clock.advance(1_000);
  }
  expect(await road.query(`SELECT DISTINCT state FROM leaderboard_seasons`)).toEqual([
    { state: 'open' },
  ]);
  await road.settle();
  // A December order, and whatever else decides about them, leaves November as it was.
  await buys(ann);
  expect(await ranks()).toEqual([
    { nickname: 'Bea', score: 3, final_rank: null },
    { nickname: 'Ann', score: 2, final_rank: null },
  ]);
  expect(await proof(road)).toEqual([]);
  const before = [await balance(ann), await balance(bea)];
  await worksOff();
  expect(await ranks()).toEqual([
    { nickname: 'Bea', score: 3, final_rank: 1 },
    { nickname: 'Ann', score: 2, final_rank: 2 },
  ]);
  expect([await balance(ann), await balance(bea)]).toEqual([
    (before[0] ?? 0) + 2_000,
    (before[1] ?? 0) + 5_000,
  ]);
  expect((await memberOf(road, ann.id)).pending).toBe(0);
  expect(await proof(road)).toEqual([]);
});

/** Figures of a shop with many members: a page reads what a worker counted, never the members. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { countFiguresDue } from '../../app/jobs/count-figures.ts';
import { playPart, playTotals } from '../../app/queries/play.ts';
import { programmeFigures } from '../../app/queries/programme-figures.ts';
import { FEW_MEMBERS, FRESH_MS, keptFigures } from '../../app/storage/figures/kept-figures.ts';
import { challenge, paying } from '../domain/goals.ts';
import { openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
beforeEach(async () => {
  road = await openRoad();
  await road.publish(paying({ challenges: [challenge(3, 10)] }));
});
afterEach(() => road.close());

/** One in four has completed the challenge, and all have begun it. */
async function fill(from: number, to: number): Promise<void> {
  await road.query(
    `WITH m AS (INSERT INTO members (shop_id, id, customer_id, available, enrolled_at, decided_at)
        SELECT $1, gen_random_uuid(), n, 10, now(), now() FROM generate_series($2::int, $3::int) n RETURNING id, customer_id)
      INSERT INTO progress (shop_id, member_id, key, kind, have, need, completed_at)
        SELECT $1, id, 'challenge:explorer', 'challenge', customer_id % 4, 3, CASE WHEN customer_id % 4 = 3 THEN now() END FROM m`,
    [road.shopId, from, to],
  );
}

const totals = () => playTotals(road.world, road.shopId);
const EXPLORER = 'challenges:explorer';

it('a shop with few members has figures as of now, and nothing waits for a worker', async () => {
  await fill(1, 400);
  const { figures, age } = await totals();
  expect(figures[EXPLORER]).toMatchObject({ begun: 400, done: 100 });
  expect(age).toEqual({ counting: false, asOf: null });
  expect(await countFiguresDue(road.world)).toBe(false);
});

it('of many members figures are counted by the worker, said with their moment, and anew when they are old', async () => {
  const many = FEW_MEMBERS + 3;
  await fill(1, many);
  expect(await totals()).toMatchObject({ figures: {}, age: { counting: true, asOf: null } });
  // Looking again asks for nothing more.
  await totals();
  const counted = road.world.now();
  expect(await countFiguresDue(road.world)).toBe(true);
  expect(await countFiguresDue(road.world)).toBe(false);
  const done = Math.floor((many + 1) / 4);
  const first = { begun: many, done };
  expect(await totals()).toMatchObject({
    figures: { [EXPLORER]: first },
    age: { counting: false, asOf: counted },
  });

  await fill(many + 1, many + 4);
  road.clock.advance(FRESH_MS - 1);
  await totals();
  expect(await countFiguresDue(road.world)).toBe(false);
  road.clock.advance(1);
  // What is old stands until the new is there.
  expect((await totals()).figures[EXPLORER]).toMatchObject(first);
  expect(await countFiguresDue(road.world)).toBe(true);
  expect((await totals()).figures[EXPLORER]).toMatchObject({ begun: many + 4, done: done + 1 });
});

it('a page of a challenge asks for its own, too, and home for what members have', async () => {
  const many = FEW_MEMBERS + 1;
  await fill(1, many);
  const look = () => playPart(road.world, road.shopId, 'challenges', 'explorer');
  expect(await look()).toMatchObject({ reach: null, orders: null, age: { counting: true } });
  const home = () => programmeFigures(road.world, road.shopId, 'Europe/Berlin');
  expect(await home()).toMatchObject({ members: 0, counting: true });
  let counts = 0;
  while (await countFiguresDue(road.world)) counts += 1;
  // All that is played, the challenge's reach and its orders, and the home page.
  expect(counts).toBe(4);
  const page = await look();
  expect(page?.age.counting).toBe(false);
  expect(page?.reach?.completed).toBe(Math.floor((many + 1) / 4));
  expect(page?.orders).toEqual({ orders: 0, members: 0, spendMinor: 0 });
  expect(await home()).toMatchObject({ members: many, available: many * 10, counting: false });
});

it('whoever counts and dies leaves it to the next, and who asks for something else has nothing of the old', async () => {
  await fill(1, FEW_MEMBERS + 1);
  const pool = road.world.db(road.shopId);
  const asked = (lengths: number[]) =>
    keptFigures(pool, road.shopId, { kind: 'streak', name: 'daily', lengths }, road.world.now());
  await asked([7]);
  // A worker has it, and does not come back: its lease is a quarter of an hour.
  await road.query(`UPDATE kept_figures SET run_after = $1, turn = turn + 1`, [
    new Date(road.world.now() + FRESH_MS),
  ]);
  expect(await countFiguresDue(road.world)).toBe(false);
  road.clock.advance(FRESH_MS);
  expect(await countFiguresDue(road.world)).toBe(true);
  expect((await asked([7])).figures).toEqual([{ at: 7, now: 0, ever: 0 }]);
  expect((await asked([7, 30])).figures).toBeNull();
  expect(await countFiguresDue(road.world)).toBe(true);
  expect((await asked([7, 30])).figures).toHaveLength(2);
});

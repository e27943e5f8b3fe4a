import { afterEach, expect, it } from 'vitest';
import { passNight } from '../../app/jobs/pass-nights.ts';
import { makeSweeps } from '../../app/jobs/run-sweeps.ts';
import { checksOf } from '../../app/queries/checks.ts';
import { openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
afterEach(() => road.close());

it('compares with Shopify and proves the books once a night, also after a night that was slept through', async () => {
  road = await openRoad();
  await road.publish();
  await road.settle();
  // It is noon: nothing is due.
  expect(await passNight(road.world)).toBe(false);
  road.clock.advance(18 * 3_600_000);
  expect([await passNight(road.world), await passNight(road.world)]).toEqual([true, true]);
  expect(await passNight(road.world)).toBe(false);
  const night = await checksOf(road.world, road.shopId);
  expect(night.sweeps).toMatchObject([{ state: 'running', askedBy: 'laurel' }]);
  expect(night.proofs).toMatchObject([{ differences: 0, found: [] }]);

  // The token of the local Shopify has expired by now: the sweep is given up, and says so.
  const sweeps = makeSweeps(road.world, road.access);
  while (await sweeps.once());
  road.clock.advance(5 * 86_400_000);
  expect([await passNight(road.world), await passNight(road.world)]).toEqual([true, true]);
  expect(await passNight(road.world)).toBe(false);
  expect((await checksOf(road.world, road.shopId)).proofs).toHaveLength(2);
});

it('leaves a shop alone that has left', async () => {
  road = await openRoad();
  await road.query(`UPDATE shops SET state = 'uninstalled' WHERE id = $1`, [road.shopId]);
  road.clock.advance(18 * 3_600_000);
  expect([await passNight(road.world), await passNight(road.world)]).toEqual([true, true]);
  expect(await passNight(road.world)).toBe(false);
  expect(await checksOf(road.world, road.shopId)).toEqual({ sweeps: [], proofs: [] });
});

it('keeps what the proof found, for the merchant to see', async () => {
  road = await openRoad();
  await road.publish();
  await road.settle();
  await road.query(
    `INSERT INTO members (shop_id, id, customer_id, enrolled_at, available) VALUES ($1, $2, 7, now(), 30)`,
    [road.shopId, road.world.newId()],
  );
  road.clock.advance(18 * 3_600_000);
  while (await passNight(road.world));
  const [proof] = (await checksOf(road.world, road.shopId)).proofs;
  // 30 points without an entry, a lot, or a programme that gave them.
  expect(proof).toMatchObject({ members: 1, entries: 0, differences: 3 });
  expect(proof?.found.map(({ law }) => law).sort()).toEqual(['I1', 'I2', 'I4']);
});

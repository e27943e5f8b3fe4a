/** What a worker reads of a lane before its turn comes, and when it must not believe it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { orderBody } from '../support/order-body.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { makeReadAhead } from '../../app/jobs/read-deliveries.ts';
import { takeLane } from '../../app/storage/deliveries/claim-deliveries.ts';
import { storeDeliveries } from '../../app/storage/deliveries/store-deliveries.ts';
import { inTransaction } from '../../app/storage/transaction.ts';

let road: Road;
beforeAll(async () => {
  road = await openRoad();
});
afterAll(() => road.close());

let orders = 0;

/** @returns the ids of the deliveries, oldest first */
async function tell(lane: number, count: number): Promise<readonly string[]> {
  for (let index = 0; index < count; index += 1) {
    orders += 1;
    const id = 5_000_000_000_000 + orders;
    const lines = [{ id: id * 10, price: '10.00', quantity: 1 }];
    const at = '2026-11-20T10:00:00Z';
    const body = orderBody({
      id,
      customerId: 7_000_000_000_000,
      placedAt: at,
      updatedAt: at,
      lines,
    });
    await storeDeliveries(road.world.db(road.shopId), [
      {
        ...{ shopId: road.shopId, webhookId: randomUUID(), shopDomain: road.store.domain },
        ...{ topic: 'orders/paid', apiVersion: '2026-10', eventId: null, triggeredAt: null },
        ...{ receivedAt: road.clock.now(), subject: `order:${id}`, lane },
        body: Buffer.from(JSON.stringify(body)),
      },
    ]);
  }
  const rows = await road.query<{ id: string }>(
    `SELECT id FROM deliveries WHERE shop_id = $1 AND lane = $2 ORDER BY id`,
    [road.shopId, lane],
  );
  return rows.map(({ id }) => id);
}

/** Of five deliveries, the four behind the first are read; then this happens to the third. */
async function believedAfter(lane: number, change: string): Promise<number[]> {
  const ids = await tell(lane, 5);
  const ahead = makeReadAhead(road.world);
  await ahead.begin({ shopId: road.shopId, lane }, ids[0] ?? '', 10);
  await road.query(
    `UPDATE deliveries SET state = 'done', outcome = 'taken-in' WHERE shop_id = $1 AND id = $2`,
    [road.shopId, ids[0]],
  );
  await road.query(`UPDATE deliveries SET ${change} WHERE shop_id = $1 AND id = $2`, [
    ...[road.shopId, ids[2]],
  ]);
  return inTransaction(road.world.db(road.shopId), async (client) => {
    await takeLane(client, { shopId: road.shopId, lane });
    const claimed = await ahead.claim(client, { shopId: road.shopId, lane });
    return claimed.map(({ delivery }) => ids.indexOf(delivery.id));
  });
}

it('takes in what was read ahead, in its order, where nothing happened meanwhile', async () => {
  expect(await believedAfter(1, `attempts = 0`)).toEqual([1, 2, 3, 4]);
});

it('stops before a delivery that was erased, done or put off meanwhile', async () => {
  const erased = `body = '', redacted_at = now(), state = 'done', outcome = 'redacted'`;
  expect(await believedAfter(2, erased)).toEqual([1]);
  expect(await believedAfter(3, `redacted_at = now()`)).toEqual([1]);
  expect(await believedAfter(4, `state = 'waiting', run_after = now()`)).toEqual([1]);
});

it('believes nothing when an older delivery turned up', async () => {
  const ids = await tell(5, 3);
  const ahead = makeReadAhead(road.world);
  const lane = { shopId: road.shopId, lane: 5 };
  await ahead.begin(lane, ids[0] ?? '', 10);
  const claimed = await inTransaction(road.world.db(road.shopId), async (client) => {
    await takeLane(client, lane);
    return ahead.claim(client, lane);
  });
  expect(claimed).toEqual([]);
});

it('forgets what was read of lanes that have no work', async () => {
  const ids = await tell(6, 3);
  const ahead = makeReadAhead(road.world);
  const lane = { shopId: road.shopId, lane: 6 };
  await ahead.begin(lane, '0', 10);
  ahead.keepOnly([{ shopId: road.shopId, lane: 7 }]);
  const claimed = await inTransaction(road.world.db(road.shopId), async (client) => {
    await takeLane(client, lane);
    return ahead.claim(client, lane);
  });
  expect(ids).toHaveLength(3);
  expect(claimed).toEqual([]);
});

it('takes a long lane in, batch by batch, each order once', async () => {
  await road.publish({ pastOrdersEarn: true });
  await road.drain();
  const before = orders;
  const ids = await tell(8, 520);
  await road.drain();
  const rows = await road.query<{ outcome: string; told: number }>(
    `SELECT outcome, count(*)::int AS told FROM deliveries WHERE shop_id = $1 AND lane = 8 GROUP BY outcome`,
    [road.shopId],
  );
  expect(rows).toEqual([{ outcome: 'taken-in', told: ids.length }]);
  const [awarded] = await road.query<{ awards: number; posted: number }>(
    `SELECT count(*)::int AS awards, sum(posted)::int AS posted FROM awards
      WHERE shop_id = $1 AND source_kind = 'order' AND source_id::bigint > $2`,
    [road.shopId, 5_000_000_000_000 + before],
  );
  // 520 orders of $10 at a point for a dollar.
  expect(awarded).toEqual({ awards: 520, posted: 5_200 });
  expect(await proof(road)).toEqual([]);
});

/**
 * npm run bench:back-test [-- --quick]: a draft tried on 100,000 orders of 50,000 members. The aim is
 * a minute on two cores. 2,000 orders go down the real road; the rest are copies of their facts.
 */
import { loadavg } from 'node:os';
import { fillInbox, makeShops } from './bench-shops.ts';
import { openPlace, say } from './bench-place.ts';
import { newestBackTest } from '../../app/queries/back-tests.ts';
import { makeDrain } from '../../app/jobs/drain-deliveries.ts';
import { makeBackTests } from '../../app/jobs/run-back-tests.ts';
import { askBackTest } from '../../app/operations/ask-back-test.ts';
import type { World } from '../../app/world.ts';

const FIRST = { orders: 2_000, members: 1_000 };
const AIM_SECONDS = 60;

await main(process.argv.includes('--quick') ? 5 : 50);

async function main(times: number): Promise<void> {
  const place = await openPlace({ pages: false });
  try {
    const { world } = place;
    const [shop] = await makeShops(world, 1);
    if (!shop) throw new Error('no shop');
    await fillInbox(world, [shop], { ...FIRST, duplicates: 0 });
    const drain = makeDrain(world);
    while ((await drain.once()) > 0);
    await multiply(world, shop.id, times);

    const asked = await askBackTest(world, { shopId: shop.id, actor: 'bench' });
    if (!asked.ok) throw new Error(asked.refusal.kind);
    const tests = makeBackTests(world);
    const started = performance.now();
    let peak = 0;
    while (await tests.once()) peak = Math.max(peak, process.memoryUsage.rss());
    const seconds = (performance.now() - started) / 1_000;
    const test = await newestBackTest(world, shop.id);
    const orders = FIRST.orders * times;
    if (test?.state !== 'finished' || test.tally.orders !== orders) {
      throw new Error(`${test?.state}: ${test?.tally.orders} orders were tried, not ${orders}`);
    }
    if (test.tally.before.earned !== test.tally.after.earned) {
      throw new Error('The same programme gave two sums.');
    }
    const rate = Math.round(orders / seconds);
    const aim = orders / AIM_SECONDS;
    const load = loadavg()[0]?.toFixed(1);
    say(`${orders} orders in ${seconds.toFixed(1)} s: ${rate} a second, load ${load}`);
    say(`peak memory ${Math.round(peak / 1_048_576)} MB`);
    say(times < 50 || rate >= aim ? 'met' : `missed: the aim is ${AIM_SECONDS} s`);
  } finally {
    await place.close();
  }
}

/** Members and orders again and again, under other ids, with the same facts. */
async function multiply(world: World, shopId: string, times: number): Promise<void> {
  const pool = world.db(shopId);
  for (let copy = 1; copy < times; copy += 1) {
    await pool.query(
      `INSERT INTO members (shop_id, id, customer_id, state, customer_created_at, facts_at, enrolled_at, membership, joined_at, joined_by)
        SELECT shop_id, md5(id::text || $2)::uuid, customer_id + 100000000 * $2::bigint, state, customer_created_at,
          facts_at, enrolled_at, membership, joined_at, joined_by
        FROM members WHERE shop_id = $1 AND customer_id < $3`,
      [shopId, copy, 7_100_100_000_000],
    );
    await pool.query(
      `INSERT INTO orders (shop_id, order_id, member_id, customer_id, name, placed_at, facts_at, facts, standing, state)
        SELECT shop_id, order_id + 100000000 * $2::bigint, md5(member_id::text || $2)::uuid,
          customer_id + 100000000 * $2::bigint, name, placed_at, facts_at, facts,
          jsonb_set(standing::jsonb, '{orderId}', to_jsonb((order_id + 100000000 * $2::bigint)::text)), state
        FROM orders WHERE shop_id = $1 AND order_id < $3`,
      [shopId, copy, 5_900_100_000_000],
    );
  }
  await pool.query('ANALYZE members');
  await pool.query('ANALYZE orders');
}

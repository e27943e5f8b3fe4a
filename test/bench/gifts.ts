/**
 * npm run bench:gifts [members]: a reward is given to 20,000 members, of whom each third is left without,
 * and what was given is taken back. Beside it, a thousand are given one each by itself.
 */
import { loadavg } from 'node:os';
import { makeShop } from './bench-shops.ts';
import type { BenchShop } from './bench-shops.ts';
import { openPlace, say } from './bench-place.ts';
import { EVERYBODY } from '../../app/domain/segments/segment.ts';
import { runGifts } from '../../app/jobs/run-gifts.ts';
import { planGift } from '../../app/operations/plan-gift.ts';
import { giveReward } from '../../app/operations/redeem-reward.ts';
import { steerGift } from '../../app/operations/steer-gift.ts';
import { giftPage } from '../../app/queries/gifts.ts';
import type { World } from '../../app/world.ts';
import { writtenRewards } from '../support/written-rewards.ts';

const ONE_BY_ONE = 1_000;

await main(Number(process.argv[2] ?? 20_000));

async function main(members: number): Promise<void> {
  const place = await openPlace({ pages: false });
  try {
    const { world } = place;
    const stock = Math.floor((members * 2) / 3);
    const rewards = writtenRewards({ key: 'five', kind: 'amount-off', points: 500, stock });
    const shop = await makeShop(world, { rewards });
    const ids = await fill(world, shop, members);
    const gift = { shopId: shop.id, giftId: await plan(world, shop), actor: 'bench' };
    const given = await timed(async () => {
      await steerGift(world, { ...gift, step: 'start' });
      while (await runGifts(world));
    });
    say(`given: ${rate(members, given)}`);
    const page = await giftPage(world, shop.id, gift.giftId);
    if (page?.counts.given !== stock || page.counts.refused !== members - stock) {
      throw new Error(`not as many as there are: ${JSON.stringify(page?.counts)}`);
    }
    const back = await timed(async () => {
      await steerGift(world, { ...gift, step: 'undo' });
      while (await runGifts(world));
    });
    say(`taken back: ${rate(stock, back)}`);
    const endless = writtenRewards({ key: 'five', kind: 'amount-off', points: 500 });
    const other = await makeShop(world, { rewards: endless });
    const some = (await fill(world, other, ONE_BY_ONE)).slice(0, ONE_BY_ONE);
    const alone = await timed(async () => {
      for (const memberId of some) await giveOne(world, other, memberId);
    });
    say(`one by one: ${rate(some.length, alone)}; load ${loadavg()[0]?.toFixed(1)}`);
    const wrong = await world.db(shop.id).query('SELECT * FROM prove_books($1)', [shop.id]);
    if (wrong.rows.length > 0 || ids.length !== members) throw new Error('The books are wrong.');
  } finally {
    await place.close();
  }
}

async function fill(world: World, { id }: BenchShop, count: number): Promise<readonly string[]> {
  const pool = world.db(id);
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO members (shop_id, id, customer_id, state, customer_created_at, enrolled_at, membership, joined_at, joined_by,
        decided_at)
      SELECT $1, gen_random_uuid(), $1::bigint * 1000000 + n, 'active', now(), now(), 'joined', now(), 'account', now()
      FROM generate_series(1, $2::int) AS n RETURNING id`,
    [id, count],
  );
  await pool.query('ANALYZE members');
  return rows.map((row) => row.id);
}

async function plan(world: World, { id: shopId }: BenchShop): Promise<string> {
  const wish = {
    reason: 'Thank you',
    content: { kind: 'reward', reward: 'five' },
    audience: { kind: 'segment', segment: EVERYBODY },
  };
  const planned = await planGift(world, { shopId, actor: 'bench', wish, file: null });
  if (!planned.ok) throw new Error(planned.refusal.kind);
  while (await runGifts(world));
  return planned.giftId;
}

async function giveOne(world: World, { id: shopId }: BenchShop, memberId: string): Promise<void> {
  const wish = { shopId, memberId, rewardKey: 'five', requestKey: 'alone' };
  const given = await giveReward(world, { ...wish, origin: 'gift' });
  if (!given.ok) throw new Error(given.refusal.kind);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

function rate(count: number, seconds: number): string {
  return `${count} in ${seconds.toFixed(1)} s, ${Math.round(count / seconds)} a second`;
}

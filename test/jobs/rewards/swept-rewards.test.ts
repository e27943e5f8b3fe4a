/** Codes that somebody deleted, ended or edited in Shopify while its messages were lost: the next sweep finds them. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeSweeps } from '../../../app/jobs/run-sweeps.ts';
import { startSweep } from '../../../app/operations/start-sweep.ts';
import { checksOf } from '../../../app/queries/checks.ts';
import type { SweepReport } from '../../../app/queries/checks.ts';
import {
  changeDiscount,
  deactivateDiscount,
  deleteDiscount,
} from '../../../devstore/state/discounts/change-discount.ts';
import { contextOf } from '../../support/admin-request.ts';
import { openRoad, proof } from '../../support/road.ts';
import type { Road } from '../../support/road.ts';
import { storefrontOf } from '../../support/storefront-shoppers.ts';
import type { Shopper, Storefront } from '../../support/storefront-shoppers.ts';
import { writtenRewards } from '../../support/written-rewards.ts';

let road: Road;
let front: Storefront;
beforeAll(async () => {
  road = await openRoad({ elapsedMs: () => performance.now() * 1000 });
  front = storefrontOf(road, contextOf(road));
  await road.publish({
    earning: [],
    rewards: writtenRewards(
      { key: 'five-off', kind: 'amount-off', points: 500 },
      { key: 'call', kind: 'by-hand', points: 10 },
    ),
  });
  await road.settle();
});
afterAll(() => road.close());
beforeEach(() => road.devstore.courier.knobs.set({ drop: 0 }));

async function begun(): Promise<string> {
  const wish = { shopId: road.shopId, actor: 'staff:1', daysBack: null };
  const started = await startSweep(road.world, wish);
  if (!started.ok) throw new Error(started.refusal.kind);
  return started.id;
}

async function sweep(): Promise<SweepReport> {
  const id = await begun();
  const sweeps = makeSweeps(road.world, road.access);
  while (await sweeps.once());
  await road.settle();
  const report = (await checksOf(road.world, road.shopId)).sweeps.find((one) => one.id === id);
  if (!report) throw new Error('no report');
  return report;
}

/** A member with a code: 600 points, of which 500 are spent on it. */
async function holder(): Promise<Shopper & { readonly discountId: string }> {
  const shopper = await front.shopper(600);
  const { reward } = (await front.get(shopper, 'five-off')).body;
  const discountId = road.store.discounts.find(reward?.code ?? '')?.id;
  if (discountId === undefined) throw new Error('no discount was made');
  return { ...shopper, discountId };
}

const held = async (who: Shopper) => (await front.see(who)).body['held'];

it('what was deleted or ended gives its points back, what was edited says so, the rest stays (law 5.3)', async () => {
  const [gone, over, other, fine] = [
    await holder(),
    await holder(),
    await holder(),
    await holder(),
  ];
  await front.get(fine, 'call');
  road.clock.advance(600_000);
  road.devstore.courier.knobs.set({ drop: 1 });
  deleteDiscount(road.store, gone.discountId);
  deactivateDiscount(road.store, over.discountId);
  changeDiscount(road.store, other.discountId, { title: 'Something else' });
  await road.settle();
  // Control: nobody has told of it.
  expect(await held(gone)).toMatchObject([{ state: 'usable' }]);
  expect(await front.available(gone)).toBe(100);
  road.devstore.courier.knobs.set({ drop: 0 });

  const report = await sweep();
  expect(report).toMatchObject({ state: 'finished', repaired: 2, missed: 0, rewardsEnded: 2 });
  for (const who of [gone, over]) {
    expect(await held(who)).toMatchObject([{ state: 'ended', because: 'removed', back: 500 }]);
    expect(await front.available(who)).toBe(600);
  }
  for (const who of [other, fine]) expect(await front.available(who)).toBeLessThanOrEqual(100);
  expect(await held(other)).toMatchObject([{ state: 'usable' }]);
  const [changed] = await road.query<{ changes: object[] }>(
    `SELECT changes FROM issued_rewards WHERE changes IS NOT NULL`,
  );
  expect(changed?.changes).toMatchObject([{ what: 'title' }]);
  expect(await proof(road)).toEqual([]);

  expect(await sweep()).toMatchObject({ repaired: 0, rewardsEnded: 0, failures: 0 });
  expect(await front.available(gone)).toBe(600);
});

it('a code of more than a page is found by whoever goes on after the first worker died', async () => {
  const late = await holder();
  // As if 120 others had been given the same before.
  const copied = `('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid`;
  await road.query(
    `INSERT INTO redemptions (shop_id, id, member_id, request_key, purpose, points, state, held, held_points, code,
        reserved_at, valid_until)
      SELECT shop_id, ${copied}, member_id, request_key || n, purpose, 0, state, '[]', 0, code || n,
        reserved_at, valid_until
      FROM redemptions, generate_series(1, 120) AS n WHERE member_id = $1`,
    [late.memberId],
  );
  await road.query(
    `INSERT INTO issued_rewards (shop_id, id, reward_key, programme_version, name, terms, origin, counts, making, shopify_id,
        made_at, asked_at)
      SELECT i.shop_id, ${copied}, i.reward_key, i.programme_version, i.name, i.terms, 'gift', false, i.making, i.shopify_id,
        i.made_at, i.asked_at
      FROM issued_rewards i JOIN redemptions r ON r.id = i.id AND r.points > 0, generate_series(1, 120) AS n
      WHERE r.member_id = $1`,
    [late.memberId],
  );
  // The page after the first hundred is the one that shows a code which is gone.
  const id = await begun();
  const first = makeSweeps(road.world, road.access);
  const where = async () =>
    (
      await road.query<{ subject: string; cursor: string | null }>(
        `SELECT subject, cursor FROM sweeps WHERE id = $1`,
        [id],
      )
    )[0];
  while ((await where())?.cursor !== '00000000-0000-7000-8000-000000000100') await first.once();
  road.devstore.courier.knobs.set({ drop: 1 });
  deleteDiscount(road.store, late.discountId);
  await road.settle();
  road.devstore.courier.knobs.set({ drop: 0 });
  const second = makeSweeps(road.world, road.access);
  while (await second.once());
  const [report] = (await checksOf(road.world, road.shopId)).sweeps;
  // The 20 copies after the first page, and the code itself.
  expect(report).toMatchObject({ id, state: 'finished', rewardsEnded: 21 });
});

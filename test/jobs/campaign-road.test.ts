/** Limits and budgets on the whole road, with the database's own locks. */
import { afterEach, expect, it } from 'vitest';
import { cancelOrder } from '../../devstore/state/orders/cancel-order.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { rebuildMembers } from '../../app/operations/rebuild-members.ts';
import { takeInFacts } from '../../app/operations/take-in-facts.ts';
import { makeTermsMemory } from '../../app/storage/programme/shop-terms.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import { inTransaction } from '../../app/storage/transaction.ts';
import { programmeDocument, firstDraft } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../app/domain/programme/document.ts';
import { line, order } from '../domain/fixtures.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { booksOf, memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
afterEach(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

/** The order rule of the first draft, and nothing else that pays. */
function documentWith(
  over: Partial<ProgrammeInput>,
  rule: Partial<ProgrammeInput['earning'][number]> = {},
): Partial<ProgrammeDocument> {
  const first = firstDraft('Road');
  const { earning, campaigns, multipliers, tiers, badges, challenges } = programmeDocument.parse({
    ...first,
    earning: first.earning.flatMap((one) => (one.kind === 'order' ? [{ ...one, ...rule }] : [])),
    ...{ tiers: { ...first.tiers, levels: [] }, badges: [], challenges: [] },
    ...over,
  });
  return { earning, campaigns, multipliers, tiers, badges, challenges };
}

const summer = (budgetPoints: number) => ({
  ...{ key: 'summer', name: 'Summer', enabled: true, multiplier: '3', budgetPoints },
  ...{ startsAt: '2026-11-01T00:00:00Z', endsAt: '2026-12-01T00:00:00Z' },
});

/** $10 of a customer of their own, taken in by a transaction of its own. */
function takeIn(id: number): Promise<unknown> {
  const at = road.world.now();
  const { currency } = road.store.shop;
  const told = order(
    { placedAt: at, customerId: `90${id}`, currency, lines: [line({ priceMinor: 1000 })] },
    { orderId: `70${id}` },
  );
  return inTransaction(road.world.db(road.shopId), (client) =>
    takeInFacts(client, road.shopId, [{ kind: 'order', order: told }], {
      now: at,
      newId: road.world.newId,
      hashes: road.world.sealer.hashes,
      termsMemory: makeTermsMemory(),
    }),
  );
}

async function held(): Promise<{ row: number; awards: number }> {
  const [row] = await road.query<{ row: string | null; awards: string | null }>(
    `SELECT (SELECT held FROM campaign_budgets WHERE shop_id = $1 AND campaign_key = 'summer') AS row,
        (SELECT sum((allowance -> 'draws' -> 'summer' ->> 'held')::bigint) FROM awards WHERE shop_id = $1) AS awards`,
    [road.shopId],
  );
  return { row: Number(row?.row ?? 0), awards: Number(row?.awards ?? 0) };
}

it('twelve who buy at once share a budget of 130, and it is never exceeded (law 1.6)', async () => {
  road = await openRoad();
  await road.publish(documentWith({ campaigns: [summer(130)] }));
  road.clock.advance(60_000);
  await Promise.all(Array.from({ length: 12 }, (_, index) => takeIn(10 + index)));
  // Each order of $10 is worth 10, and 20 more by the campaign: six in full, one half.
  expect(await held()).toEqual({ row: 130, awards: 130 });
  const rows = await road.query<{ posted: string }>(
    `SELECT posted FROM awards WHERE shop_id = $1 AND source_kind = 'order' ORDER BY posted`,
    [road.shopId],
  );
  expect(rows.map(({ posted }) => Number(posted))).toEqual([
    ...[10, 10, 10, 10, 10, 20],
    ...[30, 30, 30, 30, 30, 30],
  ]);
});

it('a cancelled order gives back to the budget what the next one draws', async () => {
  road = await openRoad();
  await road.publish(documentWith({ campaigns: [summer(1_000_000)] }));
  await road.settle();
  road.clock.advance(60_000);
  const [product] = [...road.store.products.values()].filter(({ giftCard }) => !giftCard);
  const variantId = product?.variants[0]?.id ?? '';
  const buyer = { email: 'budget@example.com', firstName: 'Bud', lastName: 'Get' };
  const placed = road.store.placeOrder({ buyer, lines: [{ variantId, quantity: 1 }] });
  await road.settle();
  const before = await held();
  expect(before.row).toBeGreaterThan(0);
  expect(before.awards).toBe(before.row);
  road.clock.advance(60_000);
  cancelOrder(road.store, { orderId: placed.id });
  await road.settle();
  expect(await held()).toEqual({ row: 0, awards: 0 });
});

it('a limit of the member is kept with the award, and a late order takes its place', async () => {
  road = await openRoad();
  const limits = { perMember: [{ most: 15, of: 'points', per: 'day' }] } as const;
  await road.publish(documentWith({}, { limits: { perMember: [...limits.perMember] } }));
  road.clock.advance(3_600_000);
  const at = road.world.now();
  const { currency } = road.store.shop;
  const told = (orderId: string, placedAt: number) =>
    order(
      { placedAt, customerId: '901', currency, lines: [line({ priceMinor: 1000 })] },
      { orderId },
    );
  const take = (...orders: ReturnType<typeof told>[]): Promise<unknown> =>
    inTransaction(road.world.db(road.shopId), (client) =>
      takeInFacts(
        client,
        road.shopId,
        orders.map((one) => ({ kind: 'order', order: one })),
        {
          now: at,
          newId: road.world.newId,
          hashes: road.world.sealer.hashes,
          termsMemory: makeTermsMemory(),
        },
      ),
    );
  const posted = async (): Promise<number[]> =>
    (
      await road.query<{ posted: string }>(
        `SELECT posted FROM awards WHERE shop_id = $1 AND source_kind = 'order' ORDER BY source_id`,
        [road.shopId],
      )
    ).map((row) => Number(row.posted));
  await take(told('702', at - 60_000), told('703', at - 30_000));
  expect(await posted()).toEqual([10, 5]);
  await take(told('701', at - 90_000));
  expect(await posted()).toEqual([10, 5, 0]);
  const books = await booksOf(road);
  await take(told('701', at - 90_000), told('703', at - 30_000));
  expect(await booksOf(road)).toEqual(books);
  // Lost awards come back with what the limit left to them.
  const allowances = (): Promise<unknown> =>
    road.query(`SELECT source_id, allowance FROM awards WHERE shop_id = $1 ORDER BY source_id`, [
      road.shopId,
    ]);
  const kept = await allowances();
  await road.query(`DELETE FROM awards WHERE shop_id = $1`, [road.shopId]);
  await rebuildMembers(road.world, road.shopId, {
    told: (_mended, left) => expect(left).toEqual([]),
  });
  expect(await allowances()).toEqual(kept);
  expect(await booksOf(road)).toEqual(books);
});

/** Two customers who were given the welcome while it counted three times. */
async function twoWelcomed(): Promise<[string, string]> {
  road = await openRoad();
  const { earning } = programmeDocument.parse(firstDraft('Road'));
  const welcome = earning.filter(({ kind }) => kind === 'join');
  const campaigns = [{ ...summer(1_000_000), rules: welcome.map(({ key }) => key) }];
  await road.publish({ ...documentWith({ campaigns }), earning: welcome });
  await road.settle();
  road.clock.advance(60_000);
  const ids: string[] = [];
  for (const name of ['one', 'two']) {
    const { id } = createCustomer(road.store, { email: `${name}@example.com`, firstName: name });
    await road.settle();
    ids.push((await memberOf(road, id)).id);
  }
  return [ids[0] ?? '', ids[1] ?? ''];
}

it('a welcome that a merge takes back goes back to the budget, and is drawn again when the merge is undone', async () => {
  const [keptId, goneId] = await twoWelcomed();
  const both = await held();
  expect(both.row).toBeGreaterThan(0);
  expect(both.awards).toBe(both.row);
  const { shopId } = road;
  const merged = await mergeByHand(road.world, {
    ...{ shopId, keptId, goneId, reason: 'the same person', actor: 'staff:7' },
  });
  expect(merged.ok).toBe(true);
  // Two welcomes drew the same; one of them is left.
  expect(await held()).toEqual({ row: both.row / 2, awards: both.row / 2 });
  const [merge] = await road.query<{ id: string }>(`SELECT id FROM merges WHERE shop_id = $1`, [
    shopId,
  ]);
  const undone = await undoMerge(road.world, {
    shopId,
    mergeId: merge?.id ?? '',
    actor: 'staff:7',
  });
  expect(undone.ok).toBe(true);
  expect(await held()).toEqual(both);
});

it('a rebuild mends what a budget holds, and gives an award that was lost its allowance back', async () => {
  await twoWelcomed();
  const [before, books] = [await held(), await booksOf(road)];
  const allowances = (): Promise<unknown> =>
    road.query(`SELECT allowance, posted FROM awards WHERE shop_id = $1 ORDER BY member_id`, [
      road.shopId,
    ]);
  const kept = await allowances();
  await road.query(`UPDATE campaign_budgets SET held = held + 7 WHERE shop_id = $1`, [road.shopId]);
  await road.query(`DELETE FROM awards WHERE shop_id = $1`, [road.shopId]);
  expect((await proof(road)).map(({ figure }) => figure)).toContain(
    'drawn on the budget of summer',
  );
  const told: string[] = [];
  await rebuildMembers(road.world, road.shopId, {
    told: (mended, left) => {
      told.push(...mended.map(({ figure }) => figure));
      expect(left).toEqual([]);
    },
  });
  expect(told).toContain('drawn on the budget of summer');
  expect(await held()).toEqual(before);
  expect(await allowances()).toEqual(kept);
  expect(await booksOf(road)).toEqual(books);
});

it('of two first orders a merge leaves one, and the undoing brings the other back (laws 1.5 and 7.2)', async () => {
  road = await openRoad();
  const { shopId } = road;
  const welcome = {
    ...{ key: 'summer', name: 'Summer', enabled: true, bonus: { points: 100 }, budgetPoints: 500 },
    ...{ startsAt: '2026-11-01T00:00:00Z', endsAt: '2026-12-01T00:00:00Z' },
    when: { firstOrder: true },
  };
  await road.publish(documentWith({ campaigns: [welcome] }));
  road.clock.advance(60_000);
  await takeIn(1);
  road.clock.advance(60_000);
  await takeIn(2);
  const paid = async (): Promise<string[]> =>
    (
      await road.query<{ source_id: string }>(
        `SELECT source_id FROM awards
          WHERE shop_id = $1 AND rule_key = 'campaign/summer' AND posted = 100 ORDER BY source_id`,
        [shopId],
      )
    ).map((row) => row.source_id);
  expect(await paid()).toEqual(['701', '702']);
  const [kept, gone] = [await memberOf(road, '902'), await memberOf(road, '901')];
  const merged = await mergeByHand(road.world, {
    ...{ shopId, keptId: kept.id, goneId: gone.id, reason: 'the same person', actor: 'staff:7' },
  });
  expect(merged.ok).toBe(true);
  // The earliest by when it was placed, whoever stays: and the budget has the other's points again.
  expect(await paid()).toEqual(['701']);
  expect(await held()).toEqual({ row: 100, awards: 100 });
  const [merge] = await road.query<{ id: string }>(`SELECT id FROM merges WHERE shop_id = $1`, [
    shopId,
  ]);
  const undone = await undoMerge(road.world, {
    shopId,
    mergeId: merge?.id ?? '',
    actor: 'staff:7',
  });
  expect(undone.ok).toBe(true);
  expect(await paid()).toEqual(['701', '702']);
  expect(await held()).toEqual({ row: 200, awards: 200 });
});

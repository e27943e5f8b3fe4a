import { beforeAll, expect, it } from 'vitest';
import { takeInNow } from '../../../app/operations/take-in-now.ts';
import { mergeMembers } from '../../../app/operations/merge-members.ts';
import { lockMembers, memberIdsOf } from '../../../app/storage/members/lock-members.ts';
import { makeTermsMemory } from '../../../app/storage/programme/shop-terms.ts';
import { inTransaction, isContention } from '../../../app/storage/transaction.ts';
import { order, programme } from '../../domain/fixtures.ts';
import { pointsWorld } from '../../support/points-world.ts';
import type { PointsWorld } from '../../support/points-world.ts';

let here: PointsWorld;
beforeAll(async () => {
  here = await pointsWorld();
});

const [KEPT, GONE] = ['8100000000001', '8100000000002'];

it('a customer who is met first while being merged away is nobody new (law 7.2)', async () => {
  const { world, shopId } = here;
  const make = { newId: world.newId, at: new Date(here.now) };
  const moment = { ...world, now: here.now, hashes: world.sealer.hashes };
  const meet = (): Promise<Map<string, string>> =>
    inTransaction(world.db(shopId), (client) => memberIdsOf(client, shopId, [GONE], make));

  const merging = await world.db(shopId).connect();
  await merging.query('BEGIN');
  const ids = { keptId: KEPT, goneId: GONE };
  const termsMemory = makeTermsMemory();
  expect(await mergeMembers(merging, shopId, ids, { ...moment, termsMemory })).toBe('merged');
  // Neither sees the other yet: the new member waits for the row that the merge has made.
  const met = meet().catch((error: unknown) => error);
  await untilSomebodyWaits('INTO members');
  await merging.query('COMMIT');
  merging.release();

  expect(isContention(await met)).toBe(true);
  const again = (await meet()).get(GONE) ?? '';
  const members = await lockedOf(again);
  expect(members).toMatchObject([{ customerId: KEPT, state: 'active' }]);
  expect(
    await here.rows(`SELECT id FROM members WHERE shop_id = $1 AND customer_id = $2`, GONE),
  ).toEqual([]);
});

async function lockedOf(id: string): Promise<unknown[]> {
  const { world, shopId } = here;
  return inTransaction(world.db(shopId), async (client) => [
    ...(await lockMembers(client, shopId, [id])).values(),
  ]);
}

async function untilSomebodyWaits(statement: string): Promise<void> {
  for (;;) {
    const waiting = await here.rows(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
        AND query LIKE $2 AND $1 <> ''`,
      `%${statement}%`,
    );
    if (waiting.length > 0) return;
  }
}

it('what is told of a customer while they are merged away goes to the one who stays (law 7.2)', async () => {
  const { world, shopId } = here;
  const [kept, gone] = ['8200000000001', '8200000000002'];
  const customer = (customerId: string) => ({
    ...{ customerId, createdAt: here.now, updatedAt: here.now, email: null, name: null },
  });
  await here.publish({ earning: programme().earning });
  await takeInNow(world, shopId, [
    { kind: 'customer', customer: customer(kept) },
    { kind: 'customer', customer: customer(gone) },
  ]);
  const moment = { ...world, now: here.now, hashes: world.sealer.hashes };
  const merging = await world.db(shopId).connect();
  await merging.query('BEGIN');
  const ids = { keptId: kept, goneId: gone };
  await mergeMembers(merging, shopId, ids, { ...moment, termsMemory: makeTermsMemory() });
  // An order of $100.00 comes in meanwhile: the customer is known, and their row is waited for.
  const bought = order({ customerId: gone, placedAt: here.now });
  const told = takeInNow(world, shopId, [{ kind: 'order', order: bought }]);
  await untilSomebodyWaits('FOR UPDATE');
  await merging.query('COMMIT');
  merging.release();

  expect(await told).toEqual(['taken-in']);
  const members = await here.rows(
    `SELECT m.state, m.available FROM members m JOIN merges g ON m.id IN (g.kept_member_id, g.gone_member_id)
      WHERE m.shop_id = $1 AND g.shop_id = $1 AND m.available > 0`,
  );
  expect(members).toEqual([{ state: 'active', available: '100' }]);
  expect(await here.proof()).toEqual([]);
});

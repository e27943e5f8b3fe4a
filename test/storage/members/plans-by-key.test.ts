/** A shop that PostgreSQL has not counted yet: it came after the last ANALYZE, beside one that it knows. */
import type pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { lockMembers, readMembers } from '../../../app/storage/members/lock-members.ts';
import { inTransaction } from '../../../app/storage/transaction.ts';
import { pointsWorld } from '../../support/points-world.ts';
import type { PointsWorld } from '../../support/points-world.ts';
import { newShop } from '../../support/shop-rows.ts';

const MANY = 3_000;
const BATCH = 100;

let here: PointsWorld;
beforeAll(async () => {
  here = await pointsWorld();
});

it('members of a shop that is new to PostgreSQL are found without reading the whole shop', async () => {
  const { world, shopId } = here;
  await inTransaction(world.db(shopId), (client) => fill(client, shopId));
  await world.db(shopId).query('ANALYZE members');
  const fresh = await newShop(world);

  const undone = inTransaction(world.db(fresh.id), async (client) => {
    // As long as they are not committed, no autovacuum counts them.
    await fill(client, fresh.id);
    const asked = await idsOf(client, fresh.id);
    const readFor = async (work: () => Promise<unknown>): Promise<number> => {
      const before = await rowsRead(client);
      await work();
      return (await rowsRead(client)) - before;
    };
    const looked = (): Promise<unknown> => readMembers(client, fresh.id, asked);

    // Believed to be in an empty shop; else the others would show nothing.
    expect(await readFor(looked)).toBe(MANY);
    expect(await readFor(() => lockMembers(client, fresh.id, asked))).toBe(BATCH);
    expect(await readFor(looked)).toBe(BATCH);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
});

async function fill(client: pg.PoolClient, shopId: string): Promise<void> {
  await client.query(
    `INSERT INTO members (shop_id, id, customer_id, enrolled_at)
      SELECT $1, gen_random_uuid(), n, now() FROM generate_series(1, $2::int) n`,
    [shopId, MANY],
  );
}

async function idsOf(client: pg.PoolClient, shopId: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM members WHERE shop_id = $1 ORDER BY id LIMIT $2',
    [shopId, BATCH],
  );
  return rows.map(({ id }) => id);
}

async function rowsRead(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ read: string }>(
    `SELECT seq_tup_read + idx_tup_fetch AS read FROM pg_stat_xact_user_tables WHERE relname = 'members'`,
  );
  return Number(rows[0]?.read);
}

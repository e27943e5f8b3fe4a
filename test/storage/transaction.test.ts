/** What a transaction leaves of its connection. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePool } from '../../app/db.server.ts';
import { atOnce, inTransaction, isContention, together } from '../../app/storage/transaction.ts';
import { patientPool } from '../support/patience.ts';
import { newDatabaseUrl } from '../support/test-database.ts';

let url: string;
const pools: pg.Pool[] = [];
beforeAll(async () => {
  url = await newDatabaseUrl(`laurel_transactions_${process.pid}`, 'empty');
});
afterAll(async () => {
  for (const pool of pools) await pool.end();
});

it('a statement whose answer a migration changed is prepared anew on another connection', async () => {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pools.push(pool);
  await pool.query('CREATE TABLE notes (id int, told jsonb)');
  const read = (): Promise<number> =>
    inTransaction(pool, async (client) => {
      const { rows } = await client.query({ name: 'read-notes', text: 'SELECT told FROM notes' });
      return rows.length;
    });
  expect(await read()).toBe(0);
  await pool.query('ALTER TABLE notes ALTER COLUMN told TYPE text');
  const refused = await read().catch((error: unknown) => error);
  expect(String(refused)).toContain('cached plan must not change result type');
  expect(isContention(refused)).toBe(true);
  expect(await read()).toBe(0);
});

it('control: the connection itself goes on refusing', async () => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE more_notes (told jsonb)');
  const read = { name: 'read-more', text: 'SELECT told FROM more_notes' };
  await client.query(read);
  await client.query('ALTER TABLE more_notes ALTER COLUMN told TYPE text');
  for (const turn of [1, 2]) {
    await expect(client.query(read), `turn ${turn}`).rejects.toThrow('cached plan');
  }
  await client.end();
});

it('of statements sent together none is carried out after the one that failed, which is the one told', async () => {
  const pool = makePool(url, patientPool(1, 'laurel-test'));
  pools.push(pool);
  await pool.query('CREATE TABLE steps (step int PRIMARY KEY)');
  const write = (steps: readonly (readonly number[])[]): Promise<unknown> =>
    inTransaction(pool, (client) => {
      const one = (step: number) => client.query('INSERT INTO steps VALUES ($1)', [step]);
      const oneByOne = async (some: readonly number[]): Promise<void> => {
        for (const step of some) await one(step);
      };
      return together(steps.map(oneByOne));
    });
  const kept = async (): Promise<number[]> => {
    const { rows } = await pool.query<{ step: number }>('SELECT step FROM steps ORDER BY step');
    return rows.map(({ step }) => step);
  };
  // The second 1 fails; 2 and 3 are asked for when the transaction is over already.
  const refused = await write([
    [2, 3],
    [1, 4],
    [1, 5],
  ]).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: '23505',
    detail: expect.stringContaining('(1)') as string,
  });
  expect(await kept()).toEqual([]);
  await write([[2, 3], [1]]);
  expect(await kept()).toEqual([1, 2, 3]);
});

it('a transaction that is sent whole stands whole, or not at all', async () => {
  const pool = makePool(url, patientPool(1, 'laurel-test'));
  pools.push(pool);
  await pool.query('CREATE TABLE whole (step int PRIMARY KEY)');
  const write = (steps: readonly number[]): Promise<void> =>
    atOnce(pool, (client) =>
      steps.map((step) => client.query('INSERT INTO whole VALUES ($1)', [step])),
    );
  await write([1, 2]);
  await expect(write([3, 1, 4])).rejects.toMatchObject({ code: '23505' });
  // The connection is good for the next, which PostgreSQL does not count to the one before.
  await write([5]);
  const { rows } = await pool.query<{ step: number }>('SELECT step FROM whole ORDER BY step');
  expect(rows.map(({ step }) => step)).toEqual([1, 2, 5]);
});

it('what begins by reading waits once for its beginning and its first answer, and stands like any other', async () => {
  const pool = makePool(url, patientPool(1, 'laurel-test'));
  pools.push(pool);
  await pool.query('CREATE TABLE read_first (step int PRIMARY KEY)');
  const write = (step: number, fails: boolean): Promise<number> =>
    inTransaction(
      pool,
      async (client) => {
        const { rows } = await client.query<{ many: number }>(
          'SELECT count(*)::int AS many FROM read_first',
        );
        await client.query('INSERT INTO read_first VALUES ($1)', [step]);
        if (fails) throw new Error('declined');
        return rows[0]?.many ?? -1;
      },
      { reads: true },
    );
  expect(await write(1, false)).toBe(0);
  await expect(write(2, true)).rejects.toThrow('declined');
  expect(await write(3, false)).toBe(1);
});

it('where its beginning fails, nothing is sent after it', async () => {
  const pool = makePool(url, patientPool(1, 'laurel-test'));
  pools.push(pool);
  await pool.query('CREATE TABLE never (step int)');
  // Whoever left the connection like this breaks the next BEGIN, and nothing but BEGIN.
  const careless = await pool.connect();
  await careless.query('BEGIN');
  await careless.query('SELECT 1 / 0').catch(() => undefined);
  careless.release();
  let sent: unknown;
  const work = async (client: pg.PoolClient): Promise<void> => {
    await client.query('SELECT 1').catch(() => undefined);
    sent = await client.query('INSERT INTO never VALUES (1)').catch((error: unknown) => error);
  };
  await expect(inTransaction(pool, work, { reads: true })).rejects.toMatchObject({ code: '25P02' });
  expect(String(sent)).toMatch(/not queryable|closed|terminated/i);
  const { rows } = await pool.query('SELECT * FROM never');
  expect(rows).toEqual([]);
});

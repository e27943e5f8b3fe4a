/** A migration that has to wait for a lock lets others pass, and comes again. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyPatiently } from '../../prisma/apply-patiently.ts';
import { newDatabaseUrl } from '../support/test-database.ts';

let url: string;
const clients: pg.Client[] = [];
beforeAll(async () => {
  url = await newDatabaseUrl(`laurel_patient_${process.pid}`, 'empty');
  const first = await connected();
  await first.query(`CREATE TABLE things (id int PRIMARY KEY)`);
});
afterAll(async () => {
  for (const client of clients) await client.end();
});

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  clients.push(client);
  return client;
}

const SCRIPT = `CREATE TABLE more (id int PRIMARY KEY); ALTER TABLE things ADD COLUMN name text;`;
const columns = `SELECT count(*)::int AS n FROM information_schema.columns WHERE table_name = 'things'`;

it('whoever comes behind a waiting migration is served, and the migration is applied in the end', async () => {
  const [holder, other] = [await connected(), await connected()];
  await holder.query('BEGIN');
  await holder.query('SELECT * FROM things');
  const migrating = applyPatiently(url, SCRIPT);
  // It stands in the queue for the table: a reader who comes now stands behind it.
  for (let waiting = 0; waiting === 0;) {
    const { rows } = await other.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND relation = 'things'::regclass`,
    );
    waiting = rows[0]?.n ?? 0;
  }
  expect((await other.query('SELECT * FROM things')).rows).toEqual([]);
  await holder.query('COMMIT');
  await migrating;
  expect((await other.query<{ n: number }>(columns)).rows).toEqual([{ n: 2 }]);
});

it('what gives up leaves nothing of itself', async () => {
  const [holder, other] = [await connected(), await connected()];
  await holder.query('BEGIN');
  await holder.query('SELECT * FROM things');
  const script = `CREATE TABLE half (id int PRIMARY KEY); ALTER TABLE things ADD COLUMN colour text;`;
  await expect(applyPatiently(url, script, 1)).rejects.toThrow('lock timeout');
  await holder.query('COMMIT');
  expect((await other.query<{ n: number }>(columns)).rows).toEqual([{ n: 2 }]);
  expect((await other.query(`SELECT to_regclass('half') AS half`)).rows).toEqual([{ half: null }]);
});

it('any other failure is told at once', async () => {
  await expect(applyPatiently(url, 'ALTER TABLE nothing ADD COLUMN name text')).rejects.toThrow(
    'relation "nothing" does not exist',
  );
});

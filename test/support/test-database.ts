/**
 * The database of this test worker: a clone of the migrated template, made when first asked for. Tests of
 * one worker share it, and nothing cleans it; each test makes its own shop.
 */
import pg from 'pg';
import { inject } from 'vitest';

let ready: Promise<string> | undefined;

/** The URL of this worker's database. */
export function testDatabaseUrl(): Promise<string> {
  ready ??= cloneTemplate(`laurel_worker_${process.env['VITEST_POOL_ID'] ?? '0'}`);
  return ready;
}

/** A new database that nobody else uses. `empty` has not been migrated. */
export function newDatabaseUrl(name: string, from: 'template' | 'empty'): Promise<string> {
  return from === 'template' ? cloneTemplate(name) : createDatabase(name, 'template0');
}

/** A copy of a database that nobody is connected to. */
export function copyOfDatabase(name: string, original: string): Promise<string> {
  return createDatabase(name, original);
}

function cloneTemplate(name: string): Promise<string> {
  return createDatabase(name, inject('templateDatabase'));
}

/** Takes the one that is there: an earlier test file of the same worker made it. */
async function createDatabase(name: string, template: string): Promise<string> {
  const adminUrl = inject('postgresUrl');
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) {
      const identifiers = [name, template].map((part) => client.escapeIdentifier(part));
      // Copied as files: through the log, which is the default, it takes ten times as long.
      const copied = `create database ${identifiers[0]} template ${identifiers[1]} strategy file_copy`;
      await client.query(copied);
    }
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

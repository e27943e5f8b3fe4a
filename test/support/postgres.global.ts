/**
 * Starts one PostgreSQL for a whole test run and migrates a template database, once. Workers clone the
 * template (`test-database.ts`), so each has a database of its own in a tenth of a second.
 */
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startScratchPostgres } from '../../devstore/postgres.ts';
import { applyMigrations } from './apply-migrations.ts';
import { freePort } from './ports.ts';

const TEMPLATE = 'laurel_template';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the maintenance database, from which databases are made. */
    postgresUrl: string;
    templateDatabase: string;
    /** The tables that have a `shop_id`, as the catalogue names them. */
    tenantTables: string[];
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startScratchPostgres({
    port: await freePort(),
    durable: false,
    maxConnections: 300,
    log: join(project.config.root, 'test', 'artifacts', 'postgres.log'),
  });
  try {
    await postgres.ensureDatabase(TEMPLATE);
    const tenantTables = await migrateTemplate(postgres.urlOf(TEMPLATE));
    await freezeTemplate(postgres.urlOf('postgres'));
    project.provide('postgresUrl', postgres.urlOf('postgres'));
    project.provide('templateDatabase', TEMPLATE);
    project.provide('tenantTables', tenantTables);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return postgres.stop;
}

async function migrateTemplate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await applyMigrations(client);
    const found = await client.query<{ name: string }>(
      `select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name = 'shop_id'`,
    );
    return found.rows.map((row) => row.name);
  } finally {
    await client.end();
  }
}

/** A template that nobody can connect to cannot be changed by a test, and cloning it never waits. */
async function freezeTemplate(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`alter database ${TEMPLATE} with is_template true allow_connections false`);
  } finally {
    await client.end();
  }
}

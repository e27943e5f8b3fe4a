import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ChildEnded, root, startChild } from './child.ts';

const migrations = join(root, 'prisma', 'migrations');

/**
 * Brings the database to the migrations that are here. Asking the database which it has takes
 * milliseconds; Prisma itself, which takes a second, is run only if one is missing.
 */
export async function migrate(databaseUrl: string, folder: string): Promise<void> {
  const wanted = migrationsHere();
  const applied = await migrationsApplied(databaseUrl);
  for (const [name, checksum] of applied) {
    if (wanted.get(name) !== checksum) {
      throw new Error(
        `The demo's database was made by another version of Laurel (its migration ${name} is ` +
          `${wanted.has(name) ? 'another' : 'not'} here). Delete the folder ${folder} to begin with an empty one.`,
      );
    }
  }
  if (applied.size === wanted.size) return;
  const child = startChild({
    name: 'migrations',
    command: ['prisma/run.mjs', 'migrate', 'deploy'],
    env: { DATABASE_URL: databaseUrl },
    log: join(folder, 'logs', 'migrations.log'),
  });
  const ending = await child.ended;
  if (!ending.ok) throw new ChildEnded(child, ending);
}

function migrationsHere(): Map<string, string> {
  const files = readdirSync(migrations)
    .map((name) => [name, join(migrations, name, 'migration.sql')] as const)
    .filter(([, file]) => existsSync(file));
  return new Map(
    files.map(([name, file]) => [
      name,
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    ]),
  );
}

async function migrationsApplied(databaseUrl: string): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const table = await client.query<{ found: string | null }>(
      `select to_regclass('_prisma_migrations')::text as found`,
    );
    if (table.rows.every((row) => row.found === null)) return new Map();
    const { rows } = await client.query<{ name: string; checksum: string }>(
      `select migration_name as name, checksum from _prisma_migrations
        where finished_at is not null and rolled_back_at is null`,
    );
    return new Map(rows.map((row) => [row.name, row.checksum]));
  } finally {
    await client.end();
  }
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'prisma', 'migrations');

/**
 * Runs the migrations' SQL in order, as `prisma migrate deploy` does but without its start-up time.
 * test/schema/migrations.test.ts runs Prisma itself and shows that the result is the same.
 */
export async function applyMigrations(client: ClientBase): Promise<void> {
  for (const name of readdirSync(MIGRATIONS).toSorted()) {
    const file = join(MIGRATIONS, name, 'migration.sql');
    if (existsSync(file)) await client.query(readFileSync(file, 'utf8'));
  }
}

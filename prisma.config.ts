import { defineConfig } from 'prisma/config';
import { MigrationAdapter } from './prisma/migration-adapter.ts';

/**
 * Prisma's own engine is a program that it downloads when it is installed. With a driver adapter and the
 * engine that is part of its package, `generate`, `migrate deploy` and `migrate diff` need no download.
 */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  experimental: { adapter: true },
  engine: 'js',
  adapter: async () => new MigrationAdapter(databaseUrl()),
});

function databaseUrl(): string {
  const url = process.env['DATABASE_URL'];
  if (url === undefined)
    throw new Error('Set DATABASE_URL to the PostgreSQL that Prisma shall work on.');
  return url;
}

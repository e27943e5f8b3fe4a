import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { newDatabaseUrl } from '../support/test-database.ts';

const root = join(import.meta.dirname, '..', '..');
const schema = join(root, 'prisma', 'schema.prisma');
const scratch = mkdtempSync(join(tmpdir(), 'laurel-schema-'));
const shadow = await newDatabaseUrl('schema_of_migrations', 'empty');

afterAll(() => rmSync(scratch, { recursive: true }));

test('the migrations make what schema.prisma says', async () => {
  const { code, said } = await differenceTo(schema);
  expect(said).toContain('No difference detected');
  expect(code).toBe(0);
});

test('control: a column that no migration makes is a difference', async () => {
  const other = join(scratch, 'schema.prisma');
  const asked = readFileSync(schema, 'utf8').replace(
    'model Shop {',
    'model Shop {\n  mood String?',
  );
  writeFileSync(other, asked);
  const { code, said } = await differenceTo(other);
  expect(said).toContain('Added column `mood`');
  expect(code).toBe(2);
});

test('deployed by Prisma, an empty database becomes the one that the tests use, and a second deployment changes nothing', async () => {
  const deployed = await newDatabaseUrl('deployed_by_prisma', 'empty');
  const first = await prisma(['migrate', 'deploy'], deployed);
  expect(first.said).toContain('All migrations have been successfully applied.');
  const template = await newDatabaseUrl('made_by_the_tests', 'template');
  expect(await shapeOf(deployed)).toEqual(await shapeOf(template));

  const second = await prisma(['migrate', 'deploy'], deployed);
  expect(second.said).toContain('No pending migrations to apply.');
  expect([first.code, second.code]).toEqual([0, 0]);
});

function differenceTo(file: string): Promise<{ code: number | null; said: string }> {
  const ends = ['--from-migrations', 'prisma/migrations', '--to-schema-datamodel', file];
  return prisma(['migrate', 'diff', ...ends, '--exit-code'], shadow);
}

function prisma(args: string[], url: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['prisma/run.mjs', ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });
}

/** Every column, constraint, index, trigger, function and revoked privilege, in PostgreSQL's own words. */
async function shapeOf(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ part: string }>(
      `select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as part
         from information_schema.columns where table_schema = 'public'
       union all
       select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
         from pg_constraint where connamespace = 'public'::regnamespace
       union all
       select indexdef from pg_indexes where schemaname = 'public'
       union all
       select pg_get_triggerdef(t.oid) from pg_trigger t where not tgisinternal
       union all
       select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace and prokind <> 'a'
       union all
       select format('%s %s', aggfnoid::regprocedure, aggtransfn) from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid
         where p.pronamespace = 'public'::regnamespace
       union all
       select format('%s %s', relname, relacl is not null) from pg_class
         where relnamespace = 'public'::regnamespace and relkind = 'r'
        order by 1`,
    );
    return rows.map((row) => row.part).filter((part) => !part.includes('_prisma_migrations'));
  } finally {
    await client.end();
  }
}

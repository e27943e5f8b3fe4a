/** The catalogue itself says that every table of a tenant can be cut by `shop_id`. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDatabaseUrl } from '../support/test-database.ts';

/** The tables without a tenant, each with the reason why it has none. */
const global: Record<string, string> = {
  shops: 'The directory: finds the tenant.',
  sessions: "Shopify's library looks sessions up by an id that is not ours.",
};

interface Table {
  name: string;
  /** The type of its `shop_id`. */
  type: string | null;
  required: boolean;
}

/** A primary key, unique key, unique index or foreign key, with its columns in order. */
interface Key {
  on: string;
  name: string;
  kind: 'primary' | 'unique' | 'foreign';
  columns: string[];
  to: string | null;
}

let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client({ connectionString: await newDatabaseUrl('tenancy', 'template') });
  await client.connect();
});
afterAll(() => client.end());

test('every table has a shop_id of type bigint that is never empty, but the listed ones', async () => {
  const tables = await readTables();
  expect(tables.length).toBeGreaterThan(10);
  const without = tables.filter((table) => table.type === null).map((table) => table.name);
  expect(without.toSorted()).toEqual(Object.keys(global).toSorted());
  const odd = tables.filter((it) => it.type !== null && (it.type !== 'bigint' || !it.required));
  expect(odd).toEqual([]);
});

test('shop_id is first in every primary key, unique key and foreign key', async () => {
  expect(tenantKeysWithoutShop(await readKeys())).toEqual([]);
});

test('every table has a primary key', async () => {
  const keyed = new Set(
    (await readKeys()).filter((key) => key.kind === 'primary').map((key) => key.on),
  );
  expect((await readTables()).filter((table) => !keyed.has(table.name))).toEqual([]);
});

test('a foreign key leads to the same shop', async () => {
  const keys = (await readKeys()).filter((key) => key.kind === 'foreign');
  expect(keys.length).toBeGreaterThan(5);
  expect(keys.filter((key) => key.to !== 'shop_id' && key.to !== 'id')).toEqual([]);
});

test('control: a unique key without the shop is caught', async () => {
  await client.query('begin');
  await client.query('create table badly_keyed (shop_id bigint not null, id bigint primary key)');
  const found = tenantKeysWithoutShop(await readKeys());
  await client.query('rollback');
  expect(found).toEqual(['badly_keyed.badly_keyed_pkey (id)']);
});

function tenantKeysWithoutShop(keys: Key[]): string[] {
  return keys
    .filter((key) => !(key.on in global) && key.columns[0] !== 'shop_id')
    .map((key) => `${key.on}.${key.name} (${key.columns.join(', ')})`);
}

async function readTables(): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select t.table_name as name, c.data_type as type, coalesce(c.is_nullable = 'NO', false) as required
       from information_schema.tables t
       left join information_schema.columns c
         on c.table_schema = t.table_schema and c.table_name = t.table_name and c.column_name = 'shop_id'
      where t.table_schema = 'public' and t.table_type = 'BASE TABLE'`,
  );
  return rows;
}

async function readKeys(): Promise<Key[]> {
  const { rows } = await client.query<Key>(
    `select i.indrelid::regclass::text as "on", i.indexrelid::regclass::text as name,
            case when i.indisprimary then 'primary' else 'unique' end as kind, null as "to",
            array(select pg_get_indexdef(i.indexrelid, n, true) from generate_series(1, i.indnkeyatts) n) as columns
       from pg_index i join pg_class c on c.oid = i.indrelid
      where i.indisunique and c.relnamespace = 'public'::regnamespace
     union all
     select c.conrelid::regclass::text, c.conname, 'foreign',
            (select attname from pg_attribute where attrelid = c.confrelid and attnum = c.confkey[1])::text,
            array(select attname::text from unnest(c.conkey) with ordinality k (attnum, place)
                   join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum order by place)
       from pg_constraint c
      where c.contype = 'f' and c.connamespace = 'public'::regnamespace`,
  );
  return rows;
}

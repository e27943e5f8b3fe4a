import { describe, expect, test } from 'vitest';
import { crossShopJobs } from './support/cross-shop-jobs.ts';
import { judgeStatement } from './support/judge-statement.ts';
import { sourceFiles } from './support/source-files.ts';

const judge = (sql: string): string | undefined =>
  judgeStatement(sql, new Set(['members', 'lots', 'entries']), new Set(['claim-deliveries']));

describe('a statement that is bound to a shop passes', () => {
  test.each([
    ['a filter', 'select * from members where shop_id = $1 and id = $2'],
    [
      'as Prisma writes it',
      'SELECT "public"."members"."id" FROM "public"."members" WHERE ("public"."members"."shop_id" = $1 AND 1=1)',
    ],
    [
      'a row comparison',
      'select * from members m where (m.shop_id, m.id) in (select * from unnest($1::bigint[], $2::uuid[]))',
    ],
    [
      'a join on the shop',
      'select 1 from members m join lots l on l.shop_id = m.shop_id and l.member_id = m.id where m.shop_id = $1',
    ],
    [
      'a join by using',
      'select 1 from members join lots using (shop_id, member_id) where members.shop_id = $1',
    ],
    ['an insert', 'insert into lots (shop_id, id) values ($1, $2)'],
    [
      'an insert with the shop in another place',
      'insert into public.lots as l (id, "shop_id") values ($1, $2)',
    ],
    [
      'an insert from a select',
      'insert into lots (shop_id, id) select m.shop_id, m.id from members m where m.shop_id = $1',
    ],
    [
      'an update from a batch',
      'update members m set available = b.n from unnest($1::bigint[]) as b(shop_id) where m.shop_id = b.shop_id',
    ],
    ['a delete', 'delete from only lots where shop_id = $1'],
    ['a global table', 'select * from sessions where id = $1'],
    [
      'a named cross-shop job',
      '/* cross-shop: claim-deliveries */ select * from members for update skip locked',
    ],
    ['the words of a text', "select 'from members'"],
  ])('%s', (_, sql) => {
    expect(judge(sql)).toBeUndefined();
  });
});

describe('a statement that is not bound to a shop is caught', () => {
  test.each([
    ['a look-up by id', 'select * from members where id = $1'],
    ['a selected column is no filter', 'select shop_id from members where id = $1'],
    [
      'a join that leaves one table open',
      'select 1 from members m join lots l on l.member_id = m.id where m.shop_id = $1',
    ],
    [
      'a table after a comma',
      'select 1 from members m, lots l where m.shop_id = $1 and l.member_id = m.id',
    ],
    ['a delete by another table', 'delete from lots using members m where m.shop_id = $1'],
    ['an insert without the shop', 'insert into lots (id) values ($1)'],
    ['an update', 'update members set available = 0'],
    ['a delete', 'delete from lots where member_id = $1'],
    [
      'a sub-select',
      'select 1 from members where shop_id = $1 and exists (select 1 from lots where member_id = id)',
    ],
    ['a shop in a comment', 'select * from members -- where shop_id = $1'],
    ['a shop in a text', "select * from members where name = 'shop_id = 1'"],
    ['a cross-shop job that nobody listed', '/* cross-shop: anything */ select * from members'],
  ])('%s', (_, sql) => {
    expect(judge(sql)).toBeDefined();
  });
});

test('every cross-shop job of the list exists', () => {
  const code = sourceFiles().filter(({ path }) =>
    /^(?:app|test)\/.*(?<!cross-shop-jobs)\.ts$/.test(path),
  );
  const gone = Object.keys(crossShopJobs).filter(
    (name) => !code.some(({ text }) => text.includes(`/* cross-shop: ${name} */`)),
  );
  expect(gone).toEqual([]);
});

/**
 * Whether a statement keeps to the shop: every tenant table it names must be bound to a shop, so that the
 * same statement works on a database distributed by `shop_id`, and no merchant can see another's rows.
 *
 * This reads words, it does not parse SQL. It counts the tables that are read or written and the bindings
 * of `shop_id` (a comparison, a place in a column list of an insert, a USING), and there must be as many.
 */
const CROSS_SHOP = /\/\*\s*cross-shop:\s*([\w-]+)\s*\*\//;
const NAME = String.raw`(?:only\s+)?(?:"?public"?\.)?"?(\w+)"?`;
const ONE_TABLE = new RegExp(
  String.raw`\b(?:join|update|into|truncate)\s+(?:table\s+)?${NAME}`,
  'gi',
);
const FROM_LIST =
  /\b(?:from|using)\s+([^();]+?)(?=\b(?:where|using|set|group|order|join|left|inner|cross|on|for|limit|union|returning)\b|[();]|$)/gi;
const COLUMN = String.raw`(?:"?\w+"?\.)*"?shop_id"?`;
const BINDINGS = [
  // m.shop_id = $1, shop_id = any($1), "shop_id" in (…); and the mirror: b.x = m.shop_id
  new RegExp(String.raw`${COLUMN}\s*(?:=|in\b|is\s+not\s+distinct\s+from\b)`, 'gi'),
  // (shop_id, id) = (…), (m.shop_id, m.id) in (…), insert into t (shop_id, …), join … using (shop_id, …)
  new RegExp(String.raw`(?:=|\bin|\busing)\s*\(\s*${COLUMN}\s*[,)]`, 'gi'),
  new RegExp(String.raw`\binto\s+[\w".]+(?:\s+as\s+\w+)?\s*\([^()]*\b${COLUMN}[^()]*\)`, 'gi'),
  new RegExp(String.raw`\(\s*${COLUMN}\s*,[^()]*\)\s*(?:=|in\b)`, 'gi'),
];

/** The sentence about what is wrong, or undefined. */
export function judgeStatement(
  sql: string,
  tenantTables: ReadonlySet<string>,
  crossShop: ReadonlySet<string>,
): string | undefined {
  const named = CROSS_SHOP.exec(sql)?.[1];
  if (named !== undefined) {
    return crossShop.has(named)
      ? undefined
      : `"${named}" is not among the cross-shop jobs of test/support/cross-shop-jobs.ts`;
  }
  const words = withoutTexts(sql);
  if (/^\s*(?:create|alter|drop|comment|lock|copy|grant|revoke)\b/i.test(words)) return undefined;
  const tables = tablesOf(words).filter((table) => tenantTables.has(table));
  if (tables.length === 0) return undefined;
  const bindings = BINDINGS.reduce((sum, pattern) => sum + [...words.matchAll(pattern)].length, 0);
  if (bindings >= tables.length) return undefined;
  return `${bindings} of ${tables.length} tenant tables (${tables.join(', ')}) are bound to a shop`;
}

/** Comments and string literals gone, so that their words are not taken for SQL. */
function withoutTexts(sql: string): string {
  return sql
    .replaceAll(/\/\*[\s\S]*?\*\//g, ' ')
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/'(?:[^']|'')*'/g, "''");
}

function tablesOf(words: string): string[] {
  const single = [...words.matchAll(ONE_TABLE)].map(([, name]) => name);
  const listed = [...words.matchAll(FROM_LIST)]
    .flatMap(([, list]) => (list ?? '').split(','))
    .map((item) => new RegExp(`^\\s*${NAME}`, 'i').exec(item)?.[1]);
  return [...single, ...listed].filter((name) => name !== undefined);
}

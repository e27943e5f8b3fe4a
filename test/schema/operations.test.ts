import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAdminSchema } from '../support/admin-schema.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'app', 'shopify', 'operations');
const declaration = readFileSync(join(root, 'shopify.app.toml'), 'utf8');
const version = matchIn(declaration, /^api_version = "(\d{4}-\d{2})"$/m);
const granted = new Set(matchIn(declaration, /^scopes = "([^"]+)"$/m).split(','));
const optional = new Set(
  matchIn(declaration, /^optional_scopes = \[([^\]]*)\]$/m).match(/\w+/g) ?? [],
);
/** Of rewards that a shop need not offer: their scopes are asked for when one is first made. */
const onlyWithOptional = /GIFT_CARD|CREDIT/;
const admin = readAdminSchema(version);

const documents = await Promise.all(
  readdirSync(folder).map(async (file) => {
    const exported = (await import(join(folder, file))) as Record<string, unknown>;
    return Object.entries(exported).map(([name, source]) => ({ name: `${file} ${name}`, source }));
  }),
).then((files) => files.flat());

test('there are operations, in files that are named for what they hold', () => {
  expect(documents.length).toBeGreaterThan(5);
  expect(readdirSync(folder).filter((file) => !file.endsWith('.graphql.ts'))).toEqual([]);
});

test.each(documents)('$name is valid on the Admin schema and uses nothing deprecated', (it) => {
  expect(admin.faults(String(it.source))).toEqual([]);
});

test.each(documents)('$name needs no access scope that the app does not ask for', (it) => {
  const has = onlyWithOptional.test(it.name) ? new Set([...granted, ...optional]) : granted;
  expect(admin.missingScopes(String(it.source), has)).toEqual([]);
});

test('the optional scopes are those of the operations that need them, and the whole history', () => {
  const needed = [...optional].filter((scope) => {
    const others = new Set([...granted, ...optional]);
    others.delete(scope);
    return documents.some((it) => admin.missingScopes(String(it.source), others).length > 0);
  });
  expect(new Set([...needed, 'read_all_orders'])).toEqual(optional);
});

test('the shop is asked for no scope that no operation, webhook or proxy needs', () => {
  // The first three stand behind webhooks (merges, disputes) and the app proxy. For the last Shopify states
  // nothing at metafieldsSet and tagsAdd, because it depends on whose they are: ours are a customer's.
  const elsewhere = new Set([
    'read_customer_merge',
    'read_shopify_payments_disputes',
    'write_app_proxy',
    'write_customers',
  ]);
  const unused = [...granted]
    .filter((scope) => !elsewhere.has(scope))
    .filter((scope) => {
      const others = new Set([...granted].filter((other) => other !== scope));
      others.delete(scope.replace(/^read_/, 'write_'));
      return documents
        .filter((it) => !onlyWithOptional.test(it.name))
        .every((it) => admin.missingScopes(String(it.source), others).length === 0);
    });
  expect(unused).toEqual([]);
});

test('Shopify is asked in the same version everywhere', () => {
  const versions = new Set(declaration.match(/\b\d{4}-(?:01|04|07|10)\b/g));
  expect([...versions]).toEqual([version]);
});

test('control: a field that does not exist is caught', () => {
  expect(admin.faults('{ shop { loyaltyPoints } }')).toEqual([
    expect.stringContaining('Cannot query field "loyaltyPoints" on type "Shop".'),
  ]);
});

test('control: a deprecated field is caught', () => {
  expect(admin.faults('{ customer(id: "gid://shopify/Customer/1") { email } }')).toEqual([
    expect.stringMatching(/^The field Customer\.email is deprecated\./),
  ]);
});

test('control: a missing scope is caught, also one that only the type of a field states', () => {
  expect(admin.missingScopes('{ orders(first: 1) { nodes { id } } }', new Set())).toEqual([
    expect.stringContaining('OrderConnection.nodes needs read_orders'),
  ]);
  expect(admin.missingScopes('{ orders(first: 1) { nodes { id } } }', granted)).toEqual([]);
  expect(admin.missingScopes('{ orders(first: 1) { nodes { refunds { id } } } }', granted)).toEqual(
    [],
  );
  expect(admin.missingScopes('{ locations(first: 1) { nodes { name } } }', granted)).not.toEqual(
    [],
  );
});

function matchIn(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`shopify.app.toml has nothing like ${String(pattern)}.`);
  return found;
}

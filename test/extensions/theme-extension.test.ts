import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blockSchema } from '../../devstore/storefront/block-schema.ts';
import { extensionFolder, readThemeExtension } from '../../devstore/storefront/theme-extension.ts';
import { flatten } from '../../devstore/storefront/translations.ts';

const files = (pattern: string): string[] =>
  globSync(pattern, { cwd: extensionFolder }).map((file) => extensionFolder + file);
const bytes = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + statSync(path).size, 0);
const locale = (file: string) =>
  flatten(JSON.parse(readFileSync(`${extensionFolder}locales/${file}`, 'utf8')));

test('a page loads less than 5 KB of script and 10 KB of style, uncompressed', () => {
  expect(bytes(files('assets/laurel.js'))).toBeGreaterThan(0);
  expect(bytes(files('assets/laurel.js'))).toBeLessThan(5 * 1024);
  expect(bytes(files('assets/*.css'))).toBeLessThan(10 * 1024);
});

test('a page with what is fetched when a shopper begins something stays below 10 KB of script', () => {
  const fetched = files('assets/laurel-*.js');
  expect(fetched.length).toBeGreaterThan(1);
  for (const file of fetched) {
    expect(bytes([...files('assets/laurel.js'), file]), file).toBeLessThan(10 * 1024);
  }
});

test('all Liquid together stays below Shopify’s 100 KB and each locale file below 15 KB', () => {
  expect(bytes(files('{blocks,snippets}/*.liquid'))).toBeLessThan(100 * 1024);
  for (const file of files('locales/*.json')) expect(statSync(file).size).toBeLessThan(15 * 1024);
});

test('nothing but what Shopify allows lies in the extension’s folders', () => {
  const found = readdirSync(extensionFolder).sort();
  const allowed = [
    '.theme-check.yml',
    'assets',
    'blocks',
    'locales',
    'shopify.extension.toml',
    'snippets',
  ];
  expect(found).toEqual(allowed);
});

test('there is one embed for every page and one block for sections, with short names', () => {
  const { blocks } = readThemeExtension();
  expect(blocks.map((block) => [block.handle, block.schema.target])).toEqual([
    ['launcher', 'body'],
    ['member-card', 'section'],
    ['refer-friend', 'section'],
  ]);
  for (const block of blocks) {
    expect(block.name.length).toBeLessThan(25);
    expect(block.name.toLowerCase()).not.toContain('laurel');
  }
});

test('a setting of a type that Shopify does not know is refused', () => {
  const schema = (setting: object) =>
    blockSchema.safeParse({ name: 'Block', target: 'section', settings: [setting] }).success;
  expect(schema({ type: 'checkbox', id: 'on', label: 'On', default: true })).toBe(true);
  expect(schema({ type: 'tickbox', id: 'on', label: 'On', default: true })).toBe(false);
  const range = { type: 'range', id: 'size', label: 'Size', min: 0, max: 10, step: 2 };
  expect(schema({ ...range, default: 4 })).toBe(true);
  expect(schema({ ...range, default: 5 })).toBe(false);
  expect(schema({ ...range, default: 12 })).toBe(false);
});

test('every language has every text, with the same values to insert', () => {
  const pairs = [
    ['en.default.json', 'de.json'],
    ['en.default.schema.json', 'de.schema.json'],
  ] as const;
  const inserts = (text: string) =>
    [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((m) => m[1]).sort();
  for (const [reference, other] of pairs) {
    const [english, german] = [locale(reference), locale(other)];
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of english) {
      expect(inserts(german.get(key) ?? ''), key).toEqual(inserts(text));
    }
  }
});

test('every text is used, and every text that is used exists', () => {
  const used = new Set<string>();
  for (const file of files('{blocks,snippets}/*.liquid')) {
    const source = readFileSync(file, 'utf8');
    for (const found of source.matchAll(/'([a-z_]+\.[a-z_.]+)' \| t\b/g)) used.add(found[1] ?? '');
  }
  const plural = /\.(one|other)$/;
  const known = new Set(
    [...locale('en.default.json').keys()].map((key) => key.replace(plural, '')),
  );
  expect([...used].sort()).toEqual([...known].sort());
});

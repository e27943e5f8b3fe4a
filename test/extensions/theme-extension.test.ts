import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
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

const MOST = 10 * 1024;
/** What a game adds when somebody begins to play; each brings laurel-play.js with it. */
const GAMES = ['board', 'card', 'game', 'play', 'quiz'].map((name) => `assets/laurel-${name}.js`);

test('a page loads less than 5 KB of script and 10 KB of style, uncompressed', () => {
  expect(bytes(files('assets/laurel.js'))).toBeGreaterThan(0);
  expect(bytes(files('assets/laurel.js'))).toBeLessThan(5 * 1024);
  expect(bytes(files('assets/laurel.css'))).toBeLessThan(MOST);
});

test('all that is not for games stays below 10 KB of script in sum, whatever a shopper begins', () => {
  const others = files('assets/*.js').filter((file) => !GAMES.some((game) => file.endsWith(game)));
  expect(others.length).toBe(3);
  expect(bytes(others)).toBeLessThan(MOST);
});

test('a game’s script is fetched by a press, and with all that it brings stays below 10 KB', () => {
  const named = readThemeExtension().blocks.map(({ schema }) => schema.javascript);
  expect(new Set(named)).toEqual(new Set(['laurel.js']));
  for (const game of GAMES) {
    const [source = ''] = files(game).map((file) => readFileSync(file, 'utf8'));
    const brings = [...source.matchAll(/from '\.\/([\w-]+\.js)'/g)].map(
      ([, name]) => `assets/${name}`,
    );
    expect(bytes([game, ...brings].flatMap(files)), game).toBeGreaterThan(500);
    expect(bytes([game, ...brings].flatMap(files)), game).toBeLessThan(MOST);
  }
});

test('what games look like is a stylesheet of its own, below 10 KB, for the blocks that need it', () => {
  expect(bytes(files('assets/laurel-games.css'))).toBeLessThan(MOST);
  const needing = files('blocks/*.liquid').filter((file) =>
    readFileSync(file, 'utf8').includes('laurel-games.css'),
  );
  expect(needing.map((file) => basename(file, '.liquid')).sort()).toEqual([
    'badges',
    'challenges',
    'game',
    'leaderboard',
    'quiz',
    'streak',
  ]);
});

test('all Liquid together stays below Shopify’s 100 KB and each locale file below 15 KB', () => {
  expect(bytes(files('{blocks,snippets}/*.liquid'))).toBeLessThan(100_000);
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

test('there is one embed for every page, and blocks for sections with short names', () => {
  const { blocks } = readThemeExtension();
  expect(blocks.map((block) => [block.handle, block.schema.target])).toEqual([
    ['badges', 'section'],
    ['challenges', 'section'],
    ['game', 'section'],
    ['launcher', 'body'],
    ['leaderboard', 'section'],
    ['member-card', 'section'],
    ['quiz', 'section'],
    ['refer-friend', 'section'],
    ['streak', 'section'],
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

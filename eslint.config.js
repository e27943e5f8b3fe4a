import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import directions from './test/support/import-directions.json' with { type: 'json' };

const typescript = ['**/*.ts', '**/*.tsx'];
const plain = ['**/*.js', '**/*.mjs'];
/** What composes the app: world.ts, server.ts, db.server.ts and their like. */
const rootFile = String.raw`(?:world|server|root|entry\.\w+|[\w-]+\.server)`;

const impureGlobals = [
  ...['process', 'Buffer', 'crypto', 'performance', 'fetch', 'console', 'window', 'document'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
];
const longFunctions = {
  'devstore/admin-api/views/order-view.ts': 86,
  'devstore/storefront/checkout.ts': 104,
  'devstore/webhooks/payloads/body-of.ts': 124,
};
const clockAndChance = [
  ['CallExpression[callee.object.name="Date"][callee.property.name="now"]', 'the clock'],
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'the clock'],
  ['CallExpression[callee.name="Date"]', 'the clock'],
  ['MemberExpression[object.name="Temporal"][property.name="Now"]', 'the clock'],
  ['MemberExpression[object.name="Math"][property.name="random"]', 'chance'],
  ['MemberExpression[property.name="randomUUID"]', 'identity'],
].map(([selector, what]) => ({
  selector,
  message: `Take ${what} from the arguments: what a function depends on stands in its signature, and tests set it.`,
}));
const noEnum = {
  selector: 'TSEnumDeclaration',
  message:
    'Node runs our TypeScript by erasing types, and an enum is more than a type. Use a union.',
};

export default tseslint.config(
  {
    ignores: ['build/', 'node_modules/', '.data/', '.cache/', 'test/artifacts/', 'public/build/'],
  },
  js.configs.recommended,
  {
    files: typescript,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // An async function without await is how an interface's promise is answered at once.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': ['error', noEnum],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // graphql-js compares its own enums with strings.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.tsx', 'app/components/**/*.ts', 'app/routes/**/*.ts'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['app/**/*.ts', 'devstore/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  // A ratchet: these may be as long as they are now, and no other joins them.
  ...Object.entries(longFunctions).map(([file, max]) => ({
    files: [file],
    rules: {
      'max-lines-per-function': ['error', { max, skipBlankLines: true, skipComments: true }],
    },
  })),
  {
    files: ['devstore/**/*.ts', 'test/**/*.ts', 'test/**/*.tsx'],
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  // Remix ends a loader by a thrown Response.
  {
    files: ['app/routes/**/*.ts', 'app/routes/**/*.tsx'],
    rules: { '@typescript-eslint/only-throw-error': 'off' },
  },
  { files: ['app/**'], rules: { 'no-console': 'error' } },
  ...Object.entries(directions).map(([folder, direction]) => ({
    files: [`app/${folder}/**`],
    rules: {
      'no-restricted-imports': ['error', { patterns: forbiddenImports(folder, direction) }],
      'no-restricted-syntax': ['error', noEnum, ...clockAndChance],
    },
  })),
  {
    // What a person starts by a click gets its key there.
    files: ['app/routes/**/*.tsx', 'app/routes/app.programme/new-key.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        noEnum,
        ...clockAndChance.filter(({ selector }) => !selector.includes('randomUUID')),
      ],
    },
  },
  {
    files: ['app/domain/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...impureGlobals.map((name) => ({ name, message: directions.domain.because })),
      ],
    },
  },
  {
    files: ['devstore/**'],
    ignores: ['devstore/demo-seed.ts', 'devstore/demo-games.ts', 'devstore/demo-campaigns.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: String.raw`^(?:\.\./)+app/`,
              message:
                'The local Shopify must not know how the app thinks, or it would share its mistakes.',
            },
          ],
        },
      ],
    },
  },
  {
    files: plain,
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'setTimeout', 'setInterval'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
  {
    files: ['extensions/**/assets/*.js', 'devstore/**/public/*.js'],
    // These run in a browser, whose globals `no-undef` does not know.
    rules: { 'no-undef': 'off' },
  },
);

/** What a folder of app/ must not import, each pattern with the folder's reason. */
function forbiddenImports(folder, { folders, roots: allowedRoots, packages, because }) {
  const otherFolders = Object.keys(directions).filter((name) => !folders.includes(name));
  const allowedFiles = allowedRoots.map((name) => `${name}\\.tsx?$`).join('|');
  const allowedPackages = packages.map((name) =>
    name.endsWith('*') ? name.slice(0, -1) : `${name}(?:/|$)`,
  );
  const may = `app/${folder} may import ${[...folders, ...allowedRoots, ...packages].join(', ')}. ${because}`;
  return [
    String.raw`^(?:\.\./)+(?:${otherFolders.join('|')})/`,
    String.raw`^(?:\.\./)+${allowedFiles === '' ? '' : `(?!${allowedFiles})`}${rootFile}\.tsx?$`,
    String.raw`^(?:\.\./)+(?:devstore|test|extensions|prisma)/`,
    `^(?!\\.)(?!${allowedPackages.join('|')})`,
  ].map((regex) => ({ regex, message: may }));
}

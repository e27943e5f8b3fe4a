import { defineConfig } from 'vitest/config';

/** Folders whose tests need PostgreSQL. Elsewhere a test asks for it by the name `*.integration.test.ts`. */
const integration = [
  'test/{edge,storage,operations,queries,jobs,routes,schema,trials}/**/*.test.{ts,tsx}',
  'test/**/*.integration.test.{ts,tsx}',
];
const browser = ['test/{browser,journeys}/**/*.test.{ts,tsx}'];

export default defineConfig({
  test: {
    // A test that passes at the second try is a test that fails.
    retry: 0,
    allowOnly: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...integration, ...browser],
          setupFiles: ['test/support/console-guard.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: integration,
          exclude: browser,
          globalSetup: ['test/support/postgres.global.ts'],
          setupFiles: ['test/support/console-guard.ts', 'test/support/statement-recorder.setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: browser,
          globalSetup: ['test/support/postgres.global.ts'],
          setupFiles: ['test/support/console-guard.ts'],
          // A stack is three processes and a Chromium; two at once would only slow each other down.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** Folders whose tests need PostgreSQL. Elsewhere a test asks for it by the name `*.integration.test.ts`. */
const integration = [
  'test/{edge,storage,operations,queries,jobs,routes,schema,trials}/**/*.test.{ts,tsx}',
  'test/**/*.integration.test.{ts,tsx}',
];
const browser = ['test/{browser,journeys}/**/*.test.{ts,tsx}'];

/** A test that hangs must end; one that is slow on a busy machine must not fail. */
const patience = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } },
};

export default defineConfig({
  test: {
    // A test that passes at the second try is a test that fails.
    retry: 0,
    allowOnly: false,
    // Vitest would leave one processor of two alone. PostgreSQL has connections for eight workers.
    maxWorkers: Math.min(availableParallelism(), 8),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...patience,
          name: 'unit',
          // They share nothing but pure modules, which half of the time would go into loading again.
          isolate: false,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...integration, ...browser],
          setupFiles: ['test/support/console-guard.ts'],
        },
      },
      {
        test: {
          ...patience,
          name: 'integration',
          // As above; each test has a shop of its own, and most a database.
          isolate: false,
          include: integration,
          exclude: browser,
          globalSetup: ['test/support/postgres.global.ts'],
          setupFiles: ['test/support/console-guard.ts', 'test/support/statement-recorder.setup.ts'],
        },
      },
      {
        test: {
          ...patience,
          name: 'browser',
          include: browser,
          globalSetup: [
            'test/support/postgres.global.ts',
            'test/support/pages.global.ts',
            'test/support/seeded-shop.global.ts',
          ],
          setupFiles: ['test/support/console-guard.ts'],
          // A stack is three processes and a Chromium, which wait for each other most of the time.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

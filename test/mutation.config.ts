/**
 * What Stryker runs for each mutant of app/domain: the pure tests, which need nothing but the code.
 * MUTATION_TESTS names fewer of them, separated by commas, for a quick look at one file.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: (process.env['MUTATION_TESTS'] ?? 'test/domain/**/*.test.ts').split(','),
    setupFiles: ['test/support/console-guard.ts'],
    // A busy machine is no fault.
    testTimeout: 120_000,
  },
});

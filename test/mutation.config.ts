/** What Stryker runs for each mutant of app/domain: the pure tests, which need nothing but the code. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts'],
    setupFiles: ['test/support/console-guard.ts'],
  },
});

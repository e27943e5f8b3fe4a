/** What `npm run mutation` runs for each change of app/domain: the pure tests, which need nothing but the code. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts'],
    setupFiles: ['test/support/console-guard.ts'],
    // A busy machine is no fault.
    testTimeout: 120_000,
    // The files of one change share the modules, which most of the time would go into loading again.
    isolate: false,
  },
});

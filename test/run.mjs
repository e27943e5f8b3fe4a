/** `npm test`: every check and every test. */
import { runInOwnNode } from '../devstore/install.mjs';

await runInOwnNode('test/support/run-checks.ts', '--with-browser');

/** `npm run check`: what a change must pass before it is committed; the browser tests are left to `npm test`. */
import { runInOwnNode } from '../devstore/install.mjs';

await runInOwnNode('test/support/run-checks.ts');

/** `node test/installed.mjs <file> …`: runs a TypeScript file of ours; what is missing is installed first. */
import { runInOwnNode } from '../devstore/install.mjs';

const [entry] = process.argv.splice(2, 1);
await runInOwnNode(entry);

import { runInOwnNode } from './install.mjs';

await runInOwnNode('devstore/demo/start.ts');

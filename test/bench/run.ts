/** `npm run bench:<name>`: makes the database client where it is missing, before anything asks for it, and runs the bench. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from '../../devstore/demo/prepare.ts';

const artifacts = join(import.meta.dirname, '..', 'artifacts');
mkdirSync(artifacts, { recursive: true });
await prepare(artifacts, ['database client'], (name) => {
  process.stdout.write(`making the ${name} …\n`);
});
const [name] = process.argv.splice(2, 1);
await import(`./${name}.ts`);

import { join } from 'node:path';
import { prepare } from '../../devstore/demo/prepare.ts';

/** Once for a whole run: two tests that find the pages missing would make them in the same place. */
export default async function setup(): Promise<void> {
  const logs = join(import.meta.dirname, '..', 'artifacts');
  await prepare(logs, ['database client', 'pages'], () => undefined);
}

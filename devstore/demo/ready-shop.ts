/**
 * Whether what an earlier demo left is a shop that was made ready. PostgreSQL and the local Shopify tell of the
 * same orders and customers, so half of them, or one without the other, is of no use: it is deleted.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DemoFolders {
  /** The folder of the demo, `.data`. */
  readonly data: string;
  /** Where PostgreSQL keeps its files. */
  readonly database: string;
  /** Where the local Shopify keeps its state. */
  readonly devstore: string;
}

const markIn = (data: string): string => join(data, 'seeded');

export function isReady({ data, database, devstore }: DemoFolders): boolean {
  return [markIn(data), join(database, 'PG_VERSION'), devstore].every((path) => existsSync(path));
}

export function markReady({ data }: DemoFolders): void {
  writeFileSync(markIn(data), '');
}

/** Deletes what was not made ready. @returns whether there was anything */
export function clearUnlessReady(folders: DemoFolders): boolean {
  if (isReady(folders)) return false;
  const { data, database, devstore } = folders;
  const left = [markIn(data), database, devstore].filter((path) => existsSync(path));
  for (const path of left) rmSync(path, { recursive: true, force: true });
  return left.length > 0;
}

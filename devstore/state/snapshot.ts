/** Everything of the local Shopify in one JSON file, so that a second start finds the first one's shops. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BulkOperation } from '../admin-api/bulk/bulk-operations.ts';
import type { Delivery } from '../webhooks/delivery.ts';
import type { IdKind } from './ids.ts';
import type { StoreRecords } from './store.ts';

export type Snapshot = {
  version: 1;
  ids: Partial<Record<IdKind, number>>;
  stores: StoreRecords[];
  /** Webhooks that were still on their way. */
  deliveries: Delivery[];
  bulkOperations: BulkOperation[];
};

const fileName = 'devstore.json';

/** Null when there is none yet. A file that cannot be read is a reason to stop, not to start afresh. */
export function readSnapshot(folder: string): Snapshot | null {
  const path = join(folder, fileName);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const read = JSON.parse(text) as Snapshot;
    if (read.version === 1) return read;
  } catch {
    // Falls through to the same sentence as another version's file.
  }
  throw new Error(
    `${path} is not a state of this local Shopify. Delete it to start with new shops.`,
  );
}

/** Writes beside the old file and then takes its place, so that a crash leaves one whole file. */
export function writeSnapshot(folder: string, snapshot: Snapshot): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, fileName);
  writeFileSync(`${path}.new`, JSON.stringify(snapshot));
  renameSync(`${path}.new`, path);
}

/** Twenty times as long as a write took, nothing is written: a big shop's takes a quarter of a second. */
const SHARE = 20;
const LONGEST_MS = 10_000;

/** Calls `write` soon after `touch`, at most once in `quietMs`, and a big shop's more seldom. */
export class Autosave {
  readonly #write: () => void;
  readonly #quietMs: number;
  readonly #elapsedMs: () => number;
  #tookMs = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(write: () => void, quietMs = 1_500, elapsedMs = () => performance.now()) {
    this.#write = write;
    this.#quietMs = quietMs;
    this.#elapsedMs = elapsedMs;
  }

  touch(): void {
    const waitMs = Math.max(this.#quietMs, Math.min(SHARE * this.#tookMs, LONGEST_MS));
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const begin = this.#elapsedMs();
      this.#write();
      this.#tookMs = this.#elapsedMs() - begin;
    }, waitMs).unref();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#write();
  }
}

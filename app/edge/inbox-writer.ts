/**
 * Group commit: deliveries that arrive while a write is under way wait for the next one and share
 * its commit. Each is acknowledged only after its own commit stands.
 */
import type { NewDelivery } from '../storage/deliveries/store-deliveries.ts';

const MOST_AT_ONCE = 500;
const MOST_BYTES_WAITING = 64 * 1024 * 1024;

export interface InboxWriter {
  /** Resolves when the delivery is stored for good. Rejects when the database is out of reach. */
  readonly store: (delivery: NewDelivery) => Promise<void>;
}

export class InboxFull extends Error {
  override name = 'InboxFull';
}

interface Waiting {
  readonly delivery: NewDelivery;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export function makeInboxWriter(
  write: (deliveries: readonly NewDelivery[]) => Promise<void>,
  writesAtOnce = 2,
): InboxWriter {
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let writing = 0;

  const writeNext = (): void => {
    if (waiting.length === 0 || writing >= writesAtOnce) return;
    const batch = waiting.slice(0, MOST_AT_ONCE);
    waiting = waiting.slice(MOST_AT_ONCE);
    const bytes = batch.reduce((sum, { delivery }) => sum + delivery.body.length, 0);
    waitingBytes -= bytes;
    writing += 1;
    write(batch.map(({ delivery }) => delivery))
      .then(
        () => batch.forEach(({ resolve }) => resolve()),
        (error: unknown) => batch.forEach(({ reject }) => reject(error)),
      )
      .finally(() => {
        writing -= 1;
        writeNext();
      });
    writeNext();
  };

  return {
    store: (delivery) =>
      new Promise((resolve, reject) => {
        if (waitingBytes + delivery.body.length > MOST_BYTES_WAITING) {
          reject(new InboxFull('Too much is waiting to be stored'));
          return;
        }
        waitingBytes += delivery.body.length;
        waiting.push({ delivery, resolve, reject });
        // Everything that is read from the sockets in this turn shares the write.
        setImmediate(writeNext);
      }),
  };
}

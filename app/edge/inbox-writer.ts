/**
 * Group commit: deliveries that arrive while a write is under way wait for the next one and share
 * its commit. Each is acknowledged only after its own commit stands.
 */
import type { NewDelivery } from '../storage/deliveries/store-deliveries.ts';

const MOST_AT_ONCE = 500;
const MOST_BYTES_AT_ONCE = 4 * 1024 * 1024;
const MOST_BYTES_HELD = 48 * 1024 * 1024;

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
  writesAtOnce = 3,
): InboxWriter {
  let waiting: Waiting[] = [];
  let bytesHeld = 0;
  let writing = 0;

  const writeNext = (): void => {
    if (waiting.length === 0 || writing >= writesAtOnce) return;
    const { count, bytes } = nextBatch(waiting);
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    writing += 1;
    write(batch.map(({ delivery }) => delivery))
      .then(
        () => batch.forEach(({ resolve }) => resolve()),
        (error: unknown) => batch.forEach(({ reject }) => reject(error)),
      )
      .finally(() => {
        bytesHeld -= bytes;
        writing -= 1;
        writeNext();
      });
    writeNext();
  };

  return {
    store: (delivery) =>
      new Promise((resolve, reject) => {
        if (bytesHeld + delivery.body.length > MOST_BYTES_HELD) {
          reject(new InboxFull('Too much is waiting to be stored'));
          return;
        }
        bytesHeld += delivery.body.length;
        waiting.push({ delivery, resolve, reject });
        // Everything that is read from the sockets in this turn shares the write.
        setImmediate(writeNext);
      }),
  };
}

/** At least one, so that the largest body is written, too. */
function nextBatch(waiting: readonly Waiting[]): {
  readonly count: number;
  readonly bytes: number;
} {
  let count = 0;
  let bytes = 0;
  for (const { delivery } of waiting) {
    const more = bytes + delivery.body.length;
    if (count === MOST_AT_ONCE || (count > 0 && more > MOST_BYTES_AT_ONCE)) break;
    count += 1;
    bytes = more;
  }
  return { count, bytes };
}

/**
 * Long histories, remembered by a worker, so that a member with many orders is not read whole for
 * every batch. What is remembered holds only while nobody else wrote the member: it is kept with the
 * version of the row (`xmin`, the transaction that wrote it last) and looked at under the row's lock.
 * Whoever changes something of a member's writes the member's row in the same transaction.
 */
import type { StoredMember } from './lock-members.ts';
import type { Standing } from '../../domain/orders/standing.ts';
import type { Award } from '../../domain/points/awards.ts';
import type { Lot } from '../../domain/points/books.ts';

export interface History {
  readonly standings: readonly Standing[];
  /** Those of orders without their explanations. */
  readonly awards: readonly Award[];
  readonly lots: readonly Lot[];
}

export interface HistoryMemory {
  /** What is taken out is forgotten until it is kept again: a transaction that fails leaves nothing. */
  readonly take: (shopId: string, member: Pick<StoredMember, 'id' | 'version'>) => History | null;
  /** @param version of the row as this transaction wrote it; when it fails, nobody ever sees that version */
  readonly keep: (shopId: string, memberId: string, version: string, history: History) => void;
}

/** Shorter histories are read faster than they are looked after. */
const WORTH_KEEPING = 300;
/** Standings, awards and lots, some 0.4 KB each. */
const MOST_PARTS = 120_000;

export function makeHistoryMemory(mostParts = MOST_PARTS): HistoryMemory {
  const kept = new Map<string, { version: string; history: History }>();
  let parts = 0;
  const forget = (key: string): History | null => {
    const found = kept.get(key);
    if (!found) return null;
    kept.delete(key);
    parts -= sizeOf(found.history);
    return found.history;
  };
  return {
    take: (shopId, { id, version }) => {
      const key = `${shopId} ${id}`;
      const valid = kept.get(key)?.version === version;
      const history = forget(key);
      return valid ? history : null;
    },
    keep: (shopId, memberId, version, history) => {
      const key = `${shopId} ${memberId}`;
      forget(key);
      const size = sizeOf(history);
      if (size < WORTH_KEEPING || size > mostParts) return;
      kept.set(key, { version, history });
      parts += size;
      for (const oldest of kept.keys()) {
        if (parts <= mostParts) break;
        forget(oldest);
      }
    },
  };
}

function sizeOf({ standings, awards, lots }: History): number {
  return standings.length + awards.length + lots.length;
}

/**
 * What deliveries say. A reading needs the topic and the body alone, and no body ever changes but by being
 * erased: so the next ones of a lane can be read while those before are written.
 */
import type { Tidings } from '../domain/tidings.ts';
import { readDelivery, UnreadableBody } from '../shopify/payloads/read-delivery.ts';
import { claimDeliveries, claimKnown } from '../storage/deliveries/claim-deliveries.ts';
import type { ClaimedDelivery } from '../storage/deliveries/claim-deliveries.ts';
import type { Lane } from '../storage/deliveries/lanes.ts';
import type { World } from '../world.ts';
import type pg from 'pg';

/** Of shops that nobody knows; their deliveries are kept, and not read. */
export const NOBODY = '0';

export interface Read {
  readonly delivery: ClaimedDelivery;
  readonly tidings: Tidings;
}

export type NotRead = {
  readonly delivery: ClaimedDelivery;
  readonly outcome: string;
  readonly detail: string;
  readonly dead: boolean;
};

export function readAll(
  shopId: string,
  claimed: readonly ClaimedDelivery[],
): readonly (Read | NotRead)[] {
  return claimed.map((delivery) =>
    shopId === NOBODY ? { delivery, ...UNKNOWN_SHOP } : readOne(delivery),
  );
}

const UNKNOWN_SHOP = {
  outcome: 'unknown-shop',
  detail: 'No shop of this domain has installed Laurel here.',
  dead: false,
} as const;

function readOne(delivery: ClaimedDelivery): Read | NotRead {
  if (delivery.redacted) {
    return { delivery, outcome: 'redacted', detail: 'The body was erased.', dead: false };
  }
  try {
    const { topic, body, toldAt } = delivery;
    const tidings = readDelivery(topic, body, { toldAt: toldAt.getTime() });
    return { delivery, tidings };
  } catch (fault) {
    if (!(fault instanceof UnreadableBody)) throw fault;
    return { delivery, outcome: 'unreadable', detail: fault.message, dead: true };
  }
}

export interface ReadAhead {
  /** Reads what comes behind this delivery; nobody has to wait for it. */
  readonly begin: (lane: Lane, after: string, most: number) => Promise<void>;
  /** The lane's oldest, if they were read ahead and are the oldest still; else none. The lane is taken. */
  readonly claim: (client: pg.PoolClient, lane: Lane) => Promise<readonly (Read | NotRead)[]>;
  /** What was read of other lanes is forgotten. */
  readonly keepOnly: (lanes: readonly Lane[]) => void;
}

export function makeReadAhead(world: World): ReadAhead {
  const ahead = new Map<string, Promise<readonly (Read | NotRead)[]>>();
  const nameOf = ({ shopId, lane }: Lane): string => `${shopId} ${lane}`;
  return {
    begin: async (lane, after, most) => {
      const reading = claimDeliveries(world.db(lane.shopId), lane, most, 'text', after)
        .then((found) => readAll(lane.shopId, found))
        // Whatever is wrong is met again, and told, by the batch that has to read for itself.
        .catch(() => []);
      ahead.set(nameOf(lane), reading);
      await reading;
    },
    claim: async (client, lane) => {
      const read = (await ahead.get(nameOf(lane))) ?? [];
      ahead.delete(nameOf(lane));
      if (read.length === 0) return [];
      const oldest = await claimKnown(client, lane, read.length);
      const others = oldest.findIndex(
        ({ id, redacted }, index) => redacted || read[index]?.delivery.id !== id,
      );
      return read.slice(0, others < 0 ? oldest.length : others);
    },
    keepOnly: (lanes) => {
      const names = new Set(lanes.map(nameOf));
      for (const name of ahead.keys()) if (!names.has(name)) ahead.delete(name);
    },
  };
}

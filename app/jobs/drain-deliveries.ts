/**
 * The road of a delivery: take a lane, read its oldest deliveries, take their facts in together,
 * mark them done, all in one transaction. A batch that fails is done again one by one, so that a
 * poisonous delivery is found and its neighbours are not held up.
 */
import type pg from 'pg';
import type { FactTidings, SingleTidings, Tidings } from '../domain/tidings.ts';
import { takeInFacts } from '../operations/take-in-facts.ts';
import type { FactMoment } from '../operations/take-in-facts.ts';
import { takeInMatter } from '../operations/take-in-matter.ts';
import { readDelivery, UnreadableBody } from '../shopify/payloads/read-delivery.ts';
import {
  claimDeliveries,
  findLanes,
  markDone,
  markFailed,
  takeLane,
  wakeWaiting,
} from '../storage/deliveries/claim-deliveries.ts';
import type { ClaimedDelivery, DeliveryOutcome } from '../storage/deliveries/claim-deliveries.ts';
import type { Lane } from '../storage/deliveries/lanes.ts';
import { makeHistoryMemory } from '../storage/members/history-memory.ts';
import { makeTermsMemory } from '../storage/programme/shop-terms.ts';
import { inTransaction, isContention, isOutage } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const MOST_AT_ONCE = 100;
const MOST_LANES = 64;
const NOBODY = '0';
export const MOST_ATTEMPTS = 8;

/** What this worker knows already. */
type Memory = Required<Pick<FactMoment, 'termsMemory' | 'historyMemory'>>;

export interface Drain {
  /** One batch of each lane that has something ready. @returns how many deliveries were finished */
  readonly once: () => Promise<number>;
}

export function makeDrain(world: World, lanesAtOnce = 4): Drain {
  const memory: Memory = {
    historyMemory: makeHistoryMemory(),
    termsMemory: makeTermsMemory((shopId, version, faults) =>
      world.log.error({ shopId, version, faults }, 'parts of a published programme do nothing'),
    ),
  };
  let cursor: Lane = { shopId: '-1', lane: 0 };
  return {
    once: async () => {
      const pool = world.db(NOBODY);
      await wakeWaiting(pool, new Date(world.now()));
      let lanes = await findLanes(pool, cursor, MOST_LANES);
      if (lanes.length === 0) {
        lanes = await findLanes(pool, { shopId: '-1', lane: 0 }, MOST_LANES);
      }
      cursor = lanes.at(-1) ?? { shopId: '-1', lane: 0 };
      const queue = [...lanes];
      let finished = 0;
      const work = async (): Promise<void> => {
        for (let lane = queue.shift(); lane; lane = queue.shift()) {
          const taken = await drainLane(world, lane, memory);
          finished += taken;
        }
      };
      const works = Array.from({ length: Math.min(lanesAtOnce, lanes.length) }, work);
      const failed = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
      return finished;
    },
  };
}

/**
 * One batch of the lane. Only an outage is thrown: it is nobody's fault, and ends the turn. Whoever
 * met others at the same rows comes again with the next turn.
 */
async function drainLane(world: World, lane: Lane, memory: Memory): Promise<number> {
  try {
    return await takeBatch(world, lane, memory, MOST_AT_ONCE);
  } catch (error) {
    if (isOutage(error)) throw error;
    if (isContention(error)) return 0;
    world.log.warn(
      { ...lane, reason: reasonOf(error) },
      'a batch failed; taking its deliveries one by one',
    );
    let finished = 0;
    for (let turn = 0; turn < MOST_AT_ONCE; turn += 1) {
      const taken = await takeOne(world, lane, memory);
      if (taken === 0) break;
      finished += taken;
    }
    return finished;
  }
}

async function takeBatch(world: World, lane: Lane, memory: Memory, most: number): Promise<number> {
  return inTransaction(world.db(lane.shopId), async (client) => {
    if (!(await takeLane(client, lane))) return 0;
    const claimed = await claimDeliveries(client, lane, most, 'text');
    return claimed.length === 0 ? 0 : takeClaimed(world, client, lane, claimed, memory);
  });
}

/** The lane's oldest delivery by itself; when it fails, it is put aside and the lane goes on. */
async function takeOne(world: World, lane: Lane, memory: Memory): Promise<number> {
  let oldest: ClaimedDelivery | undefined;
  try {
    return await inTransaction(world.db(lane.shopId), async (client) => {
      if (!(await takeLane(client, lane))) return 0;
      [oldest] = await claimDeliveries(client, lane, 1, 'bytes');
      return oldest ? takeClaimed(world, client, lane, [oldest], memory) : 0;
    });
  } catch (error) {
    if (isOutage(error) || !oldest) throw error;
    if (isContention(error)) return 0;
    await putAside(world, lane.shopId, oldest, reasonOf(error));
    return 1;
  }
}

async function putAside(
  world: World,
  shopId: string,
  delivery: ClaimedDelivery,
  reason: string,
): Promise<void> {
  const now = world.now();
  const attempts = delivery.attempts + 1;
  const again = attempts < MOST_ATTEMPTS ? new Date(now + backOff(attempts)) : null;
  world.log.error(
    { shopId, delivery: delivery.id, topic: delivery.topic, attempts, reason },
    'a delivery failed',
  );
  const failed = { id: delivery.id, outcome: 'failed', detail: reason };
  await markFailed(world.db(shopId), shopId, failed, again, new Date(now));
}

/** 5 s, 10 s, 20 s … 10 min. */
export function backOff(attempts: number): number {
  return Math.min(600_000, 5_000 * 2 ** (attempts - 1));
}

interface Read {
  readonly delivery: ClaimedDelivery;
  readonly tidings: Tidings;
}

async function takeClaimed(
  world: World,
  client: pg.PoolClient,
  { shopId }: Lane,
  claimed: readonly ClaimedDelivery[],
  memory: Memory,
): Promise<number> {
  const moment: FactMoment = {
    now: world.now(),
    newId: world.newId,
    hashes: world.sealer.hashes,
    ...memory,
  };
  const at = new Date(moment.now);
  const outcomes: DeliveryOutcome[] = [];
  const read: Read[] = [];
  for (const delivery of claimed) {
    const found = shopId === NOBODY ? UNKNOWN_SHOP : readOne(delivery, moment.now);
    if ('tidings' in found) read.push(found);
    else if (found.dead) await markFailed(client, shopId, { id: delivery.id, ...found }, null, at);
    else outcomes.push({ id: delivery.id, outcome: found.outcome, detail: found.detail });
  }
  const [first] = read;
  const finishedAtOnce = claimed.length - read.length;
  if (first && !isFact(first.tidings)) {
    const done = await takeInMatter(client, shopId, first.tidings, moment);
    if (done.shopGone) return 1;
    outcomes.push({ id: first.delivery.id, outcome: done.outcome, detail: done.detail });
    await markDone(client, shopId, outcomes, at);
    return finishedAtOnce + 1;
  }
  // A matter of its own waits for its turn at the head of the lane.
  const facts = factsBeforeAnyMatter(read);
  if (facts.length > 0) {
    const told = await takeInFacts(
      client,
      shopId,
      facts.map(({ tidings }) => tidings),
      moment,
    );
    told.forEach((outcome, index) => {
      const delivery = facts[index]?.delivery;
      if (delivery) outcomes.push({ id: delivery.id, outcome, detail: null });
    });
  }
  if (outcomes.length > 0) await markDone(client, shopId, outcomes, at);
  return finishedAtOnce + facts.length;
}

const UNKNOWN_SHOP = {
  outcome: 'unknown-shop',
  detail: 'No shop of this domain has installed Laurel here.',
  dead: false,
} as const;

type NotRead = { readonly outcome: string; readonly detail: string; readonly dead: boolean };

function readOne(delivery: ClaimedDelivery, now: number): Read | NotRead {
  if (delivery.redacted) {
    return { outcome: 'redacted', detail: 'The body was erased.', dead: false };
  }
  try {
    const tidings = readDelivery(delivery.topic, delivery.body, { now });
    return { delivery, tidings };
  } catch (fault) {
    if (!(fault instanceof UnreadableBody)) throw fault;
    return { outcome: 'unreadable', detail: fault.message, dead: true };
  }
}

function factsBeforeAnyMatter(
  read: readonly Read[],
): readonly { readonly delivery: ClaimedDelivery; readonly tidings: FactTidings }[] {
  const facts: { delivery: ClaimedDelivery; tidings: FactTidings }[] = [];
  for (const { delivery, tidings } of read) {
    if (!isFact(tidings)) break;
    facts.push({ delivery, tidings });
  }
  return facts;
}

const FACTS: ReadonlySet<Tidings['kind']> = new Set<FactTidings['kind']>([
  'order',
  'customer',
  'customer-tags',
  'signed-in',
  'activity',
  'review',
  'product',
  'order-again',
  'member-again',
]);

function isFact(tidings: FactTidings | SingleTidings): tidings is FactTidings {
  return FACTS.has(tidings.kind);
}

function reasonOf(error: unknown): string {
  // PostgreSQL's detail would quote rows; the message names the rule that was broken.
  return error instanceof Error ? error.message.slice(0, 500) : String(error).slice(0, 500);
}

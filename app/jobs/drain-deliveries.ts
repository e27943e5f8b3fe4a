/**
 * The road of a delivery: take a lane, read its oldest deliveries, take their facts in together,
 * mark them done, all in one transaction. A batch that fails is done again one by one, so that a
 * poisonous delivery is found and its neighbours are not held up.
 */
import type pg from 'pg';
import type { FactTidings, SingleTidings, Tidings } from '../domain/tidings.ts';
import { makeReadAhead, NOBODY, readAll } from './read-deliveries.ts';
import type { NotRead, Read, ReadAhead } from './read-deliveries.ts';
import { takeInFacts } from '../operations/take-in-facts.ts';
import type { FactMoment } from '../operations/take-in-facts.ts';
import { takeInMatter } from '../operations/take-in-matter.ts';
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

const MOST_AT_ONCE = 200;
const MOST_LANES = 64;
export const MOST_ATTEMPTS = 8;

/** What this worker knows already. */
type Memory = Required<Pick<FactMoment, 'termsMemory' | 'historyMemory'>>;

interface Turn {
  readonly memory: Memory;
  /** Null where so many lanes have work that nobody waits for PostgreSQL alone. */
  readonly ahead: ReadAhead | null;
}

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
  const ahead = makeReadAhead(world);
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
      ahead.keepOnly(lanes);
      const turn: Turn = { memory, ahead: lanes.length < lanesAtOnce ? ahead : null };
      const queue = [...lanes];
      let finished = 0;
      const work = async (): Promise<void> => {
        for (let lane = queue.shift(); lane; lane = queue.shift()) {
          const taken = await drainLane(world, lane, turn);
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
async function drainLane(world: World, lane: Lane, turn: Turn): Promise<number> {
  try {
    return await takeBatch(world, lane, turn);
  } catch (error) {
    if (isOutage(error)) throw error;
    if (isContention(error)) return 0;
    world.log.warn(
      { ...lane, reason: reasonOf(error) },
      'a batch failed; taking its deliveries one by one',
    );
    let finished = 0;
    for (let one = 0; one < MOST_AT_ONCE; one += 1) {
      const taken = await takeOne(world, lane, turn.memory);
      if (taken === 0) break;
      finished += taken;
    }
    return finished;
  }
}

async function takeBatch(world: World, lane: Lane, { memory, ahead }: Turn): Promise<number> {
  return inTransaction(world.db(lane.shopId), async (client) => {
    if (!(await takeLane(client, lane))) return 0;
    let read = ahead ? await ahead.claim(client, lane) : [];
    if (read.length === 0) {
      const claimed = await claimDeliveries(client, lane, MOST_AT_ONCE, 'text');
      read = readAll(lane.shopId, claimed);
    }
    const last = read.at(-1);
    if (!last) return 0;
    if (read.length === MOST_AT_ONCE) void ahead?.begin(lane, last.delivery.id, MOST_AT_ONCE);
    return takeRead(world, client, lane, read, memory);
  });
}

/** The lane's oldest delivery by itself; when it fails, it is put aside and the lane goes on. */
async function takeOne(world: World, lane: Lane, memory: Memory): Promise<number> {
  let oldest: ClaimedDelivery | undefined;
  try {
    return await inTransaction(world.db(lane.shopId), async (client) => {
      if (!(await takeLane(client, lane))) return 0;
      [oldest] = await claimDeliveries(client, lane, 1, 'bytes');
      if (!oldest) return 0;
      return takeRead(world, client, lane, readAll(lane.shopId, [oldest]), memory);
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

async function takeRead(
  world: World,
  client: pg.PoolClient,
  { shopId }: Lane,
  all: readonly (Read | NotRead)[],
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
  for (const found of all) {
    const { id } = found.delivery;
    if ('tidings' in found) read.push(found);
    else if (found.dead) await markFailed(client, shopId, { ...found, id }, null, at);
    else outcomes.push({ id, outcome: found.outcome, detail: found.detail });
  }
  const [first] = read;
  const finishedAtOnce = all.length - read.length;
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

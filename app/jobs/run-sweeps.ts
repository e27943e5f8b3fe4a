/**
 * Sweeps: what Shopify says of customers and orders is compared with what we know, page by page, and
 * what differs goes down the road of facts. So a webhook that was lost heals by itself. A page and
 * where to go on are written in one transaction; a worker that dies leaves the rest to the next one.
 */
import type pg from 'pg';
import type { AdminAccess } from './admin-access.ts';
import { backOff, MOST_ATTEMPTS } from './drain-deliveries.ts';
import { patiently } from './patiently.ts';
import { storeFacts } from './store-facts.ts';
import { deletedOrders, differentCustomers, differentOrders } from './swept-page.ts';
import type { Swept, SweptPage } from './swept-page.ts';
import { differentRewards } from './swept-rewards.ts';
import { takeInFacts } from '../operations/take-in-facts.ts';
import type { FactMoment } from '../operations/take-in-facts.ts';
import { NIGHTLY, NOTHING_SWEPT, plus, SWEEP_SUBJECTS } from '../domain/sweeps/sweep.ts';
import type { SweepCounts } from '../domain/sweeps/sweep.ts';
import { ShopLeft, Throttled, Unreachable } from '../shopify/admin-client.ts';
import type { AdminClient } from '../shopify/admin-client.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { findMembers } from '../storage/members/lock-members.ts';
import { makeTermsMemory } from '../storage/programme/shop-terms.ts';
import {
  claimSweep,
  forgetOldSweeps,
  keepLease,
  LostLease,
  moveOn,
  putOffSweep,
} from '../storage/sweeps/sweeps.ts';
import type { ClaimedSweep, NextPage } from '../storage/sweeps/sweeps.ts';
import { movedHere } from '../storage/sweeps/what-is-known.ts';
import { inTransaction, isContention, isPassing } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const NOBODY = '0';
export const LEASE_MS = 300_000;
const REPORTS_KEPT = 50;
const MOST_MEETINGS = 10;
/** Shopify shows the first 25,000 of a search; before that it is asked anew from the last moment seen. */
const MOST_ON_PAGES = 20_000;

export interface Sweeps {
  /** One page of the sweep that has waited longest. @returns whether there was one */
  readonly once: () => Promise<boolean>;
}

export function makeSweeps(world: World, access: AdminAccess): Sweeps {
  const termsMemory = makeTermsMemory();
  return {
    once: async () => {
      const now = world.now();
      const times = { now: new Date(now), leaseUntil: new Date(now + LEASE_MS) };
      const sweep = await claimSweep(world.db(NOBODY), times);
      if (!sweep) return false;
      try {
        const admin = await access.of(sweep.shopId);
        const moment: FactMoment = {
          ...{ now, newId: world.newId, termsMemory },
          hashes: world.sealer.hashes,
        };
        const sweepOn = sweep.subject === 'rewards' ? sweepRewards : sweepPage;
        await sweepOn(world, admin, sweep, moment);
      } catch (error) {
        if (error instanceof ShopLeft) access.forget(sweep.shopId);
        if (!(error instanceof LostLease)) await putOff(world, sweep, error);
      }
      return true;
    },
  };
}

async function sweepPage(
  world: World,
  admin: AdminClient,
  sweep: ClaimedSweep,
  moment: FactMoment,
): Promise<void> {
  const pool = world.db(sweep.shopId);
  const asked = {
    since: sweep.pageFrom ?? sweep.since,
    until: sweep.until,
    after: sweep.cursor,
  };
  const onward = {
    ask: <T>(question: (client: AdminClient) => Promise<T>) => patiently(() => question(admin)),
    stillOurs: () => keepLease(pool, sweep, new Date(world.now() + LEASE_MS)),
  };
  const shown =
    sweep.subject === 'customers'
      ? await differentCustomers(pool, sweep.shopId, asked, onward)
      : await differentOrders(pool, sweep.shopId, asked, onward);
  // After the last page: what no page can show.
  const isLast = sweep.subject === 'orders' && shown.next === null;
  const wholly = sweep.askedBy !== NIGHTLY;
  const swept = { since: sweep.since, now: moment.now, wholly };
  const gone = isLast ? await deletedOrders(pool, sweep.shopId, swept, onward) : [];
  const page: SweptPage = { ...shown, different: [...shown.different, ...gone] };
  const known = { ...NOTHING_SWEPT, alreadyRight: page.alreadyRight };
  const next = nextPage(sweep, page);
  const at = new Date(world.now());
  const finish = async (client: pg.PoolClient, counts: SweepCounts): Promise<void> => {
    await moveOn(client, sweep, plus(known, counts), next, at);
  };
  try {
    await meetingOthers(() =>
      inTransaction(pool, async (client) => {
        await finish(client, await takeIn(client, sweep.shopId, page.different, moment));
      }),
    );
  } catch (error) {
    if (isPassing(error) || error instanceof LostLease) throw error;
    let counts = NOTHING_SWEPT;
    for (const swept of page.different) {
      counts = plus(counts, await takeInAlone(world, sweep, swept, moment));
    }
    await inTransaction(pool, (client) => finish(client, counts));
  }
}

/** The last subject: orders were compared before, so what was used is known to be. */
async function sweepRewards(
  world: World,
  admin: AdminClient,
  sweep: ClaimedSweep,
  { now }: FactMoment,
): Promise<void> {
  const { shopId, subject, onPages, since, cursor } = sweep;
  const pool = world.db(shopId);
  const asked = { since, now, after: cursor };
  const { counts, effects, next } = await differentRewards(pool, shopId, asked, {
    ask: (question) => patiently(() => question(admin)),
  });
  const page = next === null ? null : { subject, pageFrom: null, cursor: next, onPages };
  await inTransaction(pool, async (client) => {
    const at = new Date(world.now());
    await wantEffects(client, shopId, effects, at);
    await moveOn(client, sweep, counts, page, at);
    if (!page) await forgetOldSweeps(client, shopId, REPORTS_KEPT);
  });
}

/** Where the sweep goes on: the next page, or the next subject, or nowhere. */
function nextPage(sweep: ClaimedSweep, page: SweptPage): NextPage | null {
  const { subject, pageFrom } = sweep;
  if (page.next === null) {
    const following = SWEEP_SUBJECTS[SWEEP_SUBJECTS.indexOf(subject) + 1];
    return following ? { subject: following, pageFrom: null, cursor: null, onPages: 0 } : null;
  }
  const onPages = sweep.onPages + page.shown;
  const last = page.lastUpdatedAt;
  if (onPages >= MOST_ON_PAGES && last !== null && last > (pageFrom ?? sweep.since)) {
    return { subject, pageFrom: last, cursor: null, onPages: 0 };
  }
  return { subject, pageFrom, cursor: page.next, onPages };
}

async function takeIn(
  client: pg.PoolClient,
  shopId: string,
  different: readonly Swept[],
  moment: FactMoment,
): Promise<SweepCounts> {
  if (different.length === 0) return NOTHING_SWEPT;
  const outcomes = await takeInFacts(
    client,
    shopId,
    different.map(({ facts }) => facts),
    moment,
  );
  const customerIds = different.flatMap(({ customerIds }) => customerIds);
  const members = await findMembers(client, shopId, customerIds);
  const { given, taken } = await movedHere(client, shopId, [...new Set(members.values())]);
  const count = (fits: (swept: Swept, nothingNew: boolean) => boolean): number =>
    different.filter((swept, index) => fits(swept, outcomes[index] === 'nothing-new')).length;
  return {
    ...NOTHING_SWEPT,
    alreadyRight: count((_, nothingNew) => nothingNew),
    repaired: count(({ known }, nothingNew) => known && !nothingNew),
    missed: count(({ known }, nothingNew) => !known && !nothingNew),
    pointsGiven: given,
    pointsTaken: taken,
  };
}

/** One that fails goes into the inbox, where it is tried again and, given up, seen by a person. */
async function takeInAlone(
  world: World,
  { shopId }: ClaimedSweep,
  swept: Swept,
  moment: FactMoment,
): Promise<SweepCounts> {
  try {
    return await meetingOthers(() =>
      inTransaction(world.db(shopId), (client) => takeIn(client, shopId, [swept], moment)),
    );
  } catch (error) {
    if (isPassing(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    world.log.error({ shopId, subject: swept.name, reason }, 'what a sweep found was not taken in');
    await storeFacts(world, shopId, [
      { name: `sweep:${swept.name}`, subject: swept.subject, facts: swept.facts },
    ]);
    return { ...NOTHING_SWEPT, failures: 1, failure: `${swept.name}: ${reason}`.slice(0, 500) };
  }
}

async function meetingOthers<T>(work: () => Promise<T>): Promise<T> {
  for (let meeting = 1; ; meeting += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isContention(error) || meeting === MOST_MEETINGS) throw error;
    }
  }
}

async function putOff(world: World, sweep: ClaimedSweep, error: unknown): Promise<void> {
  const { shopId } = sweep;
  const now = world.now();
  const reason = error instanceof Error ? error.message : String(error);
  // Another process may have renewed the token in the middle of it: with that one it goes on.
  const renewed = error instanceof ShopLeft && sweep.attempts === 0;
  const passing =
    error instanceof Throttled || error instanceof Unreachable || isPassing(error) || renewed;
  const again = passing && sweep.attempts + 1 < MOST_ATTEMPTS;
  const waitMs = error instanceof Throttled ? error.waitMs : backOff(sweep.attempts + 1);
  world.log.warn({ shopId, again, reason }, 'a sweep could not go on');
  const runAfter = again ? new Date(now + waitMs) : null;
  await putOffSweep(world.db(shopId), sweep, reason, runAfter, new Date(now));
}

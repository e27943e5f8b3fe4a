/**
 * Trial R17. Members redeem rewards, which become discount codes in the local Shopify, while the worker
 * that asks for them is killed with SIGKILL again and again, and a tenth of the calls are lost: some
 * before Shopify did anything, some after. One code for each redemption, none twice, none missing.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import {
  killWorker,
  startWorker,
  untilWorkerIsUp,
  untilWorkersAreGone,
} from './killable-worker.ts';
import { chanceOf, SEED, size, trial } from './trial.ts';
import type { Chance } from './trial.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';
import { rewardDefinitions } from '../../app/domain/rewards/registry.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { redeemReward } from '../../app/operations/redeem-reward.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

const MEMBERS = size(3, 40);
const EACH = size(3, 10);
const KILLS = size(3, 60);
/** Longer than an effect is leased to one worker. */
const LEASE_MS = 6 * 60_000;
const TURNS = 60;

const roads: Road[] = [];
afterEach(async () => {
  for (const road of roads.splice(0)) await road.close();
});

async function open(chance: Chance): Promise<Road> {
  const road = await openRoad({ webhooks: { timeScale: 0, chance: chance.next } });
  roads.push(road);
  const [reward] = programmeDocument.shape.rewards.parse([
    {
      ...{ key: 'five-off', kind: 'amount-off', name: 'Five off', enabled: true, points: 100 },
      settings: { ...(rewardDefinitions.find('amount-off')?.defaults ?? {}) },
    },
  ]);
  await road.publish({ earning: [], rewards: reward ? [reward] : [] });
  for (let index = 0; index < MEMBERS; index += 1) {
    createCustomer(road.store, { email: `m${index}@example.com` });
  }
  await road.settle();
  return road;
}

async function wish(road: Road): Promise<number> {
  const { world, shopId } = road;
  const members = await road.query<{ id: string }>(
    `SELECT id FROM members WHERE customer_id IS NOT NULL`,
  );
  for (const { id: memberId } of members) {
    await adjustPoints(world, {
      ...{ shopId, memberId, points: EACH * 100, reason: 'trial', note: '', actor: 'trial' },
      ...{ requestKey: `start ${memberId}`, allowDebt: false, countsForTier: false },
    });
    for (let index = 0; index < EACH; index += 1) {
      const asked = { shopId, memberId, rewardKey: 'five-off', requestKey: `k${index}`, steps: 1 };
      expect(await redeemReward(world, { ...asked, prompt: false })).toMatchObject({ ok: true });
    }
  }
  return members.length;
}

function worker({ world, clock }: Road): ChildProcess {
  const { databaseUrl, apiKey, apiSecret, appUrl, localShopifyUrl } = world.config;
  const env = {
    ...{ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: databaseUrl },
    ...{ SHOPIFY_API_KEY: apiKey, SHOPIFY_API_SECRET: apiSecret, SHOPIFY_APP_URL: appUrl },
    LAUREL_SHOPIFY_URL: localShopifyUrl ?? '',
  };
  return startWorker(env, clock.now().getTime());
}

/** What changes whenever a worker gets anywhere. */
const progress = (road: Road): string =>
  `${codesIn(road).length} ${road.devstore.courier.log().length}`;

function codesIn({ store }: Road): string[] {
  return store.discounts.all().flatMap(({ codes }) => codes.map(({ code }) => code));
}

it(
  'each redemption is one code in Shopify, though the worker is killed and calls are lost',
  { timeout: size(300_000, 1_800_000) },
  () =>
    trial('R17: side effects, workers killed', async () => {
      const chance = chanceOf(SEED);
      const road = await open(chance);
      const { faults } = road.devstore;
      const members = await wish(road);
      const redemptions = members * EACH;
      // The shop has codes of its own, which are nobody's reward.
      const own = new Set(codesIn(road));
      let [kills, atWork] = [0, 0];
      while (kills < KILLS) {
        const before = progress(road);
        const child = worker(road);
        await untilWorkerIsUp(road.query, child);
        faults.order(chance.one(['error', 'hang-up', 'internal-error']), 1 + chance.below(2), null);
        // It dies with what it was about to do, unless there is nothing left to do.
        for (let waits = 0; progress(road) === before && waits < 600; waits += 1) await sleep(10);
        if (progress(road) !== before) atWork += 1;
        await sleep(chance.below(30));
        await killWorker(child);
        await untilWorkersAreGone(road.query);
        kills += 1;
        road.clock.advance(LEASE_MS);
        if (codesIn(road).length >= own.size + redemptions) break;
      }
      faults.clear();
      await road.installAgain();
      // Whoever was killed often enough waits longer and longer for the next try.
      for (let turns = 0; turns < TURNS; turns += 1) {
        await road.settle();
        const waiting = await road.query(`SELECT 1 FROM issued_rewards WHERE making = 'asked'`);
        if (waiting.length === 0) break;
        road.clock.advance(LEASE_MS);
      }

      const codes = await road.query<{ code: string; making: string; state: string }>(
        `SELECT r.code, i.making, r.state FROM issued_rewards i
          JOIN redemptions r ON r.shop_id = i.shop_id AND r.id = i.id ORDER BY r.code`,
      );
      expect(codes).toHaveLength(redemptions);
      // Eight attempts without an answer to be trusted give the points back, and leave no code (law 5.2).
      const made = codes.filter(({ making }) => making === 'made');
      const others = codes.filter(({ making }) => making !== 'made');
      expect(made.filter(({ state }) => state !== 'reserved')).toEqual([]);
      expect(others.filter((one) => `${one.making} ${one.state}` !== 'refused released')).toEqual(
        [],
      );
      expect(made.length).toBeGreaterThan(others.length);
      const there = codesIn(road).filter((code) => !own.has(code));
      expect(there.toSorted()).toEqual(made.map(({ code }) => code).toSorted());
      const [left] = await road.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM effects WHERE state <> 'done' AND run_after <= $1`,
        [road.clock.now()],
      );
      expect(left).toEqual({ n: 0 });
      expect(await proof(road)).toEqual([]);
      expect(atWork).toBeGreaterThan(1);
      return {
        members,
        redemptions,
        codes: there.length,
        given_back: others.length,
        kills,
        at_work: atWork,
        doubled: 0,
      };
    }),
);

/**
 * Whoever redeems or ends a reward is killed between any two of its steps, before a step or right after
 * it. The outbox goes on where it was, the shopper may ask again: there are never points without a
 * reward, nor a reward without its points.
 */
import { afterEach, expect, it } from 'vitest';
import { Died, mortal } from './mortal.ts';
import type { Death, Mortal } from './mortal.ts';
import { chanceOf, SEED, size, trial } from './trial.ts';
import { programmeDocument } from '../../app/domain/programme/document.ts';
import { rewardDefinitions } from '../../app/domain/rewards/registry.ts';
import { endRewardEffect } from '../../app/jobs/effects/end-reward.ts';
import { makeNow } from '../../app/jobs/make-at-once.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { markEnding } from '../../app/operations/end-reward.ts';
import { redeemReward } from '../../app/operations/redeem-reward.ts';
import { uploadPartnerCodes } from '../../app/operations/upload-partner-codes.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { grantScopes } from '../../devstore/state/shops/install-app.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

const KINDS = ['amount-off', 'gift-card', 'store-credit', 'partner-code', 'free-shipping'] as const;
type Kind = (typeof KINDS)[number];

const KILLS = size(50, 2_000);
const POINTS = 100;

const roads: Road[] = [];
afterEach(async () => {
  for (const road of roads.splice(0)) await road.close();
});

async function open(): Promise<{ road: Road; memberId: string }> {
  const road = await openRoad();
  roads.push(road);
  // A small plan's bucket would be empty soon.
  road.store.shop.plan = 'plus';
  grantScopes(road.store, road.devstore.world.app, road.devstore.world.app.optionalScopes);
  await road.installAgain();
  const rewards = KINDS.map((kind) => ({
    ...{ key: kind, kind, name: kind, enabled: true, points: POINTS, stock: 1_000_000 },
    settings: {
      ...(rewardDefinitions.find(kind)?.defaults ?? {}),
      ...(kind === 'store-credit' ? { expiresInDays: 90 } : {}),
    },
  }));
  await road.publish({
    earning: [],
    rewards: programmeDocument.shape.rewards.parse(rewards),
  });
  const codes = Array.from({ length: KILLS * 2 }, (_one, index) => `PARTNER-${index}`);
  const { world, shopId } = road;
  await uploadPartnerCodes(world, { shopId, rewardKey: 'partner-code', codes });
  const customer = createCustomer(road.store, { email: 'killed@example.com', account: true });
  await road.settle();
  const [row] = await road.query<{ id: string }>(`SELECT id FROM members WHERE customer_id = $1`, [
    customer.id,
  ]);
  const memberId = row?.id ?? '';
  await adjustPoints(world, {
    ...{ shopId, memberId, points: 1_000_000, reason: 'trial', note: '', actor: 'trial' },
    ...{ requestKey: 'start', allowDebt: false, countsForTier: false },
  });
  return { road, memberId };
}

interface Deed {
  readonly road: Road;
  readonly memberId: string;
  readonly kind: Kind;
  readonly key: string;
}

async function redeem({ road, memberId, kind, key }: Deed, who: Mortal): Promise<string> {
  const { shopId } = road;
  const answer = await redeemReward(who.world, {
    ...{ shopId, memberId, rewardKey: kind, requestKey: key, steps: 1, prompt: true },
  });
  if (!answer.ok) throw new Error(`refused: ${answer.refusal.kind}`);
  const admin = async () => who.admin(await road.access.of(shopId));
  if (answer.asked) await makeNow({ world: who.world, shopId, admin }, answer.asked);
  return answer.redemption.id;
}

async function end({ road }: Deed, who: Mortal, redemptionId: string): Promise<void> {
  const { shopId } = road;
  await markEnding(who.world, { shopId, redemptionId, because: 'cancelled' });
  const admin = async () => who.admin(await road.access.of(shopId));
  await endRewardEffect.perform({ world: who.world, shopId, admin }, [
    {
      ...{ shopId, key: `end-reward:${redemptionId}`, kind: 'end-reward', memberId: null },
      ...{ payload: { redemptionId }, wanted: 1, attempts: 1 },
    },
  ]);
}

/** What it takes when nobody dies. */
async function lifeOf(deed: Deed, ends: boolean): Promise<number> {
  const maker = mortal(deed.road.world, deed.road.shopId, null);
  const redemptionId = await redeem(deed, maker);
  if (!ends) return maker.steps();
  const ender = mortal(deed.road.world, deed.road.shopId, null);
  await end(deed, ender, redemptionId);
  return ender.steps();
}

/** The leases of the dead are over, and the outbox works until nothing is left to do. */
async function goOn(road: Road): Promise<void> {
  await road.query(`UPDATE effects SET run_after = $1 WHERE state = 'ready'`, [road.clock.now()]);
  await road.settle();
  const left = await road.query(`SELECT key, detail FROM effects WHERE state <> 'done'`);
  expect(left).toEqual([]);
}

const mustDie = async (work: () => Promise<unknown>): Promise<void> => {
  const died = await work().then(
    () => null,
    (error: unknown) => error,
  );
  expect(died).toBeInstanceOf(Died);
};

it(
  'there are never points without a reward, nor a reward without its points',
  { timeout: size(300_000, 3_600_000) },
  () =>
    trial('Redemptions killed between steps', async () => {
      const chance = chanceOf(SEED);
      const { road, memberId } = await open();
      const { world, shopId } = road;
      const codable = (kind: Kind): boolean => kind === 'amount-off' || kind === 'free-shipping';
      const lives = new Map<string, number>();
      for (const kind of KINDS) {
        lives.set(kind, await lifeOf({ road, memberId, kind, key: `calm ${kind}` }, false));
        if (!codable(kind)) continue;
        const key = `calm end ${kind}`;
        lives.set(`${kind} ends`, await lifeOf({ road, memberId, kind, key }, true));
      }
      await goOn(road);
      let asked = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const kind = KINDS[kill % KINDS.length] ?? 'amount-off';
        const deed = { road, memberId, kind, key: `kill ${kill}` };
        const ends = codable(kind) && chance.happens(0.5);
        const life = lives.get(ends ? `${kind} ends` : kind) ?? 1;
        const when: Death['when'] = chance.happens(0.5) ? 'before' : 'after';
        const who = mortal(world, shopId, { at: 1 + chance.below(life - 1), when });
        if (ends) {
          const redemptionId = await redeem(deed, mortal(world, shopId, null));
          await mustDie(() => end(deed, who, redemptionId));
        } else {
          await mustDie(() => redeem(deed, who));
        }
        if (chance.happens(0.3)) {
          asked += 1;
          const again = { shopId, memberId, rewardKey: kind, requestKey: deed.key, steps: 1 };
          expect(await redeemReward(world, { ...again, prompt: false })).toMatchObject({
            ok: true,
          });
        }
        await goOn(road);
        await expectAgreement(road, memberId);
      }
      expect(await proof(road)).toEqual([]);
      return { kills: KILLS, steps: [...lives.values()].join('+'), asked_again: asked };
    }),
);

/** What Laurel says was given, and what Shopify has, one by one; and the points for exactly that. */
async function expectAgreement(road: Road, memberId: string): Promise<void> {
  const rows = await road.query<{
    kind: string;
    making: string;
    state: string;
    code: string | null;
    shopify_id: string | null;
    points: string;
  }>(
    `SELECT i.terms ->> 'kind' AS kind, i.making, r.state, r.code, i.shopify_id, r.points FROM issued_rewards i
      JOIN redemptions r ON r.shop_id = i.shop_id AND r.id = i.id WHERE r.member_id = $1`,
    [memberId],
  );
  const spent = rows.filter(({ state }) => state !== 'released');
  const [member] = await road.query<{ available: string }>(
    `SELECT available FROM members WHERE id = $1`,
    [memberId],
  );
  expect(Number(member?.available)).toBe(1_000_000 - spent.length * POINTS);
  expect(spent.filter(({ making }) => making !== 'made')).toEqual([]);
  const { store } = road;
  const now = road.clock.now();
  const usable = store.discounts
    .all()
    .filter(({ title }) => title.startsWith('Laurel: '))
    .filter(({ endsAt }) => endsAt === null || Date.parse(endsAt) > now.getTime())
    .flatMap(({ codes }) => codes.map(({ code }) => code));
  const held = spent.flatMap(({ code }) => code ?? []);
  expect(usable.toSorted()).toEqual(held.toSorted());
  const ids = (kind: string): string[] =>
    spent.flatMap((row) => (row.kind === kind ? (row.shopify_id?.split('/').at(-1) ?? []) : []));
  expect([...store.purses.cards.values()].map(({ id }) => id).toSorted()).toEqual(
    ids('gift-card').toSorted(),
  );
  const credits = [...store.purses.accounts.values()].flatMap(({ transactions }) => transactions);
  expect(credits).toHaveLength(ids('store-credit').length);
}

/**
 * What happens at the same time: fifty operations on one member, a publication while everybody buys and
 * spends, and trials R5 (redeeming), R6 (the same request) and R7 (spending what is expiring).
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chanceOf, SEED, size, trial } from './trial.ts';
import { openTrialWorld } from './trial-world.ts';
import type { TrialWorld } from './trial-world.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { letTimePass } from '../../app/operations/let-time-pass.ts';
import { redeemPoints } from '../../app/operations/redeem-points.ts';
import type { Redeemed } from '../../app/operations/redeem-points.ts';
import { takeInFacts } from '../../app/operations/take-in-facts.ts';
import { takeInNow } from '../../app/operations/take-in-now.ts';
import { makeTermsMemory } from '../../app/storage/programme/shop-terms.ts';
import { inTransaction, isContention } from '../../app/storage/transaction.ts';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import { line, order, programme, refund, tiers } from '../domain/fixtures.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { newDatabaseUrl } from '../support/test-database.ts';
import type { World } from '../../app/world.ts';

const FROM = Date.parse('2026-11-20T12:00:00Z');
const AT_ONCE = size(50, 200);
const SHOP = '900001';
let here: TrialWorld;
beforeAll(async () => {
  const databaseUrl = await newDatabaseUrl(`laurel_at_once_${process.pid}`, 'template');
  here = openTrialWorld(databaseUrl, FROM, 40);
  await here.install(SHOP, 'UTC');
  await here.publish(
    SHOP,
    programme({ expiry: { kind: 'lot', length: 30, unit: 'days', reminderDays: [] } }),
  );
  await here.settle();
});
afterAll(() => here.close());

let customers = 0;

/** A member who has bought for that much, each order of one line of so many pieces at 1.00. */
async function member(...orders: number[]): Promise<{ id: string; customerId: string }> {
  const customerId = String(7_000_000_000_000 + (customers += 1));
  const told = orders.map((points, index) => bought(customerId, `${customers}${index}`, points));
  const customer = { customerId, createdAt: FROM, updatedAt: FROM, email: null, name: null };
  await takeInNow(here.world, SHOP, [
    { kind: 'customer', customer },
    ...told.map((one) => ({ kind: 'order' as const, order: one })),
  ]);
  const [row] = await here.rows<{ id: string }>(`SELECT id FROM members WHERE customer_id = $1`, [
    customerId,
  ]);
  return { id: row?.id ?? '', customerId };
}

function bought(customerId: string, number: string, points: number): OrderTidings {
  const lines = [line({ priceMinor: 100, quantity: points })];
  const orderId = `50000${number}`;
  return order({ placedAt: here.now, customerId, lines, currency: 'EUR' }, { orderId });
}

function redeem(memberId: string, key: string, points: number, world: World = here.world) {
  const wish = { shopId: SHOP, memberId, requestKey: key, points, purpose: 'trial', code: null };
  return redeemPoints(world, wish);
}

const tellOrder = (told: OrderTidings): Promise<unknown> =>
  takeInNow(here.world, SHOP, [{ kind: 'order', order: told }]);

async function net(memberId: string): Promise<number> {
  const [row] = await here.rows<{ net: string }>(
    `SELECT available + pending - debt AS net FROM members WHERE id = $1`,
    [memberId],
  );
  return Number(row?.net);
}

it(
  'fifty operations on one member at once leave what they leave one after the other',
  { timeout: 600_000 },
  () =>
    trial('Fifty operations on one member at once', async () => {
      const chance = chanceOf(SEED);
      const rounds = size(2, 40);
      let operations = 0;
      for (let round = 0; round < rounds; round += 1) {
        const { id, customerId } = await member(...Array.from({ length: 10 }, () => 50));
        let expected = 500;
        const redeemed: Promise<Redeemed>[] = [];
        const all: Promise<unknown>[] = [];
        for (let index = 0; index < 50; index += 1) {
          const points = 1 + chance.below(40);
          const key = `${round}-${index}`;
          if (index % 5 === 0) {
            expected += points;
            all.push(tellOrder(bought(customerId, `9${customers}${index}`, points)));
          } else if (index % 5 === 1) {
            expected -= 5;
            const orderId = `50000${customers}${Math.floor(index / 5)}`;
            const taken = refund({
              ...{ id: `${orderId}1`, createdAt: here.now, currency: 'EUR' },
              lines: [{ lineId: '1', quantity: 5 }],
            });
            all.push(tellOrder({ orderId, snapshot: null, refunds: [taken], paidAt: null }));
          } else if (index % 5 === 2) {
            const moved = chance.happens(0.5) ? points : -points;
            expected += moved;
            const adjusting = adjustPoints(here.world, {
              ...{ shopId: SHOP, memberId: id, points: moved, reason: 'trial', note: '' },
              ...{ actor: 'trial', requestKey: key, allowDebt: true, countsForTier: false },
            });
            all.push(adjusting.then(({ ok }) => expect(ok).toBe(true)));
          } else redeemed.push(redeem(id, key, points));
        }
        await Promise.all(all);
        for (const answer of await Promise.all(redeemed)) {
          if (answer.ok) expected -= answer.redemption.points;
          else expect(['owes', 'not-enough']).toContain(answer.refusal.kind);
        }
        expect(await net(id)).toBe(expected);
        operations += 50;
      }
      expect(await here.proof(SHOP)).toEqual([]);
      return { operations, rounds, differences: 0 };
    }),
);

it(
  'R5: of parallel requests a balance serves as many as it can, and none more',
  { timeout: 1_200_000 },
  () =>
    trial('R5: concurrent redemptions', async () => {
      const rounds = size(2, 50);
      for (let round = 0; round < rounds; round += 1) {
        const { id } = await member(1_000);
        const answers = await Promise.all(
          Array.from({ length: AT_ONCE }, (_, index) => redeem(id, `r5-${index}`, 100)),
        );
        expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
        expect(await net(id)).toBe(0);
      }
      return { rounds, requests: rounds * AT_ONCE, each_served: 10 };
    }),
);

it(
  'R6: identical requests are one redemption, and an altered one is refused',
  { timeout: 1_200_000 },
  () =>
    trial('R6: the same key', async () => {
      const keys = size(10, 1_000);
      let altered = 0;
      for (let key = 0; key < keys; key += 1) {
        const { id } = await member(1_000);
        const first = await redeem(id, 'same', 10);
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, index) => redeem(id, 'same', index === 19 ? 11 : 10)),
        );
        const ids = answers.slice(0, 19).map((one) => one.ok && one.redemption.id);
        expect(new Set(ids)).toEqual(new Set([first.ok && first.redemption.id]));
        expect(answers[19]).toMatchObject({ ok: false, refusal: { kind: 'key-used-otherwise' } });
        expect(await net(id)).toBe(990);
        altered += 1;
      }
      return { keys, requests: keys * 21, altered };
    }),
);

it(
  'R7: what expires while it is spent is spent or expired, never both',
  { timeout: 1_800_000 },
  () =>
    trial('R7: expiry against redemption', async () => {
      const chance = chanceOf(SEED);
      const count = size(60, 10_000);
      const ids: string[] = [];
      for (let index = 0; index < count; index += 1) ids.push((await member(100)).id);
      const expiry = Date.parse('2026-12-21T00:00:00Z');
      const [before, after] = [expiry - 1, expiry].map((now): World => ({
        ...here.world,
        now: () => now,
      }));
      if (!before || !after) throw new Error('there are two clocks');
      let spent = 0;
      const memory = makeTermsMemory();
      ids.sort(() => chance.next() - 0.5);
      for (let index = 0; index < ids.length; index += 8) {
        // The calendar comes to the same members, to some of them first.
        const some = ids.slice(index, index + 8);
        const first = index === 0;
        const expiring = letTimePass(after, SHOP, memory, first ? 8 : chance.below(9), null);
        // Eight have certainly expired before anybody spends; all the others race.
        if (first) await expiring;
        const spending = some.map((id) => redeem(id, 'r7', 70, before));
        for (const answer of await Promise.all(spending)) spent += answer.ok ? 1 : 0;
        await expiring;
      }
      here.now = expiry;
      await here.settle();
      const moved = await here.rows<{ redeemed: string; expired: string; members: string }>(
        `SELECT redeemed, expired, count(*) AS members FROM (SELECT member_id,
          coalesce(sum(points) FILTER (WHERE kind = 'redeem'), 0) AS redeemed,
          coalesce(sum(points) FILTER (WHERE kind = 'expire'), 0) AS expired
        FROM entries WHERE member_id = ANY ($1::uuid[]) GROUP BY member_id) each GROUP BY 1, 2 ORDER BY 1`,
        [ids],
      );
      // 100 expired, or 70 spent and the other 30 expired.
      const kinds = moved.map(({ redeemed, expired }) => `${redeemed} ${expired}`);
      expect(['0 100', '70 30']).toEqual(expect.arrayContaining(kinds));
      expect(moved.reduce((sum, { members }) => sum + Number(members), 0)).toBe(count);
      expect(moved.find(({ redeemed }) => redeemed === '70')?.members ?? '0').toBe(String(spent));
      expect(await here.proof(SHOP)).toEqual([]);
      expect(spent).toBeGreaterThan(0);
      expect(spent).toBeLessThan(count);
      return { members: count, spent, expired: count - spent };
    }),
);

it('a publication while everybody buys and spends leaves nobody behind', { timeout: 600_000 }, () =>
  trial('A publication in the middle', async () => {
    here.now += DAY;
    const shop = '900002';
    await here.install(shop, 'UTC');
    await here.publish(shop, programme({ pastOrdersEarn: true }));
    await here.settle();
    const members = size(30, 400);
    let surfaced = 0;
    const customerOf = (index: number): string => String(7_100_000_000_000 + index);
    const buying = async (from: number): Promise<void> => {
      for (let index = from; index < members * 3; index += 4) {
        const told = bought(customerOf(index % members), `8${index}`, 60);
        await takeInNow(here.world, shop, [{ kind: 'order', order: told }]);
      }
    };
    const looking = async (): Promise<void> => {
      const levels = [
        ['bronze', '0', '1'],
        ['silver', '100', '1'],
      ] as const;
      await here.publish(shop, programme({ pastOrdersEarn: true, tiers: tiers(levels) }));
      await here.settle().catch((error: unknown) => {
        if (isContention(error)) surfaced += 1;
        throw error;
      });
    };
    await Promise.all([...[0, 1, 2, 3].map(buying), looking()]);
    await here.settle();
    const [found] = await here.rows(
      `SELECT count(*)::int AS members, min(available)::int AS least, max(available)::int AS most,
        count(*) FILTER (WHERE tier_key = 'silver')::int AS silver FROM members WHERE shop_id = $1`,
      [shop],
    );
    // Three orders of 60 each; two of them make silver.
    expect(found).toEqual({ members, least: 180, most: 180, silver: members });
    expect(surfaced).toBe(0);
    expect(await here.proof(shop)).toEqual([]);
    return { members, orders: members * 3, deadlocks: surfaced };
  }),
);

it('whoever is met while a programme is published is looked at by it, too', async () => {
  const shop = '900003';
  await here.install(shop, 'UTC');
  await here.publish(shop, programme({ pastOrdersEarn: true }));
  await here.settle();
  const { world } = here;
  const told = bought('7200000000001', '7', 150);
  const met = new Set<string>();
  let publishing: Promise<void> | undefined;
  await inTransaction(world.db(shop), async (client) => {
    const moment = {
      ...{ now: here.now, newId: world.newId, hashes: world.sealer.hashes },
      termsMemory: makeTermsMemory(),
    };
    await takeInFacts(client, shop, [{ kind: 'order', order: told }], moment);
    // Decided by the first version, and not yet there for anybody else.
    const levels = [['bronze', '100', '1']] as const;
    await here.publish(shop, programme({ pastOrdersEarn: true, tiers: tiers(levels) }));
    publishing = here.settle().then(() => void met.add('settled'));
    await here.rows(`SELECT pg_sleep(0.3)`);
    expect(met.size).toBe(0);
  });
  await publishing;
  const members = await here.rows(`SELECT tier_key FROM members WHERE shop_id = $1`, [shop]);
  expect(members).toEqual([{ tier_key: 'bronze' }]);
});

/** What is said of an order beforehand is what it earns when it comes, and a back-test knows the books. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tallySchema } from '../../app/domain/back-test/tally.ts';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { makeBackTests } from '../../app/jobs/run-back-tests.ts';
import { askBackTest } from '../../app/operations/ask-back-test.ts';
import { redeemPoints } from '../../app/operations/redeem-points.ts';
import { noteSignIn } from '../../app/operations/sign-in.ts';
import { takeInNow } from '../../app/operations/take-in-now.ts';
import { tryOrder } from '../../app/operations/try-order.ts';
import { line, order, programme, refund, tiers } from '../domain/fixtures.ts';
import { newDatabaseUrl } from '../support/test-database.ts';
import { openTrialWorld } from '../trials/trial-world.ts';
import type { TrialWorld } from '../trials/trial-world.ts';

const FROM = Date.parse('2026-01-05T12:00:00Z');
let here: TrialWorld;
let shops = 900_100;
beforeAll(async () => {
  const url = await newDatabaseUrl(`laurel_try_order_${process.pid}`, 'template');
  here = openTrialWorld(url, FROM - DAY);
});
afterAll(() => here.close());

/** Limits, tiers, budgets, turns, multipliers won and points that wait: all that an order depends on. */
const everything: ProgrammeInput = programme({
  multipliers: 'multiply',
  maturityDays: 3,
  tiers: tiers([
    ['bronze', '0', '1.1'],
    ['silver', '150', '1.5'],
  ]),
  earning: [
    ...programme().earning.map((rule) => ({
      ...rule,
      limits: { each: 400, perMember: [{ most: 900, of: 'points', per: 'month' } as const] },
    })),
    {
      ...{ key: 'tea', kind: 'order', name: 'Tea', enabled: true },
      settings: { ...programme().earning[0]?.settings, points: 3, includedProducts: ['1'] },
      audience: { tiers: ['silver'] },
    },
  ],
  campaigns: [
    campaign('first', { bonus: { points: 50 }, when: { firstOrder: true } }),
    campaign('pots', { bonus: { points: 7, per: 'piece' }, when: { products: ['2'] }, times: 2 }),
    campaign('budget', { multiplier: '2', budgetPoints: 60 }),
    campaign('tea-week', { multiplier: '1.5', when: { products: ['1'], minimum: '40' } }),
  ],
  challenges: [
    {
      ...{ key: 'explorer', kind: 'distinct-purchases', name: 'Explorer', enabled: true },
      ...{ prizePoints: 70, startsAt: null, endsAt: null, prizeMultiplier: '2', prizeDays: 5 },
      settings: { count: 2, by: 'vendor' },
    },
  ],
});

type Campaign = NonNullable<ProgrammeInput['campaigns']>[number];

function campaign(key: string, over: Partial<Campaign>): Campaign {
  return {
    ...{ key, name: key, enabled: true },
    ...{ startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-03-01T00:00:00Z' },
    ...over,
  };
}

async function newShop(document: ProgrammeInput): Promise<string> {
  const shopId = String((shops += 1));
  here.now = FROM - DAY;
  await here.install(shopId, 'Europe/Berlin');
  await here.publish(shopId, document);
  await here.settle();
  return shopId;
}

const anyOrder = fc.record({
  customerId: fc.constantFrom('701', '702', '703', null),
  tea: fc.integer({ min: 1, max: 9000 }),
  pots: fc.integer({ min: 0, max: 3 }),
  vendor: fc.constantFrom('A', 'B', 'C'),
  credit: fc.constantFrom(false, false, true),
  payment: fc.constantFrom('paid' as const, 'paid' as const, 'unpaid' as const),
  hours: fc.integer({ min: -60, max: 60 }),
  refunded: fc.boolean(),
  cancelled: fc.constantFrom(false, false, false, true),
});

type AnyOrder = typeof anyOrder extends fc.Arbitrary<infer T> ? T : never;

/** @param number from 1 on; placed on another day each, told in that order */
function told(number: number, wanted: AnyOrder): OrderTidings {
  const placedAt = FROM + number * 2 * DAY + wanted.hours * 3_600_000;
  const orderId = String(5000 + number);
  const lines = [
    line({ productId: '1', vendor: wanted.vendor, priceMinor: wanted.tea }),
    ...(wanted.pots === 0
      ? []
      : [line({ id: '2', productId: '2', quantity: wanted.pots, priceMinor: 1_999 })]),
  ];
  const back = refund({
    ...{ id: `${orderId}9`, createdAt: placedAt + 3_600_000, currency: 'EUR' },
    lines: [{ lineId: lines.at(-1)?.id ?? '1', quantity: 1 }],
  });
  return order(
    {
      ...{ placedAt, lines, currency: 'EUR', customerId: wanted.customerId },
      ...{ name: `#${orderId}`, payment: wanted.payment },
      gateways: wanted.credit ? ['store_credit'] : ['other'],
      totalMinor: wanted.tea,
      cancelledAt: wanted.cancelled ? placedAt + 7_200_000 : null,
    },
    { orderId, refunds: wanted.refunded ? [back] : [] },
  );
}

async function said(shopId: string, asked: Parameters<typeof tryOrder>[2]): Promise<unknown[]> {
  const answer = await tryOrder(here.world, shopId, asked);
  if (!answer.ok) throw new Error(answer.refusal.kind);
  return inOneOrder(answer.order.before ?? []);
}

async function earned(shopId: string, orderId: string): Promise<unknown[]> {
  const rows = await here.rows<{ explanation: unknown }>(
    `SELECT explanation FROM awards WHERE shop_id = $1 AND source_kind = 'order' AND source_id = $2`,
    [shopId, orderId],
  );
  return inOneOrder(rows.map(({ explanation }) => explanation));
}

function inOneOrder(explanations: readonly unknown[]): unknown[] {
  const named = explanations as readonly { ruleName: string }[];
  return [...named].sort((a, b) => (a.ruleName < b.ruleName ? -1 : 1));
}

describe('an order that is tried', () => {
  it('is told to earn what it earns when it comes, and then what it earned', async () => {
    const shopId = await newShop(everything);
    const lives = fc.sample(anyOrder, { numRuns: 11, seed: 20_261_123 });
    let points = 0;
    for (const [index, wanted] of lives.entries()) {
      const tidings = told(index + 1, wanted);
      here.now = FROM + (index + 5) * 2 * DAY;
      const beforehand = await said(shopId, { told: tidings });
      await takeInNow(here.world, shopId, [{ kind: 'order', order: tidings }]);
      await here.settle();
      if (wanted.customerId === null) continue;
      const found = await earned(shopId, tidings.orderId);
      expect(beforehand).toEqual(found);
      expect(await said(shopId, { known: tidings.orderId })).toEqual(found);
      points += (found as { points: number }[]).reduce((sum, one) => sum + one.points, 0);
    }
    expect(points).toBeGreaterThan(200);
    expect(await here.proof(shopId)).toEqual([]);
  });

  it('is tried as it is pasted, also where another state of it is known, and is not kept', async () => {
    const shopId = await newShop(everything);
    here.now = FROM + 10 * DAY;
    const state = (tea: number) =>
      order(
        {
          ...{ placedAt: FROM + DAY, customerId: '701', currency: 'EUR', totalMinor: tea },
          lines: [line({ productId: '3', priceMinor: tea })],
        },
        { orderId: '6001' },
      );
    await takeInNow(here.world, shopId, [{ kind: 'order', order: state(10_000) }]);
    const kept = await earned(shopId, '6001');
    // €30 at 1 for €1, bronze 1.1, and the budget pays what doubling adds: 33 + 33; and 50 for the first.
    const pasted = await said(shopId, { told: state(3_000) });
    expect(pasted).toMatchObject([{ points: 66 }, { points: 0 }, { points: 50 }]);
    expect(await earned(shopId, '6001')).toEqual(kept);
  });

  it('of a guest is looked at with all that is known of whoever claimed it', async () => {
    const shopId = await newShop(everything);
    here.now = FROM + 10 * DAY;
    const of = (orderId: string, customerId: string | null, tea: number) =>
      order(
        {
          ...{ placedAt: FROM + Number(orderId) * 3_600_000, customerId, currency: 'EUR' },
          lines: [line({ productId: '3', priceMinor: tea })],
        },
        { orderId, ...(customerId === null && { guestEmail: 'mina@shop.example' }) },
      );
    const customer = {
      ...{ customerId: '704', createdAt: FROM - DAY, updatedAt: FROM - DAY },
      ...{ email: 'mina@shop.example', name: null },
    };
    await takeInNow(here.world, shopId, [
      { kind: 'customer', customer },
      { kind: 'order', order: of('1', '704', 20_000) },
      { kind: 'order', order: of('2', null, 10_000) },
    ]);
    await noteSignIn(here.world, { shopId, customerId: '704' });
    await here.settle();
    // The order before made them silver: €100 × 1.5, and it is not their first.
    const found = await earned(shopId, '2');
    expect(found).toMatchObject([{ points: 150 }, {}, { nothingBecause: 'not-first-order' }]);
    expect(await said(shopId, { known: '2' })).toEqual(found);
  });
});

it('a back-test of what is published already is what the books have, to the point', async () => {
  const campaigns = everything.campaigns?.filter(({ key }) => key !== 'budget') ?? [];
  const expiry: ProgrammeInput['expiry'] = { kind: 'lot', length: 15, unit: 'days' };
  const shopId = await newShop({ ...everything, campaigns, expiry });
  for (const [index, wanted] of fc.sample(anyOrder, { numRuns: 16, seed: 7 }).entries()) {
    here.now = FROM + (index + 5) * 2 * DAY;
    await takeInNow(here.world, shopId, [{ kind: 'order', order: told(index + 1, wanted) }]);
    await here.settle();
  }
  const [rich] = await here.rows<{ id: string }>(
    `SELECT id FROM members WHERE shop_id = $1 ORDER BY available DESC LIMIT 1`,
    [shopId],
  );
  const wish = { shopId, memberId: rich?.id ?? '', points: 10, purpose: 'tea', code: null };
  expect(await redeemPoints(here.world, { ...wish, requestKey: 'tea' })).toMatchObject({
    ok: true,
  });
  await here.settle();
  const sums = (
    await here.rows<Record<string, number>>(
      `SELECT sum(earned_total)::int AS earned, sum(available + pending)::int AS outstanding,
        count(*)::int AS members FROM members WHERE shop_id = $1`,
      [shopId],
    )
  )[0];
  const expired = await here.rows(`SELECT 1 FROM entries WHERE shop_id = $1 AND kind = 'expire'`, [
    shopId,
  ]);
  expect(expired.length).toBeGreaterThan(0);

  await askBackTest(here.world, { shopId, actor: 'test' });
  while (await makeBackTests(here.world, 1).once());
  const { tally } = await here.world.prisma.backTest.findFirstOrThrow({
    where: { shopId: BigInt(shopId) },
  });
  const found = tallySchema.parse(tally);
  expect(found.after).toEqual(found.before);
  expect(found).toMatchObject({ moves: [], givenAtOnce: 0, takenAtOnce: 0, most: [] });
  expect(found.members).toBe(sums?.['members']);
  expect(found.before.earned).toBe(sums?.['earned']);
  // As if nothing had been spent: the ten are still there.
  expect(found.before.outstanding).toBe((sums?.['outstanding'] ?? 0) + 10);
});

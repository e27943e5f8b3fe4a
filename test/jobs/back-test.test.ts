import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tallySchema } from '../../app/domain/back-test/tally.ts';
import type { Tally } from '../../app/domain/back-test/tally.ts';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import { makeBackTests } from '../../app/jobs/run-back-tests.ts';
import { askBackTest } from '../../app/operations/ask-back-test.ts';
import { cancelBackTest } from '../../app/operations/cancel-back-test.ts';
import { saveDraft } from '../../app/operations/save-draft.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
beforeEach(async () => {
  road = await openRoad();
  await road.publish(paying(1, '100'));
  await road.settle();
  for (const [buyer, quantity] of [
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ] as const) {
    road.store.placeOrder({
      buyer: { email: `${buyer}@road.example`, firstName: buyer },
      lines: [{ variantId: goods(), quantity }],
    });
  }
  await road.settle();
});
afterEach(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

function goods(): string {
  const [product] = [...road.store.products.values()].filter(({ giftCard }) => !giftCard);
  return product?.variants[0]?.id ?? '';
}

/** So many points for every 1.00, and one tier above the beginning. */
function paying(points: number, gold: string): Partial<ProgrammeDocument> {
  const first = firstDraft('Road');
  const [order] = first.earning;
  const [bronze, , top] = first.tiers.levels;
  if (!order || !bronze || !top) throw new Error('The first draft has a rule and tiers.');
  return {
    earning: [{ ...order, settings: { ...order.settings, points } }],
    tiers: { ...first.tiers, levels: [bronze, { ...top, need: gold, multiplier: '1' }] },
    ...{ badges: [], challenges: [] },
  };
}

async function draft(change: Partial<ProgrammeDocument>): Promise<void> {
  const { revision } = await road.world.prisma.programmeDraft.findUniqueOrThrow({
    where: { shopId: BigInt(road.shopId) },
  });
  const document = { ...firstDraft('Road'), ...change };
  await saveDraft(road.world, { shopId: road.shopId, actor: 'test', revision, document });
}

const ask = () => askBackTest(road.world, { shopId: road.shopId, actor: 'test' });

async function newest(): Promise<{ state: string; done: number; members: number; tally: Tally }> {
  const found = await road.world.prisma.backTest.findFirstOrThrow({
    where: { shopId: BigInt(road.shopId) },
    orderBy: { id: 'desc' },
  });
  const { state, membersDone: done, members } = found;
  return { ...{ state, done, members }, tally: tallySchema.parse(found.tally) };
}

/** Everything that could have changed, as text. */
async function books(): Promise<string> {
  const tables = ['members', 'entries', 'lots', 'awards', 'progress', 'orders', 'effects'];
  const found = await Promise.all(
    tables.map((table) => road.query(`SELECT * FROM ${table} ORDER BY 1, 2, 3`)),
  );
  return JSON.stringify(found);
}

describe('a draft that is tried on the past', () => {
  it('says what it costs, who moves and who changes most, batch by batch, and changes nothing', async () => {
    const [was] = await road.query<{ points: string }>(
      `SELECT sum(points) AS points FROM entries WHERE kind = 'earn'`,
    );
    const earned = Number(was?.points);
    expect(earned).toBeGreaterThan(6);
    await draft(paying(3, '0.01'));
    expect(await ask()).toMatchObject({ ok: true });
    const before = await books();

    const tests = makeBackTests(road.world, 2);
    expect(await tests.once()).toBe(true);
    expect(await newest()).toMatchObject({ state: 'running', done: 2, members: 3 });
    // Another worker goes on where the first one stopped.
    expect(await makeBackTests(road.world, 2).once()).toBe(true);
    expect(await tests.once()).toBe(false);

    const { state, tally } = await newest();
    expect(state).toBe('finished');
    expect(tally).toMatchObject({ members: 3, orders: 3 });
    expect(tally.before.earned).toBe(earned);
    expect(tally.after.earned).toBeGreaterThanOrEqual(earned * 3);
    expect(tally.after.earned).toBeLessThan(earned * 3 + 9);
    expect(tally.before.tiers).toEqual({ bronze: 3 });
    expect(tally.after.tiers).toEqual({ gold: 3 });
    expect(tally.moves).toEqual([{ from: 'bronze', to: 'gold', members: 3 }]);
    expect(tally.most.map(({ before: a, after: b }) => b - a)).toEqual(
      tally.most.map(({ before: a, after: b }) => b - a).toSorted((a, b) => b - a),
    );
    expect(tally.most).toHaveLength(3);
    expect(await books()).toBe(before);
  });

  it('spends the budget of a campaign once over all members, however small the batches', async () => {
    const campaign = (budgetPoints: number) => ({
      ...paying(1, '100'),
      campaigns: programmeDocument.parse({
        ...firstDraft('Road'),
        campaigns: [
          {
            ...{ key: 'summer', name: 'Summer', enabled: true, multiplier: '3', budgetPoints },
            ...{ startsAt: '2020-01-01T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' },
          },
        ],
      }).campaigns,
    });
    // Without an end the campaign would add more than 5 to every one of the three orders.
    await draft(campaign(5));
    await ask();
    const tests = makeBackTests(road.world, 1);
    while (await tests.once());
    const { state, tally } = await newest();
    expect(state).toBe('finished');
    expect(tally.after.earned - tally.before.earned).toBe(5);

    // Of what is in force, too: a programme that has the campaign already, beside one with twice its budget.
    await road.publish(campaign(5));
    await road.settle();
    await draft(campaign(10));
    await ask();
    while (await tests.once());
    const again = await newest();
    expect(again.tally.before.earned).toBe(tally.after.earned);
    expect(again.tally.after.earned - again.tally.before.earned).toBe(5);
  });

  it('is the same for a draft that changes nothing', async () => {
    await draft(paying(1, '100'));
    await ask();
    await makeBackTests(road.world).once();
    const { tally } = await newest();
    expect(tally.after).toEqual(tally.before);
    expect(tally).toMatchObject({ moves: [], givenAtOnce: 0, takenAtOnce: 0, most: [] });
    expect(tally.before.earned).toBeGreaterThan(6);
  });

  it('ends when it is cancelled, or when a newer draft is asked about', async () => {
    await ask();
    const tests = makeBackTests(road.world, 1);
    await tests.once();
    expect(await cancelBackTest(road.world, road.shopId)).toBe(true);
    expect(await cancelBackTest(road.world, road.shopId)).toBe(false);
    expect(await tests.once()).toBe(false);
    expect(await newest()).toMatchObject({ state: 'cancelled', done: 1 });
    await ask();
    await ask();
    const running = await road.query(`SELECT id FROM back_tests WHERE state = 'running'`);
    expect(running).toHaveLength(1);
  });

  it('is refused with the places of what is wrong', async () => {
    await draft({ ...paying(1, '100'), name: '' });
    expect(await ask()).toMatchObject({
      ok: false,
      refusal: { kind: 'invalid', faults: [{ place: 'name' }] },
    });
    expect(await road.query(`SELECT id FROM back_tests`)).toEqual([]);
  });
});

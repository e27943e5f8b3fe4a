/** What campaigns added, and what one of a draft would have added: by the books and by the worker. */
import { afterEach, expect, it } from 'vitest';
import { cancelOrder } from '../../devstore/state/orders/cancel-order.ts';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../app/domain/programme/document.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { makeBackTests } from '../../app/jobs/run-back-tests.ts';
import { askBackTest } from '../../app/operations/ask-back-test.ts';
import { saveDraft } from '../../app/operations/save-draft.ts';
import { newestBackTest } from '../../app/queries/back-tests.ts';
import { campaignLines, campaignPage } from '../../app/queries/campaigns.ts';
import { countCampaigns } from '../../app/storage/figures/campaign-figures.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
afterEach(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

type CampaignInput = NonNullable<ProgrammeInput['campaigns']>[number];

/** Around the clock of the road. */
function campaign(over: Partial<CampaignInput> = {}): CampaignInput {
  const now = road.world.now();
  return {
    ...{ key: 'summer', name: 'Summer', enabled: true },
    startsAt: new Date(now - 60 * DAY).toISOString(),
    endsAt: new Date(now + 60 * DAY).toISOString(),
    ...over,
  };
}

/** One point for every 1.00, and nothing else that pays. */
function documentWith(...campaigns: CampaignInput[]): ProgrammeDocument {
  const first = firstDraft('Road');
  return programmeDocument.parse({
    ...first,
    earning: first.earning.filter(({ kind }) => kind === 'order'),
    tiers: { ...first.tiers, levels: [] },
    ...{ badges: [], challenges: [], campaigns },
  });
}

async function draft(document: ProgrammeDocument): Promise<void> {
  const shopId = road.shopId;
  const { revision } = await road.world.prisma.programmeDraft.findUniqueOrThrow({
    where: { shopId: BigInt(shopId) },
  });
  await saveDraft(road.world, { shopId, actor: 'test', revision, document });
}

function buy(buyer: string, quantity = 1): { id: string } {
  const [product] = [...road.store.products.values()].filter(({ giftCard }) => !giftCard);
  return road.store.placeOrder({
    buyer: { email: `${buyer}@road.example`, firstName: buyer },
    lines: [{ variantId: product?.variants[0]?.id ?? '', quantity }],
  });
}

async function run(): Promise<void> {
  const backTests = makeBackTests(road.world, 2);
  for (let round = 0; round < 20 && (await backTests.once()); round += 1);
}

it('a bonus and a multiplier say what they added to how many orders of how many members', async () => {
  road = await openRoad();
  const { campaigns } = documentWith(
    campaign({ bonus: { points: 100 }, when: { firstOrder: true }, budgetPoints: 1000 }),
    campaign({ key: 'twice', name: 'Twice', multiplier: '2' }),
    campaign({ key: 'later', name: 'Later', multiplier: '3', startsAt: iso(30) }),
    campaign({ key: 'past', name: 'Past', multiplier: '3', endsAt: iso(-30) }),
    campaign({ key: 'off', name: 'Off', multiplier: '3', enabled: false }),
  );
  await road.publish({ ...documentWith(), campaigns });
  road.clock.advance(60_000);
  buy('ann');
  await road.settle();
  const second = buy('ann');
  buy('bob');
  await road.settle();
  const counted = () => countCampaigns(road.world.db(road.shopId), road.shopId);
  const figures = await counted();
  expect(figures['summer']).toEqual({ points: 200, orders: 2, members: 2, held: 200 });
  const twice = figures['twice'];
  expect(twice).toMatchObject({ orders: 3, members: 2, held: 0 });
  road.clock.advance(60_000);
  cancelOrder(road.store, { orderId: second.id });
  await road.settle();
  const after = (await counted())['twice'];
  // Three orders of the same price: a third is gone.
  expect(after).toEqual({ ...twice, orders: 2, points: ((twice?.points ?? 0) / 3) * 2 });
  const { campaigns: lines } = await campaignLines(road.world, road.shopId);
  expect(lines.map(({ key, state }) => [key, state])).toEqual([
    ['summer', 'running'],
    ['twice', 'running'],
    ['later', 'planned'],
    ['off', 'off'],
    ['past', 'over'],
  ]);
});

function iso(days: number): string {
  return new Date(road.world.now() + days * DAY).toISOString();
}

it('a campaign that was taken out is over and keeps its figures; one of the draft alone is a draft', async () => {
  road = await openRoad();
  const { campaigns } = documentWith(campaign({ bonus: { points: 100 } }));
  await road.publish({ ...documentWith(), campaigns });
  road.clock.advance(60_000);
  buy('ann');
  await road.settle();
  road.clock.advance(60_000);
  await road.publish({ ...documentWith(), campaigns: [] });
  await draft(documentWith(campaign({ key: 'new', name: 'New', multiplier: '2' })));
  await road.settle();
  const { campaigns: lines } = await campaignLines(road.world, road.shopId);
  expect(lines.map(({ key, state, figures }) => [key, state, figures.points])).toEqual([
    ['new', 'draft', 0],
    ['summer', 'over', 100],
  ]);
  expect(await campaignPage(road.world, road.shopId, 'summer')).toMatchObject({ place: null });
  expect(await campaignPage(road.world, road.shopId, 'nobody')).toBeNull();
});

it('a campaign of the draft is tried on the last 30 and 90 days, and nothing changes', async () => {
  road = await openRoad();
  await road.publish(documentWith());
  await road.settle();
  buy('old');
  await road.settle();
  road.clock.advance(50 * DAY);
  buy('ann');
  await road.settle();
  buy('ann', 2);
  buy('bob');
  await road.settle();
  const shopId = road.shopId;
  const asked = campaign({ bonus: { points: 100 }, times: 1, budgetPoints: 250 });
  await draft(documentWith(asked, campaign({ key: 'other', name: 'Other', multiplier: '2' })));
  const ask = (campaignKey: string) =>
    askBackTest(road.world, { shopId, actor: 'test', campaignKey });
  expect(await ask('nobody')).toMatchObject({ ok: false, refusal: { kind: 'no-campaign' } });
  expect(await ask('summer')).toMatchObject({ ok: true });
  const books = (): Promise<unknown> =>
    Promise.all(
      ['members', 'entries', 'awards', 'campaign_budgets'].map((table) =>
        road.query(`SELECT * FROM ${table} ORDER BY 1, 2, 3`),
      ),
    );
  const before = await books();
  await run();
  expect(await books()).toEqual(before);
  const page = await campaignPage(road.world, shopId, 'summer');
  expect(page?.trial?.state).toBe('finished');
  // Ann and Bob once each in 30 days; in 90 the third, too, of whom the budget pays a half.
  expect(page?.trial?.tally).toMatchObject({
    spans: {
      30: { points: 200, orders: 2, members: 2 },
      90: { points: 250, orders: 3, members: 3 },
    },
  });
  expect(page?.trial?.tally.audience).toBe(page?.trial?.tally.members);
  // The trial of the whole draft knows nothing of it.
  expect(await newestBackTest(road.world, shopId)).toBeNull();
});

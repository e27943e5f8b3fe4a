/** What of an order only a message of its own tells, and a sweep finds where that message was lost. */
import { expect, it } from 'vitest';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import { makeAdminAccess } from '../../app/jobs/admin-access.ts';
import { makeSweeps } from '../../app/jobs/run-sweeps.ts';
import { offlineTokens } from '../../app/offline-tokens.server.ts';
import { startSweep } from '../../app/operations/start-sweep.ts';
import { NIGHTLY } from '../../app/domain/sweeps/sweep.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { changeConsent, updateCustomer } from '../../devstore/state/customers/change-customer.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { deleteOrder } from '../../devstore/state/orders/cancel-order.ts';
import { disputeOrder } from '../../devstore/state/orders/dispute-order.ts';
import { editOrder } from '../../devstore/state/orders/edit-order.ts';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

/** Points for every 1.00, tax and all, and for nothing else. */
function buying(points: number): Partial<ProgrammeDocument> {
  const first = firstDraft('Road');
  const earning = first.earning
    .filter(({ kind }) => kind === 'order')
    .map((rule) => ({
      ...rule,
      settings: { ...(rule.settings as object), points, includeTax: true },
    }));
  return { earning, tiers: { ...first.tiers, levels: [] }, badges: [], challenges: [] };
}

async function sweep(road: Road, actor = 'staff:1'): Promise<unknown> {
  const asked = { shopId: road.shopId, actor, daysBack: null };
  const started = await startSweep(road.world, asked);
  if (!started.ok) throw new Error(`not started: ${started.refusal.kind}`);
  // A worker that knows no token from before.
  const sweeps = makeSweeps(road.world, makeAdminAccess(road.world, offlineTokens(road.world)));
  while (await sweeps.once());
  await road.settle();
  const [report] = await road.query(
    'SELECT state, repaired, missed, failures, points_given::int, points_taken::int FROM sweeps WHERE id = $1',
    [started.id],
  );
  expect(report).toMatchObject({ state: 'finished' });
  return report;
}

async function awardsOf(road: Road): Promise<object> {
  const rows = await road.query<{ award: string; posted: number }>(
    `SELECT source_id || ' ' || rule_key AS award, posted::int FROM awards WHERE source_kind = 'order'`,
  );
  return Object.fromEntries(rows.map(({ award, posted }) => [award, posted]));
}

it('an edit and a dispute are found, though the order itself was told each time (law 1.7, 2.2, 2.4)', async () => {
  const road = await openRoad({ elapsedMs: () => performance.now() * 1000 });
  const { store, clock, devstore } = road;
  await road.publish(buying(1));
  await road.settle();
  const [tea, cup] = [...store.products.values()]
    .filter(({ giftCard }) => !giftCard)
    .flatMap(({ variants: [first] }) => first ?? []);
  if (!tea || !cup) throw new Error('There are two products.');
  const buyer = { email: 'own@example.com', firstName: 'O', lastName: 'Wn' };
  const place = () => store.placeOrder({ buyer, lines: [{ variantId: tea.id, quantity: 1 }] });
  clock.advance(60_000);
  const [edited, disputed] = [place(), place()];
  await road.settle();
  clock.advance(60_000);
  await road.publish(buying(2));

  const { app } = devstore.world;
  const lost = ['orders/edited', 'disputes/create'];
  app.subscriptions = app.subscriptions.filter(({ topic }) => !lost.includes(topic));
  clock.advance(60_000);
  editOrder(store, { orderId: edited.id, add: [{ variantId: cup.id, quantity: 1 }] });
  disputeOrder(store, { orderId: disputed.id, status: 'lost' });
  await road.settle();
  const price = (index: number): number => (edited.lines[index]?.unitPrice.shop ?? 0) / 100;
  const placed = Math.floor(price(0));
  // Control: nobody told when the piece came, nor that the money is gone.
  expect(await awardsOf(road)).toEqual({
    [`${edited.id} order`]: Math.floor(price(0) + price(1)),
    [`${disputed.id} order`]: placed,
  });

  expect(await sweep(road)).toMatchObject({ repaired: 2, missed: 0, failures: 0 });
  expect(await awardsOf(road)).toEqual({
    [`${edited.id} order`]: placed,
    [`${edited.id} order@2`]: Math.floor(price(1) * 2),
    [`${disputed.id} order`]: 0,
  });
  const nothing = { repaired: 0, missed: 0, points_given: 0, points_taken: 0 };
  expect(await sweep(road)).toMatchObject(nothing);
  expect(await proof(road)).toEqual([]);
  await road.close();
});

it('an order that is deleted long after it changed last is found by who asks, and in a week of nights (law 2.4)', async () => {
  const road = await openRoad();
  await road.publish(buying(1));
  await road.settle();
  const [variant] = [...road.store.products.values()].flatMap(({ variants: [one] }) => one ?? []);
  const [slept, ...asked] = [1, 2, 3].map((number) => {
    road.clock.advance(60_000);
    return road.store.placeOrder({
      buyer: { email: `${number}@example.com`, firstName: 'D', lastName: 'El' },
      lines: [{ variantId: variant?.id ?? '', quantity: 1 }],
    });
  });
  const later = async (): Promise<void> => {
    road.clock.advance(DAY);
    await road.installAgain();
    await road.settle();
  };
  await later();
  await later();
  await sweep(road, NIGHTLY);
  road.devstore.courier.knobs.set({ drop: 1 });
  const before = await awardsOf(road);
  const points = Object.values(before)[0] as number;
  for (const { id } of asked) deleteOrder(road.store, id);
  expect(await sweep(road)).toMatchObject({ repaired: 2, points_taken: 2 * points, failures: 0 });

  deleteOrder(road.store, slept?.id ?? '');
  let taken = 0;
  for (let night = 0; night < 7; night += 1) {
    await later();
    const { points_taken } = (await sweep(road, NIGHTLY)) as { points_taken: number };
    taken += points_taken;
  }
  expect(taken).toBe(points);
  expect(Object.values(await awardsOf(road))).toEqual([0, 0, 0]);
  expect(await proof(road)).toEqual([]);
  await road.close();
});

it('a consent whose own message was lost is found, though the customer was told after it (law 2.2)', async () => {
  const road = await openRoad({ elapsedMs: () => performance.now() * 1000 });
  const { store, clock, devstore } = road;
  const newsletter = { key: 'news', kind: 'newsletter', name: 'News', enabled: true };
  const settings = { points: 30, keptAfterDays: 0 };
  const { earning } = programmeDocument.shape;
  await road.publish({ ...buying(1), earning: earning.parse([{ ...newsletter, settings }]) });
  await road.settle();
  const customer = createCustomer(store, { email: 'reader@example.com' });
  await road.settle();
  const { app } = devstore.world;
  const lost = 'customers_email_marketing_consent/update';
  app.subscriptions = app.subscriptions.filter(({ topic }) => topic !== lost);
  clock.advance(60_000);
  changeConsent(store, customer.id, 'email', 'subscribed');
  updateCustomer(store, customer.id, { firstName: 'Rea' });
  await road.settle();
  // Control: nobody told us of it.
  expect(await memberOf(road, customer.id)).toMatchObject({ available: 0 });

  expect(await sweep(road)).toMatchObject({ repaired: 1, missed: 0, points_given: 30 });
  expect(await memberOf(road, customer.id)).toMatchObject({ available: 30 });
  expect(await sweep(road)).toMatchObject({ repaired: 0, missed: 0, points_given: 0 });
  expect(await proof(road)).toEqual([]);
  await road.close();
});

it('a sweep goes on with the token of whoever renewed it in the middle, and gives up where there is none', async () => {
  const road = await openRoad();
  await road.publish(buying(1));
  await road.settle();
  const wish = { shopId: road.shopId, actor: 'staff:1', daysBack: null };
  const sweeps = makeSweeps(road.world, road.access);
  const states = async (): Promise<unknown[]> =>
    (await road.query(`SELECT state FROM sweeps ORDER BY started_at`)).map(({ state }) => state);
  expect(await startSweep(road.world, wish)).toMatchObject({ ok: true });
  road.devstore.faults.order('unauthorized', 1, null);
  expect(await sweeps.once()).toBe(true);
  expect(await states()).toEqual(['running']);
  road.clock.advance(5_000);
  while (await sweeps.once());
  expect(await states()).toEqual(['finished']);

  road.clock.advance(60_000);
  expect(await startSweep(road.world, wish)).toMatchObject({ ok: true });
  road.devstore.faults.order('unauthorized', 2, null);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    expect(await sweeps.once()).toBe(true);
    road.clock.advance(5_000);
  }
  expect(await states()).toEqual(['finished', 'failed']);
  await road.close();
});

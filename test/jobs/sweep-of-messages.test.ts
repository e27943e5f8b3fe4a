/** What of an order only a message of its own tells, and a sweep finds where that message was lost. */
import { expect, it } from 'vitest';
import { firstDraft } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import { makeSweeps } from '../../app/jobs/run-sweeps.ts';
import { startSweep } from '../../app/operations/start-sweep.ts';
import { disputeOrder } from '../../devstore/state/orders/dispute-order.ts';
import { editOrder } from '../../devstore/state/orders/edit-order.ts';
import { openRoad, proof } from '../support/road.ts';
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

async function sweep(road: Road): Promise<unknown> {
  const asked = { shopId: road.shopId, actor: 'staff:1', daysBack: null };
  const started = await startSweep(road.world, asked);
  if (!started.ok) throw new Error(`not started: ${started.refusal.kind}`);
  const sweeps = makeSweeps(road.world, road.access);
  while (await sweeps.once());
  await road.settle();
  const [report] = await road.query(
    'SELECT repaired, missed, failures, points_given::int, points_taken::int FROM sweeps WHERE id = $1',
    [started.id],
  );
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

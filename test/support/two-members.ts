/** A shop of two members whose books a test damages behind the application's back. */
import { expect } from 'vitest';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import type { Difference } from '../../app/domain/proof/difference.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { rebuildMembers } from '../../app/operations/rebuild-members.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import { memberOf, openRoad, proof } from './road.ts';
import type { Road } from './road.ts';

export let road: Road;
export let ada: string;
export let ben: string;

/** Two members with a welcome, two orders each, a refund, pending points and an adjustment. */
export async function openTwo(): Promise<void> {
  road = await openRoad();
  // So much that nobody comes to it: what limits leave is kept all the same.
  const limits = { each: null, perMember: [{ most: 1_000_000, of: 'points', per: 'month' }] };
  const earning = firstDraft('Road').earning.map((rule) => ({ ...rule, limits }));
  await road.publish(programmeDocument.parse({ ...firstDraft('Road'), earning, maturityDays: 14 }));
  await road.settle();
  const [variant] = [...road.store.products.values()]
    .filter(({ giftCard }) => !giftCard)
    .flatMap(({ variants: [first] }) => first?.id ?? []);
  const buy = async (name: string): Promise<string> => {
    road.clock.advance(60_000);
    const order = road.store.placeOrder({
      buyer: { email: `${name}@example.com`, firstName: name, lastName: 'Proof' },
      lines: [{ variantId: variant ?? '', quantity: 3 }],
    });
    await road.settle();
    refundOrder(road.store, {
      orderId: order.id,
      lines: [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }],
    });
    await road.settle();
    return order.customerId ?? '';
  };
  const customers = [await buy('ada'), await buy('ben'), await buy('ada'), await buy('ben')];
  ada = (await memberOf(road, customers[0] ?? '')).id;
  ben = (await memberOf(road, customers[1] ?? '')).id;
  const adjusted = await adjustPoints(road.world, {
    ...{
      shopId: road.shopId,
      memberId: ada,
      points: 40,
      reason: 'goodwill',
      note: '',
      actor: 'staff:1',
    },
    ...{ requestKey: 'once', allowDebt: false, countsForTier: false },
  });
  expect(adjusted.ok).toBe(true);
  await road.settle();
}

/** What the proof finds, by law, member and figure. */
export const found = async (): Promise<string[]> =>
  (await proof(road))
    .map(({ law, memberId, figure }) => `${law} ${nameOf(memberId)} ${figure}`)
    .sort();

function nameOf(memberId: string | null): string {
  return memberId === ada ? 'ada' : memberId === ben ? 'ben' : String(memberId);
}

export async function rebuild(memberId?: string): Promise<{ mended: string[]; left: string[] }> {
  const told: { mended: Difference[]; left: Difference[] } = { mended: [], left: [] };
  const totals = await rebuildMembers(road.world, road.shopId, {
    ...(memberId !== undefined && { memberId }),
    told: (mended, left) => {
      told.mended.push(...mended);
      told.left.push(...left);
    },
  });
  const shown = (list: readonly Difference[]): string[] =>
    list.map(({ law, memberId: whose, figure }) => `${law} ${nameOf(whose)} ${figure}`).sort();
  expect([totals.mended, totals.left]).toEqual([told.mended.length, told.left.length]);
  return { mended: shown(told.mended), left: shown(told.left) };
}

/** SQL about the shop, $1, and Ada, $2. */
export const ofAda = (sql: string): Promise<unknown> => road.query(sql, [road.shopId, ada]);

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { booksOf, memberOf, openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { mergeByHand, previewMerge } from '../../app/operations/merge-by-hand.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import { proveShop } from '../../app/operations/prove-shop.ts';
import { rebuildMembers } from '../../app/operations/rebuild-members.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { mergeCustomers } from '../../devstore/state/customers/merge-customers.ts';
import { redactCustomer } from '../../devstore/state/customers/privacy.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import type { Customer } from '../../devstore/state/customer.ts';
import type { Order } from '../../devstore/state/order.ts';

const DAY_MS = 86_400_000;

/** Every figure that is kept, worked out again from entries and facts: none differs. */
async function proof(of: Road): Promise<unknown[]> {
  const found: unknown[] = [];
  await proveShop(of.world, of.shopId, {
    found: (differences) => void found.push(...differences),
    punctual: false,
  });
  return found;
}

let road: Road;
beforeEach(async () => {
  road = await openRoad();
  const { tiers, ...draft } = firstDraft('Road');
  const levels = [{ key: 'silver', name: 'Silver', need: '12', multiplier: '1' }];
  const document = { ...draft, tiers: { ...tiers, levels }, badges: [], challenges: [] };
  await road.publish(programmeDocument.parse(document));
  await road.settle();
  road.clock.advance(60_000);
});
afterEach(async () => {
  await road.close();
});

function buy(customer: Customer, quantity = 1): Order {
  const product = [...road.store.products.values()].find(({ giftCard }) => !giftCard);
  const variantId = product?.variants[0]?.id ?? '';
  const order = road.store.placeOrder({
    buyer: { customerId: customer.id },
    lines: [{ variantId, quantity }],
  });
  road.clock.advance(1_000);
  return order;
}

async function person(name: string): Promise<Customer & { memberId: string }> {
  const customer = createCustomer(road.store, { email: `${name}@road.example`, firstName: name });
  await road.settle();
  return Object.assign(customer, { memberId: (await memberOf(road, customer.id)).id });
}

const byHand = (kept: { memberId: string }, gone: { memberId: string }) =>
  mergeByHand(road.world, {
    ...{ shopId: road.shopId, keptId: kept.memberId, goneId: gone.memberId },
    ...{ reason: 'the same person', actor: 'staff:7' },
  });

const undo = async (gone: { memberId: string }) => {
  const [merge] = await road.query<{ id: string }>(
    `SELECT id FROM merges WHERE gone_member_id = $1 ORDER BY id DESC LIMIT 1`,
    [gone.memberId],
  );
  return undoMerge(road.world, {
    ...{ shopId: road.shopId, mergeId: merge?.id ?? '', actor: 'staff:7' },
  });
};

const balance = async (id: string): Promise<number> => {
  const [row] = await road.query<{ net: string }>(
    `SELECT available + pending - debt AS net FROM members WHERE id = $1`,
    [id],
  );
  return Number(row?.net);
};

const take = (memberId: string, points: number) =>
  adjustPoints(road.world, {
    ...{ shopId: road.shopId, memberId, points: -points, actor: 'staff:7' },
    ...{ reason: 'correction', note: '', requestKey: road.world.newId() },
    ...{ allowDebt: false, countsForTier: false },
  });

describe('a merge by hand (law 7.2)', () => {
  it('shows first what will come of it, to the point, and changes nothing by showing', async () => {
    const [kim, gus] = [await person('kim'), await person('gus')];
    buy(kim);
    buy(gus);
    await road.settle();
    const before = await booksOf(road);
    const keptId = kim.memberId;
    const wish = { shopId: road.shopId, keptId, goneId: gus.memberId };
    const shown = await previewMerge(road.world, wish);
    expect(await booksOf(road)).toEqual(before);
    expect(await road.query(`SELECT id FROM merges`)).toEqual([]);
    if (!shown.ok) throw new Error(shown.refusal.kind);
    const { preview } = shown;
    // Two welcomes of 100, of which one stays.
    expect(preview.after.available).toBe(preview.kept.available + preview.gone.available - 100);
    expect(preview.once).toEqual([{ kind: 'join', id: 'member', points: 100 }]);
    expect([preview.kept.tierKey, preview.after.tierKey]).toEqual([null, 'silver']);

    expect(await byHand(kim, gus)).toEqual({ ok: true });
    const { available, tier } = await memberOf(road, kim.id);
    expect({ available, tierKey: tier }).toEqual({
      available: preview.after.available,
      tierKey: preview.after.tierKey,
    });
    expect(await proof(road)).toEqual([]);
  });

  it('is refused without a reason, with oneself, and with somebody who is gone', async () => {
    const [kim, gus] = [await person('kim'), await person('gus')];
    const wish = { shopId: road.shopId, keptId: kim.memberId, actor: 'staff:7' };
    const refusals = [
      await mergeByHand(road.world, { ...wish, goneId: gus.memberId, reason: ' ' }),
      await mergeByHand(road.world, { ...wish, goneId: kim.memberId, reason: 'x' }),
      await mergeByHand(road.world, { ...wish, goneId: road.world.newId(), reason: 'x' }),
    ].map((answer) => (answer.ok ? null : answer.refusal.kind));
    expect(refusals).toEqual(['no-reason', 'same-member', 'member-gone']);
    expect(await road.query(`SELECT id FROM merges`)).toEqual([]);
  });
});

describe('undoing a merge (law 7.2)', () => {
  it('gives each back what was theirs, what their orders changed since, and both welcomes', async () => {
    const [kim, gus] = [await person('kim'), await person('gus')];
    buy(kim);
    const order = buy(gus, 2);
    await road.settle();
    const before = { kim: await balance(kim.memberId), gus: await balance(gus.memberId) };
    const calm = await booksOf(road);
    await byHand(kim, gus);
    await road.settle();
    expect(await undo(gus)).toEqual({ ok: true, spent: 0 });
    await road.settle();
    expect(await balance(kim.memberId)).toBe(before.kim);
    expect(await balance(gus.memberId)).toBe(before.gus);
    expect((calm as { members: unknown }).members).toEqual(
      ((await booksOf(road)) as { members: unknown }).members,
    );

    await byHand(kim, gus);
    const bought = buy(gus);
    refundOrder(road.store, {
      orderId: order.id,
      lines: order.lines.map((line) => ({ lineId: line.id, quantity: line.currentQuantity })),
    });
    await road.settle();
    expect((await undo(gus)).ok).toBe(true);
    await road.settle();
    const [row] = await road.query<{ posted: string; member_id: string }>(
      `SELECT posted, member_id FROM awards WHERE source_kind = 'order' AND source_id = $1`,
      [bought.id],
    );
    expect(row?.member_id).toBe(gus.memberId);
    expect(await balance(kim.memberId)).toBe(before.kim);
    expect(await balance(gus.memberId)).toBe(100 + Number(row?.posted)); // the refunded order is gone
    expect(await proof(road)).toEqual([]);
  });

  it('takes what was spent since from the survivor first, then from the other; nobody owes', async () => {
    const [kim, gus] = [await person('kim'), await person('gus')];
    const order = buy(gus, 10);
    await road.settle();
    const [row] = await road.query<{ posted: string }>(
      `SELECT posted FROM awards WHERE source_kind = 'order' AND source_id = $1`,
      [order.id],
    );
    const earned = Number(row?.posted);
    await byHand(kim, gus); // 100 + earned
    expect((await take(kim.memberId, 60)).ok).toBe(true);
    expect(await undo(gus)).toEqual({ ok: true, spent: 0 });
    expect([await balance(kim.memberId), await balance(gus.memberId)]).toEqual([40, 100 + earned]);

    await byHand(kim, gus); // 40 + 100 + earned, less one welcome
    expect((await take(kim.memberId, 70)).ok).toBe(true);
    // The survivor's own 40 go first, the other 30 come from who comes back: earned − 30, and their welcome.
    expect(await undo(gus)).toEqual({ ok: true, spent: 30 });
    expect([await balance(kim.memberId), await balance(gus.memberId)]).toEqual([0, 70 + earned]);
    expect(await road.query(`SELECT id FROM members WHERE debt > 0`)).toEqual([]);
    expect(await proof(road)).toEqual([]);
  });

  it('happens once, within thirty days to the same time of day, and not after an erasure', async () => {
    const [kim, gus] = [await person('kim'), await person('gus')];
    const refused = async (): Promise<string> => {
      const answer = await undo(gus);
      return answer.ok ? 'undone' : answer.refusal.kind;
    };
    await byHand(kim, gus);
    expect([await refused(), await refused()]).toEqual(['undone', 'already-undone']);
    await byHand(kim, gus);
    road.clock.advance(30 * DAY_MS);
    expect(await refused()).toBe('undone');
    await byHand(kim, gus);
    road.clock.advance(30 * DAY_MS + 1);
    const books = await booksOf(road);
    expect(await refused()).toBe('too-late');
    expect(await booksOf(road)).toEqual(books);
    redactCustomer(road.store, kim.id);
    await road.settle();
    expect(await refused()).toBe('erased');
    expect(await proof(road)).toEqual([]);
  });

  it('of two merges in a row begins with the later', async () => {
    const [ann, bea, cid] = [await person('ann'), await person('bea'), await person('cid')];
    buy(ann);
    await road.settle();
    const had = await balance(ann.memberId);
    await byHand(bea, ann);
    await byHand(cid, bea);
    const early = await undo(ann);
    expect(early).toEqual({ ok: false, refusal: { kind: 'merged-again' } });
    expect((await undo(bea)).ok).toBe(true);
    expect((await undo(ann)).ok).toBe(true);
    await road.settle();
    expect(await balance(ann.memberId)).toBe(had);
    expect(await balance(bea.memberId)).toBe(100);
    expect(await balance(cid.memberId)).toBe(100);
    expect(await proof(road)).toEqual([]);
  });

  it('leaves ledgers that crossed, which a rebuild does not take for whose awards are whose', async () => {
    const [kim, gus] = [await person('Kim'), await person('Gus')];
    buy(gus, 2);
    await road.settle();
    // Both had the welcome, of which one is taken back; what Gus buys meanwhile stands in Kim's ledger.
    expect(await byHand(kim, gus)).toMatchObject({ ok: true });
    buy(gus);
    await road.settle();
    expect(await undo(gus)).toMatchObject({ ok: true });
    await road.settle();
    const books = await booksOf(road);
    await road.query(`UPDATE members SET available = available + 7`);
    const { left } = await rebuildMembers(road.world, road.shopId, { told: () => undefined });
    expect(left).toBe(0);
    expect(await booksOf(road)).toEqual(books);
    expect(await proof(road)).toEqual([]);
  });

  it('of what Shopify merged is of our books only: told again, neither merge nor order comes back', async () => {
    const [kim, gus] = [await person('kim'), await person('gus')];
    const order = buy(gus);
    await road.settle();
    const had = await balance(gus.memberId);
    mergeCustomers(road.store, { keptId: kim.id, deletedId: gus.id });
    await road.settle();
    expect((await undo(gus)).ok).toBe(true);
    road.clock.advance(60_000);
    order.note = 'told again';
    order.updatedAt = road.store.timestamp();
    road.store.act((tell) => {
      tell({ topic: 'orders/updated', order });
      const merge = { keptId: kim.id, deletedId: gus.id, status: 'completed', errors: [] } as const;
      tell({ topic: 'customers/merge', merge: { ...merge, errors: [] } });
    });
    await road.settle();
    expect([await balance(kim.memberId), await balance(gus.memberId)]).toEqual([100, had]);
    expect(await memberOf(road, gus.id)).toMatchObject({ id: kim.memberId });
    expect(await proof(road)).toEqual([]);
  });
});

describe('opposite merges at once (law 7.2)', () => {
  it('do not wait for each other for ever: one wins, and no point is lost or made', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const [ann, bea] = [await person(`ann${turn}`), await person(`bea${turn}`)];
      buy(ann);
      buy(bea);
      await road.settle();
      const both = (await balance(ann.memberId)) + (await balance(bea.memberId));
      const answers = await Promise.all([byHand(ann, bea), byHand(bea, ann)]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      const left = (await balance(ann.memberId)) + (await balance(bea.memberId));
      expect(left).toBe(both - 100);
    }
    const deliveries = [await person('cid'), await person('dot')] as const;
    road.store.act((tell) => {
      for (const [kept, gone] of [deliveries, [...deliveries].reverse()] as const) {
        if (!kept || !gone) continue;
        const merge = { keptId: kept.id, deletedId: gone.id, status: 'completed' as const };
        tell({ topic: 'customers/merge', merge: { ...merge, errors: [] } });
      }
    });
    await road.settle();
    const total = await Promise.all(deliveries.map(({ memberId }) => balance(memberId)));
    expect(total[0]! + total[1]!).toBe(100);
    expect(await proof(road)).toEqual([]);
  });
});

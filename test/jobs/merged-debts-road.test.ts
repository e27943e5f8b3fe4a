/** Merges of members with all that makes them hard: debts, points on their way, open rewards, erasures. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { redeemPoints } from '../../app/operations/redeem-points.ts';
import { releaseRedemption } from '../../app/operations/release-redemption.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { mergeCustomers } from '../../devstore/state/customers/merge-customers.ts';
import { redactCustomer } from '../../devstore/state/customers/privacy.ts';
import type { Customer } from '../../devstore/state/customer.ts';

type Person = Customer & { readonly memberId: string };

let road: Road;
beforeEach(async () => {
  road = await openRoad();
});
afterEach(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

/** A welcome of 100, and one point for every euro. */
async function opened(over: Partial<ProgrammeDocument> = {}): Promise<void> {
  const { tiers, ...draft } = firstDraft('Road');
  const document = { ...draft, tiers: { ...tiers, levels: [] }, badges: [], challenges: [] };
  await road.publish(programmeDocument.parse({ ...document, ...over }));
  await road.settle();
  road.clock.advance(60_000);
}

async function person(name: string): Promise<Person> {
  const customer = createCustomer(road.store, { email: `${name}@road.example`, firstName: name });
  await road.settle();
  return Object.assign(customer, { memberId: (await memberOf(road, customer.id)).id });
}

const byHand = (kept: Person, gone: Person) =>
  mergeByHand(road.world, {
    ...{ shopId: road.shopId, keptId: kept.memberId, goneId: gone.memberId },
    ...{ reason: 'the same person', actor: 'staff:7' },
  });

async function undo(gone: Person): Promise<unknown> {
  const [merge] = await road.query<{ id: string }>(
    `SELECT id FROM merges WHERE gone_member_id = $1 ORDER BY id DESC LIMIT 1`,
    [gone.memberId],
  );
  const wish = { shopId: road.shopId, mergeId: merge?.id ?? '', actor: 'staff:7' };
  const told = await undoMerge(road.world, wish);
  await road.settle();
  return told;
}

async function give(to: Person, points: number, allowDebt = false): Promise<void> {
  const told = await adjustPoints(road.world, {
    ...{ shopId: road.shopId, memberId: to.memberId, points, actor: 'staff:7', allowDebt },
    ...{ reason: 'correction', note: '', requestKey: road.world.newId(), countsForTier: false },
  });
  expect(told.ok).toBe(true);
}

async function reserve(whose: Person, points: number): Promise<string> {
  const told = await redeemPoints(road.world, {
    ...{ shopId: road.shopId, memberId: whose.memberId, points, code: null, purpose: 'gift' },
    requestKey: road.world.newId(),
  });
  if (!told.ok) throw new Error(told.refusal.kind);
  return told.redemption.id;
}

const figures = async (id: string) => {
  const [row] = await road.query<{ available: number; pending: number; debt: number }>(
    `SELECT available::int, pending::int, debt::int FROM members WHERE id = $1`,
    [id],
  );
  return row;
};
const has = (available: number, debt = 0, pending = 0) => ({ available, pending, debt });

describe('a welcome that both had and both spent (laws 7.2 and 3.2)', () => {
  it('is kept once: 100 are owed where clawbacks are unlimited', async () => {
    await opened();
    const [kim, gus] = [await person('kim'), await person('gus')];
    for (const one of [kim, gus]) await give(one, -100);
    await byHand(kim, gus);
    expect(await figures(kim.memberId)).toEqual(has(0, 100));
    await undo(gus);
    expect([await figures(kim.memberId), await figures(gus.memberId)]).toEqual([has(0), has(0)]);
  });

  it.each(['within-balance', 'only-pending'] as const)(
    'is taken as far as it is there by %s: nobody owes for being one person',
    async (clawback) => {
      await opened({ clawback });
      const [kim, gus] = [await person('kim'), await person('gus')];
      for (const one of [kim, gus]) await give(one, -100);
      await give(gus, 30);
      await byHand(kim, gus);
      // 30 of the second welcome are there to be taken, 70 are left with them.
      expect(await figures(kim.memberId)).toEqual(has(0));
      await road.settle();
      expect(await proof(road)).toEqual([]);
      await give(kim, 5);
      await undo(gus);
      expect([await figures(kim.memberId), await figures(gus.memberId)]).toEqual([has(5), has(30)]);
    },
  );
});

describe('a merge with a debt (law 7.2)', () => {
  it('pays it with what the other has, and undone leaves each theirs', async () => {
    await opened();
    const [kim, gus] = [await person('kim'), await person('gus')];
    await give(kim, -140, true); // owes 40
    await give(gus, 25); // 125
    expect(await figures(kim.memberId)).toEqual(has(0, 40));
    await byHand(kim, gus);
    // −40 + 125 − 100 of the second welcome
    expect(await figures(kim.memberId)).toEqual(has(0, 15));
    await undo(gus);
    expect([await figures(kim.memberId), await figures(gus.memberId)]).toEqual([
      has(0, 40),
      has(125),
    ]);
  });

  it('of both adds up', async () => {
    await opened();
    const [kim, gus] = [await person('kim'), await person('gus')];
    await give(kim, -140, true);
    await give(gus, -110, true);
    await byHand(kim, gus);
    expect(await figures(kim.memberId)).toEqual(has(0, 150)); // 40 + 10 + the second welcome
    await undo(gus);
    expect([await figures(kim.memberId), await figures(gus.memberId)]).toEqual([
      has(0, 40),
      has(0, 10),
    ]);
  });
});

describe('a reward that was asked for before a merge (law 7.2)', () => {
  it('comes back to who holds it: to the survivor, and after an undo to its own', async () => {
    await opened();
    const [kim, gus] = [await person('kim'), await person('gus')];
    const id = await reserve(gus, 80);
    await byHand(kim, gus);
    // Kim 100, Gus 20, less the second welcome, of which 20 were there and the rest is Kim's.
    expect(await figures(kim.memberId)).toEqual(has(20));
    await undo(gus);
    expect([await figures(kim.memberId), await figures(gus.memberId)]).toEqual([has(100), has(20)]);
    await releaseRedemption(road.world, { shopId: road.shopId, redemptionId: id });
    expect([await figures(kim.memberId), await figures(gus.memberId)]).toEqual([
      has(100),
      has(100),
    ]);
  });

  it('and comes back while they are one: undone, it is its own’s', async () => {
    await opened();
    const [kim, gus] = [await person('kim'), await person('gus')];
    const id = await reserve(gus, 80);
    await byHand(kim, gus);
    await releaseRedemption(road.world, { shopId: road.shopId, redemptionId: id });
    expect(await figures(kim.memberId)).toEqual(has(100));
    await undo(gus);
    expect([await figures(kim.memberId), await figures(gus.memberId)]).toEqual([
      has(100),
      has(100),
    ]);
  });
});

describe('merges with who is gone (law 7.2)', () => {
  it('of who was merged already goes to the survivor of both', async () => {
    await opened();
    const [ann, bea, cid] = [await person('ann'), await person('bea'), await person('cid')];
    await give(ann, 10);
    mergeCustomers(road.store, { keptId: bea.id, deletedId: ann.id });
    await road.settle();
    mergeCustomers(road.store, { keptId: cid.id, deletedId: bea.id });
    await road.settle();
    for (const one of [ann, bea, cid]) {
      expect(await memberOf(road, one.id)).toMatchObject({ id: cid.memberId, available: 110 });
    }
  });

  it('of who was erased changes nobody', async () => {
    await opened();
    const [ann, bea] = [await person('ann'), await person('bea')];
    redactCustomer(road.store, ann.id);
    await road.settle();
    const told = await byHand(bea, ann);
    expect(told).toEqual({ ok: false, refusal: { kind: 'member-gone' } });
    mergeCustomers(road.store, { keptId: bea.id, deletedId: ann.id });
    await road.settle();
    expect(await figures(bea.memberId)).toEqual(has(100));
    expect(await figures(ann.memberId)).toEqual(has(0));
  });
});

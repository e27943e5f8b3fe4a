/** Merges take nothing that only one of the two had by having joined: undone, each is who they were. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import { enterBirthday } from '../../app/operations/enter-birthday.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { noteSignIn } from '../../app/operations/sign-in.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import { memberBirthday } from '../../app/queries/member-birthday.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { mergeCustomers } from '../../devstore/state/customers/merge-customers.ts';
import { redactCustomer } from '../../devstore/state/customers/privacy.ts';
import type { Customer } from '../../devstore/state/customer.ts';

const DAY_MS = 86_400_000;
const YEAR_MS = 366 * DAY_MS;

type Person = Customer & { readonly memberId: string };

let road: Road;
beforeEach(async () => {
  road = await openRoad();
});
afterEach(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

const way = (kind: string, settings: Record<string, unknown>) => ({
  ...{ key: kind, kind, name: kind, enabled: true, settings },
});
const WELCOME = way('join', { points: 100 });
const ANNIVERSARY = way('anniversary', { points: 70, morePerYear: 0 });

async function opened(over: Partial<ProgrammeInput>): Promise<void> {
  const { tiers, ...draft } = firstDraft('Road');
  const document = { ...draft, tiers: { ...tiers, levels: [] }, badges: [], challenges: [] };
  await road.publish(programmeDocument.parse({ ...document, ...over }));
  await road.settle();
  road.clock.advance(60_000);
}

const customer = (name: string, tags: readonly string[] = []): Customer =>
  createCustomer(road.store, { email: `${name}@road.example`, firstName: name, tags: [...tags] });

async function known(one: Customer): Promise<Person> {
  await road.settle();
  return Object.assign(one, { memberId: (await memberOf(road, one.id)).id });
}

async function byHand(kept: Person, gone: Person): Promise<void> {
  const told = await mergeByHand(road.world, {
    ...{ shopId: road.shopId, keptId: kept.memberId, goneId: gone.memberId },
    ...{ reason: 'the same person', actor: 'staff:7' },
  });
  expect(told).toEqual({ ok: true });
  await road.settle();
}

async function undo(gone: Person): Promise<void> {
  const [merge] = await road.query<{ id: string }>(
    `SELECT id FROM merges WHERE gone_member_id = $1 ORDER BY id DESC LIMIT 1`,
    [gone.memberId],
  );
  const wish = { shopId: road.shopId, mergeId: merge?.id ?? '', actor: 'staff:7' };
  expect(await undoMerge(road.world, wish)).toEqual({ ok: true, spent: 0 });
  await road.settle();
}

async function stands(one: Person): Promise<unknown> {
  const [row] = await road.query<{ joined_at: Date | null; joined_with: unknown[] }>(
    `SELECT available::int, debt::int, membership, joined_at, joined_with FROM members WHERE id = $1`,
    [one.memberId],
  );
  return { ...row, joined_with: row?.joined_with.length };
}

it('the older of two accounts is gone: its anniversaries stay, and the years go on from it (law 7.2)', async () => {
  await opened({ earning: [WELCOME, ANNIVERSARY] });
  const gus = await known(customer('gus'));
  road.clock.advance(YEAR_MS);
  const kim = await known(customer('kim'));
  const before = [await stands(kim), await stands(gus)];
  expect(before).toMatchObject([{ available: 100 }, { available: 170 }]);
  await byHand(kim, gus);
  // 100 + 170, less the second welcome
  expect(await stands(kim)).toMatchObject({
    ...{ available: 170, debt: 0, joined_with: 1 },
    joined_at: new Date(gus.createdAt),
  });
  await undo(gus);
  expect([await stands(kim), await stands(gus)]).toEqual(before);
});

it('only one of them was welcomed: the welcome stays, though the other is of before the programme (law 7.2)', async () => {
  const old = customer('kim');
  road.clock.advance(60_000);
  await opened({ earning: [WELCOME] });
  const [kim, gus] = [await known(old), await known(customer('gus'))];
  const before = [await stands(kim), await stands(gus)];
  expect(before).toMatchObject([{ available: 0 }, { available: 100 }]);
  await byHand(kim, gus);
  expect(await stands(kim)).toMatchObject({ available: 100, debt: 0 });
  await undo(gus);
  await byHand(gus, kim);
  expect(await stands(gus)).toMatchObject({ available: 100, joined_at: new Date(old.createdAt) });
  await undo(kim);
  expect([await stands(kim), await stands(gus)]).toEqual(before);
});

it('the survivor lacks the tag that made the other a member: nobody’s points are taken (law 7.2)', async () => {
  await opened({ earning: [WELCOME], membership: { policy: 'tagged', tag: 'VIP' } });
  const [kim, gus] = [await known(customer('kim')), await known(customer('gus', ['vip', 'tea']))];
  const before = [await stands(kim), await stands(gus)];
  expect(before).toMatchObject([
    { available: 0, membership: 'not-joined' },
    { available: 100, membership: 'joined' },
  ]);
  road.clock.advance(60_000);
  await byHand(kim, gus);
  expect(await stands(kim)).toMatchObject({ available: 100, debt: 0, membership: 'lapsed' });
  await undo(gus);
  expect([await stands(kim), await stands(gus)]).toEqual(before);
  // Of who is erased is kept when they joined; of who stays, and is erased, nothing.
  await byHand(kim, gus);
  redactCustomer(road.store, gus.id);
  await road.settle();
  expect(await stands(kim)).toMatchObject({ available: 100, membership: 'lapsed' });
  const [left] = await road.query<{ joined_with: unknown }>(
    `SELECT joined_with FROM members WHERE id = $1`,
    [kim.memberId],
  );
  expect(JSON.stringify(left)).not.toMatch(new RegExp(`${gus.id}|tea`));
  redactCustomer(road.store, kim.id);
  await road.settle();
  expect(await stands(kim)).toMatchObject({ available: 0, joined_with: 0 });
});

it('the other tells a later birthday: the survivor’s present of this year stays theirs (laws 7.2 and 8)', async () => {
  await opened({ earning: [way('birthday', { points: 200, knownDays: 0, fromShopify: false })] });
  const [kim, gus] = [await known(customer('kim')), await known(customer('gus'))];
  const born = (whose: Person, day: number) =>
    enterBirthday(road.world, {
      ...{ shopId: road.shopId, actor: 'staff:7', memberId: whose.memberId, month: 12, day },
    });
  await born(kim, 1);
  road.clock.advance(60_000);
  await born(gus, 20);
  road.clock.advance(12 * DAY_MS);
  await road.settle();
  const before = [await stands(kim), await stands(gus)];
  expect(before).toMatchObject([{ available: 200 }, { available: 0 }]);
  await byHand(kim, gus);
  expect(await stands(kim)).toMatchObject({ available: 200 });
  expect(await memberBirthday(road.world, road.shopId, kim.memberId)).toEqual({
    ...{ month: 12, day: 1 },
  });
  road.clock.advance(20 * DAY_MS);
  await road.settle();
  expect(await stands(kim)).toMatchObject({ available: 200 });
  await undo(gus);
  // Undone, Gus had a birthday on the 20th of their own.
  expect([await stands(kim), await stands(gus)]).toMatchObject([
    { available: 200 },
    { available: 200 },
  ]);
  expect(
    await road.query(`SELECT content FROM activities WHERE member_id = $1 AND kind = 'birthday'`, [
      gus.memberId,
    ]),
  ).toEqual([{ content: { month: 12, day: 20 } }]);
});

it('two accounts of one person, merged by staff, sign in each by its own e-mail: each claims what a guest bought with it (laws 7.1 and 7.2)', async () => {
  await opened({});
  const [kim, gus] = [await known(customer('kim')), await known(customer('gus'))];
  await byHand(kim, gus);
  const product = [...road.store.products.values()].find(({ giftCard }) => !giftCard);
  const orders = ['kim', 'gus', 'eve'].map((name) =>
    road.store.placeOrder({
      buyer: { guestEmail: `${name}@road.example` },
      lines: [{ variantId: product?.variants[0]?.id ?? '', quantity: 1 }],
    }),
  );
  road.clock.advance(60_000);
  await road.settle();
  const owners = async (): Promise<(string | null)[]> => {
    const rows = await road.query<{ order_id: string; member_id: string | null }>(
      `SELECT order_id, member_id FROM orders`,
    );
    return orders.map(({ id }) => rows.find((row) => row.order_id === id)?.member_id ?? null);
  };
  for (const [who, found] of [
    [kim, [kim.memberId, null, null]],
    [gus, [kim.memberId, kim.memberId, null]],
  ] as const) {
    await noteSignIn(road.world, { shopId: road.shopId, customerId: who.id });
    await road.settle();
    expect(await owners()).toEqual(found);
  }
});

it('who is gone is told of only after the merge: the same as before it (laws 2.1 and 7.2)', async () => {
  await opened({ earning: [WELCOME, ANNIVERSARY] });
  const books: unknown[] = [];
  for (const late of [false, true]) {
    const old = customer(`gus${late ? 1 : 0}`);
    road.clock.advance(3_600_000);
    const young = customer(`kim${late ? 1 : 0}`);
    await road.settle();
    if (late) {
      // As if the account's beginning had never been told.
      await road.query(
        `UPDATE members SET customer_created_at = NULL, facts_at = NULL WHERE customer_id = $1`,
        [old.id],
      );
    }
    mergeCustomers(road.store, { keptId: young.id, deletedId: old.id });
    await road.settle();
    if (late) {
      expect((await memberOf(road, young.id)).available).toBe(100);
      road.store.act((tell) => void tell({ topic: 'customers/update', customer: old }));
      await road.settle();
    }
    const [row] = await road.query<{ joined: number; welcome: number; available: number }>(
      `SELECT extract(epoch FROM m.joined_at - $2::timestamptz)::int AS joined, m.available::int,
          extract(epoch FROM a.occurred_at - $2::timestamptz)::int AS welcome
        FROM members m JOIN awards a ON a.shop_id = m.shop_id AND a.member_id = m.id WHERE m.customer_id = $1`,
      [young.id, old.createdAt],
    );
    books.push(row);
  }
  expect(books[0]).toEqual({ joined: 0, welcome: 0, available: 100 });
  expect(books[1]).toEqual(books[0]);
});

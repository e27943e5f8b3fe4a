import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memberOf, openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { joinProgramme, noteSignIn } from '../../app/operations/sign-in.ts';
import { changeTags, updateCustomer } from '../../devstore/state/customers/change-customer.ts';
import { proveShop } from '../../app/operations/prove-shop.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
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
});
afterEach(async () => {
  await road.close();
});

async function begin(membership: ProgrammeInput['membership']): Promise<void> {
  const { tiers, ...draft } = firstDraft('Road');
  const document = programmeDocument.parse({
    ...draft,
    membership,
    tiers: { ...tiers, levels: [] },
    badges: [],
    challenges: [],
  });
  await road.publish(document);
  await road.settle();
  road.clock.advance(60_000);
}

function buy(buyer: { customerId: string } | { guestEmail: string }): Order {
  const product = [...road.store.products.values()].find(({ giftCard }) => !giftCard);
  const variantId = product?.variants[0]?.id ?? '';
  return road.store.placeOrder({ buyer, lines: [{ variantId, quantity: 1 }] });
}

function guestBuys(email: string): Order {
  const order = buy({ guestEmail: email });
  if (order.customerId !== null) throw new Error('the order of a guest has a customer');
  return order;
}

async function pointsOf(order: Order): Promise<{ points: number; because: string | null }[]> {
  const rows = await road.query<{ posted: string; because: string | null }>(
    `SELECT posted, explanation ->> 'nothingBecause' AS because FROM awards
      WHERE source_kind = 'order' AND source_id = $1`,
    [order.id],
  );
  return rows.map(({ posted, because }) => ({ points: Number(posted), because }));
}

const signIn = async (customer: Customer): Promise<void> => {
  await noteSignIn(road.world, { shopId: road.shopId, customerId: customer.id });
};
const later = (days: number): void => road.clock.advance(days * DAY_MS);
const membership = (customer: Customer) =>
  road.query(`SELECT membership, joined_by FROM members WHERE customer_id = $1`, [customer.id]);

describe('a programme that customers opt into (law 7.1)', () => {
  it('keeps what they do, pays when they join, and once however often they ask', async () => {
    await begin({ policy: 'opted-in' });
    const mia = createCustomer(road.store, { email: 'mia@road.example', firstName: 'Mia' });
    await road.settle();
    const order = buy({ customerId: mia.id });
    await road.settle();
    expect(await pointsOf(order)).toEqual([{ points: 0, because: 'not-a-member' }]);
    expect(await membership(mia)).toEqual([{ membership: 'not-joined', joined_by: null }]);
    await signIn(mia);
    expect((await memberOf(road, mia.id)).available).toBe(0);

    later(3);
    const visit = { shopId: road.shopId, customerId: mia.id };
    const answers = await Promise.all([1, 2, 3, 4].map(() => joinProgramme(road.world, visit)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const [{ points } = { points: 0 }] = await pointsOf(order);
    expect(points).toBeGreaterThan(0);
    expect((await memberOf(road, mia.id)).available).toBe(100 + points);
    expect(await membership(mia)).toEqual([{ membership: 'joined', joined_by: 'opt-in' }]);
    expect(await proof(road)).toEqual([]);
  });

  it('tells the storefront that they have not joined, and their figures once they have', async () => {
    await begin({ policy: 'opted-in' });
    const mia = createCustomer(road.store, { email: 'mia@road.example' });
    await road.settle();
    const shown = () =>
      Object.fromEntries(
        road.store
          .metafields(`gid://shopify/Customer/${mia.id}`)
          .map(({ key, value }) => [key, value]),
      );
    const invitation = { v: 1, joined: false, invited: true };
    const progress = (): unknown => JSON.parse(String(shown()['progress']));
    // Their page says once that they are here, and never again.
    expect(progress()).toEqual({ ...invitation, unseen: true });
    await signIn(mia);
    await road.settle();
    expect(progress()).toEqual(invitation);
    expect(shown()['points']).toBeUndefined();
    await joinProgramme(road.world, { shopId: road.shopId, customerId: mia.id });
    await road.settle();
    expect(shown()['points']).toBe('100');
  });
});

describe('the orders of guests (law 7.1)', () => {
  it('wait under a hash, are claimed at the first sign-in of whoever has the e-mail, and once', async () => {
    await begin({ policy: 'everyone' });
    const order = guestBuys('Lea@Road.example');
    await road.settle();
    const kept = JSON.stringify(await road.query(`SELECT * FROM orders`), (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(kept).toContain('guest_key');
    expect(kept.toLowerCase()).not.toContain('lea@road.example');

    const lea = createCustomer(road.store, { email: 'lea@road.example' });
    await road.settle();
    expect(await pointsOf(order)).toEqual([]); // known, but nobody has signed in
    later(1);
    await Promise.all([signIn(lea), signIn(lea), signIn(lea)]);
    const [{ points } = { points: 0 }] = await pointsOf(order);
    expect(points).toBeGreaterThan(0);
    expect((await memberOf(road, lea.id)).available).toBe(100 + points);

    // The e-mail goes to somebody else: what was claimed stays, what comes is theirs.
    updateCustomer(road.store, lea.id, { email: 'lea.new@road.example' });
    const kim = createCustomer(road.store, { email: 'lea@road.example' });
    await road.settle();
    await signIn(kim);
    expect((await memberOf(road, kim.id)).available).toBe(100);
    later(1);
    const next = guestBuys('lea@road.example');
    await road.settle();
    later(1);
    await signIn(lea);
    expect(await pointsOf(next)).toEqual([]);
    await signIn(kim);
    expect(await pointsOf(next)).toHaveLength(1);

    refundOrder(road.store, {
      orderId: order.id,
      lines: order.lines.map((line) => ({ lineId: line.id, quantity: line.currentQuantity })),
    });
    await road.settle();
    expect((await memberOf(road, lea.id)).available).toBe(100);
    expect(await proof(road)).toEqual([]);
  });

  it('are claimed as far back as the programme says: 30 days to the same time of day, and no second more', async () => {
    await begin({ policy: 'everyone', claimDays: 30 });
    const lea = createCustomer(road.store, { email: 'lea@road.example' });
    const old = guestBuys('lea@road.example');
    await road.settle();
    road.clock.advance(1_000);
    const edge = guestBuys('lea@road.example');
    await road.settle();
    later(30);
    await signIn(lea);
    expect([(await pointsOf(old)).length, (await pointsOf(edge)).length]).toEqual([0, 1]);
  });

  it('come to the same when the order is told after the sign-in', async () => {
    await begin({ policy: 'everyone' });
    const lea = createCustomer(road.store, { email: 'lea@road.example' });
    await road.settle();
    road.devstore.courier.knobs.set({ drop: 1 });
    const order = guestBuys('lea@road.example');
    await road.settle();
    later(2);
    await signIn(lea);
    later(1);
    road.devstore.courier.knobs.set({ drop: 0 });
    road.store.act((tell) => tell({ topic: 'orders/updated', order }));
    await road.settle();
    expect(await pointsOf(order)).toHaveLength(1);
    expect((await memberOf(road, lea.id)).available).toBeGreaterThan(100);
  });

  it('are claimed by who had no e-mail until today, and by no other spelling but capitals', async () => {
    await begin({ policy: 'opted-in' });
    const order = guestBuys('Mia@Road.example');
    const plus = guestBuys('mia+tea@road.example');
    const mia = createCustomer(road.store, { phone: '+4915112345678' });
    await road.settle();
    await joinProgramme(road.world, { shopId: road.shopId, customerId: mia.id });
    road.clock.advance(60_000);
    mia.verifiedEmail = true;
    updateCustomer(road.store, mia.id, { email: 'mia@road.example' });
    await road.settle();
    await signIn(mia); // a second time on the same day: something waits for them now
    await road.settle();
    const [claimed] = await pointsOf(order);
    expect(claimed?.points).toBeGreaterThan(0);
    // A tag behind a plus is another mailbox, until its owner shows that it is theirs.
    expect(await pointsOf(plus)).toEqual([]);
    expect(await memberOf(road, mia.id)).toMatchObject({ available: 100 + (claimed?.points ?? 0) });
    expect(await proof(road)).toEqual([]);
  });

  it('are not claimed with an e-mail that nobody has shown to be theirs', async () => {
    await begin({ policy: 'everyone' });
    const order = guestBuys('victim@road.example');
    const thief = createCustomer(road.store, { email: 'victim@road.example' });
    thief.verifiedEmail = false;
    await road.settle();
    updateCustomer(road.store, thief.id, { note: 'told again' });
    await road.settle();
    await signIn(thief);
    expect(await pointsOf(order)).toEqual([]);
  });
});

describe('a programme for customers with a tag (law 7.1)', () => {
  it('begins with the tag, pauses without it, and reads tags that no webhook told', async () => {
    await begin({ policy: 'tagged', tag: 'Friend' });
    const silent = createCustomer(road.store, { email: 'silent@road.example', tags: ['friend'] });
    const ned = createCustomer(road.store, { email: 'ned@road.example' });
    await road.settle();
    expect(await membership(silent)).toEqual([{ membership: 'joined', joined_by: 'tag' }]);
    expect(await membership(ned)).toEqual([{ membership: 'not-joined', joined_by: null }]);
    expect(await joinProgramme(road.world, { shopId: road.shopId, customerId: ned.id })).toEqual({
      ok: false,
      refusal: { kind: 'by-tag' },
    });

    road.clock.advance(1_000);
    changeTags(road.store, ned.id, () => ['friend']);
    await road.settle();
    expect((await memberOf(road, ned.id)).available).toBe(100);
    road.clock.advance(1_000);
    changeTags(road.store, ned.id, () => []);
    await road.settle();
    road.clock.advance(1_000);
    const order = buy({ customerId: ned.id });
    await road.settle();
    expect(await pointsOf(order)).toEqual([{ points: 0, because: 'not-a-member' }]);
    expect((await memberOf(road, ned.id)).available).toBe(100);
    expect(await membership(ned)).toEqual([{ membership: 'lapsed', joined_by: 'tag' }]);
    expect(await proof(road)).toEqual([]);
  });

  it('joins everybody in the background when it is opened to all', async () => {
    await begin({ policy: 'tagged', tag: 'friend' });
    const ned = createCustomer(road.store, { email: 'ned@road.example' });
    const order = buy({ customerId: ned.id });
    await road.settle();
    expect((await memberOf(road, ned.id)).available).toBe(0);
    later(2);
    await begin({ policy: 'everyone' });
    const [{ points } = { points: 0 }] = await pointsOf(order);
    expect(points).toBeGreaterThan(0);
    expect((await memberOf(road, ned.id)).available).toBe(points); // no welcome: the policy joined them
    expect(await membership(ned)).toEqual([{ membership: 'joined', joined_by: 'policy' }]);
  });
});

describe('points by hand', () => {
  it('are refused to a customer who has not joined, and given to them once they have', async () => {
    await begin({ policy: 'opted-in', tag: '', claimDays: 30 });
    const customer = createCustomer(road.store, { email: 'hand@road.example', firstName: 'Hand' });
    await road.settle();
    const { id: memberId } = await memberOf(road, customer.id);
    const give = () =>
      adjustPoints(road.world, {
        ...{ shopId: road.shopId, memberId, points: 25, reason: 'goodwill', note: '' },
        ...{ actor: 'staff:7', requestKey: 'hand', allowDebt: false, countsForTier: false },
      });
    expect(await give()).toEqual({ ok: false, refusal: { kind: 'not-joined' } });
    expect(await road.query(`SELECT 1 FROM entries WHERE shop_id = $1`, [road.shopId])).toEqual([]);
    expect(
      await road.query(`SELECT 1 FROM audit WHERE shop_id = $1 AND action = 'adjusted'`, [
        road.shopId,
      ]),
    ).toEqual([]);
    await joinProgramme(road.world, { shopId: road.shopId, customerId: customer.id });
    await road.settle();
    // 100 for joining, and what was refused before.
    expect(await give()).toMatchObject({ ok: true, points: 25, available: 125 });
    expect(await proof(road)).toEqual([]);
  });
});

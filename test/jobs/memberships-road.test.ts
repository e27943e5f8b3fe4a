/** Memberships that are sold, on the whole road: running, limited, refunded, with a deposit. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { creditAccountsOf } from '../../devstore/state/credit/store-credit.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { grantScopes } from '../../devstore/state/shops/install-app.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import type { Customer } from '../../devstore/state/customer.ts';
import type { Order } from '../../devstore/state/order.ts';
import type { Product } from '../../devstore/state/product.ts';
import { storeCredit } from '../../app/domain/rewards/paid-out.ts';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import type { MembershipInput } from '../domain/memberships/terms-bought.ts';
import { orderFlags } from '../../app/queries/order-flags.ts';

const DAY = 86_400_000;

let road: Road;
beforeEach(async () => {
  road = await openRoad();
});
afterEach(async () => {
  await road.close();
});

async function publishClub(over: Partial<MembershipInput> = {}): Promise<void> {
  const { tiers } = firstDraft('Road');
  const [bronze] = tiers.levels;
  if (!bronze) throw new Error('The first draft has no tiers.');
  const club = { ...bronze, key: 'club', name: 'Club', need: '', grantedOnly: true };
  const { shape } = programmeDocument;
  await road.publish({
    earning: [],
    badges: [],
    challenges: [],
    tiers: { ...tiers, levels: [bronze, club] },
    rewards: shape.rewards.parse([
      {
        ...{ key: 'credit', kind: 'store-credit', name: '60 to spend', enabled: true },
        ...{ points: 1, forPoints: false },
        settings: { ...storeCredit.defaults, amount: '60' },
      },
    ]),
    memberships: shape.memberships.parse([
      {
        ...{ key: 'club', name: 'Tea Club', enabled: true, tier: 'club' },
        plans: [{ products: [clubProduct().id], length: 1, unit: 'months' }],
        ...over,
      },
    ]),
  });
  await road.settle();
  road.clock.advance(60_000);
}

function clubProduct(): Product {
  const product = [...road.store.products.values()].find(({ giftCard }) => !giftCard);
  if (!product) throw new Error('The shop has no products.');
  return product;
}

async function newCustomer(name: string): Promise<Customer> {
  const email = `${name.toLowerCase()}@road.example`;
  const customer = createCustomer(road.store, { email, firstName: name });
  await road.settle();
  return customer;
}

async function buys(customer: Customer, quantity = 1): Promise<Order> {
  const [variant] = clubProduct().variants;
  const order = road.store.placeOrder({
    buyer: { customerId: customer.id },
    lines: [{ variantId: variant?.id ?? '', quantity }],
  });
  await road.settle();
  return order;
}

async function givesBack(order: Order): Promise<void> {
  refundOrder(road.store, {
    orderId: order.id,
    lines: order.lines.map(({ id, quantity }) => ({ lineId: id, quantity })),
  });
  await road.settle();
}

function metafield(owner: string, key: string): unknown {
  const found = road.store.metafields(owner).find((field) => field.key === key);
  return found ? JSON.parse(found.value) : null;
}

describe('a membership that is bought (law 6.6)', () => {
  it('runs in the storefront until its last day, is renewed, lapses, and is told each time', async () => {
    await publishClub({ graceDays: 3, noticeDays: 5 });
    const customer = await newCustomer('Cleo');
    await buys(customer);
    expect(await memberOf(road, customer.id)).toMatchObject({ tier: 'club' });
    // 20 November and a month: the last day is 20 December; three days of grace to the 23rd.
    const [row] = await road.query<{ counted: string[]; until: Date }>(
      `SELECT counted, until FROM progress WHERE key = 'membership:club'`,
    );
    expect(row?.counted[0]).toBe('Tea Club');
    const [shop] = await road.query<{ time_zone: string }>(
      'SELECT time_zone FROM shops WHERE id = $1',
      [road.shopId],
    );
    const local = (at: Date | undefined): string =>
      at?.toLocaleString('sv', { timeZone: shop?.time_zone }) ?? '';
    expect(local(new Date(row?.counted[1] ?? ''))).toBe('2026-12-21 00:00:00');
    expect(local(row?.until)).toBe('2026-12-24 00:00:00');
    expect(metafield(`gid://shopify/Customer/${customer.id}`, 'progress')).toMatchObject({
      memberships: [{ key: 'club', name: 'Tea Club', until: '2026-12-20', lapses: '2026-12-23' }],
    });
    for (const days of [27, 8]) {
      road.clock.advance(days * DAY);
      await road.passTime();
      await road.settle();
    }
    expect(await memberOf(road, customer.id)).toMatchObject({ tier: 'bronze' });
    const kinds = await road.query<{ kind: string }>(
      `SELECT kind FROM member_events WHERE kind LIKE 'membership%' ORDER BY occurred_at`,
    );
    expect(kinds.map(({ kind }) => kind)).toEqual([
      ...['membership-started', 'membership-ends-soon', 'membership-lapsed'],
    ]);
    expect(await proof(road)).toEqual([]);
  });

  it('is forgotten, and its tier with it, when its order is given back', async () => {
    await publishClub();
    const customer = await newCustomer('Cleo');
    const order = await buys(customer);
    road.clock.advance(DAY);
    await givesBack(order);
    expect(await memberOf(road, customer.id)).toMatchObject({ tier: 'bronze' });
    expect(await road.query(`SELECT key FROM progress WHERE kind = 'membership'`)).toEqual([]);
    expect(await proof(road)).toEqual([]);
  });
});

describe('a membership with a limit (law 6.7)', () => {
  it('is sold out: the next order gets nothing and is shown to a person until it is refunded', async () => {
    await publishClub({ limit: 1 });
    const [first, second] = [await newCustomer('Ann'), await newCustomer('Bea')];
    await buys(first);
    const late = await buys(second);
    expect(await memberOf(road, first.id)).toMatchObject({ tier: 'club' });
    expect(await memberOf(road, second.id)).toMatchObject({ tier: 'bronze' });
    const { flags } = await orderFlags(road.world, road.shopId);
    expect(flags).toMatchObject([
      { orderId: late.id, kind: 'membership-full', limit: '1', of: 'Tea Club' },
    ]);
    const [installed] = await road.query<{ installation_gid: string }>(
      'SELECT installation_gid FROM shops WHERE id = $1',
      [road.shopId],
    );
    const programme = metafield(installed?.installation_gid ?? '', 'programme');
    expect(programme).toMatchObject({ memberships: [{ key: 'club', soldOut: true }] });
    expect(await proof(road)).toEqual([]);
    road.clock.advance(DAY);
    await givesBack(late);
    expect((await orderFlags(road.world, road.shopId)).open).toBe(0);
  });

  it('is given to one of two who buy the last place at once', async () => {
    await publishClub({ limit: 1 });
    const customers = [
      await newCustomer('Ann'),
      await newCustomer('Bea'),
      await newCustomer('Cid'),
    ];
    const [variant] = clubProduct().variants;
    for (const { id } of customers) {
      road.store.placeOrder({
        buyer: { customerId: id },
        lines: [{ variantId: variant?.id ?? '', quantity: 1 }],
      });
    }
    await road.settle();
    const places = await road.query<{ granted: boolean }>('SELECT granted FROM membership_places');
    expect(places.map(({ granted }) => granted).sort()).toEqual([false, false, true]);
    expect(await road.query(`SELECT 1 FROM progress WHERE key = 'membership:club'`)).toHaveLength(
      1,
    );
    expect(await proof(road)).toEqual([]);
  });
});

describe('a deposit (law 6.8)', () => {
  it('comes with its reward once for each piece, and is shown when it was refunded after it was used', async () => {
    const plans = [{ products: [clubProduct().id], length: null }];
    await publishClub({ key: 'deposit', tier: null, reward: 'credit', plans });
    const customer = await newCustomer('Dora');
    const order = await buys(customer, 2);
    // Store credit is not allowed yet: the prizes wait, and nothing is lost (law 5.5).
    expect(await road.query('SELECT request_key FROM redemptions')).toEqual([]);
    const { app } = road.devstore.world;
    grantScopes(road.store, app, app.optionalScopes);
    await road.settle();
    const keys = await road.query<{ request_key: string; purpose: string }>(
      'SELECT request_key, purpose FROM redemptions ORDER BY request_key',
    );
    const piece = (number: number): string =>
      `prize:membership:deposit:${order.id}:${order.lines[0]?.id}.${number}`;
    expect(keys).toEqual([
      { request_key: piece(1), purpose: 'credit' },
      { request_key: piece(2), purpose: 'credit' },
    ]);
    expect(await road.query(`SELECT key FROM progress WHERE kind = 'membership'`)).toEqual([]);
    // One credit without an expiry after the other.
    road.clock.advance(60_000);
    await road.settle();
    const credits = creditAccountsOf(road.store, customer.id).flatMap((one) => one.transactions);
    expect(credits.map(({ amountMinor }) => amountMinor)).toEqual([6_000, 6_000]);
    road.clock.advance(DAY);
    await road.installAgain();
    await givesBack(order);
    const { flags } = await orderFlags(road.world, road.shopId);
    expect(flags).toMatchObject([{ kind: 'deposit-used', told: '2', limit: '2' }]);
  });
});

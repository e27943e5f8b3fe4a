/** Tiers through the whole road: granted by agents, bought, at risk, left. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { mergeCustomers } from '../../devstore/state/customers/merge-customers.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import type { Customer } from '../../devstore/state/customer.ts';
import type { Order } from '../../devstore/state/order.ts';
import type { Product } from '../../devstore/state/product.ts';
import { firstDraft } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import { grantTier, revokeTierGrant } from '../../app/operations/grant-tier.ts';
import type { Granted, TierWish } from '../../app/operations/grant-tier.ts';
import { memberPage } from '../../app/queries/member-page.ts';

const DAY = 86_400_000;

let road: Road;
beforeEach(async () => {
  road = await openRoad();
});
afterEach(async () => {
  await road.close();
});

/** Bronze, Silver at 200.00, and a club that is only granted: by a product for 30 days, 70 points for entering it. */
async function publishClub(over: Partial<ProgrammeDocument['tiers']> = {}): Promise<void> {
  const { tiers } = firstDraft('Road');
  const club = {
    key: 'club',
    name: 'Club',
    need: '',
    multiplier: '2',
    entryPoints: 70,
    entryReward: null,
  };
  const [bronze, silver] = tiers.levels;
  if (!bronze || !silver) throw new Error('The first draft has no tiers.');
  await road.publish({
    earning: [],
    tiers: {
      ...tiers,
      ...over,
      levels: [bronze, silver, { ...club, grantedOnly: true }],
    },
    memberships: [
      {
        ...{ key: 'club', name: 'Club', enabled: true, tier: 'club', reward: null, limit: null },
        plans: [{ products: [clubProduct().id], variants: [], length: 30, unit: 'days' }],
        ...{ graceDays: 0, noticeDays: 0 },
      },
    ],
  });
  await road.settle();
  road.clock.advance(60_000);
}

function clubProduct(): Product {
  const product = [...road.store.products.values()].find(({ giftCard }) => !giftCard);
  if (!product) throw new Error('The shop has no products.');
  return product;
}

async function newCustomer(): Promise<Customer> {
  const customer = createCustomer(road.store, { email: 'club@road.example', firstName: 'Cleo' });
  await road.settle();
  return customer;
}

function buyClub(customer: Customer): Order {
  const [variant] = clubProduct().variants;
  return road.store.placeOrder({
    buyer: { customerId: customer.id },
    lines: [{ variantId: variant?.id ?? '', quantity: 1 }],
  });
}

async function grant(customer: Customer, over: Partial<TierWish> = {}): Promise<Granted> {
  const { id: memberId } = await memberOf(road, customer.id);
  return grantTier(road.world, {
    ...{ shopId: road.shopId, memberId, tierKey: 'club', lastDay: null },
    ...{ reason: 'goodwill', note: 'A friend of the house.', actor: 'staff:1' },
    requestKey: 'once',
    ...over,
  });
}

const eventsOf = (): Promise<{ kind: string; content: Record<string, unknown> }[]> =>
  road.query('SELECT kind, content FROM member_events ORDER BY occurred_at, kind');

describe('a tier granted by an agent (law 6.1)', () => {
  it('is held at once, with its reward, its line of who did it, and its end; sent twice it is granted once', async () => {
    await publishClub();
    const customer = await newCustomer();
    expect(await grant(customer)).toEqual({ ok: true });
    expect(await grant(customer)).toEqual({ ok: true });
    await road.settle();
    const member = await memberOf(road, customer.id);
    expect(member).toMatchObject({ tier: 'club', available: 70 });
    const page = await memberPage(road.world, road.shopId, member.id);
    expect(page?.grants).toHaveLength(1);
    expect(page?.tierDueAt).toBeNull();
    expect(page?.audit.map(({ action, actor }) => [action, actor])).toEqual([
      ['tier-granted', 'staff:1'],
    ]);
    expect((await eventsOf()).map(({ kind, content }) => [kind, content['tier']])).toContainEqual([
      'tier-reached',
      'club',
    ]);
    const [shown] =
      road.store.customers.get(customer.id)?.tags.filter((tag) => tag.startsWith('laurel')) ?? [];
    expect(shown).toBe('laurel-tier-club');
    expect(await proof(road)).toEqual([]);
  });

  it('ends on its last day in the shop’s zone, and by a revocation before that', async () => {
    await publishClub();
    const customer = await newCustomer();
    await grant(customer, { lastDay: '2026-12-31' });
    const { id } = await memberOf(road, customer.id);
    const [row] = await road.query<{ id: string; until: Date }>(
      'SELECT id, until FROM tier_grants',
    );
    const [shop] = await road.query<{ time_zone: string }>(
      'SELECT time_zone FROM shops WHERE id = $1',
      [road.shopId],
    );
    const local = row?.until.toLocaleString('sv', { timeZone: shop?.time_zone });
    expect(local).toBe('2027-01-01 00:00:00');
    road.clock.advance(DAY);
    const wish = {
      shopId: road.shopId,
      memberId: id,
      reason: 'correction',
      note: '',
      actor: 'staff:2',
    };
    const revoked = { ...wish, grantId: row?.id ?? '', requestKey: 'r' };
    expect(await revokeTierGrant(road.world, revoked)).toEqual({ ok: true });
    expect(await memberOf(road, customer.id)).toMatchObject({ tier: 'bronze', available: 70 });
    expect(await proof(road)).toEqual([]);
  });

  it('is refused without a reason, for a tier that is none, for a day that is over, and changes nothing then', async () => {
    await publishClub();
    const customer = await newCustomer();
    const refused = async (over: Partial<TierWish>): Promise<unknown> => {
      const granted = await grant(customer, { ...over, requestKey: JSON.stringify(over) });
      return granted.ok ? 'granted' : granted.refusal.kind;
    };
    expect(await refused({ reason: ' ' })).toBe('no-reason');
    expect(await refused({ tierKey: 'platinum' })).toBe('unknown-tier');
    expect(await refused({ lastDay: '2026-11-19' })).toBe('bad-day');
    expect(await refused({ lastDay: '2027-02-30' })).toBe('bad-day');
    expect(await refused({ memberId: 'nobody' })).toBe('unknown-member');
    expect(await road.query('SELECT id FROM tier_grants')).toEqual([]);
    expect(await road.query('SELECT id FROM audit WHERE action LIKE $1', ['tier%'])).toEqual([]);
    expect(await memberOf(road, customer.id)).toMatchObject({ tier: 'bronze', available: 0 });
  });

  it('goes with the member when two customers are merged', async () => {
    await publishClub();
    const gone = await newCustomer();
    const kept = createCustomer(road.store, { email: 'kept@road.example', firstName: 'Kim' });
    await road.settle();
    await grant(gone);
    mergeCustomers(road.store, { keptId: kept.id, deletedId: gone.id });
    await road.settle();
    expect(await memberOf(road, kept.id)).toMatchObject({ tier: 'club', available: 70 });
    expect(await proof(road)).toEqual([]);
  });
});

describe('a tier that is bought (law 6.1)', () => {
  it('is held for its days, and taken back with its reward when the purchase is refunded', async () => {
    await publishClub();
    const customer = await newCustomer();
    const order = buyClub(customer);
    await road.settle();
    expect(await memberOf(road, customer.id)).toMatchObject({ tier: 'club', available: 70 });
    road.clock.advance(DAY);
    refundOrder(road.store, {
      orderId: order.id,
      lines: order.lines.map(({ id, quantity }) => ({ lineId: id, quantity })),
    });
    await road.settle();
    expect(await memberOf(road, customer.id)).toMatchObject({ tier: 'bronze', available: 0 });
    expect(await proof(road)).toEqual([]);
  });
});

describe('the end of a term (law 6.2)', () => {
  it('is told of before, once, and takes the tier when nothing was bought', async () => {
    await publishClub({ noticeDays: 10 });
    const customer = await newCustomer();
    buyClub(customer);
    await road.settle();
    for (const days of [21, 1, 7, 2]) {
      road.clock.advance(days * DAY);
      await road.passTime();
      await road.settle();
    }
    const kinds = (await eventsOf()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'tier-at-risk')).toHaveLength(1);
    expect(kinds.at(-1)).toBe('tier-left');
    expect(await memberOf(road, customer.id)).toMatchObject({ tier: 'bronze', available: 70 });
    expect(await proof(road)).toEqual([]);
  });
});

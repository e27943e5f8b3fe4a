import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveryList, deliveryTopics } from '../../app/queries/delivery-list.ts';
import type { DeliverySearch } from '../../app/queries/delivery-list.ts';
import { deliveryPage } from '../../app/queries/delivery-page.ts';
import { setUpState } from '../../app/queries/set-up-state.ts';
import { dismissSetUp } from '../../app/operations/dismiss-set-up.ts';
import type { World } from '../../app/world.ts';
import { newDelivery, newShop, NOW, readingWorld } from '../support/shop-rows.ts';

let world: World;
beforeAll(async () => {
  world = await readingWorld();
});
afterAll(() => world.close());

const ALL: DeliverySearch = { state: null, topic: null, text: '', before: null };

describe('the list of deliveries', () => {
  it('is filtered by state, topic, webhook id and the start of what they are about', async () => {
    const { id } = await newShop(world);
    const dead = await newDelivery(world, id, {
      state: 'dead',
      outcome: 'failed',
      subject: 'order:1001',
    });
    const fine = await newDelivery(world, id, { topic: 'shop/update', subject: 'shop' });
    const found = async (search: Partial<DeliverySearch>): Promise<string[]> => {
      const { deliveries } = await deliveryList(world, id, { ...ALL, ...search });
      return deliveries.map(({ webhookId }) => webhookId);
    };
    expect(await found({})).toEqual([fine, dead]);
    expect(await found({ state: 'dead' })).toEqual([dead]);
    expect(await found({ topic: 'shop/update' })).toEqual([fine]);
    expect(await found({ text: dead })).toEqual([dead]);
    expect(await found({ text: 'order:10' })).toEqual([dead]);
    expect(await found({ text: '%' })).toEqual([]);
    expect(await deliveryTopics(world, id)).toEqual(['orders/create', 'shop/update']);
  });

  it('goes back by its numbers', async () => {
    const { id } = await newShop(world);
    for (let count = 0; count < 60; count += 1) await newDelivery(world, id);
    const first = await deliveryList(world, id, ALL);
    const second = await deliveryList(world, id, { ...ALL, before: first.next });
    expect([first.deliveries.length, second.deliveries.length]).toEqual([50, 10]);
    expect(second.next).toBeNull();
    const ids = [...first.deliveries, ...second.deliveries].map((delivery) => delivery.id);
    expect(new Set(ids).size).toBe(60);
  });
});

describe('one delivery', () => {
  it('is shown without personal data, and not to another shop', async () => {
    const { id } = await newShop(world);
    const { id: other } = await newShop(world);
    await newDelivery(world, id, { body: '{"id":9223372036854775807,"email":"ada@example.com"}' });
    const deliveryId = (await deliveryList(world, id, ALL)).deliveries[0]?.id ?? '';
    const page = await deliveryPage(world, id, deliveryId);
    expect(page?.body).toMatchObject({
      readable: true,
      text: '{\n  "id": 9223372036854775807,\n  "email": "•••"\n}',
    });
    expect(JSON.stringify(page)).not.toContain('ada@');
    expect(await deliveryPage(world, other, deliveryId)).toBeNull();
    expect(await deliveryPage(world, id, '1; DROP')).toBeNull();
  });

  it('is only counted when it is no JSON', async () => {
    const { id } = await newShop(world);
    await newDelivery(world, id, { body: '{"email": "ada@example.com"' });
    const deliveryId = (await deliveryList(world, id, ALL)).deliveries[0]?.id ?? '';
    const page = await deliveryPage(world, id, deliveryId);
    expect(page).toMatchObject({ body: { readable: false }, bytes: 27 });
    expect(JSON.stringify(page)).not.toContain('ada@');
  });
});

describe('the set-up state', () => {
  it('of a new shop is all open', async () => {
    const { id } = await newShop(world);
    expect(await setUpState(world, id)).toEqual({
      published: null,
      inbox: { lastReceivedAt: null, ready: 0, waiting: 0, dead: 0 },
      imports: [],
      latestOrder: null,
      reviewsConnected: false,
      dismissed: false,
    });
  });

  it('counts what waits and what was given up, and knows when it heard last', async () => {
    const { id } = await newShop(world);
    await newDelivery(world, id, {
      state: 'done',
      outcome: 'taken-in',
      receivedAt: new Date(NOW - 5000),
    });
    await newDelivery(world, id, { receivedAt: new Date(NOW - 1000) });
    await newDelivery(world, id, { state: 'dead', outcome: 'failed' });
    const { inbox } = await setUpState(world, id);
    expect(inbox).toEqual({ lastReceivedAt: NOW, ready: 1, waiting: 0, dead: 1 });
  });

  it('stays dismissed for this shop alone, and two clicks at once write one line', async () => {
    const { id } = await newShop(world);
    const { id: other } = await newShop(world);
    const dismiss = (): Promise<void> => dismissSetUp(world, { shopId: id, actor: 'staff:1' });
    await Promise.all([dismiss(), dismiss()]);
    expect((await setUpState(world, id)).dismissed).toBe(true);
    expect((await setUpState(world, other)).dismissed).toBe(false);
    expect(await world.prisma.audit.count({ where: { shopId: BigInt(id) } })).toBe(1);
  });
});

import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as deliveries from '../../app/routes/app.deliveries._index/route.tsx';
import { action as putAway } from '../../app/routes/app.flags.ts';
import * as home from '../../app/routes/app._index/route.tsx';
import * as member from '../../app/routes/app.members.$memberId/route.tsx';
import { adminRequest, answerOf, contextOf, idToken } from '../support/admin-request.ts';
import { openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { newMember, newShop } from '../support/shop-rows.ts';

let road: Road;
let context: AppLoadContext;
let memberId: string;
let otherShopId: string;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  memberId = await newMember(road.world, road.shopId);
  otherShopId = (await newShop(road.world)).id;
  for (const [shopId, owner] of [
    [road.shopId, memberId],
    [otherShopId, null],
  ] as const) {
    const key = { shopId: BigInt(shopId), orderId: 501n };
    await road.world.prisma.order.create({
      data: { ...key, memberId: owner, name: '#1001', facts: {}, standing: {} },
    });
    await road.world.prisma.orderFlag.create({
      data: {
        ...key,
        kind: 'refund-over-paid',
        figures: { told: '15000', limit: '10000', currency: 'EUR', of: '#1001' },
        raisedAt: new Date(road.world.now()),
      },
    });
  }
});
afterAll(() => road.close());

type Route = (args: {
  request: Request;
  context: AppLoadContext;
  params: Record<string, string>;
}) => Promise<unknown>;

async function ask(route: Route, body?: unknown): Promise<{ status: number; body: unknown }> {
  const request = adminRequest('/app', idToken(road.store.domain, { staff: '42' }), body);
  const response = await answerOf(() => route({ request, context, params: { memberId } }));
  return { status: response.status, body: (await response.json()) as unknown };
}

const shown = {
  open: 1,
  flags: [{ kind: 'refund-over-paid', orderId: '501', orderName: '#1001', told: '15000' }],
};

it('shows staff an order that contradicts itself, with its member, with the deliveries, and where they begin', async () => {
  expect((await ask(home.loader)).body).toMatchObject({
    waiting: { flags: 1, rewards: 0, claims: 0, referrals: 0, names: 0, deliveries: 0, effects: 0 },
  });
  expect((await ask(member.loader)).body).toMatchObject({ flagged: shown });
  expect((await ask(deliveries.loader)).body).toMatchObject({ flagged: shown });
});

it.each([[null], [{}], [{ orderId: '501' }], [{ orderId: '501; --', kind: 'refund-over-paid' }]])(
  'puts nothing away for %j',
  async (body) => {
    expect((await ask(putAway, body)).status).toBe(400);
    expect((await ask(deliveries.loader)).body).toMatchObject({ flagged: { open: 1 } });
  },
);

it('puts it away once, and no other shop’s', async () => {
  const flag = { orderId: '501', kind: 'refund-over-paid' };
  expect((await ask(putAway, flag)).body).toEqual({ ok: true });
  expect((await ask(putAway, flag)).body).toEqual({ ok: false });
  expect((await ask(deliveries.loader)).body).toMatchObject({ flagged: { open: 0, flags: [] } });
  expect((await ask(home.loader)).body).toMatchObject({ waiting: { flags: 0 } });
  const where = { shopId: BigInt(otherShopId), dismissedAt: null };
  expect(await road.world.prisma.orderFlag.count({ where })).toBe(1);
});

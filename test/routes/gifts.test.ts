/** What staff do with gifts, through the pages. */
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runGifts } from '../../app/jobs/run-gifts.ts';
import { planGift } from '../../app/operations/plan-gift.ts';
import { action as steer, loader as one } from '../../app/routes/app.gifts.$giftId/route.tsx';
import { loader as refused } from '../../app/routes/app.gifts.$giftId_.refused.ts';
import { loader as list } from '../../app/routes/app.gifts._index/route.tsx';
import { action as plan, loader as form } from '../../app/routes/app.gifts.new/route.tsx';
import { adminRequest, answerOf, contextOf, idToken } from '../support/admin-request.ts';
import { openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { newShop } from '../support/shop-rows.ts';

let road: Road;
let context: AppLoadContext;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  await road.publish();
});
afterAll(() => road.close());

type Route = (args: {
  request: Request;
  context: AppLoadContext;
  params: Record<string, string>;
}) => Promise<unknown>;

async function ask(
  route: Route,
  body?: unknown,
  params: Record<string, string> = {},
): Promise<Response> {
  const request = adminRequest('/app', idToken(road.store.domain), body);
  return answerOf(() => route({ request, context, params }));
}

const wish = {
  reason: 'Sorry',
  content: { kind: 'points', points: 20, lastDay: null },
  audience: { kind: 'file', name: 'list.csv' },
};

it('plans a gift for a file, shows who is left out and why, as a file that no spreadsheet runs', async () => {
  expect((await ask(form)).status).toBe(200);
  const planned = await ask(plan, { wish, file: 'email\n=1+1\nnobody@example.com' });
  const giftId = (planned.headers.get('Location') ?? '').replace('/app/gifts/', '');
  while (await runGifts(road.world));
  const shown: unknown = await (await ask(one, undefined, { giftId })).json();
  expect(shown).toMatchObject({
    gift: { state: 'ready', counts: { planned: 0, refused: 2 } },
    cost: { points: 0, minor: 0 },
  });
  const file = await (await ask(refused, undefined, { giftId })).text();
  expect(file).toBe(
    "line,customer,member,reason\r\n2,'=1+1,,unreadable\r\n3,nobody@example.com,,unknown\r\n",
  );
  expect(await (await ask(steer, { step: 'cancel' }, { giftId })).json()).toEqual({
    ok: true,
    state: 'cancelled',
  });
  expect(await (await ask(list)).json()).toMatchObject({ gifts: [{ id: giftId }] });
});

it.each([
  [null],
  [{}],
  [{ wish: {}, file: null }],
  [{ wish: { ...wish, reason: '' }, file: 'a@b.de' }],
])('plans nothing for %j', async (body) => {
  const before = await road.query('SELECT id FROM gifts');
  expect(await (await ask(plan, body)).json()).toMatchObject({ ok: false });
  expect(await road.query('SELECT id FROM gifts')).toEqual(before);
});

it('knows no gift of another shop', async () => {
  const other = await newShop(road.world);
  await road.query(
    `INSERT INTO programme_versions (shop_id, version, document, effective_at, published_at, published_by)
      SELECT $2::bigint, version, document, effective_at, published_at, published_by FROM programme_versions WHERE shop_id = $1`,
    [road.shopId, other.id],
  );
  const file = 'email\nx@example.com';
  const theirs = await planGift(road.world, { shopId: other.id, actor: 'x', wish, file });
  if (!theirs.ok) throw new Error(theirs.refusal.kind);
  const params = { giftId: theirs.giftId };
  expect((await ask(one, undefined, params)).status).toBe(404);
  expect((await ask(refused, undefined, params)).status).toBe(404);
  expect(await (await ask(steer, { step: 'cancel' }, params)).json()).toEqual({
    ok: false,
    refusal: { kind: 'unknown-gift' },
  });
  const [row] = await road.query('SELECT state FROM gifts WHERE id = $1', [theirs.giftId]);
  expect(row).toEqual({ state: 'preparing' });
});

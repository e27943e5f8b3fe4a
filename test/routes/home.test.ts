/** The page that staff opens first. */
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import type { WaitingForStaff } from '../../app/queries/waiting-for-staff.ts';
import { loader } from '../../app/routes/app._index/route.tsx';
import { adminRequest, answerOf, contextOf, idToken } from '../support/admin-request.ts';
import { openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { newMember } from '../support/shop-rows.ts';

let road: Road;
let context: AppLoadContext;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  await road.publish(programmeDocument.parse(firstDraft('Road')));
});
afterAll(() => road.close());

interface Home {
  readonly waiting: WaitingForStaff;
  readonly setUp: { readonly published: { readonly version: number } | null };
  readonly figures: { readonly members: number; readonly newest: readonly unknown[] } | null;
}

async function home(): Promise<Home> {
  const request = adminRequest('/app', idToken(road.store.domain));
  const response = await answerOf(() => loader({ request, context, params: {} }));
  return (await response.json()) as Home;
}

it('says what was given up, of deliveries and of changes in Shopify', async () => {
  const { shopId } = road;
  const given = { ready: 0, dead: 0 };
  for (const state of ['ready', 'dead', 'dead'] as const) {
    given[state] += 1;
    const name = `${state} ${given[state]}`;
    const at = new Date(road.world.now());
    await road.world.db(shopId).query(
      `INSERT INTO deliveries
          (shop_id, webhook_id, shop_domain, topic, received_at, subject, lane, body, state, outcome, done_at)
        VALUES ($1, $2, '', 'orders/paid', $3, '', 0, '{}', $4, $5, $6)`,
      [shopId, name, at, state, ...(state === 'dead' ? ['failed', at] : [null, null])],
    );
    await road.world.db(shopId).query(
      `INSERT INTO effects (shop_id, key, kind, payload, run_after, requested_at, state)
        VALUES ($1, $2, 'look-up-order', '{}', $3, $3, $4)`,
      [shopId, name, new Date(at.getTime() + 86_400_000), state],
    );
  }
  expect((await home()).waiting).toMatchObject({ deliveries: 2, effects: 2, flags: 0 });
});

it('has its figures, and without them still says what is to be done', async () => {
  await newMember(road.world, road.shopId);
  expect((await home()).figures).toMatchObject({ members: 1, newest: [] });

  await road.world.db(road.shopId).query('ALTER TABLE entries RENAME TO lost_entries');
  const without = await home();
  expect(without.figures).toBeNull();
  expect(without.setUp.published).toMatchObject({ version: 1 });
});

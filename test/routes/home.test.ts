/** The page that staff opens first. */
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
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
  readonly setUp: { readonly published: { readonly version: number } | null };
  readonly figures: { readonly members: number; readonly newest: readonly unknown[] } | null;
}

async function home(): Promise<Home> {
  const request = adminRequest('/app', idToken(road.store.domain));
  const response = await answerOf(() => loader({ request, context, params: {} }));
  return (await response.json()) as Home;
}

it('has its figures, and without them still says what is to be done', async () => {
  await newMember(road.world, road.shopId);
  expect((await home()).figures).toMatchObject({ members: 1, newest: [] });

  await road.world.db(road.shopId).query('ALTER TABLE entries RENAME TO lost_entries');
  const without = await home();
  expect(without.figures).toBeNull();
  expect(without.setUp.published).toMatchObject({ version: 1 });
});

/** What staff sees and asks on the pages of campaigns. */
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import { makeBackTests } from '../../app/jobs/run-back-tests.ts';
import { action, loader as one } from '../../app/routes/app.campaigns.$key/route.tsx';
import { loader as all } from '../../app/routes/app.campaigns._index/route.tsx';
import { adminRequest, answerOf, contextOf, idToken } from '../support/admin-request.ts';
import { openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { newShop } from '../support/shop-rows.ts';

let road: Road;
let context: AppLoadContext;
const campaign = (key: string, first: string, last: string) => ({
  ...{ key, name: key.toUpperCase(), enabled: true, multiplier: '2' },
  ...{ startsAt: `${first}T00:00:00Z`, endsAt: `${last}T00:00:00Z` },
});
const documentWith = (campaigns: ProgrammeInput['campaigns']) =>
  programmeDocument.parse({ ...firstDraft('Road'), campaigns });

beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  await road.publish(
    documentWith([
      campaign('a', '2026-11-01', '2026-11-30'),
      {
        ...campaign('b', '2026-11-25', '2026-12-05'),
        when: { products: ['77'] },
      },
    ]),
  );
});
afterAll(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

type Route = (args: {
  request: Request;
  context: AppLoadContext;
  params: Record<string, string>;
}) => Promise<unknown>;

async function ask<T>(
  route: Route,
  path: string,
  { key = '', body }: { readonly key?: string; readonly body?: unknown } = {},
): Promise<{ status: number; body: T }> {
  const request = adminRequest(path, idToken(road.store.domain), body);
  const response = await answerOf(() => route({ request, context, params: { key } }));
  const text = await response.text();
  return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as T };
}

interface Calendar {
  readonly campaigns: readonly { readonly key: string; readonly state: string }[];
  readonly span: { readonly kind: string; readonly first: string; readonly days: number };
  readonly overlaps: readonly { readonly keys: readonly string[] }[];
  readonly today: string;
}

it('names what a campaign is for by its products’ titles', async () => {
  await road.world.prisma.product.create({
    data: {
      ...{ shopId: BigInt(road.shopId), productId: 77n },
      ...{ facts: { title: 'Green tea' }, factsAt: new Date(road.world.now()) },
    },
  });
  const { body } = await ask<{ titles: unknown }>(one, '/app/campaigns/b', { key: 'b' });
  expect(body.titles).toEqual({ 77: 'Green tea' });
});

describe('the campaigns of the shop', () => {
  it('are on the calendar of today’s month, with those that run at the same time', async () => {
    const { body } = await ask<Calendar>(all, '/app/campaigns');
    expect(body).toMatchObject({
      campaigns: [
        { key: 'a', state: 'running' },
        { key: 'b', state: 'planned' },
      ],
      span: { kind: 'month', first: '2026-11-01', days: 30 },
      overlaps: [{ keys: ['a', 'b'] }],
      today: '2026-11-20',
    });
  });

  it.each([
    ['view=quarter&day=2026-02-28', { kind: 'quarter', first: '2026-01-01', days: 90 }],
    ['view=month&day=2027-01-01', { kind: 'month', first: '2027-01-01', days: 31 }],
    // What is no day is today.
    ['view=year&day=2026-02-30', { kind: 'month', first: '2026-11-01', days: 30 }],
  ])('by what the address asks for: %s', async (search, span) => {
    expect((await ask<Calendar>(all, `/app/campaigns?${search}`)).body.span).toMatchObject(span);
  });

  it('are not those of another shop', async () => {
    const { id: other } = await newShop(road.world);
    await road.query(
      `INSERT INTO programme_drafts (shop_id, document, revision, edited_at, edited_by)
        VALUES ($1, $2, 1, now(), 'test')
        ON CONFLICT (shop_id) DO UPDATE SET document = EXCLUDED.document`,
      [other, JSON.stringify(documentWith([campaign('theirs', '2026-11-01', '2026-11-30')]))],
    );
    const keys = (await ask<Calendar>(all, '/app/campaigns')).body.campaigns.map(({ key }) => key);
    expect(keys).toEqual(['a', 'b']);
    expect((await ask(one, '/app/campaigns/theirs', { key: 'theirs' })).status).toBe(404);
    expect((await ask(one, '/app/campaigns/a', { key: 'a' })).status).toBe(200);
  });
});

describe('a campaign that is tried', () => {
  const wish = (intent: string, key = 'b') =>
    ask<{ ok: boolean }>(action, `/app/campaigns/${key}`, { key, body: { intent } });
  const trial = async (): Promise<string | undefined> =>
    (await ask<{ trial: { state: string } | null }>(one, '/app/campaigns/b', { key: 'b' })).body
      .trial?.state;

  it('can be cancelled, and asked for again', async () => {
    expect(await trial()).toBeUndefined();
    expect((await wish('run')).body).toMatchObject({ ok: true });
    expect(await trial()).toBe('running');
    expect((await wish('cancel')).body).toEqual({ ok: true });
    expect(await trial()).toBe('cancelled');
    await wish('run');
    const backTests = makeBackTests(road.world);
    for (let round = 0; round < 10 && (await backTests.once()); round += 1);
    expect(await trial()).toBe('finished');
  });

  it('is refused where the draft has none of this key, or the form says nothing', async () => {
    expect((await wish('run', 'gone')).body).toMatchObject({ refusal: { kind: 'no-campaign' } });
    expect(await wish('publish')).toMatchObject({
      status: 400,
      body: { refusal: { kind: 'bad-form' } },
    });
  });
});

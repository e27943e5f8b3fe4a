import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as deliveries from '../../app/routes/app.deliveries._index/route.tsx';
import * as member from '../../app/routes/app.members.$memberId/route.tsx';
import * as programme from '../../app/routes/app.programme/route.tsx';
import * as settings from '../../app/routes/app.settings/route.tsx';
import { loader as layout } from '../../app/routes/app/route.tsx';
import { adminRequest, answerOf, contextOf, idToken } from '../support/admin-request.ts';
import { openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import type { Checks } from '../../app/queries/checks.ts';
import { newMember, newShop } from '../support/shop-rows.ts';

let road: Road;
let context: AppLoadContext;
beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
});
afterAll(() => road.close());

type Route = (args: {
  request: Request;
  context: AppLoadContext;
  params: Record<string, string>;
}) => Promise<unknown>;

async function ask(
  route: Route,
  {
    body,
    params = {},
    staff = '42',
    path = '/app',
  }: { body?: unknown; params?: Record<string, string>; staff?: string; path?: string } = {},
): Promise<{ status: number; body: unknown }> {
  const request = adminRequest(path, idToken(road.store.domain, { staff }), body);
  const response = await answerOf(() => route({ request, context, params }));
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
}

describe('the shop of a visit', () => {
  it('finishes an installation that had not finished', async () => {
    const shop = { id: BigInt(road.shopId) };
    await road.world.prisma.shop.update({ where: shop, data: { state: 'uninstalled' } });
    const { status, body } = await ask(layout);
    expect([status, body]).toMatchObject([200, { domain: road.store.domain, staff: 'staff:42' }]);
    expect(await road.world.prisma.shop.findUnique({ where: shop })).toMatchObject({
      state: 'installed',
    });
  });
});

describe('adjusting points', () => {
  const wish = {
    points: 50,
    reason: 'goodwill',
    note: '',
    allowDebt: false,
    countsForTier: false,
    requestKey: '3b241101-e2bb-4255-8caf-4136c566a962',
  };

  it('books once, however often the same opening of the form is sent', async () => {
    const memberId = await newMember(road.world, road.shopId);
    const adjust = () => ask(member.action, { body: wish, params: { memberId } });
    const answers = await Promise.all([adjust(), adjust(), adjust()]);
    expect(answers.map(({ body }) => body)).toEqual(
      Array.from({ length: 3 }, () => ({ ok: true, points: 50, available: 50, debt: 0 })),
    );
    const where = { shopId: BigInt(road.shopId), memberId };
    expect(await road.world.prisma.entry.count({ where })).toBe(1);
    const page = await ask(member.loader, { params: { memberId } });
    expect(page.body).toMatchObject({
      member: { available: 50, audit: [{ actor: 'staff:42', action: 'adjusted', points: 50 }] },
    });
  });

  it('refuses more than there is with the number, and changes nothing', async () => {
    const memberId = await newMember(road.world, road.shopId);
    const body = { ...wish, points: -1 };
    expect(await ask(member.action as Route, { body, params: { memberId } })).toMatchObject({
      body: { ok: false, refusal: { kind: 'not-enough', available: 0, wanted: 1 } },
    });
    const where = { shopId: BigInt(road.shopId), memberId };
    expect(await road.world.prisma.entry.count({ where })).toBe(0);
  });

  it.each([
    ['no JSON', '{'],
    ['no points', { ...wish, points: 'many' }],
    ['no key', { ...wish, requestKey: '' }],
    ['nothing', 'null'],
  ])('answers 400 to %s', async (_what, body) => {
    const memberId = await newMember(road.world, road.shopId);
    expect((await ask(member.action as Route, { body, params: { memberId } })).status).toBe(400);
  });

  it('reaches no member of another shop', async () => {
    const { id: other } = await newShop(road.world);
    const memberId = await newMember(road.world, other, { available: 0n });
    expect((await ask(member.loader as Route, { params: { memberId } })).status).toBe(404);
    expect(await ask(member.action as Route, { body: wish, params: { memberId } })).toMatchObject({
      body: { ok: false, refusal: { kind: 'unknown-member' } },
    });
    const where = { shopId: BigInt(other), memberId };
    expect(await road.world.prisma.entry.count({ where })).toBe(0);
  });
});

interface ProgrammePage {
  draft: { revision: number; editedBy: string; document: Record<string, unknown> };
  versions: { version: number; publishedBy: string; note: string }[];
}

describe('the programme page', () => {
  const page = async (): Promise<ProgrammePage> =>
    (await ask(programme.loader)).body as ProgrammePage;
  const send = (body: unknown, staff?: string) =>
    ask(programme.action, { body, ...(staff !== undefined && { staff }) });

  it('saves, tells whoever was too late, and publishes with a note', async () => {
    const { draft } = await page();
    const { revision } = draft;
    const mine = { ...draft.document, name: 'Mine' };
    const theirs = { ...draft.document, name: 'Theirs' };
    expect(await send({ intent: 'save', revision, document: theirs }, '7')).toMatchObject({
      body: { intent: 'save', ok: true, revision: revision + 1, faults: [] },
    });
    expect(await send({ intent: 'save', revision, document: mine })).toMatchObject({
      body: { ok: false, refusal: { kind: 'edited-by-another', by: 'staff:7' } },
    });
    expect((await page()).draft).toMatchObject({
      editedBy: 'staff:7',
      document: { name: 'Theirs' },
    });
    expect(await send({ intent: 'publish', revision: revision + 1, note: 'Hello' })).toMatchObject({
      body: { intent: 'publish', ok: true },
    });
    expect((await page()).versions[0]).toMatchObject({ publishedBy: 'staff:42', note: 'Hello' });
    expect(await send({ intent: 'publish', revision: revision + 1, note: '' })).toMatchObject({
      body: { ok: false, refusal: { kind: 'nothing-changed' } },
    });
  });

  it('keeps a draft with faults and says where they are, and does not publish it', async () => {
    const { draft } = await page();
    const document = { ...draft.document, name: '', maturityDays: 'soon' };
    const saved = await send({ intent: 'save', revision: draft.revision, document });
    expect(saved.body).toMatchObject({
      ok: true,
      faults: [{ place: 'name' }, { place: 'maturityDays' }],
    });
    expect((await page()).draft.document).toMatchObject({ name: '', maturityDays: 'soon' });
    const published = await send({ intent: 'publish', revision: draft.revision + 1, note: '' });
    expect(published.body).toMatchObject({ ok: false, refusal: { kind: 'invalid' } });
  });

  it.each([
    ['no JSON', '{"intent":'],
    ['another shape', { intent: 'save', revision: 1, document: { earning: 'all' } }],
    ['an unknown wish', { intent: 'burn' }],
  ])('answers 400 to %s, and keeps the draft', async (_what, body) => {
    const before = await page();
    expect((await send(body)).status).toBe(400);
    expect(await page()).toEqual(before);
  });
});

describe('the settings', () => {
  const secret = 'judgeme-private-token-1234';

  it('keep the token of the review app sealed, and never show it', async () => {
    expect(
      await ask(settings.action as Route, { body: { intent: 'connect-reviews', secret } }),
    ).toMatchObject({ body: { ok: true } });
    const shown = await ask(settings.loader);
    expect(shown.body).toMatchObject({
      judgeme: { provider: 'judgeme', lastHeardAt: null },
      judgemeUrl: `http://localhost:1/webhooks/judgeme/${road.store.domain}`,
    });
    expect(JSON.stringify(shown.body)).not.toContain(secret);
    const row = await road.world.prisma.integration.findFirstOrThrow({
      where: { shopId: BigInt(road.shopId) },
    });
    expect(row.secret).toMatch(/^laurel1\./);
    await ask(settings.action, { body: { intent: 'disconnect-reviews' } });
    expect((await ask(settings.loader as Route)).body).toMatchObject({ judgeme: null });
  });

  it('refuse a token that is too short to be one', async () => {
    expect(
      await ask(settings.action as Route, { body: { intent: 'connect-reviews', secret: 'abc' } }),
    ).toMatchObject({ body: { ok: false, refusal: { kind: 'too-short' } } });
  });

  it('do not start a second reading of the history while one runs', async () => {
    expect(await ask(settings.action as Route, { body: { intent: 'start-import' } })).toMatchObject(
      { body: { ok: false, refusal: { kind: 'already-running' } } },
    );
  });
});

describe('checking with Shopify', () => {
  it('is started from the settings, once at a time, and shown there', async () => {
    const body = { intent: 'start-sweep', daysBack: 7 };
    const started = await ask(settings.action, { body });
    expect(started).toMatchObject({ status: 200, body: { ok: true } });
    expect(await ask(settings.action as Route, { body })).toMatchObject({
      body: { ok: false, refusal: { kind: 'already-checking' } },
    });
    const shown = (await ask(settings.loader)).body as { checks: Checks };
    expect(shown.checks).toMatchObject({
      sweeps: [{ state: 'running', askedBy: 'staff:42', lookedAt: 0 }],
      proofs: [],
    });
    const [sweep] = shown.checks.sweeps;
    expect(sweep && sweep.startedAt - sweep.sinceAt).toBe(7 * 86_400_000);
  });

  it.each([0, 61, 1.5, '7', undefined])('answers 400 to %s days', async (daysBack) => {
    const body = { intent: 'start-sweep', daysBack };
    expect((await ask(settings.action as Route, { body })).status).toBe(400);
  });
});

describe('the deliveries', () => {
  it.each([{ intent: 'range', fromId: '1; DROP', toId: '2' }, { intent: 'all' }, 'x'])(
    'answer 400 to %j',
    async (body) => {
      expect((await ask(deliveries.action as Route, { body })).status).toBe(400);
    },
  );

  it('tell how many were taken up again', async () => {
    expect(await ask(deliveries.action as Route, { body: { intent: 'all-dead' } })).toMatchObject({
      body: { ok: true, count: 0 },
    });
  });
});

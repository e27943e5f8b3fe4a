/** What staff are told on the page that tries the draft: what one order earns, and by which version. */
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstDraft } from '../../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import { saveDraft } from '../../app/operations/save-draft.ts';
import { action, loader } from '../../app/routes/app.programme_.trial/route.tsx';
import { adminRequest, answerOf, contextOf, idToken } from '../support/admin-request.ts';
import { orderBody } from '../support/order-body.ts';
import { booksOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { newShop } from '../support/shop-rows.ts';

let road: Road;
let context: AppLoadContext;
let placed: readonly string[];

beforeAll(async () => {
  road = await openRoad();
  context = contextOf(road);
  await road.publish();
  // Version 2 is in force, at 1 point for every euro; the draft gives 3.
  await road.publish(paying(1));
  await draft(paying(3));
  const [product] = [...road.store.products.values()].filter(({ giftCard }) => !giftCard);
  const place = (): string => {
    road.clock.advance(60_000);
    return road.store.placeOrder({
      buyer: { email: 'mina@road.example', firstName: 'Mina' },
      lines: [{ variantId: product?.variants[0]?.id ?? '', quantity: 1 }],
    }).name;
  };
  placed = [place(), place()];
  await road.settle();
});
afterAll(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

function paying(points: number): Partial<ProgrammeDocument> {
  const [order] = firstDraft('Road').earning;
  if (!order) throw new Error('The first draft has a rule.');
  const settings = { ...order.settings, points };
  return { earning: [{ ...order, settings }], badges: [], challenges: [] };
}

async function draft(change: Partial<ProgrammeDocument>): Promise<void> {
  const { revision } = await road.world.prisma.programmeDraft.findUniqueOrThrow({
    where: { shopId: BigInt(road.shopId) },
  });
  const document = { ...firstDraft('Road'), ...change };
  await saveDraft(road.world, { shopId: road.shopId, actor: 'test', revision, document });
}

interface Earned {
  readonly points: number;
  readonly programmeVersion: number;
  readonly nothingBecause?: string;
}
interface Answer {
  readonly ok: boolean;
  readonly refusal?: { readonly kind: string };
  readonly order?: {
    readonly name: string;
    readonly before: readonly Earned[] | null;
    readonly after: readonly Earned[] | null;
  };
}

async function askAbout(text: string): Promise<Answer> {
  const body = { intent: 'order', text };
  const request = adminRequest('/app/programme/trial', idToken(road.store.domain), body);
  const response = await answerOf(() => action({ request, context, params: {} }));
  return (await response.json()) as Answer;
}

/** Of two pieces at €20.25: 40.50 by 1 point for every euro are 40, by 3 points 121. */
const body = (): string =>
  JSON.stringify({
    ...orderBody({
      ...{ id: 7_000_000_001, customerId: null, placedAt: '2026-11-20T10:00:00Z' },
      lines: [{ id: 1, price: '20.25', quantity: 2 }],
    }),
    taxes_included: false,
  });

describe('one order', () => {
  it('is picked among the newest, the latest first, and those of other shops are not there', async () => {
    const { id: other } = await newShop(road.world);
    await road.query(
      `INSERT INTO orders (shop_id, order_id, name, placed_at) VALUES ($1, 1, '#other', now())`,
      [other],
    );
    const request = adminRequest('/app/programme/trial', idToken(road.store.domain));
    const response = await answerOf(() => loader({ request, context, params: {} }));
    const { orders } = (await response.json()) as { orders: readonly { name: string }[] };
    expect(orders.map(({ name }) => name)).toEqual([...placed].reverse());
    expect(await askAbout('#other')).toMatchObject({ refusal: { kind: 'unknown-order' } });
  });

  it('is told by the version that is in force, and by the draft', async () => {
    const books = await booksOf(road);
    const { order } = await askAbout(body());
    expect(order?.before).toMatchObject([{ points: 40, programmeVersion: 2 }]);
    expect(order?.after).toMatchObject([{ points: 121 }]);
    expect((await askAbout(placed[0] ?? '')).order?.name).toBe(placed[0]);
    expect(await booksOf(road)).toEqual(books);
  });

  it('of another currency earns nothing, and says so', async () => {
    const { order } = await askAbout(body().replaceAll('"EUR"', '"USD"'));
    expect(order?.before).toMatchObject([{ points: 0, nothingBecause: 'foreign-currency' }]);
  });

  it.each([
    ['half a body', '{"id": 12, "line_items": [', 'no-order-body'],
    ['an empty body', '{}', 'no-order-body'],
    ['a refund', '{"id": 1, "order_id": 2, "refund_line_items": []}', 'no-order-body'],
    ['a list', '[]', 'no-order-body'],
    ['a number that no order has', '1e308', 'unknown-order'],
    ['HTML', '<b>x</b>', 'unknown-order'],
    ['10,000 characters', 'x'.repeat(10_000), 'unknown-order'],
    ['an emoji', '🎉', 'unknown-order'],
  ])('is refused where it is none: %s', async (_, text, kind) => {
    expect(await askAbout(text)).toMatchObject({ ok: false, refusal: { kind } });
  });

  it('of more text than an order can be is not read', async () => {
    expect(await askAbout('x'.repeat(600_001))).toMatchObject({ refusal: { kind: 'bad-form' } });
  });
});

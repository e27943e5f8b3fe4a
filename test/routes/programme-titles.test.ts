/** What was chosen in Shopify's picker is called by its name when the programme is opened again. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstDraft, programmeDocument } from '../../app/domain/programme/document.ts';
import { loader } from '../../app/routes/app.programme/route.tsx';
import { adminRequest, answerOf, contextOf, idToken } from '../support/admin-request.ts';
import { openRoad } from '../support/road.ts';
import type { Road } from '../support/road.ts';

let road: Road;
beforeAll(async () => {
  road = await openRoad();
});
afterAll(() => road.close());

async function titles(token = idToken(road.store.domain)): Promise<Record<string, string>> {
  const request = adminRequest('/app/programme', token);
  const response = await answerOf(() => loader({ request, context: contextOf(road), params: {} }));
  return ((await response.json()) as { titles: Record<string, string> }).titles;
}

it('products, variants and collections by their titles, and what the shop lacks as nothing', async () => {
  expect(await titles()).toEqual({});
  const [collection] = [...road.store.collections.values()];
  const products = [...road.store.products.values()];
  const plain = products.find(({ variants }) => variants.length === 1);
  const many = products.find(({ variants }) => variants.length > 1);
  const [only, one] = [plain?.variants[0], many?.variants[0]];
  if (!collection || !plain || !many || !only || !one) throw new Error('The seed is different now');
  await road.publish(
    programmeDocument.parse({
      ...firstDraft('Road'),
      campaigns: [
        {
          ...{ key: 'tea', name: 'Tea', enabled: true, multiplier: '2' },
          ...{ startsAt: '2026-11-01T00:00:00Z', endsAt: '2026-11-30T00:00:00Z' },
          when: {
            products: [many.id],
            variants: [only.id, one.id],
            collections: [collection.id, '999999999'],
          },
        },
      ],
    }),
  );
  expect(await titles()).toEqual({
    [many.id]: many.title,
    [only.id]: plain.title,
    [one.id]: `${many.title} – ${one.title}`,
    [collection.id]: collection.title,
    '999999999': '',
  });
});

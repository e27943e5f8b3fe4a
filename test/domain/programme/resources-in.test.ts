import { expect, it } from 'vitest';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { resourcesIn } from '../../../app/domain/programme/resources-in.ts';

it('finds what was chosen in Shopify in whatever part of the draft it stands, once', () => {
  const draft = draftDocument.parse(firstDraft('Fern'));
  expect(resourcesIn(draft)).toEqual([]);
  const [buying] = draft.earning;
  const [badge] = draft.badges;
  const chosen = draftDocument.parse({
    ...draft,
    earning: [
      { ...buying, settings: { ...buying?.settings, includedCollections: ['1', '2'] } },
      { ...buying, key: 'other', settings: { excludedVariants: ['3'], excludedTags: ['4'] } },
    ],
    badges: [{ ...badge, kind: 'orders', settings: { products: ['5'], collections: ['2'] } }],
    rewards: [
      {
        ...{ key: 'mug', kind: 'free-product', name: 'Mug', enabled: true, points: 1 },
        settings: { variants: ['8'], buysCollections: ['9'] },
      },
    ],
    memberships: [
      {
        ...{ key: 'club', name: 'Club', enabled: true, tier: null },
        plans: [{ products: ['6', 'no-id'], variants: [], length: 1, unit: 'months' }],
      },
    ],
  });
  expect(resourcesIn(chosen).toSorted()).toEqual([
    'gid://shopify/Collection/1',
    'gid://shopify/Collection/2',
    'gid://shopify/Collection/9',
    'gid://shopify/Product/5',
    'gid://shopify/Product/6',
    'gid://shopify/ProductVariant/3',
    'gid://shopify/ProductVariant/8',
  ]);
});

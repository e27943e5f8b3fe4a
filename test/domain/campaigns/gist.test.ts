import { expect, it } from 'vitest';
import { campaignDefaults } from '../../../app/domain/campaigns/campaign-settings.ts';
import { gistOf } from '../../../app/domain/campaigns/campaign-gist.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import { programme } from '../fixtures.ts';

const { when } = campaignDefaults();
const { campaigns, tiers } = draftDocument.parse({
  ...programme(),
  campaigns: [
    { when: {}, audience: {} },
    {
      when: { collections: ['7'], minimum: '80' },
      audience: { tiers: ['gold', 'gone'] },
      times: 2,
    },
    {
      when: { minimum: 'a lot', weekdays: ['monday'], markets: ['ch'] },
      audience: { tags: ['vip'] },
    },
  ].map(({ audience, when: asked, ...rest }, index) => ({
    ...{ key: `c${index}`, name: 'C', enabled: true, startsAt: '', endsAt: '', ...rest },
    when: { ...when, ...asked },
    audience: { tiers: [], tags: [], withoutTags: [], ...audience },
  })),
  tiers: {
    ...programme().tiers,
    levels: [{ key: 'gold', name: 'Gold', need: '500', multiplier: '1' }],
  },
});

it('a campaign says in its line what it is for, and nothing where it is for everything', () => {
  expect(campaigns.map((campaign) => gistOf(campaign, tiers))).toEqual([
    [],
    [
      { only: 'goods' },
      { only: 'minimum', amount: '80' },
      // A tier that is gone goes by its key.
      { only: 'tiers', names: ['Gold', 'gone'] },
      { only: 'times', count: 2 },
    ],
    // What is no amount yet is not said.
    [{ only: 'tags' }, { only: 'places' }, { only: 'hours' }],
  ]);
});

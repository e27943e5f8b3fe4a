import { expect, it } from 'vitest';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import { previewedRewards } from '../../../app/domain/rewards/draft-preview.ts';
import { rewardDefinitions } from '../../../app/domain/rewards/registry.ts';

const reward = (key: string, kind: string, over: object = {}) => ({
  ...{ key, kind, name: key, enabled: true, points: 100 },
  settings: { ...(rewardDefinitions.find(kind)?.defaults ?? {}) },
  ...over,
});

it('a draft shows a member of 120 points what they could have: 500 less 120 are 380 missing', () => {
  const draft = draftDocument.parse({
    ...firstDraft('Laurel'),
    rewards: [
      reward('five', 'amount-off', { points: '500', description: 'Nice.', image: 'https://a.b/c' }),
      reward('choose', 'variable-amount-off', {
        settings: {
          ...(rewardDefinitions.find('variable-amount-off')?.defaults as object),
          leastSteps: 2,
        },
      }),
      reward('half-typed', 'amount-off', {
        points: '',
        settings: { amount: '' },
        image: 'http://a',
      }),
      reward('for-b2b', 'perk', { audience: { tags: ['b2b'] } }),
      reward('off', 'perk', { enabled: false }),
      reward('prize', 'perk', { forPoints: false }),
    ],
  });
  const shown = previewedRewards(draft, 120);
  expect(shown.map(({ key, cost, missing, asks }) => [key, cost, missing, asks])).toEqual([
    ['five', 500, 380, false],
    ['choose', 200, 80, false],
    ['half-typed', 0, -120, false],
    ['for-b2b', 100, -20, true],
  ]);
  expect(shown.map(({ image }) => image)).toEqual(['https://a.b/c', '', '', '']);
  expect(shown[0]?.words).toBe('Nice.');
  expect(shown[1]?.steps).toEqual({ least: 2, most: 20 });
});

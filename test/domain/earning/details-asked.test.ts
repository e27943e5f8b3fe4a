/** Which orders have to be read anew: only where a rule of any version looks at what webhooks leave out. */
import { expect, it } from 'vitest';
import { detailsAsked } from '../../../app/domain/earning/details-asked.ts';
import type { ProgrammeDocument } from '../../../app/domain/programme/document.ts';
import { campaign } from '../campaigns/campaigns.ts';
import { programme, shopWith, tiers } from '../fixtures.ts';
import { challenge, paying } from '../goals.ts';

const nobody = { tiers: [], tags: [], withoutTags: [] };
const ruleFor = (audience: object): ProgrammeDocument => {
  const document = programme();
  const earning = document.earning.map((rule) => ({
    ...rule,
    audience: { ...nobody, ...audience },
  }));
  return { ...document, earning };
};
const askedBy = (...documents: ProgrammeDocument[]): readonly string[] => [
  ...detailsAsked(shopWith(documents.map((document, index) => [index, document]))),
];

it.each<[string, readonly ProgrammeDocument[], readonly string[]]>([
  ['nothing, without a programme', [], []],
  ['nothing, of rules for everybody', [programme()], []],
  ['nothing, of rules by tier', [ruleFor({ tiers: ['gold'] })], []],
  ['tags, of a rule for who has one', [ruleFor({ tags: ['vip'] })], ['customer-tags']],
  ['tags, of a rule for who has not', [ruleFor({ withoutTags: ['b2b'] })], ['customer-tags']],
  [
    'tags, of a campaign for who has one',
    [programme({ campaigns: [campaign({ audience: { tags: ['vip'] } })] })],
    ['customer-tags'],
  ],
  ['nothing, of a challenge for everybody', [paying({ challenges: [challenge(2, 5)] })], []],
  [
    'tags, of a challenge for who has one',
    [paying({ challenges: [challenge(2, 5, { audience: { tags: ['vip'] } })] })],
    ['customer-tags'],
  ],
  [
    'tags, of a challenge for who has not, also in a version that is over',
    [
      paying({ challenges: [challenge(2, 5, { audience: { withoutTags: ['b2b'] } })] }),
      programme({ tiers: tiers([['gold', '0', '1']]) }),
    ],
    ['customer-tags'],
  ],
])('an order is asked for %s', (_, documents, asked) => {
  expect(askedBy(...documents)).toEqual(asked);
});

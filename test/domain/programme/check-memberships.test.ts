/** Memberships and referrals that cannot be published, or hardly are meant: each at its place, in words. */
import { expect, it } from 'vitest';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import { club } from '../memberships/terms-bought.ts';
import type { MembershipInput } from '../memberships/terms-bought.ts';
import { programme, tiers } from '../fixtures.ts';
import { level } from '../tiers/tier-members.ts';

const levels = [
  level('bronze', '0'),
  level('silver', '200'),
  level('vip', '', { grantedOnly: true }),
];
function told(over: Partial<ProgrammeInput>, about: string, currency = 'USD'): readonly string[] {
  const rewards = writtenRewards({ key: 'call', kind: 'by-hand', points: 1 });
  const document = { ...programme({ tiers: tiers([], { levels }), rewards }), ...over };
  const validation = validateProgramme(document, currency);
  return (validation.ok ? validation.warnings : validation.faults)
    .filter(({ place }) => place.startsWith(about))
    .map(({ place, message }) => `${validation.ok ? 'warns' : 'refuses'} ${place}: ${message}`);
}
const plan = (length: number | null, unit: 'days' | 'months', ...products: string[]) => ({
  ...{ length, unit, products },
});
const sold = (over: Partial<MembershipInput>, tier: string | null = 'vip') => [club(tier, over)];

it.each<[string, readonly MembershipInput[], readonly string[]]>([
  ['is fine', sold({ graceDays: 29, noticeDays: 29 }), []],
  ['for good may have any grace', sold({ plans: [plan(null, 'days', '1')], graceDays: 90 }), []],
  ['may give a reward alone', sold({ reward: 'call' }, null), []],
  ['of a tier that has to be reached is fine', sold({}, 'silver'), []],
  [
    'has a name that is taken',
    [club('vip'), club('vip', { plans: [plan(30, 'days', '9')] })],
    ['refuses memberships.1.key: '],
  ],
  [
    'gives nothing',
    sold({}, null),
    ['refuses memberships.0.tier: It gives nothing: choose a tier, a reward, or both.'],
  ],
  [
    'gives a tier that is gone',
    sold({}, 'gone'),
    ['refuses memberships.0.tier: No tier is known by this name any more.'],
  ],
  [
    'is bought by nothing',
    sold({ plans: [plan(30, 'days')] }),
    ['refuses memberships.0.plans.0.products: Choose what is bought.'],
  ],
  [
    'has two plans that are bought by the same product',
    sold({ plans: [plan(30, 'days', '1', '2'), plan(1, 'months', '3', '2')] }),
    [
      'refuses memberships.0.plans.1.products: ' +
        'Another plan of this membership is bought by the same thing.',
    ],
  ],
  [
    'has a product and a variant of one number, which are not the same',
    sold({
      plans: [plan(30, 'days', '1'), { length: 30, unit: 'days', products: [], variants: ['1'] }],
    }),
    [],
  ],
  [
    'has a grace as long as its term',
    sold({ graceDays: 30 }),
    [
      'refuses memberships.0.graceDays: ' +
        'The grace must be shorter than every term, or nobody would ever renew.',
    ],
  ],
  [
    'has a grace as long as the shortest month: 28 days',
    sold({ plans: [plan(1, 'months', '1')], graceDays: 28 }),
    [
      'refuses memberships.0.graceDays: ' +
        'The grace must be shorter than every term, or nobody would ever renew.',
    ],
  ],
  [
    'is told to end on the day on which it is bought',
    sold({ noticeDays: 30, plans: [plan(60, 'days', '1'), plan(30, 'days', '2')] }),
    [
      'warns memberships.0.noticeDays: ' +
        'Members are told of the end on the day they buy it: give shorter notice.',
    ],
  ],
  [
    'gives what everybody has',
    sold({}, 'bronze'),
    [
      'warns memberships.0.tier: ' +
        'Everybody has this tier: choose one that has to be reached or granted.',
    ],
  ],
])('a membership that %s', (_, memberships, expected) => {
  const found = told({ memberships: [...memberships] }, 'memberships');
  expect(found).toHaveLength(expected.length);
  expected.forEach((text, index) => {
    expect(found[index]?.startsWith(text)).toBe(true);
  });
  expect(found.every((text) => !text.endsWith(': '))).toBe(true);
});

type Referrals = NonNullable<ProgrammeInput['referrals']>;
const gives = { enabled: true, friend: { points: 5 } };

it.each<[string, Referrals, readonly string[]]>([
  ['are fine', gives, []],
  ['may refuse where a person is asked', { ...gives, flagAt: 50, refuseAt: 50 }, []],
  [
    'refuse before a person is asked',
    { ...gives, flagAt: 51, refuseAt: 50 },
    ['refuses referrals.refuseAt: Refusing begins where asking a person begins, or above it.'],
  ],
  [
    'are for a tier that is gone',
    { ...gives, audience: { tiers: ['vip', 'gone'] } },
    ['refuses referrals.audience.tiers.1: No tier is known by this name any more.'],
  ],
  [
    'give nothing to anybody',
    { enabled: true, friend: { points: 0 }, advocate: { points: 0 } },
    ['warns referrals.friend.points: Nobody gets anything for a referral.'],
  ],
  [
    'give nothing while they are off',
    { enabled: false, friend: { points: 0 }, advocate: { points: 0 } },
    [],
  ],
  [
    'give a reward to the advocate alone',
    { enabled: true, friend: { points: 0 }, advocate: { points: 0, reward: 'call' } },
    [],
  ],
  [
    'ask for a tag and rule it out',
    { ...gives, audience: { tags: ['a', 'b'], withoutTags: ['b'] } },
    ['warns referrals.audience.tags: A tag is both asked for and ruled out: nobody fits.'],
  ],
])('referrals that %s', (_, referrals, expected) => {
  expect(told({ referrals }, 'referrals')).toEqual(expected);
});

it('referrals with a minimum that is no amount of the currency are refused', () => {
  const of = (minimum: string, currency: string) =>
    told({ referrals: { ...gives, minimum } }, 'referrals', currency);
  expect([of('9.99', 'USD').length, of('9.99', 'JPY').length]).toEqual([0, 1]);
  expect(of('9.99', 'JPY')[0]).toMatch(/^refuses referrals\.minimum: .+\.$/);
});

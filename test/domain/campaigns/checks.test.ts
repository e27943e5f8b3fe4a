/** Campaigns that cannot be published, are hardly meant, or were written before they could do so much. */
import { describe, expect, it } from 'vitest';
import { campaign, iso } from './campaigns.ts';
import type { CampaignInput } from './campaigns.ts';
import { diffProgramme } from '../../../app/domain/programme/diff-programme.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import { termsOf } from '../../../app/domain/programme/terms.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { day, programme } from '../fixtures.ts';
import faults from '../../../app/locales/de.faults.json' with { type: 'json' };
import { placeTold } from '../place-told.ts';

const twice = campaign({ multiplier: '2' });
const reviewing = {
  ...{ key: 'review', kind: 'review', name: 'Reviewing', enabled: true },
  settings: { points: 50, photoBonus: 0, videoBonus: 0 },
};

function found(
  over: Partial<CampaignInput>,
  currency = 'USD',
): readonly { place: string; message: string }[] {
  const document = {
    ...programme({ earning: [...programme().earning, reviewing] }),
    campaigns: [{ ...twice, ...over }],
  };
  const validation = validateProgramme(document, currency);
  return validation.ok ? validation.warnings : validation.faults;
}

const placesOf = (over: Partial<CampaignInput>, currency?: string): string[] =>
  found(over, currency).map(placeTold);

describe('a campaign is refused at the place', () => {
  it.each<[string, Partial<CampaignInput>]>([
    ['when.markets.0', { when: { markets: ['nowhere'] } }],
    ['when.untilHour', { when: { fromHour: 20, untilHour: 20 } }],
    ['when.minimum', { when: { minimum: 'forty' } }],
    ['when.minimum', { when: { minimum: '40.005' } }],
    ['when.fromHour', { when: { fromHour: -1 } }],
    ['times', { times: 0 }],
    ['bonus.points', { bonus: { points: -1 } }],
  ])('%s', (place, over) => {
    expect(placesOf(over)).toEqual([`campaigns.0.${place}`]);
  });

  it('of an amount that the currency does not have: cents of a yen', () => {
    expect(placesOf({ when: { minimum: '4000.50' } }, 'JPY')).toEqual(['campaigns.0.when.minimum']);
    expect(placesOf({ when: { minimum: '4000.50' } })).toEqual([]);
  });
});

describe('a warning says what has no effect, and what to do', () => {
  it.each<[string, Partial<CampaignInput>]>([
    ['multiplier', { multiplier: '1' }],
    ['rules', { multiplier: '1', bonus: { points: 5 }, rules: ['order'] }],
    ['rules', { rules: ['review'], when: { firstOrder: true } }],
    ['audience.tags', { audience: { tags: ['vip'], withoutTags: ['vip'] } }],
    ['times', { when: { firstOrder: true }, times: 1 }],
  ])('%s', (place, over) => {
    expect(placesOf(over)).toEqual([`campaigns.0.${place}`]);
    for (const { message } of found(over)) expect(Object.keys(faults)).toContain(message);
  });

  it('is not there for what means something', () => {
    expect(placesOf({})).toEqual([]);
    expect(placesOf({ rules: ['review'], when: { weekdays: ['monday'] } })).toEqual([]);
    expect(placesOf({ multiplier: '1', bonus: { points: 5 } })).toEqual([]);
  });
});

it('one that was published before there were bonuses and conditions does what it did', () => {
  const old = {
    ...{ key: 'old', name: 'Old', enabled: true, multiplier: '2', rules: [], budgetPoints: null },
    ...{ startsAt: iso(day(5)), endsAt: iso(day(30)) },
    audience: { tiers: [], tags: [], withoutTags: [] },
  };
  // A document that is wrong elsewhere is completed part by part.
  for (const name of ['Laurel', '']) {
    const document = { ...programme(), name, campaigns: [old] } as never;
    const [terms] = termsOf({ version: 1, effectiveAt: 0, document }, 'USD').campaigns;
    expect(terms).toMatchObject({
      ...{ key: 'old', times: null, minimumMinor: null, bonus: { points: 0, per: 'order' } },
      when: { products: [], channels: [], firstOrder: false },
    });
  }
});

it('the list of changes tells every setting of a campaign in words', () => {
  const over: Partial<CampaignInput> = {
    bonus: { points: 50, per: 'piece' },
    when: { channels: ['pos', 'draft'], weekdays: ['friday'], minimum: '40', fromHour: 17 },
    times: 2,
  };
  const [before, after] = [twice, { ...twice, ...over }].map((one) =>
    draftDocument.parse(programme({ campaigns: [one] })),
  );
  const changes = diffProgramme(before ?? null, after!);
  expect(changes.map(({ subject, after: shown }) => [subject.at(-1)?.text, shown])).toEqual([
    ['Extra points', { as: 'number', number: 50, unit: 'points' }],
    ['Extra points are given', expect.objectContaining({ as: 'words' })],
    ['At most, for each member', { as: 'number', number: 2, unit: 'orders' }],
    ['Only for orders of at least', { as: 'money', amount: '40' }],
    [
      'Only for orders placed',
      {
        as: 'several',
        labels: [
          expect.objectContaining({ text: 'at the till' }),
          expect.objectContaining({ text: 'by your staff, as drafts' }),
        ],
      },
    ],
    ['Only on', { as: 'several', labels: [expect.objectContaining({ text: 'Fridays' })] }],
    ['Of each day, from', { as: 'number', number: 17, unit: 'oclock' }],
  ]);
});

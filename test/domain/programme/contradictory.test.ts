/** Programmes that contradict themselves: refused with the place and a remedy, or warned of. */
import { describe, expect, it } from 'vitest';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { notThereWarnings, picksIn } from '../../../app/domain/programme/check-picks.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import { keepable, tooDeep } from '../../../app/domain/programme/keepable.ts';
import { readProgrammeFile } from '../../../app/domain/programme/programme-file.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import faults from '../../../app/locales/de.faults.json' with { type: 'json' };
import { placeTold } from '../place-told.ts';

type Json = Record<string, unknown>;

type Change = readonly [path: string, value: unknown];

function draftWith(...changes: Change[]): unknown {
  const copy = JSON.parse(JSON.stringify(firstDraft('Laurel'))) as Json;
  for (const [path, value] of changes) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let holder = copy;
    for (const key of keys) holder = holder[key] as Json;
    holder[last] = value;
  }
  return copy;
}

const level = (key: string, need: string, over: object = {}) => ({
  ...{ key, name: key, need, multiplier: '1' },
  ...over,
});
const campaign = (over: object) => ({
  ...{ key: 'may', name: 'May', enabled: true, multiplier: '2', audience: {}, rules: [] },
  ...{ startsAt: '2026-05-01T00:00:00Z', endsAt: '2026-06-01T00:00:00Z' },
  ...over,
});
const NO_TIER = 'No tier is known by this name any more.';

describe('a contradiction is refused where it stands', () => {
  it.each<[string, string, readonly Change[], string?]>([
    [
      'tiers that overlap',
      'tiers.levels.1.need',
      [['tiers.levels', [level('a', '100'), level('b', '100.00')]]],
    ],
    [
      'tiers in the wrong order',
      'tiers.levels.1.need',
      [['tiers.levels', [level('a', '200'), level('b', '100')]]],
    ],
    ['a need that is no number', 'tiers.levels.0.need', [['tiers.levels', [level('a', 'NaN')]]]],
    ['a need of 10^308', 'tiers.levels.0.need', [['tiers.levels', [level('a', '1e308')]]]],
    [
      'a tier that multiplies by nothing',
      'tiers.levels.0.multiplier',
      [['tiers.levels', [level('a', '0', { multiplier: '0' })]]],
    ],
    [
      'a rate of 0 for 0: points',
      'earning.0.settings.points',
      [
        ['earning.0.settings.points', 0],
        ['earning.0.settings.per', '0'],
      ],
    ],
    ['a rate of 1 for 0', 'earning.0.settings.per', [['earning.0.settings.per', '0.00']]],
    [
      'a rate of 1 for less than nothing',
      'earning.0.settings.per',
      [['earning.0.settings.per', '-1']],
    ],
    ['10^308 points', 'earning.0.settings.points', [['earning.0.settings.points', 1e308]]],
    [
      'no number of points',
      'earning.0.settings.points',
      [['earning.0.settings.points', Number.NaN]],
    ],
    [
      'a limit of nothing',
      'earning.0.limits.each',
      [['earning.0.limits', { each: 0, perMember: [] }]],
    ],
    [
      'a rule for a tier that is gone',
      'earning.0.audience.tiers.0',
      [['earning.0.audience', { tiers: ['gone'] }]],
      NO_TIER,
    ],
    [
      'a rule for a market that is gone',
      'earning.0.settings.marketRates.0.market',
      [['earning.0.settings.marketRates', [{ market: 'ch', points: 1, per: '1' }]]],
    ],
    [
      'a currency that nobody has',
      'markets.0.currencies.0',
      [['markets', [{ key: 'm', name: 'M', currencies: ['QQQ'] }]]],
    ],
    [
      'a campaign that ends before it starts',
      'campaigns.0.endsAt',
      [['campaigns', [campaign({ endsAt: '2026-04-01T00:00:00Z' })]]],
    ],
    [
      'a campaign of no moment',
      'campaigns.0.endsAt',
      [['campaigns', [campaign({ endsAt: '2026-05-01T00:00:00Z' })]]],
    ],
    [
      'a day that is none',
      'campaigns.0.startsAt',
      [['campaigns', [campaign({ startsAt: '2026-02-30T00:00:00Z' })]]],
    ],
    [
      'hours that end before they begin',
      'campaigns.0.when.untilHour',
      [['campaigns', [campaign({ when: { fromHour: 20, untilHour: 8 } })]]],
    ],
    [
      'a campaign for a rule that is gone',
      'campaigns.0.rules.0',
      [['campaigns', [campaign({ rules: ['gone'] })]]],
    ],
    [
      'a challenge that ends before it starts',
      'challenges.0.endsAt',
      [
        ['challenges.0.startsAt', '2026-03-01T00:00:00Z'],
        ['challenges.0.endsAt', '2026-02-01T00:00:00Z'],
      ],
    ],
    ['a prize that is gone', 'challenges.0.prizeReward', [['challenges.0.prizeReward', 'gone']]],
    ['a badge that is gone', 'challenges.0.prizeBadge', [['challenges.0.prizeBadge', 'gone']]],
    [
      'a reward for a tier that is gone',
      'tiers.levels.1.entryReward',
      [['tiers.levels.1.entryReward', 'gone']],
    ],
    ['two of one key', 'earning.1.key', [['earning.1.key', 'order']]],
    ['a key that is no key', 'earning.0.key', [['earning.0.key', '__proto__']]],
    [
      'a key that every object has',
      'campaigns.0.key',
      [['campaigns', [campaign({ key: 'constructor', budgetPoints: 100 })]]],
      'Nothing can be called "constructor".',
    ],
    ['a tier likewise', 'tiers.levels.1.key', [['tiers.levels.1.key', 'constructor']]],
    ['a key in other letters', 'earning.0.key', [['earning.0.key', 'käse']]],
    ['a kind that no object is', 'earning.0.kind', [['earning.0.kind', 'constructor']]],
    ['points that expire at once', 'expiry.length', [['expiry', { kind: 'lot', length: 0 }]]],
    ['a setting that nobody knows', 'earning.0.settings.pints', [['earning.0.settings.pints', 5]]],
  ])('%s', (_name, place, changes, message) => {
    const found = validateProgramme(draftWith(...changes), 'USD');
    const told = found.ok ? [] : found.faults;
    expect(told.map(placeTold)).toContain(place);
    if (message !== undefined) expect(told).toContainEqual({ place, message });
  });

  it('51 ways to earn, 251 tags, and what is deeper than any programme', () => {
    const rule = firstDraft('x').earning[1];
    const many = Array.from({ length: 51 }, (_, at) => ({ ...rule, key: `join-${at}` }));
    const tags = Array.from({ length: 251 }, (_, at) => `tag ${at}`);
    let deep: unknown = 1;
    for (let at = 0; at < 100_000; at += 1) deep = [deep];
    for (const [place, value] of [
      ['earning', many],
      ['earning.0.settings.excludedTags', tags],
      ['earning.0.settings', { deep }],
    ] as const) {
      const found = validateProgramme(draftWith([place, value]), 'USD');
      expect(found.ok ? '' : found.faults[0]?.place).toMatch(new RegExp(`^${place}`));
    }
  });
});

describe('what is hardly meant is warned of', () => {
  const warnings = (...changes: Change[]) => {
    const found = validateProgramme(draftWith(...changes), 'USD');
    if (!found.ok) throw new Error(JSON.stringify(found.faults));
    return found.warnings;
  };

  it.each<[string, string, readonly Change[]]>([
    [
      'a collection that is no id',
      'earning.0.settings.excludedCollections.0',
      [['earning.0.settings.excludedCollections', ['Summer']]],
    ],
    [
      'a product that is a whole address',
      'campaigns.0.when.products.0',
      [['campaigns', [campaign({ when: { products: ['gid://shopify/Product/1'] } })]]],
    ],
    [
      'a product that earns and earns nothing',
      'earning.0.settings.includedProducts',
      [
        ['earning.0.settings.includedProducts', ['1']],
        ['earning.0.settings.excludedProducts', ['2', '1']],
      ],
    ],
    [
      'a vendor likewise, in any case',
      'earning.0.settings.includedVendors',
      [
        ['earning.0.settings.includedVendors', ['Acme']],
        ['earning.0.settings.excludedVendors', ['ACME']],
      ],
    ],
    [
      'a tag that is asked for and ruled out, in any case',
      'earning.0.audience.tags',
      [['earning.0.audience', { tags: ['VIP'], withoutTags: ['vip'] }]],
    ],
  ])('%s', (_name, place, changes) => {
    const [warning, ...others] = warnings(...changes);
    expect([warning && placeTold(warning), others]).toEqual([place, []]);
    expect(faults).toHaveProperty([warning?.message ?? '']);
  });

  it('control: who may have one of two tags, and not the other, can be somebody', () => {
    const audience = { tags: ['vip', 'staff'], withoutTags: ['staff'] };
    expect(warnings(['earning.0.audience', audience])).toEqual([]);
  });

  it('products and collections that the shop has not, wherever they stand', () => {
    const document = draftDocument.parse(
      draftWith(
        ['earning.0.settings.includedProducts', ['1', '2']],
        ['campaigns', [campaign({ when: { collections: ['3'], variants: ['2'] } })]],
        [
          'challenges.0.settings',
          { ...firstDraft('x').challenges[0]?.settings, collections: ['3'] },
        ],
      ),
    );
    expect(picksIn(document)).toHaveLength(5);
    const found = notThereWarnings(document, { 1: 'Tea', 2: '', 3: '' });
    expect(found.map(placeTold)).toEqual([
      'earning.0.settings.includedProducts.1',
      'challenges.0.settings.collections.0',
      'campaigns.0.when.variants.0',
      'campaigns.0.when.collections.0',
    ]);
    for (const { message } of found) expect(faults).toHaveProperty([message]);
  });
});

describe('a file', () => {
  const text = JSON.stringify(firstDraft('Fern'));
  const leftOut = (told: string) => {
    const read = readProgrammeFile(told);
    return read.ok ? read.leftOut : read.refusal;
  };

  it('says what of it this Laurel does not know, and leaves that out', () => {
    const more = draftWith(
      ['multipliersX', 'add'],
      ['tiers.levels.1.colour', 'red'],
      ['earning.0.limits', { each: null, eachh: 3 }],
    );
    const told = JSON.stringify(more);
    expect(leftOut(told)).toEqual([
      'earning.0.limits.eachh',
      'multipliersX',
      'tiers.levels.1.colour',
    ]);
    expect(readProgrammeFile(told)).toMatchObject({
      document: draftDocument.parse(firstDraft('Laurel')),
    });
  });

  it('changes nothing of any object, whatever its fields are called', () => {
    const told = text
      .replace('"schema"', '"__proto__":{"polluted":1},"schema"')
      .replace('"points":1', '"__proto__":{"polluted":1},"points":1');
    expect(leftOut(told)).toEqual(['earning.0.settings.__proto__']);
    expect(({} as Json)['polluted']).toBeUndefined();
  });

  it('that is deeper than any programme is none, and is refused at its place', () => {
    for (const deep of [
      '['.repeat(100_000) + ']'.repeat(100_000),
      `${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`,
    ]) {
      const told = text.replace('"points":1,', `"points":1,"deep":${deep},`);
      expect(leftOut(told)).toEqual({ kind: 'no-programme', place: 'earning.0.settings.deep' });
    }
  });

  it('keeps nothing that no database keeps', () => {
    const read = readProgrammeFile(JSON.stringify(draftWith(['name', 'a\u0000b \uD83C'])));
    expect(read.ok && read.document.name).toBe('ab \uFFFD');
    expect(keepable({ 'k\u0000': ['\u0000', 1, null, true] })).toEqual({ k: ['', 1, null, true] });
    expect(tooDeep(firstDraft('x'))).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { programme, tiers } from '../fixtures.ts';

type Json = Record<string, unknown>;

/** The first draft with one field set, by its path. */
function draftWith(path: string, value: unknown): unknown {
  const copy = structuredClone(firstDraft('Laurel')) as unknown as Json;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let holder = copy;
  for (const key of keys) holder = holder[key] as Json;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

function faultsOf(document: unknown, currency = 'USD'): (readonly [string, string])[] {
  const found = validateProgramme(document, currency);
  return found.ok ? [] : found.faults.map(({ place, message }) => [place, message] as const);
}

const placesOf = (...args: Parameters<typeof faultsOf>): string[] =>
  faultsOf(...args).map(([place]) => place);

describe('the first draft of a shop', () => {
  it.each(['JPY', 'USD', 'KWD', 'XYZ'])('can be published in %s as it is', (currency) => {
    expect(validateProgramme(firstDraft('Laurel'), currency)).toMatchObject({
      ok: true,
      warnings: [],
    });
  });

  it('can be published whatever the shop is called, and its name can be kept', () => {
    const name = fc.string({ unit: 'binary', maxLength: 80 });
    const blank = fc.integer({ min: 0, max: 90 }).map((length) => ' '.repeat(length));
    fc.assert(
      fc.property(fc.oneof(name, blank), fc.constantFrom('JPY', 'USD', 'KWD'), (shop, currency) => {
        const draft = firstDraft(shop);
        expect(faultsOf(draft, currency)).toEqual([]);
        expect(draft.name.isWellFormed() && !draft.name.includes('\0')).toBe(true);
      }),
    );
  });

  it('is named after the shop', () => {
    expect(firstDraft('Laurel').name).toBe('Laurel rewards');
    expect(firstDraft('').name).toBe('Our rewards');
  });
});

describe('a programme that cannot be published says where', () => {
  it.each([
    ['schema', 2],
    ['name', ''],
    ['name', '   '],
    ['name', 'x'.repeat(61)],
    ['name', undefined],
    ['word.one', ''],
    ['word.other', 7],
    ['earning', {}],
    ['earning.0.key', 'Big Letters'],
    ['earning.0.key', ''],
    ['earning.0.name', ''],
    ['earning.0.enabled', 'yes'],
    ['earning.0.settings.points', 0],
    ['earning.0.settings.points', 1.5],
    ['earning.0.settings.points', '1'],
    ['earning.0.settings.points', 1_000_001],
    ['earning.0.settings.includeTax', null],
    ['earning.0.settings.excludedTags', ['']],
    ['earning.1.settings.points', -5],
    ['earning.2.settings.photoBonus', -1],
    ['tiers.window', { kind: 'rolling', days: 0 }],
    ['tiers.window', { kind: 'weekly' }],
    ['tiers.graceDays', -1],
    ['tiers.graceDays', 366],
    ['tiers.levels.1.name', ''],
    ['tiers.levels.1.multiplier', '1,5'],
    ['tiers.levels.1.multiplier', '0.9'],
    ['tiers.levels.1.multiplier', '100'],
    ['tiers.levels.1.need', '-200'],
    ['tiers.levels.1.need', 'much'],
    ['tiers.levels.1.need', 200],
    ['badges.0.bonusPoints', -1],
    ['badges.0.settings.count', 0],
    ['challenges.0.prizePoints', 1.5],
    ['challenges.0.settings.by', 'colour'],
    ['challenges.0.settings.count', 1],
    ['challenges.0.startsAt', 'tomorrow'],
    ['challenges.0.endsAt', '2026-11-22'],
    ['maturityDays', 366],
    ['maturityDays', -1],
    ['clawback', 'never'],
    ['pastOrdersEarn', undefined],
    ['testOrdersEarn', 'no'],
  ])('%s = %j', (path, value) => {
    const [place = ''] = placesOf(draftWith(path, value));
    expect(place === path || place.startsWith(`${path}.`)).toBe(true);
  });

  it.each(['', null, [], 'x', 7])('%j is no programme at all', (document) => {
    expect(faultsOf(document)).toHaveLength(1);
  });

  it('a setting that nobody knows is named by what holds it', () => {
    expect(placesOf(draftWith('earning.0.settings.bonus', 5))).toEqual(['earning.0.settings']);
    expect(faultsOf({ ...firstDraft('x'), surprise: 1 })[0]?.[1]).toContain('surprise');
  });

  it.each([
    ['earning.0.kind', 'way to earn'],
    ['badges.0.kind', 'badge'],
    ['challenges.0.kind', 'challenge'],
  ])('%s that this build does not know', (path, what) => {
    expect(faultsOf(draftWith(path, 'dance'))).toEqual([
      [path, `This Laurel knows no ${what} of the kind "dance".`],
    ]);
  });

  it('a measure of tiers that this build does not know', () => {
    expect(placesOf(draftWith('tiers.metric', 'likes'))).toEqual(['tiers.metric']);
  });

  it.each([
    ['0', 'Must be more than zero.'],
    ['0.00', 'Must be more than zero.'],
  ])('an amount of %s to earn for', (per, message) => {
    expect(faultsOf(draftWith('earning.0.settings.per', per))).toEqual([
      ['earning.0.settings.per', message],
    ]);
  });

  it('cents of a yen, and tenths of a fils, in rates and in tiers', () => {
    const rate = draftWith('earning.0.settings.per', '0.5');
    expect(placesOf(rate, 'JPY')).toEqual(['earning.0.settings.per']);
    expect(placesOf(rate, 'KWD')).toEqual([]);
    const need = draftWith('tiers.levels.1.need', '200.5555');
    expect(placesOf(need, 'KWD')).toEqual(['tiers.levels.1.need']);
    expect(placesOf(draftWith('tiers.levels.1.need', '200.555'), 'KWD')).toEqual([]);
    expect(placesOf(draftWith('tiers.levels.1.need', '200.5'), 'JPY')).toEqual([
      'tiers.levels.1.need',
    ]);
  });

  it('a number of orders that is no whole number', () => {
    const levels = tiers([['a', '1.5', '1']], { metric: 'orders' });
    expect(faultsOf(programme({ tiers: levels }))).toEqual([
      ['tiers.levels.0.need', 'Write a whole number.'],
    ]);
  });

  it('two parts of one key, at the second', () => {
    const { earning, badges, challenges } = firstDraft('x');
    const twice = {
      ...firstDraft('x'),
      earning: [...earning, ...earning.slice(0, 1)],
      badges: [...badges, ...badges],
      challenges: [...challenges, ...challenges],
    };
    expect(placesOf(twice)).toEqual(['earning.3.key', 'badges.1.key', 'challenges.1.key']);
  });

  it('two tiers of one key, of one name, or that nobody could tell apart', () => {
    const [bronze, silver] = firstDraft('x').tiers.levels;
    if (!bronze || !silver) throw new Error('The first draft has tiers.');
    const levels = (over: object): ProgrammeDocument =>
      programme({ tiers: { ...tiers([]), levels: [bronze, { ...silver, ...over }] } });
    expect(placesOf(levels({}))).toEqual([]);
    expect(placesOf(levels({ key: 'bronze' }))).toEqual(['tiers.levels.1.key']);
    expect(placesOf(levels({ name: 'BRONZE' }))).toEqual(['tiers.levels.1.name']);
    expect(placesOf(levels({ need: '0.00' }))).toEqual(['tiers.levels.1.need']);
    const falling = tiers([
      ['a', '10', '1'],
      ['b', '5', '1'],
      ['c', '7', '1'],
    ]);
    expect(placesOf(programme({ tiers: falling }))).toEqual(['tiers.levels.1.need']);
  });

  it('a challenge that ends before it starts', () => {
    const [challenge] = firstDraft('x').challenges;
    if (!challenge) throw new Error('The first draft has a challenge.');
    const window = (startsAt: string | null, endsAt: string | null): ProgrammeDocument =>
      programme({ challenges: [{ ...challenge, startsAt, endsAt }] });
    const [one, two] = ['2026-11-22T00:00:00+01:00', '2026-11-22T00:00:00Z'];
    expect(placesOf(window(one, two))).toEqual([]);
    expect(placesOf(window(two, one))).toEqual(['challenges.0.endsAt']);
    expect(placesOf(window(one, one))).toEqual(['challenges.0.endsAt']);
    expect(placesOf(window(null, one))).toEqual([]);
  });

  it('all faults at once, not one after the other', () => {
    const both = draftWith('earning.0.settings.points', 0) as ProgrammeDocument;
    const broken = { ...both, tiers: tiers([['a', 'much', '0.5']]) };
    expect(placesOf(broken)).toEqual([
      'earning.0.settings.points',
      'tiers.levels.0.multiplier',
      'tiers.levels.0.need',
    ]);
  });
});

it('a programme in which nothing earns can be published, with a warning', () => {
  const off = programme().earning.map((rule) => ({ ...rule, enabled: false }));
  expect(validateProgramme(programme({ earning: off }), 'USD')).toMatchObject({
    ok: true,
    warnings: [{ place: 'earning' }],
  });
});

describe('parts that do not fit together are refused at their place', () => {
  const campaign = {
    ...{ key: 'c', name: 'C', enabled: true, multiplier: '2' },
    ...{ startsAt: '2026-11-01T00:00:00Z', endsAt: '2026-12-01T00:00:00Z' },
  };
  const order = programme().earning[0]!;
  const places = (over: Partial<ProgrammeInput>): string[] => placesOf({ ...programme(), ...over });

  it('an audience of a tier that is not there', () => {
    const audience = { tiers: ['gold'], tags: [], withoutTags: [] };
    expect(places({ earning: [{ ...order, audience }] })).toEqual(['earning.0.audience.tiers.0']);
    expect(places({ campaigns: [{ ...campaign, audience }] })).toEqual([
      'campaigns.0.audience.tiers.0',
    ]);
    expect(
      places({ earning: [{ ...order, audience }], tiers: tiers([['gold', '10', '1']]) }),
    ).toEqual([]);
  });

  it('a campaign that ends before it begins, multiplies by less than 1, names an unknown rule', () => {
    expect(places({ campaigns: [campaign] })).toEqual([]);
    expect(places({ campaigns: [{ ...campaign, endsAt: campaign.startsAt }] })).toEqual([
      'campaigns.0.endsAt',
    ]);
    expect(places({ campaigns: [{ ...campaign, multiplier: '0.5' }] })).toEqual([
      'campaigns.0.multiplier',
    ]);
    expect(places({ campaigns: [{ ...campaign, rules: ['order', 'gone'] }] })).toEqual([
      'campaigns.0.rules.1',
    ]);
    expect(places({ campaigns: [campaign, campaign] })).toEqual(['campaigns.1.key']);
  });

  it('a market in a currency that nobody has', () => {
    const market = { key: 'm', name: 'M', countries: ['CH'], currencies: ['CHF', 'QQQ'] };
    expect(places({ markets: [market] })).toEqual(['markets.0.currencies.1']);
  });

  it('membership by a tag that is not named', () => {
    const membership = { policy: 'tagged' as const, claimDays: 90 };
    expect(places({ membership: { ...membership, tag: ' ' } })).toEqual(['membership.tag']);
    expect(places({ membership: { ...membership, tag: 'vip' } })).toEqual([]);
  });
});

it.each<[string, Partial<ProgrammeInput>]>([
  ['markets.0.countries', { markets: [{ key: 'm', name: 'M' }] }],
  [
    'markets.1.countries',
    {
      markets: [
        { key: 'a', name: 'A', countries: ['CH'] },
        { key: 'b', name: 'B', countries: ['AT', 'CH'] },
      ],
    },
  ],
  [
    'earning.0.limits.perMember',
    {
      earning: [
        {
          ...programme().earning[0]!,
          limits: {
            perMember: [
              { most: 100, of: 'points', per: 'day' },
              { most: 50, of: 'points', per: 'month' },
            ],
          },
        },
      ],
    },
  ],
  ['expiry.reminderDays', { expiry: { kind: 'lot', length: 30, unit: 'days' } }],
  ['membership.claimDays', { membership: { policy: 'opted-in', claimDays: 0 } }],
  ['tiers.lowersAtOnce', { tiers: tiers([], { lowersAtOnce: true }) }],
])('what is hardly meant can be published, with a warning at %s', (place, over) => {
  const found = validateProgramme({ ...programme(), ...over }, 'USD');
  expect(found).toMatchObject({ ok: true, warnings: [{ place }] });
  expect(validateProgramme(programme(), 'USD')).toMatchObject({ ok: true, warnings: [] });
});

describe('a ladder of tiers (law 6)', () => {
  const warnings = (over: Partial<ProgrammeInput['tiers']>, more: Partial<ProgrammeInput> = {}) => {
    const found = validateProgramme(programme({ tiers: tiers([], over), ...more }), 'USD');
    return found.ok ? found.warnings.map(({ place }) => place) : found.faults;
  };
  const level = (key: string, need: string, over = {}) => ({
    ...{ key, name: key, need, multiplier: '1' },
    ...over,
  });

  it('asks for rising thresholds of those that are reached by counting, and of no other', () => {
    const club = level('club', 'by invitation', { grantedOnly: true });
    const needs = [level('a', '100'), club, level('b', '200')];
    expect(warnings({ levels: needs })).toEqual([]);
    const equal = [level('a', '100'), club, level('b', '100')];
    expect(placesOf(programme({ tiers: tiers([], { levels: equal }) }))).toEqual([
      'tiers.levels.2.need',
    ]);
  });

  it('warns where everybody who joins is paid, and not where it takes something', () => {
    expect(warnings({ levels: [level('a', '0', { entryPoints: 5 })] })).toEqual([
      'tiers.levels.0.entryPoints',
    ]);
    expect(warnings({ levels: [level('a', '1', { entryPoints: 5 })] })).toEqual([]);
  });

  it('warns of a grace and of a notice that are longer than the term', () => {
    const window = { kind: 'rolling', days: 20 } as const;
    expect(warnings({ window, graceDays: 20, noticeDays: 19 })).toEqual([]);
    expect(warnings({ window, graceDays: 21, noticeDays: 20 })).toEqual([
      'tiers.graceDays',
      'tiers.noticeDays',
    ]);
  });

  it('warns of a tier that takes more points than anybody can earn, unless it is granted', () => {
    const perMember = [{ most: 500, of: 'points', per: 'lifetime' } as const];
    const [rule] = programme().earning;
    const limited = rule ? [{ ...rule, limits: { each: null, perMember } }] : [];
    const levels = (over = {}) => [level('a', '500'), level('b', '501', over)];
    const found = (over = {}) =>
      warnings({ metric: 'points', levels: levels(over) }, { earning: limited });
    expect(found()).toEqual(['tiers.levels.1.need']);
    expect(found({ grantedByProducts: ['77'] })).toEqual([]);
    expect(found({ grantedOnly: true })).toEqual([]);
    expect(warnings({ metric: 'points', levels: levels() })).toEqual([]);
  });

  it('warns of a product that grants two tiers', () => {
    const levels = ['a', 'b'].map((key, index) =>
      level(key, String(index), { grantedByProducts: ['77'] }),
    );
    expect(warnings({ levels })).toEqual(['tiers.levels.0.grantedByProducts']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import type { ProgrammeDocument } from '../../../app/domain/programme/document.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { programme, tiers } from '../fixtures.ts';
import { placeTold } from '../place-told.ts';

type Json = Record<string, unknown>;

/** The first draft with one field set, by its path. */
function draftWith(path: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(firstDraft('Laurel'))) as Json;
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
  return found.ok ? [] : found.faults.map((fault) => [placeTold(fault), fault.message] as const);
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

  it('a setting that nobody knows is named', () => {
    const unknown = 'This Laurel knows no such setting: take it out.';
    for (const place of ['surprise', 'earning.0.settings.bonus', 'earning.0.limits.most']) {
      expect(faultsOf(draftWith(place, 1))).toEqual([[place, unknown]]);
    }
  });

  it.each([
    ['earning.0.kind', 'way to earn'],
    ['badges.0.kind', 'goal'],
    ['challenges.0.kind', 'goal'],
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

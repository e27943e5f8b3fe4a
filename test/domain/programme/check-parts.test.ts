import { describe, expect, it } from 'vitest';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import type { Segment } from '../../../app/domain/segments/segment.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import { programme, tiers } from '../fixtures.ts';
import { club } from '../memberships/terms-bought.ts';
import { placeTold } from '../place-told.ts';

function placesOf(document: unknown): string[] {
  const found = validateProgramme(document, 'USD');
  return found.ok ? [] : found.faults.map(placeTold);
}

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

  it('a reward whose conditions cannot be asked, and one that names a tier that is not there', () => {
    const asking = (...conditions: Segment['conditions']): string[] =>
      places({
        rewards: writtenRewards({
          ...{ key: 'five', kind: 'amount-off', points: 500 },
          audience: { segment: { match: 'all', conditions } },
        }),
      });
    const segment = 'rewards.0.audience.segment.conditions';
    const tier = { kind: 'tier', not: false, settings: { tiers: ['gold'] } };
    expect(asking({ kind: 'never-redeemed', not: true, settings: {} })).toEqual([]);
    expect(asking({ kind: 'points', not: false, settings: { least: 9, most: 1 } })).toEqual([
      `${segment}.0.settings.most`,
    ]);
    expect(asking({ kind: 'moon-phase', not: false, settings: {} })).toEqual([`${segment}.0.kind`]);
    expect(asking(tier, { ...tier, settings: { tiers: [] } })).toEqual([
      `${segment}.1.settings.tiers`,
      `${segment}.0.settings.tiers.0`,
    ]);
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
    return found.ok ? found.warnings.map(placeTold) : found.faults;
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
    const sold = { earning: limited, memberships: [club('b')] };
    expect(warnings({ metric: 'points', levels: levels() }, sold)).toEqual([]);
    expect(found({ grantedOnly: true })).toEqual([]);
    expect(warnings({ metric: 'points', levels: levels() })).toEqual([]);
  });
});

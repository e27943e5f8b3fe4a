import { describe, expect, it } from 'vitest';
import { diffProgramme } from '../../../app/domain/programme/diff-programme.ts';
import type { Change } from '../../../app/domain/programme/diff-programme.ts';
import type { Shown } from '../../../app/domain/programme/shown.ts';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { draftDocument, freeKey } from '../../../app/domain/programme/draft.ts';
import type { DraftDocument } from '../../../app/domain/programme/draft.ts';
import { conditionDefinitions } from '../../../app/domain/segments/registry.ts';
import { writtenRewards } from '../../support/written-rewards.ts';

const draft = draftDocument.parse(firstDraft('Fern'));

function change(edit: (document: DraftDocument) => void): readonly string[] {
  const after = structuredClone(draft);
  edit(after);
  return diffProgramme(draft, after).map(read);
}

/** The plain reading: "Way to earn › Buying › Points: 1 points → 2 points". */
function read({ kind, subject, before, after }: Change): string {
  const about = subject.map(({ text }) => text).join(' › ');
  const values = [before, after].filter((shown) => shown !== null).map(show);
  return values.length === 0 ? `${kind} ${about}` : `${kind} ${about}: ${values.join(' → ')}`;
}

function show(shown: Shown): string {
  switch (shown.as) {
    case 'text':
      return `"${shown.text}"`;
    case 'words':
      return shown.label.text;
    case 'several':
      return shown.labels.map(({ text }) => text).join(', ');
    case 'switch':
      return shown.on ? 'on' : 'off';
    case 'number':
      return `${shown.number} ${shown.unit ?? ''}`.trim();
    case 'money':
      return `${shown.amount} of the currency`;
    case 'list':
      return `${shown.items.join(', ')} ${shown.unit ?? ''}`.trim();
    case 'ids':
      return `${shown.of} ${shown.ids.join(',')}`;
    case 'moment':
      return shown.at ?? 'no date';
    case 'conditions':
      return shown.conditions
        .map(({ label, not, settings }) =>
          [not ? 'not' : '', label.text, ...settings.map((one) => show(one.shown))]
            .join(' ')
            .trim(),
        )
        .join(` ${shown.match === 'any' ? 'or' : 'and'} `);
    case 'limits':
      return shown.limits.map(({ most, of, per }) => `${most} ${of} per ${per}`).join(', ');
    case 'plans':
      return shown.plans
        .map(({ length, unit, ids }) => `${length} ${unit} ${ids.join('+')}`)
        .join();
    case 'amounts':
      return shown.amounts.map(({ market, amount }) => `${market} ${amount}`).join(', ');
    case 'rates':
      return shown.rates.map((rate) => `${rate.market} ${rate.points}/${rate.per}`).join(', ');
  }
}

describe('what a draft would change', () => {
  it('is nothing when it says the same', () => {
    expect(diffProgramme(draft, structuredClone(draft))).toEqual([]);
  });

  it('names the rule, the setting, what it was and what it becomes', () => {
    expect(
      change(({ earning }) => {
        earning[0]!.settings['points'] = 2;
        earning[0]!.settings['per'] = '10';
        earning[0]!.settings['includeTax'] = true;
        earning[0]!.settings['excludedVendors'] = ['Acme'];
      }),
    ).toEqual([
      'changed Way to earn › Buying › Points: 1 points → 2 points',
      'changed Way to earn › Buying › For every: 1 of the currency → 10 of the currency',
      'changed Way to earn › Buying › Count tax: off → on',
      'changed Way to earn › Buying › Vendors that earn nothing:  → Acme',
    ]);
  });

  it('tells lists of products apart that are as long as each other', () => {
    const with1 = structuredClone(draft);
    with1.earning[0]!.settings['excludedProducts'] = ['1'];
    const with2 = structuredClone(draft);
    with2.earning[0]!.settings['excludedProducts'] = ['2'];
    expect(diffProgramme(with1, with2).map(read)).toEqual([
      'changed Way to earn › Buying › Products that earn nothing: products 1 → products 2',
    ]);
  });

  it('says a removed or an added part once, and not each of its settings', () => {
    expect(
      change((document) => {
        document.tiers.levels.splice(2, 1);
        document.badges.push({ ...document.badges[0]!, key: 'second', name: 'Second' });
      }),
    ).toEqual(['removed Tier › Gold', 'added Badge › Second']);
  });

  it('follows a part by its key, so that a new name is a change and not another part', () => {
    expect(change(({ tiers }) => (tiers.levels[1]!.name = 'Platinum'))).toEqual([
      'changed Tier › Platinum › Name: "Silver" → "Platinum"',
    ]);
  });

  it('says that tiers changed places', () => {
    expect(change(({ tiers }) => tiers.levels.reverse())).toEqual([
      'moved Order of the tiers: Bronze, Silver, Gold → Gold, Silver, Bronze',
    ]);
  });

  it('shows thresholds in the unit of what tiers climb by', () => {
    expect(
      change(({ tiers }) => {
        tiers.metric = 'orders';
        tiers.levels[1]!.need = '3';
      }),
    ).toEqual([
      'changed Tiers climb by: Amount spent → Number of orders',
      'changed Tier › Bronze › Needs: 0 of the currency → 0 orders',
      'changed Tier › Silver › Needs: 200 of the currency → 3 orders',
      'changed Tier › Gold › Needs: 500 of the currency → 500 orders',
    ]);
  });

  it('shows what is no number yet as it was typed', () => {
    expect(change((document) => (document.maturityDays = 'soon'))).toEqual([
      'changed Points can be spent after: 0 days → "soon"',
    ]);
  });

  it('is everything before the first version', () => {
    const all = diffProgramme(null, draft).map(read);
    expect(all).toContain('added Way to earn › Buying');
    expect(all).toContain('added Programme name: "Fern rewards"');
    expect(all.every((line) => line.startsWith('added '))).toBe(true);
  });

  it('finds a place in the form for every change', () => {
    const after = structuredClone(draft);
    after.challenges[0]!.endsAt = '2026-12-31T23:00:00.000Z';
    after.clawback = 'only-pending';
    expect(diffProgramme(draft, after).map(({ place }) => place)).toEqual([
      'challenges.0.endsAt',
      'clawback',
    ]);
  });
});

describe('a free key', () => {
  it('is made of the name, and numbered when it is taken', () => {
    expect(freeKey('Über Fans!', [])).toBe('ber-fans');
    expect(freeKey('order', [{ key: 'order' }])).toBe('order-2');
    expect(freeKey('order', [{ key: 'order' }, { key: 'order-2' }])).toBe('order-3');
    expect(freeKey('!!!', [])).toBe('part');
  });

  it('names the settings of the programme itself, of audiences, limits, campaigns and markets', () => {
    expect(
      change((document) => {
        document.multipliers = 'add';
        document.expiry = { ...document.expiry, kind: 'lot', length: 6 };
        document.membership.policy = 'opted-in';
        document.tiers.levels[1]!.entryPoints = 50;
        document.earning[0]!.audience.tiers = ['gold'];
        document.earning[0]!.limits = {
          each: 500,
          perMember: [{ most: 1000, of: 'points', per: 'month' }],
        };
        document.markets.push({ key: 'ch', name: 'Swiss', countries: ['CH'], currencies: [] });
      }),
    ).toEqual([
      'changed Way to earn › Buying › Only for members in:  → Gold',
      'changed Way to earn › Buying › At most, each time: "" → 500 points',
      'changed Way to earn › Buying › At most, for each member:  → 1000 points per month',
      'changed Tier › Silver › Points for reaching it: 0 points → 50 points',
      'added Market › Swiss',
      'changed When several multipliers meet: the highest counts → they add up',
      'changed Expiry › Points expire: never → each award by itself, some time after it could be spent',
      'added Expiry › After: 6',
      'added Expiry › Unit: months',
      'added Expiry › Announced at least: 30 days',
      'added Expiry › Remind members before: 30, 7 days',
      'changed Taking part › Who is a member: every customer → customers who joined',
    ]);
  });

  it('says which conditions a reward asks, and how they go together', () => {
    const [reward] = writtenRewards({ key: 'five', kind: 'amount-off', points: 500 });
    const withConditions = (match: string, ...kinds: string[]) => {
      const conditions = kinds.map((kind) => ({
        ...{ kind, not: kind === 'tag', settings: conditionDefinitions.find(kind)?.defaults ?? {} },
      }));
      const audience = { ...reward!.audience, segment: { match, conditions } };
      return draftDocument.parse({ ...draft, rewards: [{ ...reward, audience }] });
    };
    const told = (before: DraftDocument, after: DraftDocument) =>
      diffProgramme(before, after).map(read);
    const about = 'changed Reward › five › Only for members who meet';
    expect(told(withConditions('all'), withConditions('all', 'last-order', 'tag'))).toEqual([
      `${about}:  → Last order is longer ago than 90 days and not Has a tag`,
    ]);
    expect(
      told(withConditions('all', 'tag', 'points'), withConditions('any', 'tag', 'points')),
    ).toHaveLength(1);
    expect(told(withConditions('all', 'tag'), withConditions('any', 'tag'))).toEqual([]);
  });

  it('tells every setting: a change at any place of a whole programme is a change in words', () => {
    const whole = draftDocument.parse({
      ...firstDraft('Fern'),
      campaigns: [
        { key: 'c', name: 'C', enabled: true, multiplier: '2', startsAt: 'a', endsAt: 'b' },
      ],
      markets: [{ key: 'm', name: 'M' }],
      memberships: [{ key: 'club', name: 'Club', enabled: true, plans: [{}] }],
      games: [
        {
          ...{ key: 'g', kind: 'giveaway', name: 'G', enabled: true, settings: { once: true } },
          entry: { tiers: [{ tier: 'bronze', tickets: 1, per: 'day' }] },
          prizes: [{ key: 'a', name: 'A' }],
          countries: [{ country: 'DE', mode: 'age-gate' }],
        },
      ],
      quizzes: [
        {
          ...{ key: 'q', kind: 'vote', name: 'Q', enabled: true },
          questions: [{ key: 'a', text: 'A', choices: [{ key: 'b', text: 'B' }], right: ['b'] }],
          settings: { weights: [{ tier: 'bronze', weight: 2 }] },
        },
      ],
      streaks: [
        {
          ...{ key: 's', name: 'S', enabled: true, of: ['visit'] },
          milestones: [{ at: 3, multiplier: '2' }],
        },
      ],
      referrals: { enabled: true },
      expiry: { kind: 'lot' },
      membership: { policy: 'tagged', tag: 'vip' },
      tiers: {
        ...firstDraft('Fern').tiers,
        metric: 'points',
        window: { kind: 'rolling', days: 9 },
      },
    });
    const silent = placesOf(whole).filter(
      (place) => diffProgramme(whole, otherwise(whole, place)).length === 0,
    );
    // The schema's number never changes; keys are what parts are known by.
    const known = /^schema$|\.kind$|\.questions\..*key$|\.prizes\.\d+\.key$/;
    expect(silent.filter((place) => !known.test(place))).toEqual([]);
  });
});

/** Every place of the document that holds no further places. */
function placesOf(value: unknown, start = ''): string[] {
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && value.length === 0)) {
    return [start];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    placesOf(inner, start === '' ? key : `${start}.${key}`),
  );
}

function otherwise(document: DraftDocument, place: string): DraftDocument {
  const copy = structuredClone(document);
  const steps = place.split('.');
  const last = steps.pop() ?? '';
  const holder = steps.reduce<Record<string, unknown>>(
    (found, step) => found[step] as Record<string, unknown>,
    copy as unknown as Record<string, unknown>,
  );
  const was = holder[last];
  if (typeof was === 'boolean') holder[last] = !was;
  else if (typeof was === 'number') holder[last] = was + 1;
  else if (Array.isArray(was)) holder[last] = ['x'];
  else holder[last] = typeof was === 'string' ? `${was}x` : '5';
  return copy;
}

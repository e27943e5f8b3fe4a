/** The battery that every definition goes through: a new one is tested by being in its list. */
import { describe, expect, it } from 'vitest';
import { NO_FACTS } from '../../app/domain/goals/goal-facts.ts';
import { goalDefinitions } from '../../app/domain/goals/registry.ts';
import { earningDefinitions } from '../../app/domain/earning/registry.ts';
import { CARD_KINDS } from '../../app/domain/earning/definition.ts';
import type { EarningFact } from '../../app/domain/earning/definition.ts';
import type { Field, Words } from '../../app/domain/fields.ts';
import { explanationSchema } from '../../app/domain/points/explanation.ts';
import { registryOf } from '../../app/domain/registry.ts';
import { tierMetrics } from '../../app/domain/tiers/metric.ts';
import type { z } from 'zod';
import { factsOf, order, review } from './fixtures.ts';

interface Defined {
  readonly kind: string;
  readonly words: Words;
  readonly settings: z.ZodType;
  readonly defaults: unknown;
  readonly fields: readonly Field[];
}

const all: (readonly [string, Defined])[] = [earningDefinitions, goalDefinitions].flatMap(
  ({ name, all: list }) =>
    (list as readonly Defined[]).map((one) => [`${name} "${one.kind}"`, one] as const),
);

describe.each(all)('the %s', (_name, definition) => {
  const { settings, defaults, fields, words, kind } = definition;

  it('has defaults that its schema takes as they are', () => {
    expect(settings.parse(defaults)).toEqual(defaults);
  });

  it('has a field for every setting, and none besides', () => {
    const names = fields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([...names].sort()).toEqual(Object.keys(defaults as object).sort());
  });

  it('refuses a setting that it does not know, and settings that are none', () => {
    for (const odd of [{ ...(defaults as object), surprise: 1 }, {}, null, 'x', []])
      expect(settings.safeParse(odd).success).toBe(false);
  });

  it('refuses in every field what that field cannot hold', () => {
    for (const { name } of fields) {
      for (const odd of [null, { a: 1 }, -1, 'no such value'])
        expect(settings.safeParse({ ...(defaults as object), [name]: odd }).success).toBe(false);
    }
  });

  it('offers in a choice what its schema takes, and the default among it', () => {
    for (const { name, input, choices = [] } of fields) {
      expect(choices.length > 0).toBe(input === 'choice');
      for (const { value } of choices)
        expect(settings.safeParse({ ...(defaults as object), [name]: value }).success).toBe(true);
    }
  });

  it('has words for itself and for each field', () => {
    const labels = fields.flatMap(({ label, choices = [] }) => [
      label,
      ...choices.map((choice) => choice.label),
    ]);
    for (const text of [words.label, words.help, kind, ...labels]) expect(text.trim()).not.toBe('');
  });
});

describe('every way to earn', () => {
  const facts = factsOf(order());
  if (!facts.snapshot) throw new Error('It is an order.');
  const deed = { at: 5, withdrawnAt: null, zone: 'UTC' };
  const network = { network: 'instagram' };
  const each: EarningFact[] = [
    { kind: 'order', facts, snapshot: facts.snapshot },
    { kind: 'join', at: 5 },
    { kind: 'review', at: 5, review: review(), before: [] },
    { kind: 'birthday', at: 5, year: 2026, knownSince: 5, zone: 'UTC' },
    { kind: 'anniversary', at: 5, years: 1 },
    { kind: 'consent', at: 5, channel: 'newsletter', withdrawnAt: null, zone: 'UTC' },
    { kind: 'consent', at: 5, channel: 'sms', withdrawnAt: null, zone: 'UTC' },
    { kind: 'profile', at: 5, given: new Set(['name', 'email', 'address']), before: new Set() },
    { ...deed, kind: 'visit', id: '2026-01-01', content: {} },
    { ...deed, kind: 'social-follow', id: 'instagram', content: network },
    { ...deed, kind: 'social-share', id: 'instagram', content: network },
    { ...deed, kind: 'survey', id: 'nps', content: {} },
    { ...deed, kind: 'custom', id: '1', content: { action: 'action' } },
    { ...deed, kind: 'receipt', id: '1', content: { number: '1', amount: '10', currency: 'USD' } },
    ...CARD_KINDS.map((of) => ({ kind: 'card', at: 5, of, times: 1 }) as const),
  ];
  const terms = {
    programmeVersion: 1,
    ruleName: 'Rule',
    currency: 'USD',
    testOrdersCount: false,
    market: null,
    taken: new Map<string, string>(),
  };

  it.each(earningDefinitions.all)('$kind looks at one kind of fact and explains it', (one) => {
    const worths = each.map((fact) => one.worth(one.defaults, fact, terms));
    const found = worths.filter((worth) => worth !== null);
    expect(found).toHaveLength(1);
    const explanation = explanationSchema.parse(found[0]?.explanation);
    expect(explanation).toEqual(found[0]?.explanation);
    expect(explanation).toMatchObject({ points: found[0]?.steps.at(-1)?.total, ruleName: 'Rule' });
  });

  it.each(earningDefinitions.all)('$kind offers what its defaults say', (one) => {
    const { points } = one.defaults as { points: number };
    expect(one.offer(one.defaults)).toMatchObject({ points });
  });
});

describe('every goal', () => {
  it.each([...goalDefinitions.all])('$kind is not reached by somebody who did nothing', (one) => {
    const reach = one.reach(one.defaults, NO_FACTS);
    expect(reach).toMatchObject({ have: 0, completedAt: null, counted: [] });
    expect(reach.need).toBeGreaterThan(0);
  });
});

describe('every measure of tiers', () => {
  const step = { at: 1, spendMinor: 4995, orders: 1, points: 49, countsFrom: 1 };
  it.each(tierMetrics.all)('$kind reads what it wrote, and has words', (metric) => {
    expect(metric.words.label && metric.words.help && metric.words.unit).toBeTruthy();
    const written = metric.formatNeed(200, 'USD');
    expect(metric.need.safeParse(written).success).toBe(true);
    expect(metric.parseNeed(written, 'USD')).toBe(200);
    for (const odd of ['', '-1', 'much', '1e3', '1,5'])
      expect(metric.need.safeParse(odd).success).toBe(false);
  });

  it('counts what its name says', () => {
    expect(tierMetrics.all.map(({ kind, amount }) => [kind, amount(step)])).toEqual([
      ['spend', 4995],
      ['orders', 1],
      ['points', 49],
    ]);
  });
});

describe('a registry', () => {
  it('finds by kind, and nothing for a kind it does not know', () => {
    const registry = registryOf('thing', [{ kind: 'a' }, { kind: 'b' }]);
    expect([registry.find('b'), registry.find('c'), registry.find('constructor')]).toEqual([
      { kind: 'b' },
      null,
      null,
    ]);
  });

  it('takes no two definitions of one kind', () => {
    expect(() => registryOf('thing', [{ kind: 'a' }, { kind: 'a' }])).toThrow(
      'Two definitions of one kind in thing',
    );
  });
});

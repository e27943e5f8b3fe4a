import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { arithmetic, origin, sentence, stepSentence } from '../../../app/domain/points/explain.ts';
import type { Phrases } from '../../../app/domain/points/explain.ts';
import {
  EXCLUDED_REASONS,
  explanationSchema,
  NOTHING_REASONS,
} from '../../../app/domain/points/explanation.ts';
import type { Explanation, OrderExplanation } from '../../../app/domain/points/explanation.ts';
import de from '../../../app/locales/de.json' with { type: 'json' };
import en from '../../../app/locales/en.json' with { type: 'json' };

const words = i18next.createInstance();
await words.init({
  lng: 'en',
  resources: { en: { translation: en }, de: { translation: de } },
  interpolation: { escapeValue: false },
});

function phrases(lng: 'en' | 'de'): Phrases {
  return {
    points: (count) => words.t('points', { lng, count, number: count }),
    decimal: (text) => (lng === 'de' ? text.replace('.', ',') : text),
    say: (key, values) => words.t(`explain.${key}`, { lng, ...values }),
  };
}

const english = phrases('en');
const euros = (minor: string): string =>
  `€${(Number(minor) / 100).toFixed(minor.includes('.') ? 3 : 2)}`;

const order: OrderExplanation = {
  rule: 'order',
  programmeVersion: 3,
  ruleName: 'Buying',
  currency: 'EUR',
  lines: [
    { title: 'Green tea', kept: 2, ordered: 3, minor: '1999.5' },
    { title: 'Kettle', kept: 1, ordered: 1, minor: '2995.5' },
  ],
  excluded: [{ title: 'Gift card', because: 'gift-card' }],
  baseMinor: '4995',
  rate: { points: 1, per: '1' },
  multiplier: '1.25',
  multiplierBecause: 'Silver',
  exact: '62.437',
  points: 62,
  nothingBecause: null,
};

describe('the sentence', () => {
  it('says what an order earned and how', () => {
    expect(sentence(order, english, euros)).toBe(
      '62 points for €49.95, at 1 point for every €1.00, times 1.25 for Silver.',
    );
    expect(sentence({ ...order, multiplier: '1', points: 49 }, english, euros)).toBe(
      '49 points for €49.95, at 1 point for every €1.00.',
    );
    expect(sentence(order, phrases('de'), euros)).toBe(
      '62 Punkte für €49.95: 1 Punkt je €1.00, mal 1,25 für Silver.',
    );
  });

  it('shows the rate in the currency it is in', () => {
    const yen = { ...order, currency: 'JPY', rate: { points: 1, per: '100' } };
    expect(sentence(yen, english, (minor, currency) => `${minor} ${currency}`)).toContain(
      'for every 100 JPY',
    );
    const dinar = { ...order, currency: 'KWD', rate: { points: 1, per: '0.5' } };
    expect(sentence(dinar, english, (minor, currency) => `${minor} ${currency}`)).toContain(
      'for every 500 KWD',
    );
  });

  it.each(NOTHING_REASONS)(
    'has words in each language for an order that earned 0: %s',
    (because) => {
      const nothing = { ...order, rate: null, points: 0, nothingBecause: because };
      for (const language of ['en', 'de'] as const) {
        const text = sentence(nothing, phrases(language), euros);
        expect(text).not.toContain('explain.');
        expect(text).toMatch(
          language === 'en' ? /^Earned 0 because .+\.$/ : /^0 gesammelt, weil .+\.$/,
        );
      }
    },
  );

  it.each([
    [
      { rule: 'fixed', programmeVersion: 1, ruleName: 'Joining', because: 'joined', points: 100 },
      '100 points for joining (Joining).',
    ],
    [
      {
        rule: 'fixed',
        programmeVersion: 1,
        ruleName: 'Super Fan',
        because: 'no-longer-met',
        points: 0,
      },
      'Super Fan is no longer met, so its points were taken back.',
    ],
    [
      { rule: 'adjustment', reason: 'goodwill', note: '', points: 50 },
      '50 points added by staff: Goodwill.',
    ],
    [
      { rule: 'adjustment', reason: 'misuse', note: '', points: -1 },
      '1 point taken by staff: Misuse.',
    ],
    [{ rule: 'merge', points: 7 }, '7 points from an account that was merged.'],
    [{ rule: 'redaction', points: -7 }, "7 points removed with the member's data."],
    [{ rule: 'step', step: 'refund:99' }, 'Taken back by a refund:'],
  ] satisfies [Explanation, string][])('says %j as %j', (explanation, expected) => {
    expect(sentence(explanation, english, euros)).toBe(expected);
  });

  it('says by which limits an award was cut, and by how much (laws 1.6, 1.8)', () => {
    const cut: OrderExplanation = {
      ...order,
      points: 40,
      limits: [
        { limit: 'each', most: 50, cut: 12 },
        { limit: 'points', most: 100, per: 'day', cut: 10 },
      ],
    };
    expect(sentence(cut, english, euros)).toBe(
      '40 points for €49.95, at 1 point for every €1.00, times 1.25 for Silver, cut by 22 points: ' +
        'at most 50 points each time, at most 100 points a day.',
    );
    const none: OrderExplanation = {
      ...{ ...order, points: 0, nothingBecause: 'limit-reached' },
      limits: [{ limit: 'times', most: 2, per: 'week', cut: 62 }],
    };
    expect(sentence(none, english, euros)).toBe(
      'Earned 0 because a limit was reached: at most 2× a week.',
    );
    const budget: OrderExplanation = {
      ...order,
      limits: [{ limit: 'budget', most: 500, name: 'Summer', cut: 5 }],
    };
    expect(sentence(budget, phrases('de'), euros)).toContain(
      'gekürzt um 5 Punkte: das Budget von Summer ist aufgebraucht.',
    );
  });

  it('says what multiplied and cut what is no order, and why it is nothing', () => {
    const review = {
      ...{ rule: 'fixed', programmeVersion: 1, ruleName: 'Reviewing', points: 80 },
      because: 'review-published',
      multipliers: [{ of: 'campaign', name: 'Summer', by: '2' }],
      limits: [{ limit: 'each', most: 80, cut: 20 }],
    } satisfies Explanation;
    expect(sentence(review, english, euros)).toBe(
      '80 points for a published review (Reviewing), times 2 for Summer, cut by 20 points: at most 80 points each time.',
    );
    expect(sentence({ ...review, points: 0, nothingBecause: 'other-tier' }, english, euros)).toBe(
      'Earned 0 because it is for members of other tiers.',
    );
  });

  it.each(['points', 'times'] as const)(
    'has words in each language for every limit of %s',
    (limit) => {
      for (const per of ['day', 'week', 'month', 'year', 'lifetime'] as const) {
        const cut: OrderExplanation = { ...order, limits: [{ limit, most: 7, per, cut: 1 }] };
        for (const language of ['en', 'de'] as const)
          expect(sentence(cut, phrases(language), euros)).toMatch(/: \S.* 7.*\.$/);
      }
    },
  );

  it('says by which rule of which version', () => {
    expect(origin(order, english)).toBe('By the rule Buying, version 3 of the programme.');
    expect(origin(order, english, true)).toBe('By the rule Buying of the draft.');
    expect(origin({ ...order, ruleName: '', programmeVersion: 0 }, english)).toBeNull();
    expect(origin({ rule: 'merge', points: 1 }, english)).toBeNull();
  });

  it('has words for a step that a later version invents', () => {
    expect(stepSentence('teleport:1', english)).toBe('Put right:');
  });
});

describe('the arithmetic', () => {
  it('goes from the kept lines to the points, with what was left out and the rounding', () => {
    expect(
      arithmetic(order, english, euros).map(({ label, value }) => `${label} | ${value}`),
    ).toEqual([
      'Green tea: 2 of 3 kept | €19.995',
      'Kettle × 1 | €29.955',
      'Gift card: gift cards earn nothing | €0.00',
      'What counts | €49.95',
      'Rate | 1 point for every €1.00',
      'Tier Silver | × 1.25',
      'Before rounding down | 62.437',
      'Points | 62 points',
    ]);
  });

  it('names each multiplier and how they went together, each limit, the market and the rate', () => {
    const full: OrderExplanation = {
      ...order,
      presentment: { currency: 'CHF', totalMinor: 4700, rate: '1.0628' },
      excluded: [{ title: 'Pot', because: 'other-rule', rule: 'Kitchen' }],
      storeCreditMinor: '500',
      rate: { points: 2, per: '1', market: 'Switzerland' },
      multiplier: '2.5',
      multiplierBecause: 'Silver, Summer',
      multipliers: [
        { of: 'tier', name: 'Silver', by: '1.5' },
        { of: 'campaign', name: 'Summer', by: '2' },
      ],
      stacking: 'add',
      exact: '249.75',
      limits: [{ limit: 'each', most: 200, cut: 49 }],
      points: 200,
    };
    const rows = arithmetic(full, english, (minor, currency) => `${minor} ${currency}`);
    expect(
      rows
        .slice(0, 1)
        .concat(rows.slice(3))
        .map(({ label, value }) => `${label} | ${value}`),
    ).toEqual([
      'Paid in CHF | 4700 CHF, at 1.0628 EUR for 1',
      'Pot: another way to earn pays for it alone (Kitchen) | 0 EUR',
      'Less what was paid with store credit | -500 EUR',
      'What counts | 4995 EUR',
      'Rate in Switzerland | 2 points for every 100 EUR',
      'Tier Silver | × 1.5',
      'Campaign Summer | × 2',
      'The multipliers add up | × 2.5',
      'Before rounding down | 249.75',
      'Limit: at most 200 points each time | − 49 points',
      'Points | 200 points',
    ]);
  });

  it('names one that yields to a higher, so that what the higher added can be reckoned', () => {
    const yielding: OrderExplanation = {
      ...order,
      ...{ multiplier: '2', multipliers: [{ of: 'campaign', name: 'Summer', by: '2' }] },
      ...{ yielded: [{ of: 'tier', name: 'Gold', by: '1.5' }], stacking: 'highest' },
    };
    const rows = arithmetic(yielding, english, euros).filter(({ kind }) => kind === 'multiplier');
    expect(rows.map(({ label, value }) => `${label} | ${value}`)).toEqual([
      'Tier Gold (lower, does not count) | × 1.5',
      'Campaign Summer | × 2',
      'The highest multiplier counts | × 2',
    ]);
  });

  it('names what gave a multiplier for a time (law 10.3)', () => {
    const won: OrderExplanation = {
      ...{ ...order, multiplier: '2', multiplierBecause: 'Explorer' },
      multipliers: [{ of: 'prize', name: 'Explorer', by: '2' }],
    };
    const labels = (language: 'en' | 'de') =>
      arithmetic(won, phrases(language), euros).map(({ label, value }) => `${label} | ${value}`);
    expect(labels('en')).toContain('Prize of Explorer | × 2');
    expect(labels('de')).toContain('Preis von Explorer | × 2');
    expect(explanationSchema.parse(won)).toEqual(won);
  });

  it('reads what was stored before there were campaigns and limits', () => {
    expect(explanationSchema.parse(order)).toEqual(order);
    expect(arithmetic(order, english, euros).map(({ label }) => label)).toContain('Tier Silver');
  });

  it('leaves out what changed nothing', () => {
    const plain = { ...order, multiplier: '1', exact: '49', points: 49, excluded: [] };
    expect(arithmetic(plain, english, euros).map(({ kind }) => kind)).toEqual([
      'line',
      'line',
      'sum',
      'rate',
      'result',
    ]);
  });

  it('is empty for what is no calculation', () => {
    expect(arithmetic({ ...order, rate: null }, english, euros)).toEqual([]);
    expect(arithmetic({ rule: 'merge', points: 1 }, english, euros)).toEqual([]);
  });

  it.each(EXCLUDED_REASONS)('has words in each language for a line left out: %s', (because) => {
    const left = { ...order, excluded: [{ title: 'Tea', because }] };
    for (const language of ['en', 'de'] as const) {
      const row = arithmetic(left, phrases(language), euros).find(
        ({ kind }) => kind === 'excluded',
      );
      expect(row?.label).toMatch(/^Tea: .+/);
      expect(row?.label).not.toContain('explain.');
    }
  });
});

import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { arithmetic, sentence, stepSentence } from '../../../app/domain/points/explain.ts';
import type { Phrases } from '../../../app/domain/points/explain.ts';
import { EXCLUDED_REASONS, NOTHING_REASONS } from '../../../app/domain/points/explanation.ts';
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

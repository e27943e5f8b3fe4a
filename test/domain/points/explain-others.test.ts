/** What is told of gifts, and of what could not be taken back (law 1.8, 3.2, 13.2). */
import i18next from 'i18next';
import { expect, it } from 'vitest';
import { arithmetic, sentence } from '../../../app/domain/points/explain.ts';
import type { Phrases } from '../../../app/domain/points/explain.ts';
import type { Explanation } from '../../../app/domain/points/explanation.ts';
import en from '../../../app/locales/en.json' with { type: 'json' };

const words = i18next.createInstance();
await words.init({
  lng: 'en',
  resources: { en: { translation: en } },
  interpolation: { escapeValue: false },
});
const english: Phrases = {
  points: (count) => words.t('points', { count, number: count }),
  decimal: (text) => text,
  say: (key, values) => words.t(`explain.${key}`, { ...values }),
};
const told = (explanation: Explanation): string => sentence(explanation, english, String);
const fixed: Extract<Explanation, { rule: 'fixed' }> = {
  ...{ programmeVersion: 1, ruleName: 'Joining', points: 100 },
  ...{ rule: 'fixed', because: 'joined' },
};

it('a gift is told in the words of who gave it, and so is what was left of it', () => {
  const gift = { rule: 'gift', reason: 'Happy new year', points: 50 } as const;
  expect(told({ ...gift, step: 'give' })).toBe('50 points given: Happy new year');
  expect(told({ ...gift, step: 'undo', points: 20 })).toBe(
    '20 points of a gift taken back: Happy new year',
  );
});

it('what had expired, and what was spent already, is told after all else', () => {
  const left = { ...fixed, because: 'no-longer-met', points: 0 } as const;
  const plain = told(left);
  const [lapsed, waived] = [
    'Expired before it could be taken back: 30 points.',
    'Left with the member, because it was spent already: 70 points.',
  ];
  expect(told({ ...left, lapsed: 30, waived: 70 })).toBe(`${plain} ${lapsed} ${waived}`);
  expect(told({ ...left, waived: 70 })).toBe(`${plain} ${waived}`);
  expect(told({ ...left, lapsed: 0, waived: 0 })).toBe(plain);
});

it('points that are for no pieces have no table, though a limit cut them', () => {
  const limits = [{ limit: 'each', most: 60, cut: 40 }] as const;
  expect(arithmetic({ ...fixed, points: 60, limits: [...limits] }, english, String)).toEqual([]);
  const each = { ...fixed, each: 30, lines: [{ title: 'Tea', kept: 2, ordered: 2 }], points: 60 };
  expect(arithmetic(each, english, String)).toHaveLength(2);
});

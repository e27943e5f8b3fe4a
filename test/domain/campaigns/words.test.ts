/** What campaigns did, in a sentence for the shopper and a table for the merchant (law 1.8). */
import i18next from 'i18next';
import { expect, it } from 'vitest';
import { bought, campaign, memberOf } from './campaigns.ts';
import { bonusKey } from '../../../app/domain/campaigns/bonus.ts';
import { arithmetic, origin, sentence } from '../../../app/domain/points/explain.ts';
import type { Phrases } from '../../../app/domain/points/explain.ts';
import de from '../../../app/locales/de.json' with { type: 'json' };
import en from '../../../app/locales/en.json' with { type: 'json' };
import { day, line, order } from '../fixtures.ts';
import type { Member } from '../fixtures.ts';

const words = i18next.createInstance();
await words.init({
  lng: 'en',
  resources: { en: { translation: en }, de: { translation: de } },
  interpolation: { escapeValue: false },
});
const phrases = (lng: 'en' | 'de'): Phrases => ({
  points: (count) => words.t('points', { lng, count, number: count }),
  decimal: (text) => (lng === 'de' ? text.replace('.', ',') : text),
  say: (key, values) => words.t(`explain.${key}`, { lng, ...values }),
});
const dollars = (minor: string): string => `$${(Number(minor) / 100).toFixed(2)}`;

const lines = [
  line({ id: '11', productId: '1', title: 'Tea', quantity: 2, priceMinor: 2000 }),
  line({ id: '12', productId: '2', title: 'Pot', priceMinor: 6000 }),
];
const told = order({ placedAt: day(10), lines });

function shown(member: Member, ruleKey: string, lng: 'en' | 'de' = 'en') {
  const explanation = member.award('order', '501', ruleKey)?.explanation;
  if (!explanation) throw new Error(`There is no award of ${ruleKey}.`);
  return {
    sentence: sentence(explanation, phrases(lng), dollars),
    origin: origin(explanation, phrases(lng)),
    rows: arithmetic(explanation, phrases(lng), dollars).map(({ label, value }) => [label, value]),
  };
}

it('lines that are multiplied otherwise are told by name', () => {
  const tea = campaign({ name: 'Tea week', multiplier: '3', when: { products: ['1'] } });
  const member = memberOf(tea).order(told);
  expect(shown(member, 'order')).toMatchObject({
    sentence:
      '180 points for $100.00, at 1 point for every $1.00: everything else times 1; Tea times 3 for Tea week.',
    rows: [
      ['Tea × 2', '$40.00'],
      ['Pot × 1', '$60.00'],
      ['What counts', '$100.00'],
      ['Rate', '1 point for every $1.00'],
      ['Everything else', '60 × 1'],
      ['Tea (Tea week)', '40 × 3'],
      ['Points', '180 points'],
      ['Of these, by the campaign Tea week', '80 points'],
    ],
  });
  expect(shown(member, 'order', 'de').sentence).toBe(
    '180 Punkte für $100.00, je 1 Punkt für $1.00: alles andere mal 1; Tea mal 3 für Tea week.',
  );
});

it('extra points are told with what they are for, and by which campaign', () => {
  const pieces = campaign({ bonus: { points: 20, per: 'piece' }, when: { products: ['1'] } });
  expect(shown(memberOf(pieces).order(told), bonusKey('summer'))).toEqual({
    sentence: '40 points for Tea × 2 (Summer).',
    origin: 'By the campaign Summer, version 1 of the programme.',
    rows: [
      ['Tea × 2', '2 × 20 points'],
      ['Points', '40 points'],
    ],
  });
  const once = campaign({ bonus: { points: 50 }, budgetPoints: 30 });
  expect(shown(memberOf(once).order(told), bonusKey('summer')).sentence).toBe(
    '30 points for this order (Summer), cut by 20 points: the budget of Summer is used up.',
  );
});

it('an order that has none of them says why', () => {
  const why = (over: Parameters<typeof campaign>[0], dollarsSpent = 10): string => {
    const member = memberOf(campaign({ bonus: { points: 50 }, ...over }));
    member.order(bought('1', 10, { placedAt: day(9) }));
    member.order(bought('501', dollarsSpent, { placedAt: day(10) }));
    return shown(member, bonusKey('summer')).sentence;
  };
  expect(why({ when: { firstOrder: true } })).toBe('Earned 0 because it is not the first order.');
  expect(why({ times: 1 })).toBe(
    'Earned 0 because the campaign gave points for earlier orders as often as it does.',
  );
  expect(why({ when: { minimum: '10.01' } })).toBe(
    'Earned 0 because it comes to less than the campaign asks for.',
  );
  expect(why({ when: { minimum: '10.01' } }, 11)).toBe('50 points for this order (Summer).');
});

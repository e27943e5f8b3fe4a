/** What campaigns did, in a sentence for the shopper and a table for the merchant (law 1.8). */
import i18next from 'i18next';
import { expect, it } from 'vitest';
import { bought, campaign, memberOf } from './campaigns.ts';
import { bonusKey } from '../../../app/domain/campaigns/bonus.ts';
import { arithmetic, origin, sentence } from '../../../app/domain/points/explain.ts';
import type { Phrases } from '../../../app/domain/points/explain.ts';
import de from '../../../app/locales/de.json' with { type: 'json' };
import en from '../../../app/locales/en.json' with { type: 'json' };
import { day, line, order, refund } from '../fixtures.ts';
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

it('extra points of pieces that were given back, or are limited, say so line by line (law 1.8)', () => {
  const pieces = campaign({ bonus: { points: 20, per: 'piece' }, when: { products: ['1'] } });
  const back = refund({ createdAt: day(12), lines: [{ lineId: '11', quantity: 1 }] });
  const member = memberOf(pieces).order({ ...told, refunds: [back] });
  expect(shown(member, bonusKey('summer')).rows).toEqual([
    ['Tea: 1 of 2 kept', '1 × 20 points'],
    ['Points', '20 points'],
  ]);
  const limited = memberOf({ ...pieces, budgetPoints: 30 }).order(told);
  expect(shown(limited, bonusKey('summer')).rows).toEqual([
    ['Tea × 2', '2 × 20 points'],
    ['Limit: the budget of Summer is used up', '− 10 points'],
    ['Points', '30 points'],
  ]);
});

it('extra points that are for no pieces have no table: nothing was calculated', () => {
  const once = campaign({ bonus: { points: 50 }, budgetPoints: 30 });
  expect(shown(memberOf(once).order(told), bonusKey('summer')).rows).toEqual([]);
});

it('each multiplier stands by its name, the lower ones too, and awards from before campaigns know the tier', () => {
  const explanation = memberOf(campaign({ multiplier: '2' }))
    .order(told)
    .award('order', '501', 'order')?.explanation;
  if (explanation?.rule !== 'order') throw new Error('It is an order.');
  const multiplied = (over: Partial<typeof explanation>): unknown[] =>
    arithmetic({ ...explanation, ...over }, phrases('en'), dollars)
      .filter(({ kind }) => kind === 'multiplier')
      .map(({ label, value }) => [label, value]);
  expect(multiplied({})).toEqual([['Campaign Summer', '× 2']]);
  expect(
    multiplied({
      yielded: [{ of: 'tier', name: 'Gold', by: '1.5' }],
      multipliers: [
        { of: 'campaign', name: 'Summer', by: '2' },
        { of: 'prize', name: 'Explorer', by: '3' },
      ],
      ...{ multiplier: '4', stacking: 'add' },
    }),
  ).toEqual([
    ['Tier Gold (lower, does not count)', '× 1.5'],
    ['Campaign Summer', '× 2'],
    ['Prize of Explorer', '× 3'],
    ['The multipliers add up', '× 4'],
  ]);
  const { multipliers, ...before } = explanation;
  expect(multipliers).toEqual([{ of: 'campaign', name: 'Summer', by: '2' }]);
  const old = { ...before, multiplier: '1.25', multiplierBecause: 'Silver' };
  const rows = arithmetic(old, phrases('en'), dollars).filter(({ kind }) => kind === 'multiplier');
  expect(rows).toEqual([{ kind: 'multiplier', label: 'Tier Silver', value: '× 1.25' }]);
  expect(multiplied({ multiplier: '1' })).toEqual([]);
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

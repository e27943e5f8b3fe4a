/** What the lines of a ledger say of an order that was refunded piece by piece. */
import i18next from 'i18next';
import { expect, it } from 'vitest';
import { arithmetic, stepLine } from '../../../app/domain/points/explain.ts';
import type { Phrases, SpentOn } from '../../../app/domain/points/explain.ts';
import { purposeOf, purposeText } from '../../../app/domain/points/purpose.ts';
import de from '../../../app/locales/de.json' with { type: 'json' };
import en from '../../../app/locales/en.json' with { type: 'json' };
import { day, line, Member, order, programme, refund, shopWith, tiers } from '../fixtures.ts';

const words = i18next.createInstance();
await words.init({
  resources: { en: { translation: en }, de: { translation: de } },
  interpolation: { escapeValue: false },
});

function phrasesIn(lng: 'en' | 'de'): Phrases {
  return {
    points: (count) => words.t('points', { lng, count, number: count }),
    decimal: (text) => text,
    say: (key, values) => words.t(`explain.${key}`, { lng, ...values }),
  };
}

function linesOf(member: Member, lng: 'en' | 'de'): string[] {
  return member.books.entries.flatMap(({ explanation, points }) =>
    explanation.rule === 'step' ? stepLine(explanation, points, phrasesIn(lng)) : [],
  );
}

/** $100 in ten pieces; three are given back, then two, then all. */
function givenBack(): Member {
  const pieces = line({ priceMinor: 1_000, quantity: 10 });
  const refunds = [3, 2].map((quantity, index) =>
    refund({
      id: `90${index}`,
      createdAt: day(20 + index),
      lines: [{ lineId: '1', quantity }],
    }),
  );
  const member = new Member(shopWith([[day(1), programme()]]));
  for (const known of [0, 1, 2]) {
    member.order(order({ lines: [pieces] }, { refunds: refunds.slice(0, known) }), day(30));
  }
  const end = { updatedAt: day(25), cancelledAt: day(25) };
  return member.order(order({ lines: [pieces], ...end }, { refunds }), day(30));
}

it('a refund says how much of what it took, and what remains (law 2.3)', () => {
  const member = givenBack();
  expect(linesOf(member, 'en')).toEqual([
    'Given with the award: 100 points.',
    'Taken back by a refund: 30 of 100 points, 70 remain.',
    'Taken back by a refund: 20 of 100 points, 50 remain.',
    'Taken back by the cancellation: 50 of 100 points, 0 remain.',
  ]);
  expect(linesOf(member, 'de')[1]).toBe(
    'Durch eine Erstattung zurückgenommen: 30 von 100 Punkten, 70 bleiben.',
  );
});

it('what was spent says on what: a reward, a freeze of which streak, a play of which game', () => {
  const said = { rule: 'step', step: 'reserve' } as const;
  const told = (of: SpentOn['of'], name: string, lng: 'en' | 'de' = 'en') =>
    stepLine(said, 60, phrasesIn(lng), { of, name });
  expect(told('freeze', 'Tea time')).toBe('60 points taken for a freeze of the streak Tea time.');
  expect(told('play', 'The tea wheel')).toBe('60 points taken for a play of The tea wheel.');
  expect(told('reward', '€5 off')).toBe('60 points taken for the reward €5 off.');
  expect(told('freeze', 'Teezeit', 'de')).toBe(
    '60 Punkte für einen Freeze der Serie Teezeit genommen.',
  );
  expect(told('play', 'Teerad', 'de')).toBe('60 Punkte für ein Spiel bei Teerad genommen.');
  // What comes back says why, whatever it was for.
  const back = { rule: 'step', step: 'release' } as const;
  expect(stepLine(back, 60, phrasesIn('en'), { of: 'reward', name: '€5 off' })).toBe(
    'Came back, because the reward was not used: 60 points.',
  );
});

it('purposes are told apart, and are read as they were written', () => {
  for (const of of ['reward', 'freeze', 'play'] as const) {
    expect(purposeOf(purposeText({ of, key: 'daily' }))).toEqual({ of, key: 'daily' });
  }
});

it('the table of an order adds up where more counts than lines, and where money went back for none (law 1.8)', () => {
  const rule = { includeShipping: true };
  const member = new Member(shopWith([[day(1), programme({}, rule)]]));
  const refunds = [refund({ extraMinor: 5_000, paidBackMinor: 5_000 })];
  member.order(order({ shippingMinor: 1_000, totalMinor: 11_000 }, { refunds }));
  const explanation = member.award('order', '501', 'order')?.explanation;
  if (!explanation) throw new Error('There is one.');
  const rows = (lng: 'en' | 'de') =>
    arithmetic(explanation, phrasesIn(lng), (minor) => String(Number(minor) / 100))
      .slice(0, 4)
      .map(({ label, value }) => `${label} | ${value}`);
  expect(rows('en')).toEqual([
    'Tea × 1 | 100',
    'Shipping, tips and duties | 10',
    'Less what was given back for no product | -50',
    'What counts | 60',
  ]);
  expect(rows('de').slice(1, 3)).toEqual([
    'Versand, Trinkgeld und Zoll | 10',
    'Abzüglich ohne Angabe eines Produkts erstattet | -50',
  ]);
});

it.each([
  ['en', 'Not given, because it is for members of other tiers', '− 100 points'],
  ['de', 'Nicht gegeben, weil es für Mitglieder anderer Stufen ist', '− 100 Punkte'],
] as const)(
  'says why all is not given though no limit cut it: %s (law 1.8)',
  (lng, label, value) => {
    const [rule] = programme().earning;
    if (!rule) throw new Error('There is a way to earn.');
    const ladder = tiers([['gold', '999', '2']]);
    const only = { earning: [{ ...rule, audience: { tiers: ['gold'] } }], tiers: ladder };
    const rest = (member: Member) => {
      const explanation = member.order(order()).award('order', '501', 'order')?.explanation;
      if (!explanation) throw new Error('The order has an award.');
      return arithmetic(explanation, phrasesIn(lng), (minor) => minor).filter(
        ({ kind }) => kind === 'rest',
      );
    };
    expect(rest(new Member(shopWith([[day(1), programme(only)]])))).toEqual([
      { kind: 'rest', label, value },
    ]);
    expect(rest(new Member(shopWith([[day(1), programme()]])))).toEqual([]);
  },
);

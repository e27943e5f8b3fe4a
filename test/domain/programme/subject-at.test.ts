import { describe, expect, it } from 'vitest';
import { rowsAt, subjectAt } from '../../../app/domain/programme/diff-programme.ts';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';

const draft = draftDocument.parse(firstDraft('Fern'));

describe('what a place is called', () => {
  const called = (place: string): string =>
    subjectAt(draft, place)
      .map(({ text }) => text)
      .join(' › ');

  it.each([
    ['tiers.levels.1.need', 'Tier › Silver › Needs'],
    ['earning.0.settings.points', 'Way to earn › Buying › Points'],
    // A place within a setting is called after it.
    ['earning.0.limits.perMember.3.most', 'Way to earn › Buying › At most, for each member'],
    ['earning.0.settings', 'Way to earn › Buying'],
    ['expiry.kind', 'Expiry › Points expire'],
    ['nowhere.7', ''],
  ])('%s is %s', (place, words) => {
    expect(called(place)).toBe(words);
  });

  it('is not that of a neighbour whose number begins alike', () => {
    const [order] = draft.earning;
    if (!order) throw new Error('The first draft has a rule.');
    const earning = Array.from({ length: 12 }, (_, n) => ({
      ...order,
      key: `r${n}`,
      name: `R${n}`,
    }));
    expect(subjectAt({ ...draft, earning }, 'earning.11.name')[1]?.text).toBe('R11');
  });
});

describe('the rows of a place', () => {
  it.each([
    ['earning.1.settings.points', []],
    ['earning.0.limits.perMember.3.most', [4]],
    ['expiry.kind', []],
    ['nowhere.7', []],
  ])('%s is in %j', (place, rows) => {
    expect(rowsAt(draft, place)).toEqual(rows);
  });

  it('count each row that is within another', () => {
    const quizzes = draftDocument.parse({
      ...firstDraft('Fern'),
      quizzes: [
        { key: 'tea', name: 'Tea', kind: 'quiz', enabled: true, settings: {}, questions: [] },
      ],
    }).quizzes;
    const place = 'quizzes.0.questions.1.choices.2.text';
    expect(rowsAt({ ...draft, quizzes }, place)).toEqual([2, 3]);
  });
});

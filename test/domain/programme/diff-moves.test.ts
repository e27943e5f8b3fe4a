/** What is listed of parts that stay, and stand elsewhere or became something else. */
import { describe, expect, it } from 'vitest';
import { movesBetween } from '../../../app/domain/programme/diff-moves.ts';
import { diffProgramme } from '../../../app/domain/programme/diff-programme.ts';
import type { Change } from '../../../app/domain/programme/diff-programme.ts';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import type { DraftDocument } from '../../../app/domain/programme/draft.ts';
import type { Shown } from '../../../app/domain/programme/shown.ts';

const draft = draftDocument.parse(firstDraft('Fern'));

function told(edit: (document: DraftDocument) => void): readonly string[] {
  const after = structuredClone(draft);
  edit(after);
  return diffProgramme(draft, after).map(inWords);
}

function inWords({ kind, subject, before, after }: Change): string {
  const values = [before, after].filter((shown) => shown !== null).map(show);
  const about = `${kind} ${subject.map(({ text }) => text).join(' › ')}`;
  return values.length === 0 ? about : `${about}: ${values.join(' → ')}`;
}

function show(shown: Shown): string {
  if (shown.as === 'list') return shown.items.join(', ');
  return shown.as === 'words' ? shown.label.text : shown.as;
}

describe('what a draft would change', () => {
  it('says that ways to earn changed places: the first comes first (law 1.2)', () => {
    expect(told(({ earning }) => earning.reverse())).toEqual([
      'moved Order of the ways to earn: Buying, Joining, Reviewing → Reviewing, Joining, Buying',
    ]);
    // What comes or goes moves nothing.
    expect(told(({ earning }) => earning.splice(1, 1))).toEqual(['removed Way to earn › Joining']);
  });

  it('says of every list of parts that it stands in another order', () => {
    const lists = Object.entries(draft).flatMap(([list, parts]) =>
      Array.isArray(parts) ? [list] : [],
    );
    expect(lists).toHaveLength(11);
    const parts = [
      { key: 'a', name: 'A' },
      { key: 'b', name: 'B' },
    ];
    const silent = lists.filter((list) => {
      const inOrder = { ...draft, [list]: parts };
      const reversed = { ...draft, [list]: parts.toReversed() };
      const moved = movesBetween(inOrder, reversed);
      return moved.length !== 1 || movesBetween(inOrder, structuredClone(inOrder)).length > 0;
    });
    expect(silent).toEqual([]);
  });

  it('says that a part became one of another kind, whatever settings the two have', () => {
    const consent = (kind: string) =>
      draftDocument.parse({
        ...draft,
        earning: [{ key: 'news', kind, name: 'News', enabled: true, settings: { points: 5 } }],
      });
    expect(diffProgramme(consent('newsletter'), consent('sms')).map(inWords)).toEqual([
      'changed Way to earn › News › Kind: Newsletter → Text messages',
    ]);
  });
});

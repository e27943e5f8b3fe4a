/**
 * Parts that stay and stand in another order: of ways to earn, campaigns and markets the first comes
 * first, and of the others it is how shoppers see them.
 */
import type { Change } from './diff-programme.ts';
import type { DraftDocument } from './draft.ts';
import { label } from './shown.ts';
import type { Label } from './shown.ts';

interface Part {
  readonly key: string;
  readonly name: string;
}

interface OrderedList {
  readonly place: string;
  readonly subject: Label;
  readonly of: (document: DraftDocument) => readonly Part[];
}

const LISTS: readonly OrderedList[] = [
  listOf('earning', 'Order of the ways to earn'),
  listOf('campaigns', 'Order of the campaigns'),
  listOf('markets', 'Order of the markets'),
  {
    place: 'tiers.levels',
    subject: label('diff.order', 'Order of the tiers'),
    of: ({ tiers }) => tiers.levels,
  },
  listOf('memberships', 'Order of the memberships'),
  listOf('badges', 'Order of the badges'),
  listOf('challenges', 'Order of the challenges'),
  listOf('quizzes', 'Order of the quizzes'),
  listOf('streaks', 'Order of the streaks'),
  listOf('leaderboards', 'Order of the leaderboards'),
  listOf('games', 'Order of the games'),
  listOf('rewards', 'Order of the rewards'),
];

export function movesBetween(before: DraftDocument, after: DraftDocument): readonly Change[] {
  return LISTS.flatMap(({ place, subject, of }) => {
    const [was, is] = [of(before), of(after)];
    if (stayed(was, is).join(' ') === stayed(is, was).join(' ')) return [];
    return [
      {
        ...{ place, kind: 'moved' as const, subject: [subject] },
        before: { as: 'list' as const, items: was.map(({ name }) => name) },
        after: { as: 'list' as const, items: is.map(({ name }) => name) },
      },
    ];
  });
}

/** Keys that the other one has, too. */
function stayed(parts: readonly Part[], others: readonly Part[]): string[] {
  const known = new Set(others.map(({ key }) => key));
  return parts.flatMap(({ key }) => (known.has(key) ? [key] : []));
}

type ListName = {
  [Name in keyof DraftDocument]: DraftDocument[Name] extends readonly Part[] ? Name : never;
}[keyof DraftDocument];

function listOf(name: ListName, words: string): OrderedList {
  return {
    place: name,
    subject: label(`diff.order-${name}`, words),
    of: (document) => document[name],
  };
}

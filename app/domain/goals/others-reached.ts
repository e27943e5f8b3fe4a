/** "Complete three challenges", "earn both of these badges". */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';
import type { GoalFacts } from './goal-facts.ts';
import type { Moment } from '../time/shop-time.ts';

/** "badge:fan" or "challenge:explorer". */
export const REACHABLE = /^(badge|challenge):[a-z0-9][a-z0-9-]{0,39}$/;

const settings = z
  .strictObject({
    of: z.enum(['any', 'challenges', 'badges']),
    /** Certain ones, each counted once; where none is named, whatever is of that kind. */
    keys: z.array(z.string().regex(REACHABLE)).max(100),
    count: z.int().min(1).max(1000),
  })
  .refine(({ keys, count }) => keys.length === 0 || count <= keys.length, {
    error: 'There are not so many to choose from.',
    path: ['count'],
  });

export const othersReached: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'reached',
  words: {
    label: 'Complete challenges, earn badges',
    help: 'Reached with a number of other badges and challenges, or with those that you choose.',
  },
  settings,
  defaults: { of: 'any', keys: [], count: 3 },
  fields: [
    { name: 'count', input: 'integer', label: 'How many' },
    {
      name: 'of',
      input: 'choice',
      label: 'Of',
      choices: [
        { value: 'any', label: 'challenges and badges' },
        { value: 'challenges', label: 'challenges' },
        { value: 'badges', label: 'badges' },
      ],
    },
    {
      name: 'keys',
      input: 'reachables',
      label: 'Only these',
      help: 'With none chosen, each time counts that one is completed.',
      more: true,
    },
  ],
  measure: { setting: 'count', of: 'count' },
  listens: () => ['reached'],
  reach: ({ of, keys, count }, { reached }) => {
    const moments = keys.length > 0 ? firstOf(keys, reached) : allOf(of, reached);
    return {
      have: Math.min(moments.length, count),
      need: count,
      counted: [],
      completedAt: moments[count - 1] ?? null,
    };
  },
};

function firstOf(keys: readonly string[], reached: GoalFacts['reached']): Moment[] {
  const first = new Map<string, Moment>();
  for (const [what, at] of reached) {
    const key = wholeOf(what);
    first.set(key, Math.min(at, first.get(key) ?? Infinity));
  }
  return sorted(keys.flatMap((key) => first.get(key) ?? []));
}

/** A higher level of a badge is not another badge. */
function allOf(of: 'any' | 'challenges' | 'badges', reached: GoalFacts['reached']): Moment[] {
  const times = new Map<string, Moment>();
  for (const [what, at] of reached) {
    const [time = ''] = what.split('/', 1);
    const isBadge = what.startsWith('badge:');
    if (!isBadge && !what.startsWith('challenge:')) continue;
    if (of !== 'any' && isBadge !== (of === 'badges')) continue;
    times.set(time, Math.min(at, times.get(time) ?? Infinity));
  }
  return sorted([...times.values()]);
}

/** Without round, season and level. */
function wholeOf(what: string): string {
  return what.split(/[@/]/, 1)[0] ?? what;
}

function sorted(moments: readonly Moment[]): Moment[] {
  return moments.toSorted((a, b) => a - b);
}

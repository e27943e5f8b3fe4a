/** "Seven days in a row": by how long a streak became within the time that counts. */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';
import type { GoalFacts } from './goal-facts.ts';
import type { Moment } from '../time/shop-time.ts';

const settings = z.strictObject({
  /** Key of one of the programme's streaks; empty for any. */
  streak: z.string().regex(/^([a-z0-9][a-z0-9-]{0,39})?$/, { error: 'Choose a streak.' }),
  length: z.int().min(1).max(10_000),
});

export const streakKept: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'streak',
  words: {
    label: 'Keep a streak',
    help: 'Reached with so many days, weeks or months of a streak in a row.',
  },
  settings,
  defaults: { streak: '', length: 7 },
  fields: [
    { name: 'streak', input: 'streak', label: 'Streak' },
    { name: 'length', input: 'integer', label: 'In a row' },
  ],
  measure: { setting: 'length', of: 'count' },
  listens: () => ['reached'],
  reach: ({ streak, length }, { reached }) => {
    const lengths = lengthsOf(streak, reached);
    return {
      have: Math.min(Math.max(0, ...lengths.keys()), length),
      need: length,
      counted: [],
      completedAt: lengths.get(length) ?? null,
    };
  },
};

/** When a streak first was so long. */
function lengthsOf(streak: string, reached: GoalFacts['reached']): ReadonlyMap<number, Moment> {
  const lengths = new Map<number, Moment>();
  for (const [what, at] of reached) {
    const [kind, key, run = ''] = what.split(':');
    if (kind !== 'streak' || (streak !== '' && key !== streak)) continue;
    const length = Number(run.split('@', 1)[0]);
    lengths.set(length, Math.min(at, lengths.get(length) ?? Infinity));
  }
  return lengths;
}
